-- Readings that are older than what is known: one may have been overtaken, many in a row are an incident.
alter table stock_level
    add column stale_readings bigint not null default 0,
    add column stale_by       text collate "C",
    add constraint stock_level_stale_whole check ((stale_by is null) = (stale_readings = 0));

comment on column stock_level.stale_readings is 'How many readings since the last statement were older than it, one after the other.';
comment on column stock_level.stale_by is 'Whose they were; null: there was none.';

create table stock_lagging (
    environment int              not null,
    system      text collate "C" not null,
    levels      bigint           not null,
    sku         text collate "C" not null,
    location    text collate "C" not null,
    primary key (environment, system),
    constraint stock_lagging_not_negative check (0 <= levels)
);

comment on table stock_lagging is 'Sources that said what is stale, again and again: of how many levels they do so now.';
comment on column stock_lagging.sku is 'Of which level they do so since last.';
