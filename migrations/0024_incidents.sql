create table incident (
    environment int              not null,
    kind        text collate "C" not null,
    subject     text collate "C" not null,
    message     text             not null,
    facts       text             not null,
    times       bigint           not null,
    began_at    timestamptz      not null,
    ended_at    timestamptz,
    revision    bigint           not null,
    primary key (environment, kind, subject),
    constraint incident_times_positive check (0 < times)
);

create index incident_open on incident (environment, kind, subject) where ended_at is null;

comment on table incident is 'Conditions that somebody should look at, and those that once held: one row for each kind and subject.';
comment on column incident.subject is 'What it is about: an id, or several parts joined by U+001F, as its kind has it.';
comment on column incident.facts is 'What was found, for programs, as JSON of texts.';
comment on column incident.times is 'How often it began.';
comment on column incident.began_at is 'When it began last.';
comment on column incident.ended_at is 'Null while it holds.';

-- Orders of an environment may be shipped beyond what was ordered without anybody having to look.
alter table environment_settings
    add column over_shipment_tolerated boolean not null default false;

comment on column environment_settings.over_shipment_tolerated is 'Whether more may leave than was ordered without an incident.';
