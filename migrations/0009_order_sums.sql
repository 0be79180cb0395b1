alter table orders
    add column handover   text collate "C" not null default 'waiting',
    add column erp_number text collate "C";

comment on column orders.handover is 'Whether the ERP has taken it over: waiting, acknowledged or parked.';
comment on column orders.erp_number is 'What the ERP calls it; null: it has no number there yet.';

alter table order_line
    add column return_requested  numeric(18, 6) not null default 0,
    add column received          numeric(18, 6) not null default 0,
    add column sent_back         numeric(18, 6) not null default 0,
    add column invoiced          numeric(18, 6) not null default 0,
    add column reversed          numeric(18, 6) not null default 0,
    add column credited_quantity numeric(18, 6) not null default 0,
    add column credited_amount   numeric(18, 6) not null default 0,
    add constraint order_line_returns_what_left
        check (return_requested + received - sent_back <= shipped),
    add constraint order_line_credits_what_was_invoiced
        check (reversed <= credited_quantity and credited_quantity <= invoiced);

comment on column order_line.return_requested is 'Announced to come back, and neither received nor declined.';
comment on column order_line.received is 'Came back.';
comment on column order_line.sent_back is 'Came back, and went to the buyer again.';
comment on column order_line.invoiced is 'Stands on invoices.';
comment on column order_line.reversed is 'Credited because an invoice was wrong or cancelled.';
comment on column order_line.credited_quantity is 'Credited in units, whatever for.';
comment on column order_line.credited_amount is 'Credited in money, as the price mode has it.';
