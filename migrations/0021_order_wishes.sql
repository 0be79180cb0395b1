-- What is wished of an order after it came in: to wait, and to lose units.
alter table orders
    add column held_by     text collate "C",
    add column hold_reason text,
    add column held_at     timestamptz;

alter table orders add constraint orders_held_whole check (
    (held_by is null) = (hold_reason is null) and (held_by is null) = (held_at is null)
);

comment on column orders.held_by is 'Who holds it: until it is resumed, none of its tasks is handed out.';

alter table task_chain add column held boolean not null default false;

comment on table task_chain is 'What is true of the tasks of an order together; without a row, it has its own alone, and is not held.';
comment on column task_chain.last_task is 'The newest, behind which the next one waits.';
comment on column task_chain.held is 'Whether none of them is handed out.';
comment on column task.kind is 'order, cancellation, return or payment.';

alter table order_line
    add column cancel_requested numeric(18, 6) not null default 0 check (0 <= cancel_requested);

comment on column order_line.cancel_requested is 'Wished off the order, and not answered yet by the ERP.';

create table cancellation (
    environment     int              not null,
    id              bigint           not null,
    system          text collate "C" not null,
    external_id     text collate "C" not null,
    order_id        bigint           not null,
    reason          text             not null,
    decided_by      text collate "C",
    decision_reason text,
    decided_at      timestamptz,
    requested_at    timestamptz      not null,
    revision        bigint           not null,
    primary key (environment, id),
    constraint cancellation_decided_whole check (
        (decided_by is null) = (decision_reason is null) and (decided_by is null) = (decided_at is null)
    )
);

create index cancellation_of_order on cancellation (environment, order_id, id);

comment on table cancellation is 'A wish to take units off an order. Found by its system''s number through identity; how it was answered follows from its lines.';
comment on column cancellation.decided_by is 'Who answered; null: nobody yet. Before the ERP has seen the order, its system itself.';

create table cancellation_line (
    environment     int              not null,
    cancellation_id bigint           not null,
    line            int              not null,
    order_line_id   text collate "C" not null,
    requested       numeric(18, 6)   not null,
    cancelled       numeric(18, 6)   not null,
    primary key (environment, cancellation_id, line),
    constraint cancellation_line_within check (0 <= cancelled and cancelled <= requested)
);

comment on table cancellation_line is 'How many units of one line of the order were wished off, and how many are; numbered from 0.';
