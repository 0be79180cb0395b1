\set a random(0, :levels - 1)
\set b random(0, :levels - 1)
\set c random(0, :levels - 1)
begin;
with placed as (
    insert into peer.orders (environment, id, shop, external_id, total, placed_at)
    select 2, id, 'shop', id::text, 30, now()
    from (select nextval('peer.revision') as id) as head
    returning id
)
insert into peer.order_line (environment, order_id, line, sku, quantity, amount)
select 2, placed.id, line.nth, 'SKU-' || lpad(line.article::text, 7, '0'), 1, 10
from placed, (values (1, :a), (2, :b), (3, :c)) as line(nth, article);
select sku, on_hand, reserved from peer.stock_level
where environment = 2 and location = 'main'
    and sku in ('SKU-' || lpad(:a::text, 7, '0'), 'SKU-' || lpad(:b::text, 7, '0'), 'SKU-' || lpad(:c::text, 7, '0'))
order by sku
for update;
update peer.stock_level set reserved = reserved + 1
where environment = 2 and location = 'main'
    and sku in ('SKU-' || lpad(:a::text, 7, '0'), 'SKU-' || lpad(:b::text, 7, '0'), 'SKU-' || lpad(:c::text, 7, '0'))
    and reserved < on_hand;
with head as (select nextval('peer.revision') as revision)
insert into peer.log (environment, revision, kind, keys, at)
select 2, revision, kind, keys, now()
from head, (values ('order', array[:a::text]), ('stock_level', array[:a::text, :b::text, :c::text])) as said(kind, keys);
commit;
