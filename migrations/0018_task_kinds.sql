-- An order is not the only work for the ERP any more: what shops tell of it afterwards is handed
-- over too, one after the other.
alter table task
    add column kind text collate "C" not null default 'order',
    add column system text collate "C",
    add column external_id text collate "C",
    add column next_task bigint;

-- A task bears the number of what it is about.
update due
set key = task.order_id::text
from task
where due.environment = task.environment and due.kind = 'inbox.lease' and due.key = task.id::text;

update parked
set id = task.order_id
from task
where parked.environment = task.environment and parked.kind = 'task' and parked.id = task.id;

update task
set id = order_id, system = orders.shop, external_id = orders.external_id
from orders
where orders.environment = task.environment and orders.id = task.order_id;

alter table task
    alter column kind drop default,
    alter column system set not null,
    alter column external_id set not null;

comment on column task.id is 'The number of what it is about: the order, the return, the payment.';
comment on column task.kind is 'order, return or payment.';
comment on column task.system is 'Who said what it is about.';
comment on column task.external_id is 'What that is called there.';
comment on column task.next_task is 'The next task of the same order, which waits until this one is done.';
comment on column task.state is 'behind (an earlier task of its order), waiting, leased, parked or done.';

create table task_chain (
    environment int    not null,
    order_id    bigint not null,
    last_task   bigint not null,
    primary key (environment, order_id)
);

comment on table task_chain is 'The newest task of an order; without a row, it is the order''s own.';
