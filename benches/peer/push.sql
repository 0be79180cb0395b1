\set first random(0, :levels - 1)
\set amount random(1000000, 2000000)
with wish as materialized (
    select 'SKU-' || lpad((:lanes * ((:first + nth * 7) % (:levels::int / :lanes::int)) + :client_id)::text, 7, '0') as sku,
        :amount + nth as on_hand
    from generate_series(0, 999) as nth
), head as materialized (
    select nextval('peer.revision') as revision
), done as (
    update peer.stock_level as level
    set on_hand = wish.on_hand, revision = head.revision
    from wish, head
    where level.environment = 2 and level.sku = wish.sku and level.location = 'main'
    returning level.sku
)
insert into peer.log (environment, revision, kind, keys, at)
select 2, (select revision from head), 'stock_level', array_agg(sku), now()
from done;
