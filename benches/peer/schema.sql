-- What somebody writes by hand who has one merchant and no promises to keep but these: the same rows, locked and
-- logged, in the fewest columns.

drop schema if exists peer cascade;
create schema peer;

create table peer.stock_level (
    environment int              not null,
    sku         text collate "C" not null,
    location    text collate "C" not null,
    on_hand     numeric(18, 6)   not null,
    reserved    numeric(18, 6)   not null,
    revision    bigint           not null,
    primary key (environment, sku, location),
    check (0 <= reserved)
);

create sequence peer.revision;

create table peer.log (
    environment int         not null,
    revision    bigint      not null,
    kind        text        not null,
    keys        text[]      not null,
    at          timestamptz not null,
    primary key (environment, revision, kind)
);

create table peer.orders (
    environment int              not null,
    id          bigint           not null,
    shop        text collate "C" not null,
    external_id text collate "C" not null,
    total       numeric(18, 6)   not null,
    placed_at   timestamptz      not null,
    primary key (environment, id),
    unique (environment, shop, external_id)
);

create table peer.order_line (
    environment int              not null,
    order_id    bigint           not null,
    line        int              not null,
    sku         text collate "C" not null,
    quantity    numeric(18, 6)   not null,
    amount      numeric(18, 6)   not null,
    primary key (environment, order_id, line)
);
