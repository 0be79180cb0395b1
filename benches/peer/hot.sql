begin;
with placed as (
    insert into peer.orders (environment, id, shop, external_id, total, placed_at)
    select 2, id, 'shop', id::text, 10, now()
    from (select nextval('peer.revision') as id) as head
    returning id
)
insert into peer.order_line (environment, order_id, line, sku, quantity, amount)
select 2, placed.id, 1, 'SKU-0000007', 1, 10
from placed;
update peer.stock_level set reserved = reserved + 1
where environment = 2 and sku = 'SKU-0000007' and location = 'main' and 1 <= on_hand - reserved;
commit;
