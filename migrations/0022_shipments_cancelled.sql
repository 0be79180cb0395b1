-- A shipment may turn out not to have left, or come back undelivered.
alter table shipment
    add column cancelled_by          text collate "C",
    add column cancellation_number   text collate "C",
    add column undone                text collate "C",
    add column cancelled_at          timestamptz;

alter table shipment add constraint shipment_cancelled_whole check (
    (cancelled_by is null) = (cancellation_number is null)
    and (cancelled_by is null) = (undone is null)
    and (cancelled_by is null) = (cancelled_at is null)
);

comment on table shipment is 'Goods that left. Found by its system''s number through identity; changes once at most, when it is cancelled.';
comment on column shipment.undone is 'What became of the goods: never_left, restock, quarantine or scrap.';
