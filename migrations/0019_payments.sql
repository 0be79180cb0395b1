create table payment (
    environment  int              not null,
    id           bigint           not null,
    system       text collate "C" not null,
    external_id  text collate "C" not null,
    order_id     bigint           not null,
    event        text collate "C" not null,
    currency     text collate "C" not null,
    amount       numeric(18, 6)   not null,
    event_time   timestamptz,
    method       text             not null,
    reference    text             not null,
    recorded_at  timestamptz      not null,
    revision     bigint           not null,
    primary key (environment, id)
);

create index payment_of_order on payment (environment, order_id, id);

comment on table payment is 'What happened to the payments of orders, as told, for ever; in any order.';
comment on column payment.event is 'authorised, captured, refunded, failed or charged_back.';
comment on column payment.event_time is 'When it happened there.';
comment on column payment.reference is 'What the payment provider calls it.';

alter table orders
    add column authorised numeric(18, 6) not null default 0,
    add column captured numeric(18, 6) not null default 0,
    add column refunded numeric(18, 6) not null default 0,
    add column charged_back numeric(18, 6) not null default 0;

comment on column orders.authorised is 'The sum of its payments of this event, in its currency; likewise the next three.';
