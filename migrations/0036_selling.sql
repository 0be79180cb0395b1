-- What a shop may sell of what lies there.
create table stock_assignment (
    environment int                not null,
    shop        text collate "C"   not null,
    locations   text[] collate "C" not null,
    revision    bigint             not null,
    primary key (environment, shop)
);

comment on table stock_assignment is 'From which locations a shop sells, in order of priority; none: from all, and what is said without a location from main.';

create table stock_buffer (
    environment int              not null,
    shop        text collate "C" not null,
    sku         text collate "C" not null,
    location    text collate "C" not null,
    units       numeric(18, 6),
    revision    bigint           not null,
    primary key (environment, shop, sku, location),
    constraint stock_buffer_units_not_negative check (0 <= units)
);

comment on table stock_buffer is 'How much of an article a shop must leave at a location.';
comment on column stock_buffer.location is 'Empty: each location of which there is no row with units.';
comment on column stock_buffer.units is 'Null: there is no such buffer any more. The row stays, so that the revision of what a shop is told never falls.';

create table sellability (
    environment    int              not null,
    sku            text collate "C" not null,
    source_epoch   bigint           not null,
    source_version bigint           not null,
    blocked        boolean          not null,
    closed_out     boolean          not null,
    from_time      timestamptz,
    until_time     timestamptz,
    sale           text collate "C" not null,
    revision       bigint           not null,
    primary key (environment, sku),
    constraint sellability_begins_before_it_ends check (from_time < until_time)
);

comment on table sellability is 'Whether an article may be sold at all, as its source said last. Without a row it may.';
comment on column sellability.sale is 'What followed from it at its last change, as shops were told: open, closed_out, not_yet, ended or blocked. Orders are judged by the clock.';

-- Whoever waits may be kept from what is free by the buffer of its shop.
alter table back_order add column shop text collate "C" not null default '';

update back_order
set shop = orders.shop
from orders
where orders.environment = back_order.environment and orders.id = back_order.order_id;

alter table back_order alter column shop drop default;

alter table stock_level add column kept_back numeric(18, 6) not null default 0;

comment on column stock_level.kept_back is 'How much may lie there free although somebody waits: the least buffer of the shops whose orders wait.';
