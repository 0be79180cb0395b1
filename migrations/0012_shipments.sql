create table shipment (
    environment      int              not null,
    id               bigint           not null,
    system           text collate "C" not null,
    external_id      text collate "C" not null,
    order_id         bigint           not null,
    ship_date        date,
    carrier          text             not null,
    tracking_numbers text             not null,
    recorded_at      timestamptz      not null,
    revision         bigint           not null,
    primary key (environment, id)
);

create index shipment_of_order on shipment (environment, order_id, id);

comment on table shipment is 'Goods that left. Found by its system''s number through identity; never changes.';
comment on column shipment.tracking_numbers is 'A JSON array of texts.';

create table shipment_line (
    environment   int              not null,
    shipment_id   bigint           not null,
    line          int              not null,
    order_line_id text collate "C",
    sku           text collate "C" not null,
    location      text collate "C" not null,
    quantity      numeric(18, 6)   not null,
    ledger_number bigint           not null,
    primary key (environment, shipment_id, line),
    constraint shipment_line_quantity_positive check (0 < quantity)
);

comment on table shipment_line is 'What left of one article, and from where; numbered from 0.';
comment on column shipment_line.order_line_id is 'The order''s line, by the shop''s id; null: goods beyond the order.';
comment on column shipment_line.ledger_number is 'The movement in the ERP''s ledger; 0: none.';
