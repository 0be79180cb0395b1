create table log (
    environment int                  not null,
    revision    bigint               not null,
    kind        text collate "C"     not null,
    removed     boolean              not null,
    keys        text[] collate "C"   not null,
    at          timestamptz          not null,
    primary key (environment, revision, kind, removed)
);

comment on table log is 'The history of an environment: what each revision changed. Revisions are dense within an incarnation, and commit in their order. Its newest row is the head; whoever holds the environment''s advisory lock may append.';
comment on column log.keys is 'The keys of the entries of this kind that the revision changed; parts of compound keys are joined by U+001F.';
comment on column log.at is 'The database''s clock when the revision was decided; never runs back.';

create table log_start (
    environment int    primary key,
    revision    bigint not null
);

comment on table log_start is 'Up to which revision the log was pruned: readers who stopped before it take a snapshot.';

create table identity (
    environment    int              not null,
    system         text collate "C" not null,
    kind           text collate "C" not null,
    id             text collate "C" not null,
    subject        bigint           not null,
    revision       bigint           not null,
    at             timestamptz      not null,
    fingerprint    bytea,
    answer         bytea,
    answer_version smallint,
    primary key (environment, system, kind, id),
    constraint identity_said_whole check (
        (fingerprint is null) = (answer is null) and (answer is null) = (answer_version is null)
    )
);

comment on table identity is 'What a system calls something: its requests (kept 30 days) and its documents (kept for ever). Makes every write safe to say twice, and finds documents by foreign numbers.';
comment on column identity.subject is 'Our id of what is named; 0 for requests.';
comment on column identity.fingerprint is 'A versioned digest of what was said; null where the name was given without saying anything, as an order number in an acknowledgement.';

create table due (
    environment int              not null,
    kind        text collate "C" not null,
    key         text collate "C" not null,
    at          timestamptz      not null,
    primary key (environment, kind, key)
);

create index due_at on due (at);

comment on table due is 'What time makes due. A scanner submits a command for each; the command judges by itself whether it is.';

-- A number for each server process that ever started, so that the ids that it makes are its own.
create sequence process_number as bigint maxvalue 4095 cycle;
