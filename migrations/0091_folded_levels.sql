-- Found by what they are called alone, so that nobody takes this index for the way to all of an environment.
drop index stock_level_folded;
create index stock_level_folded on stock_level (lower(sku), lower(location), environment);
