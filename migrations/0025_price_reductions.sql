-- A price reduction credits money of a line and no units.
alter table invoice_line
    add column reduced_units  numeric(18, 6),
    add column reduced_amount numeric(18, 6),
    add column reduced_taxes  numeric(18, 6)[];

alter table invoice_line add constraint invoice_line_reduced_whole check (
    (reduced_units is null) = (reduced_amount is null)
    and (reduced_units is null) = (reduced_taxes is null)
);
alter table invoice_line add constraint invoice_line_reduced_within check (
    reduced_units <= credited_quantity and reduced_amount <= amount
);

comment on column invoice_line.reduced_units is 'Units that had been credited when its price was last reduced; null: it never was.';
comment on column invoice_line.reduced_amount is 'What had been credited then, with the reduction; units credited since share the rest.';
comment on column invoice_line.reduced_taxes is 'Of each tax of the line, one after the other: what of its base, and what of its amount, had been credited then.';

-- How a credit note was settled may be told later.
alter table credit_note
    add column settled_at timestamptz,
    add column settled_by text collate "C";

alter table credit_note add constraint credit_note_settled_whole check (
    (settled_at is null) = (settled_by is null)
);

alter table credit_note_settlement
    add column invoice_id bigint;

comment on table credit_note is 'A document that lowers an invoice, or stands for itself. Found by its number through identity; charges and taxes stand in document_charge and document_tax. Changes once at most: when it is told how it was settled.';
comment on column credit_note.kind is 'reversal, correction, price_reduction or free_credit.';
comment on column credit_note.settled_at is 'When it was told how it was settled; null: not yet.';
comment on column credit_note_settlement.invoice_id is 'The invoice whose open balance is lower now.';
