-- An order may change after it came in: what a shop wishes it to be, and what the ERP says to that.
alter table orders add column shop_version bigint not null default 0;

comment on column orders.shop_version is 'The newest state of it that its shop has said; 0: the one in which it came.';
comment on column orders.total is 'Of the order as it is: as it came in, or as it was amended.';
comment on column task.kind is 'order, amendment, cancellation, return or payment.';

-- A line that is wished no more keeps its place, with nothing of it.
alter table order_line
    drop constraint order_line_ordered_positive,
    add constraint order_line_ordered_not_negative check (0 <= ordered);

create table amendment (
    environment     int              not null,
    id              bigint           not null,
    system          text collate "C" not null,
    external_id     text collate "C" not null,
    order_id        bigint           not null,
    shop_version    bigint           not null,
    wished          text             not null,
    status          text collate "C" not null,
    decided_by      text collate "C",
    decision_reason text,
    decided_at      timestamptz,
    requested_at    timestamptz      not null,
    revision        bigint           not null,
    primary key (environment, id),
    constraint amendment_decided_whole check (
        (decided_by is null) = (decision_reason is null) and (decided_by is null) = (decided_at is null)
        and (decided_by is null) = (status = 'requested')
    )
);

create index amendment_of_order on amendment (environment, order_id, id);

comment on table amendment is 'A wish for another state of an order. Found by its shop''s number through identity.';
comment on column amendment.wished is 'Lines, charges, taxes, total and addresses, as JSON.';
comment on column amendment.status is 'requested, accepted, part_accepted or refused.';
comment on column amendment.decided_by is 'Who answered; null: nobody yet. Before the ERP has seen the order, its shop itself.';
