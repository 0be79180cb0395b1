-- Money may be invoiced ahead of goods, and is deducted by later invoices.
alter table invoice
    add column kind             text collate "C" not null default 'standard',
    add column deducted         numeric(18, 6)[],
    add column prepaid_credited numeric(18, 6)[];

alter table invoice add constraint invoice_prepaid_whole check (
    (kind = 'prepayment') = (deducted is not null)
    and (kind = 'prepayment') = (prepaid_credited is not null)
);

comment on column invoice.kind is 'standard or prepayment.';
comment on column invoice.deducted is 'Of a prepayment what later invoices have deducted: the amount, then base and tax of each rate in the order of its tax totals; null: it is none.';
comment on column invoice.prepaid_credited is 'Of a prepayment what credit notes have taken off it, likewise.';

create table invoice_deduction (
    environment   int              not null,
    invoice_id    bigint           not null,
    charge        int              not null,
    prepayment_id bigint           not null,
    taxes         numeric(18, 6)[] not null,
    primary key (environment, invoice_id, charge)
);

comment on table invoice_deduction is 'Which prepayment invoice a charge of an invoice deducts; written once, with the charge.';
comment on column invoice_deduction.prepayment_id is 'The prepayment, an invoice too.';
comment on column invoice_deduction.taxes is 'What each tax of the charge takes of the prepayment''s: as told, or worked out where taxes are rounded per document.';
