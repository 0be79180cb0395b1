create table credit_note (
    environment   int              not null,
    id            bigint           not null,
    system        text collate "C" not null,
    external_id   text collate "C" not null,
    kind          text collate "C" not null,
    invoice_id    bigint,
    order_id      bigint,
    reception_id  bigint,
    return_id     bigint,
    credit_date   date             not null,
    reason        text             not null,
    currency      text collate "C" not null,
    price_mode    text collate "C" not null,
    rounding_mode text collate "C" not null,
    total         numeric(18, 6)   not null,
    recorded_at   timestamptz      not null,
    revision      bigint           not null,
    primary key (environment, id),
    constraint credit_note_free_of_an_invoice check ((kind = 'free_credit') = (invoice_id is null)),
    constraint credit_note_order_of_its_invoice check ((invoice_id is null) = (order_id is null))
);

create index credit_note_of_order on credit_note (environment, order_id, id);

comment on table credit_note is 'A document that lowers an invoice, or stands for itself. Found by its number through identity; charges and taxes stand in document_charge and document_tax. Never changes.';
comment on column credit_note.kind is 'reversal, correction or free_credit.';
comment on column credit_note.reception_id is 'The reception that caused it.';
comment on column credit_note.return_id is 'The return that caused it as a whole.';

create table credit_note_line (
    environment     int              not null,
    credit_note_id  bigint           not null,
    line            int              not null,
    invoice_line_id text collate "C",
    quantity        numeric(18, 6),
    amount          numeric(18, 6)   not null,
    description     text             not null,
    sku             text             not null,
    primary key (environment, credit_note_id, line)
);

comment on table credit_note_line is 'What is credited of a line of the invoice, or, of a free credit, what for; numbered from 0.';
comment on column credit_note_line.quantity is 'Units; null where a free credit names none.';

create table credit_note_settlement (
    environment    int              not null,
    credit_note_id bigint           not null,
    settlement     int              not null,
    kind           text collate "C" not null,
    amount         numeric(18, 6)   not null,
    primary key (environment, credit_note_id, settlement)
);

comment on table credit_note_settlement is 'How a credit note was settled, and what was kept back of it, by kind; together its total.';
