-- All of these are rows of environment 0, the operators' own.

create table tenant (
    environment int              not null,
    name        text collate "C" not null,
    created_at  timestamptz      not null,
    primary key (environment, name)
);

comment on table tenant is 'A merchant.';

create table tenant_environment (
    environment int              not null,
    tenant      text collate "C" not null,
    name        text collate "C" not null,
    number      int              not null,
    created_at  timestamptz      not null,
    primary key (environment, tenant, name),
    unique (environment, number)
);

comment on table tenant_environment is 'One closed world of a tenant.';
comment on column tenant_environment.number is 'What the rows of that environment carry as their environment; never used twice.';

create sequence environment_number as int;

create table tenant_system (
    environment int              not null,
    number      int              not null,
    name        text collate "C" not null,
    kind        text collate "C" not null,
    created_at  timestamptz      not null,
    primary key (environment, number, name)
);

comment on table tenant_system is 'A caller inside the environment of this number: an ERP, a shop or a tool.';

create table access_token (
    environment int              not null,
    id          bigint           not null,
    number      int              not null,
    system      text collate "C" not null,
    kind        text collate "C" not null,
    digest      bytea            not null,
    created_at  timestamptz      not null,
    expires_at  timestamptz,
    revoked_at  timestamptz,
    primary key (environment, id)
);

comment on table access_token is 'What a caller shows. Of the secret only a digest is kept.';
comment on column access_token.number is 'The number of the environment that it opens; 0 for an operator''s.';

create table environment_settings (
    environment         int     primary key,
    back_orders_allowed boolean not null,
    revision            bigint  not null
);

comment on table environment_settings is 'What an environment permits; no row means the defaults.';

create table incarnation (
    number            bigint      primary key,
    system_identifier bigint      not null,
    timeline          int         not null,
    at                timestamptz not null,
    revision          bigint      not null,
    request_id        text collate "C" unique
);

comment on table incarnation is 'One life of this database. A restore from an older copy begins the next, because revisions that were told to readers are lost with it.';
comment on column incarnation.system_identifier is 'Of the cluster in which it began: another one means that the rows were moved or restored.';
comment on column incarnation.revision is 'The operators'' revision at which it began; 0 for the first.';
comment on column incarnation.request_id is 'The identity under which an operator declared it; null where it was found out.';
