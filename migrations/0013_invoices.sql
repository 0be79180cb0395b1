create table invoice (
    environment   int              not null,
    id            bigint           not null,
    system        text collate "C" not null,
    external_id   text collate "C" not null,
    order_id      bigint           not null,
    invoice_date  date             not null,
    currency      text collate "C" not null,
    price_mode    text collate "C" not null,
    rounding_mode text collate "C" not null,
    total         numeric(18, 6)   not null,
    credited_charges int[]         not null,
    recorded_at   timestamptz      not null,
    revision      bigint           not null,
    primary key (environment, id)
);

create index invoice_of_order on invoice (environment, order_id, id);

comment on table invoice is 'What the ERP has invoiced. Found by its number there through identity; charges and taxes stand in document_charge and document_tax. What was credited of it follows from the units and charges that were.';
comment on column invoice.credited_charges is 'Charges that were credited, by their places.';

create table invoice_line (
    environment       int              not null,
    invoice_id        bigint           not null,
    line              int              not null,
    line_id           text collate "C" not null,
    order_line_id     text collate "C" not null,
    quantity          numeric(18, 6)   not null,
    unit_price        numeric(18, 6)   not null,
    discount          numeric(18, 6)   not null,
    amount            numeric(18, 6)   not null,
    credited_quantity numeric(18, 6)   not null,
    primary key (environment, invoice_id, line),
    constraint invoice_line_credited_within
        check (0 <= credited_quantity and credited_quantity <= quantity)
);

comment on table invoice_line is 'A line as it was invoiced, and how many of its units were credited; numbered from 0.';
