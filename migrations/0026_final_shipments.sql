-- A shipment may be the last of its order, or of a line: what is open then is cancelled.
alter table shipment
    add column completes_order boolean not null default false;

alter table shipment_line
    add column completes_line boolean not null default false;

comment on column shipment.completes_order is 'Nothing more was to leave: what was open of the order was cancelled.';
comment on column shipment_line.completes_line is 'Nothing more of the order''s line was to leave: what was open of it was cancelled.';
