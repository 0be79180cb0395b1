-- Articles and places whose keys differ in case alone are different things; somebody should look at that.
alter table stock_level add column has_namesakes boolean not null default false;

comment on column stock_level.has_namesakes is 'Whether other levels are called the same but for case.';

create index stock_level_folded on stock_level (environment, lower(sku), lower(location));

update stock_level
set has_namesakes = true
where exists (
    select from stock_level as other
    where other.environment = stock_level.environment
        and lower(other.sku) = lower(stock_level.sku)
        and lower(other.location) = lower(stock_level.location)
        and (other.sku, other.location) <> (stock_level.sku, stock_level.location)
);
