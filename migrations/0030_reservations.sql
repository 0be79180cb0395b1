create table reservation (
    environment int              not null,
    id          bigint           not null,
    system      text collate "C" not null,
    external_id text collate "C" not null,
    state       text collate "C" not null,
    created_at  timestamptz      not null,
    held_until  timestamptz      not null,
    ended_at    timestamptz,
    ended_by    text collate "C",
    order_id    bigint,
    revision    bigint           not null,
    primary key (environment, id),
    constraint reservation_ended_once check (
        (state in ('held', 'expired')) = (ended_at is null)
        and (ended_at is null) = (ended_by is null)
        and (order_id is null or state = 'consumed')
    )
)
with (fillfactor = 70);

comment on table reservation is 'Units promised to a cart for a while, and what came of it. Found by its system''s id through identity.';
comment on column reservation.state is 'held, consumed, released or expired.';
comment on column reservation.held_until is 'When it ends by itself; where it has, when it ended.';
comment on column reservation.ended_by is 'Who consumed or released it.';
comment on column reservation.order_id is 'The order that has consumed it; null: none.';

create table reservation_line (
    environment    int              not null,
    reservation_id bigint           not null,
    line           int              not null,
    sku            text collate "C" not null,
    location       text collate "C" not null,
    quantity       numeric(18, 6)   not null,
    primary key (environment, reservation_id, line),
    constraint reservation_line_quantity_positive check (0 < quantity)
);

comment on table reservation_line is 'How much of each article at each place, each once; numbered from 0. Never changes.';
