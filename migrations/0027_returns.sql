-- Units that come back are received and judged apart from each other; a return may end without them.
alter table return
    add column proof_carrier   text,
    add column proof_reference text collate "C",
    add column proof_date      date,
    add column refund_shipping boolean not null default false,
    add column expires_at      timestamptz,
    add column complete_at     timestamptz,
    add column replaced_by     text    not null default '[]',
    add column documents       int     not null default 0;

alter table return add constraint return_proof_whole check (
    (proof_carrier is null) = (proof_reference is null)
    and (proof_carrier is null) = (proof_date is null)
);

comment on column return.state is 'requested, approved, declined, closed or expired.';
comment on column return.decline_reason is 'Why it was declined or closed.';
comment on column return.proof_reference is 'By which it can be checked that the buyer has sent the goods; null: not proved.';
comment on column return.refund_shipping is 'Whether the buyer gets the standard shipping of the order back.';
comment on column return.expires_at is 'When it ends if nothing has come by then.';
comment on column return.complete_at is 'Since when nothing is awaited any more.';
comment on column return.replaced_by is 'A JSON array: the ids of orders that were placed in exchange.';
comment on column return.documents is 'How often something of it came or was judged.';

alter table return_line
    add column pending          numeric(18, 6) not null default 0,
    add column rejected         numeric(18, 6) not null default 0,
    add column rejected_apart   numeric(18, 6) not null default 0,
    add column lost             numeric(18, 6) not null default 0,
    add column wrong_item       numeric(18, 6) not null default 0,
    add column released         numeric(18, 6) not null default 0,
    add column loss_of_value    numeric(18, 6) not null default 0,
    add column rejection_reason text           not null default '';

alter table reception_line
    add column came           text collate "C" not null default 'received',
    add column pending        numeric(18, 6)   not null default 0,
    add column restocked      numeric(18, 6)   not null default 0,
    add column quarantined    numeric(18, 6)   not null default 0,
    add column scrapped       numeric(18, 6)   not null default 0,
    add column sent_back      numeric(18, 6)   not null default 0,
    add column rejected       numeric(18, 6)   not null default 0,
    add column rejected_apart numeric(18, 6)   not null default 0;

-- What came before was judged when it came.
update reception_line
set restocked   = case disposition when 'restock' then quantity else 0 end,
    quarantined = case disposition when 'quarantine' then quantity else 0 end,
    scrapped    = case disposition when 'scrap' then quantity else 0 end,
    sent_back   = case disposition when 'send_back' then quantity else 0 end,
    rejected    = case disposition when 'send_back' then quantity else 0 end;

update return_line
set rejected = sent_back
where sent_back > 0;

update return_line
set released = requested
from return
where return.environment = return_line.environment and return.id = return_line.return_id
    and return.state = 'declined';

update return
set complete_at = coalesce(
    (
        select max(recorded_at)
        from reception
        where reception.environment = return.environment and reception.return_id = return.id
    ),
    requested_at
)
where not exists (
    select
    from return_line
    where return_line.environment = return.environment and return_line.return_id = return.id
        and requested > restocked + quarantined + scrapped + sent_back + released
);

-- What becomes of a received line is told by its sums.
alter table reception_line alter column disposition drop not null;

comment on column reception_line.disposition is 'No longer written nor read.';

alter table return_line
    drop constraint return_line_received_within,
    drop constraint return_line_credited_within,
    add constraint return_line_received_within check (
        restocked + quarantined + scrapped + sent_back + pending + lost + wrong_item + released
        <= requested
    ),
    add constraint return_line_sent_back_rejected check (sent_back <= rejected),
    add constraint return_line_credited_within check (credited <= requested);

comment on table reception_line is 'What came of one article (or did not), and what became of it; numbered from 0.';
comment on column reception_line.came is 'received, lost, or wrong_item: another article came in its place.';
comment on column reception_line.pending is 'Here, and not judged yet.';
comment on column reception_line.rejected is 'Judged and not accepted, wherever they are.';
comment on column reception_line.rejected_apart is 'Those of the rejected that lie in quarantine.';
comment on column return_line.pending is 'Here, and not judged yet.';
comment on column return_line.rejected is 'Judged and not accepted, wherever they are.';
comment on column return_line.rejected_apart is 'Those of the rejected that lie in quarantine.';
comment on column return_line.wrong_item is 'Another article came in their place.';
comment on column return_line.released is 'Awaited no more: the return was declined, closed or has expired.';
comment on column return_line.loss_of_value is 'What accepted units are worth less, in the order''s currency.';

alter table order_line
    add column lost numeric(18, 6) not null default 0,
    drop constraint order_line_returns_what_left,
    add constraint order_line_returns_what_left
        check (return_requested + received + lost - sent_back <= shipped);

comment on column order_line.lost is 'Announced to come back, and lost on its way.';

alter table orders add column replaces_return bigint;

comment on column orders.replaces_return is 'The return in exchange for which it was placed.';
