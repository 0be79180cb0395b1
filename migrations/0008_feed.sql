create table token_key (
    id         int         primary key,
    secret     bytea       not null,
    created_at timestamptz not null
);

comment on table token_key is 'What resume tokens are signed with. The newest signs; older ones are still accepted.';
