-- Tokens that may call less than their system, and secrets that change without a moment at which
-- everybody has to change.
alter table access_token
    add column read_only       boolean           not null default false,
    add column calls           text[] collate "C" not null default '{}',
    add column rotated_at      timestamptz,
    add column previous_digest bytea,
    add column previous_until  timestamptz;

alter table access_token add constraint access_token_previous_whole check (
    (previous_digest is null) = (previous_until is null)
);

comment on column access_token.read_only is 'Whether it may only call what changes nothing.';
comment on column access_token.calls is 'Which services and calls it may call, of those of its kind; empty: all.';
comment on column access_token.previous_digest is 'Of the secret that it had before.';
comment on column access_token.previous_until is 'Until when that one is good.';
