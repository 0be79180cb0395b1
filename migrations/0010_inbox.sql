create table parked (
    environment     int              not null,
    id              bigint           not null,
    kind            text collate "C" not null,
    system          text collate "C" not null,
    external_id     text collate "C" not null,
    order_id        bigint,
    reason          text collate "C" not null,
    refusal         text             not null,
    payload_version smallint         not null,
    payload         bytea            not null,
    attempts        int              not null,
    parked_at       timestamptz      not null,
    tried_at        timestamptz,
    applied_at      timestamptz,
    revision        bigint           not null,
    primary key (environment, id)
);

create index parked_still on parked (environment, id) where applied_at is null;

comment on table parked is 'What came in and cannot be applied yet: facts that wait for something unknown, documents that do not tie out, tasks that nobody takes over.';
comment on column parked.external_id is 'What the system that said it calls it.';
comment on column parked.refusal is 'Why it is not applied, with all its facts, as JSON.';
comment on column parked.payload is 'What was said, as JSON that only its slice reads.';
comment on column parked.applied_at is 'Set once a retry has succeeded.';

create table parked_waiting (
    environment int              not null,
    system      text collate "C" not null,
    kind        text collate "C" not null,
    id          text collate "C" not null,
    parked      bigint[]         not null,
    primary key (environment, system, kind, id)
);

comment on table parked_waiting is 'What is parked until a name is known; when it is given, all of these are tried again.';

create table task (
    environment    int              not null,
    id             bigint           not null,
    order_id       bigint           not null,
    order_lines    int              not null,
    state          text collate "C" not null,
    available_at   timestamptz      not null,
    holder         text collate "C",
    leased_until   timestamptz,
    lease          bigint           not null,
    attempts       int              not null,
    external_number text collate "C",
    refusal        text,
    offered_at     timestamptz      not null,
    revision       bigint           not null,
    primary key (environment, id),
    constraint task_leased_whole check ((state = 'leased') = (leased_until is not null)),
    constraint task_parked_whole check ((state = 'parked') = (refusal is not null))
)
with (fillfactor = 70);

-- Most tasks are done, and are never looked for again.
create index task_waiting on task (environment, available_at, id) where state = 'waiting';

comment on table task is 'Work handed to the ERP, at least once.';
comment on column task.order_lines is 'How many lines its order has, so that one answer does not carry too many.';
comment on column task.state is 'waiting, leased, parked or done.';
comment on column task.holder is 'Who holds the lease; who took it over, once it is done.';
comment on column task.lease is 'How often it was ever leased: the number of the newest lease, which alone may answer.';
comment on column task.attempts is 'How often it was leased since it was offered or last retried.';
comment on column task.external_number is 'What the system that took it over calls the result; null while it has no number there.';
comment on column task.refusal is 'Why it is parked, with all its facts, as JSON.';
