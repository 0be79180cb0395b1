create table return (
    environment     int              not null,
    id              bigint           not null,
    system          text collate "C" not null,
    external_id     text collate "C" not null,
    order_id        bigint           not null,
    state           text collate "C" not null,
    decline_reason  text             not null,
    withdrawal_date date,
    credited_by     bigint,
    requested_at    timestamptz      not null,
    revision        bigint           not null,
    primary key (environment, id)
);

create index return_of_order on return (environment, order_id, id);

comment on table return is 'Goods on their way back. Found by its system''s number through identity; how far it has come follows from its lines.';
comment on column return.state is 'requested, approved or declined.';
comment on column return.credited_by is 'The credit note that the return as a whole has caused.';

create table return_line (
    environment   int              not null,
    return_id     bigint           not null,
    line          int              not null,
    order_line_id text collate "C" not null,
    reason        text             not null,
    requested     numeric(18, 6)   not null,
    restocked     numeric(18, 6)   not null,
    quarantined   numeric(18, 6)   not null,
    scrapped      numeric(18, 6)   not null,
    sent_back     numeric(18, 6)   not null,
    credited      numeric(18, 6)   not null,
    primary key (environment, return_id, line),
    constraint return_line_received_within
        check (restocked + quarantined + scrapped + sent_back <= requested),
    constraint return_line_credited_within check (credited <= restocked + quarantined + scrapped)
);

comment on table return_line is 'What comes back of one line of the order, and what became of it; numbered from 0.';

create table reception (
    environment int              not null,
    id          bigint           not null,
    system      text collate "C" not null,
    external_id text collate "C" not null,
    return_id   bigint           not null,
    credited_by bigint,
    recorded_at timestamptz      not null,
    primary key (environment, id)
);

comment on table reception is 'What came of a return at one time.';
comment on column reception.credited_by is 'The credit note that it has caused.';

create table reception_line (
    environment   int              not null,
    reception_id  bigint           not null,
    line          int              not null,
    order_line_id text collate "C" not null,
    quantity      numeric(18, 6)   not null,
    disposition   text collate "C" not null,
    sku           text collate "C" not null,
    location      text collate "C" not null,
    ledger_number bigint           not null,
    primary key (environment, reception_id, line)
);

comment on table reception_line is 'What came of one article, and what was done with it; numbered from 0.';
comment on column reception_line.disposition is 'restock, quarantine, scrap or send_back.';
