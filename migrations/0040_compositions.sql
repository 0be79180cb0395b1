create table composition (
    environment    int              not null,
    sku            text collate "C" not null,
    source_epoch   bigint           not null,
    source_version bigint           not null,
    revision       bigint           not null,
    primary key (environment, sku)
);

comment on table composition is 'Articles that are made of others, or were: no stock is kept of them, but of what they are made of.';

create table composition_part (
    environment int              not null,
    sku         text collate "C" not null,
    part        text collate "C" not null,
    quantity    numeric(18, 6)   not null,
    primary key (environment, sku, part),
    constraint composition_part_not_of_itself check (sku <> part),
    constraint composition_part_quantity_not_negative check (0 <= quantity)
);

create index composition_part_used on composition_part (environment, part, sku);

comment on table composition_part is 'How much of another article is in one unit of an article.';
comment on column composition_part.quantity is '0: it was in it before; kept, because who watches the article has to be told where it was.';
