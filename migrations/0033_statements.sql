-- What a statement says of orders: what its source has promised, and of which it knows.
alter table stock_level
    add column committed              numeric(18, 6)   not null default 0,
    add column acknowledged_revisions bigint[]         not null default '{}',
    add column acknowledged_units     numeric(18, 6)[] not null default '{}',
    add column beyond_systems         text[]           not null default '{}',
    add column beyond_revisions       bigint[]         not null default '{}',
    add column beyond_acknowledged    bigint[]         not null default '{}',
    add column beyond_fulfilled       numeric(18, 6)[] not null default '{}',
    add column stated_by              text collate "C",
    add column stated_by_leader       boolean          not null default false,
    add column stated_available       numeric(18, 6),
    add column stated_committed       numeric(18, 6),
    add column orders_counted_through bigint,
    add column effects_through        bigint;

comment on column stock_level.committed is 'What the last statement says is promised by its source, less what of it has left since.';
comment on column stock_level.acknowledged_revisions is 'Since when the ERP knows orders of which units are open here, rising; at most 256.';
comment on column stock_level.acknowledged_units is 'How much of these is open, for each of these revisions.';
comment on column stock_level.ledger_numbers is 'Numbers of the movements kept apart beyond the statement, rising; 0: it has none; at most 256.';
comment on column stock_level.beyond_systems is 'Who told of each movement kept apart; empty, or absent at the end: told before that was noted.';
comment on column stock_level.beyond_revisions is 'When each was recorded.';
comment on column stock_level.beyond_acknowledged is 'Since when the ERP knows the order for which units of it left; 0: none did.';
comment on column stock_level.beyond_fulfilled is 'How many units of it left for such an order.';
comment on column stock_level.stated_on_hand is 'What lay there when the statement was read: as said, or worked out from what was available.';
comment on column stock_level.stated_by is 'Who stated; null: stated before that was noted.';
comment on column stock_level.stated_available is 'What was said instead of what lies there, where that was what is available.';
comment on column stock_level.effects_through is 'The revision up to which the statement contains what other systems told of; null: all that was recorded when it arrived.';

alter table stock_movement add column system text collate "C" not null default '';

comment on column stock_movement.system is 'Who told of it; empty: told before that was noted.';

alter table order_line add column acknowledged bigint not null default 0;

comment on column order_line.acknowledged is 'The revision since which the ERP knows all that is open of the line; 0: it was not told so.';

-- What was acknowledged before today was so at every revision that can still be named.
update order_line
set acknowledged = 1
from orders
where orders.environment = order_line.environment and orders.id = order_line.order_id
    and orders.handover = 'acknowledged';

update stock_level
set acknowledged_revisions = '{1}', acknowledged_units = array[open.units]
from (
    select environment, sku, location, sum(ordered - cancelled - shipped) as units
    from order_line
    where acknowledged = 1 and shipped < ordered - cancelled
    group by environment, sku, location
) as open
where open.environment = stock_level.environment and open.sku = stock_level.sku
    and open.location = stock_level.location;
