create table orders (
    environment          int              not null,
    id                   bigint           not null,
    shop                 text collate "C" not null,
    external_id          text collate "C" not null,
    placed_at            timestamptz      not null,
    order_date           date,
    already_placed       boolean          not null,
    allow_back_order     boolean          not null,
    currency             text collate "C" not null,
    price_mode           text collate "C" not null,
    rounding_mode        text collate "C" not null,
    total                numeric(18, 6)   not null,
    external_customer_id text             not null,
    revision             bigint           not null,
    primary key (environment, id)
);

comment on table orders is 'What was bought. Found by the shop''s number through identity; its status is derived from its lines.';

create table order_line (
    environment    int              not null,
    order_id       bigint           not null,
    line           int              not null,
    line_id        text collate "C" not null,
    sku            text collate "C" not null,
    location       text collate "C" not null,
    description    text             not null,
    ordered        numeric(18, 6)   not null,
    unit_price     numeric(18, 6)   not null,
    discount       numeric(18, 6)   not null,
    amount         numeric(18, 6)   not null,
    cancelled      numeric(18, 6)   not null,
    reserved       numeric(18, 6)   not null,
    back_ordered   numeric(18, 6)   not null,
    shipped        numeric(18, 6)   not null,
    queue_position bigint           not null,
    primary key (environment, order_id, line),
    constraint order_line_ordered_positive check (0 < ordered),
    constraint order_line_cancelled_within_ordered check (0 <= cancelled and cancelled <= ordered),
    constraint order_line_promised_what_is_open
        check (reserved + back_ordered = greatest(0, ordered - cancelled - shipped))
);

comment on table order_line is 'A line as it was ordered, and what became of it. Lines are numbered from 0; the sums on them are the truth about the order.';
comment on column order_line.queue_position is 'Where its back order stands in the queue of its level; 0: it never waited.';

create table order_charge (
    environment int              not null,
    order_id    bigint           not null,
    charge      int              not null,
    charge_id   text collate "C" not null,
    kind        text collate "C" not null,
    amount      numeric(18, 6)   not null,
    description text             not null,
    primary key (environment, order_id, charge)
);

comment on table order_charge is 'What is charged beside goods; numbered from 0.';

create table order_tax (
    environment int              not null,
    order_id    bigint           not null,
    part        text collate "C" not null,
    place       int              not null,
    tax         int              not null,
    category    text collate "C" not null,
    rate        numeric(18, 6)   not null,
    base        numeric(18, 6)   not null,
    amount      numeric(18, 6),
    primary key (environment, order_id, part, place, tax)
);

comment on table order_tax is 'Taxes of lines, of charges, and of the whole order (part line, charge or total; place is the line or charge).';

create table order_address (
    environment  int              not null,
    order_id     bigint           not null,
    role         text collate "C" not null,
    name         text             not null,
    company      text             not null,
    street       text             not null,
    street_extra text             not null,
    postal_code  text             not null,
    city         text             not null,
    region       text             not null,
    country_code text             not null,
    email        text             not null,
    phone        text             not null,
    primary key (environment, order_id, role)
);

comment on table order_address is 'Where an order goes (role shipping) and who pays (role billing), as they were when it was placed.';
