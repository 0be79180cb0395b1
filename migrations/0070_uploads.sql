-- Uploads in numbered batches, which go on where they were interrupted.

create table upload (
    environment       int              not null,
    system            text collate "C" not null,
    id                text collate "C" not null,
    last_batch_number bigint           not null,
    finished          boolean          not null,
    applied           bigint           not null,
    unchanged         bigint           not null,
    duplicate         bigint           not null,
    stale             bigint           not null,
    refused           bigint           not null,
    parked            bigint           not null,
    revision          bigint           not null,
    at                timestamptz      not null,
    primary key (environment, system, id),
    constraint upload_counts check (0 <= least(applied, unchanged, duplicate, stale, refused, parked)),
    constraint upload_batches check (0 <= last_batch_number)
);

comment on table upload is 'How far an upload has come. What each batch was answered stands in identity.';
comment on column upload.applied is 'Items that ended so, each counted once however often it was sent.';
comment on column upload.revision is 'At or after which everyone sees all that was done.';
comment on column upload.at is 'Of the last batch; forgotten 30 days later.';

grant select, insert, update, delete on upload to erpsync_app;
