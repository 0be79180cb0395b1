create table ownership (
    environment   int              not null,
    data_set      text collate "C" not null,
    location      text collate "C" not null,
    leader        text collate "C" not null,
    set_at        timestamptz      not null,
    refused_count bigint           not null,
    refused_by    text collate "C",
    refused_at    timestamptz,
    revision      bigint           not null,
    primary key (environment, data_set, location),
    constraint ownership_refused_whole check (
        (refused_by is null) = (refused_at is null) and (refused_by is null) = (refused_count = 0)
    )
);

comment on table ownership is 'Who leads which data where. Where there is no row, nobody does.';
comment on column ownership.data_set is 'stock.';
comment on column ownership.refused_count is 'How many statements of other systems were refused since set_at.';
comment on column ownership.refused_by is 'Whose the last of these was.';
