-- A line of an article that is made of others needs those: what of each is promised stands here.
alter table order_line add column demands int not null default 0;

comment on column order_line.demands is 'How many rows of order_line_demand it has; 0: it needs its own article, and what is promised of it stands here.';
comment on column order_line.reserved is 'Units of the line that are promised and there; of an article that is made of others, those of which everything is.';
comment on column order_line.queue_position is 'Where its back order stands in the queue of its level; 0: it never waited, or demands are rows of their own.';

create table order_line_demand (
    environment    int              not null,
    order_id       bigint           not null,
    line           int              not null,
    demand         int              not null,
    sku            text collate "C" not null,
    location       text collate "C" not null,
    each           numeric(18, 6)   not null,
    reserved       numeric(18, 6)   not null,
    back_ordered   numeric(18, 6)   not null,
    queue_position bigint           not null,
    primary key (environment, order_id, line, demand),
    constraint order_line_demand_each_positive check (0 < each),
    constraint order_line_demand_reserved_not_negative check (0 <= reserved),
    constraint order_line_demand_back_ordered_not_negative check (0 <= back_ordered)
);

comment on table order_line_demand is 'What a line needs of each article that it is made of, as it was when it was placed: a later composition does not change it. Numbered from 0.';
comment on column order_line_demand.each is 'Units of this article in one unit of the line.';
comment on column order_line_demand.queue_position is 'Where its back order stands in the queue of its level; 0: it never waited.';
