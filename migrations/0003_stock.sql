create table stock_level (
    environment        int              not null,
    sku                text collate "C" not null,
    location           text collate "C" not null,
    on_hand            numeric(18, 6)   not null,
    reserved           numeric(18, 6)   not null,
    back_ordered       numeric(18, 6)   not null,
    unnumbered         numeric(18, 6)   not null,
    ledger_numbers     bigint[]         not null,
    ledger_quantities  numeric(18, 6)[] not null,
    stated_on_hand     numeric(18, 6),
    source_epoch       bigint,
    statement_sequence bigint,
    ledger_through     bigint,
    queue_first        bigint           not null,
    queue_next         bigint           not null,
    revision           bigint           not null,
    primary key (environment, sku, location),
    constraint stock_level_reserved_not_negative check (0 <= reserved),
    constraint stock_level_back_ordered_not_negative check (0 <= back_ordered),
    constraint stock_level_statement_whole check (
        (stated_on_hand is null) = (source_epoch is null)
        and (stated_on_hand is null) = (statement_sequence is null)
        and (stated_on_hand is null) = (ledger_through is null)
    )
)
with (fillfactor = 70);

comment on table stock_level is 'How much of an article lies at a place: the last statement and what moved since; and how much of it is promised.';
comment on column stock_level.on_hand is 'stated_on_hand + unnumbered + the sum of ledger_quantities; may be negative.';
comment on column stock_level.unnumbered is 'What moved since the statement without a ledger number, and numbered movements that were folded.';
comment on column stock_level.ledger_numbers is 'Numbers of the movements that the statement does not contain, rising; at most 256.';
comment on column stock_level.queue_first is 'The first position of the queue of back orders that may still wait.';
comment on column stock_level.queue_next is 'The position that the next back order gets.';

create table back_order (
    environment int              not null,
    sku         text collate "C" not null,
    location    text collate "C" not null,
    position    bigint           not null,
    order_id    bigint           not null,
    line        int              not null,
    quantity    numeric(18, 6)   not null,
    primary key (environment, sku, location, position),
    constraint back_order_quantity_positive check (0 < quantity)
);

comment on table back_order is 'Who waits for an article: order lines, oldest first. Served or cancelled ones are gone.';

create table stock_movement (
    environment   int              not null,
    sku           text collate "C" not null,
    location      text collate "C" not null,
    revision      bigint           not null,
    ordinal       int              not null,
    at            timestamptz      not null,
    quantity      numeric(18, 6)   not null,
    ledger_number bigint           not null,
    cause         text             not null,
    contained     boolean          not null,
    primary key (environment, sku, location, revision, ordinal)
);

comment on table stock_movement is 'What moved, as it was recorded: a history to read, which no rule depends on.';
comment on column stock_movement.contained is 'Whether a statement contained it already, so that it changed nothing.';
