-- What is parked may be given up, for good.
alter table parked
    add column discarded_at   timestamptz,
    add column discarded_by   text collate "C",
    add column discard_reason text;

alter table parked add constraint parked_discarded_whole check (
    (discarded_at is null) = (discarded_by is null) and (discarded_at is null) = (discard_reason is null)
);

drop index parked_still;
create index parked_still on parked (environment, id) where applied_at is null and discarded_at is null;

comment on column parked.discarded_at is 'Set once somebody has given it up; then it is never applied.';
comment on column task.state is 'behind (an earlier task of its order), waiting, leased, parked, done or withdrawn (nobody has to do it any more).';
comment on column orders.handover is 'Whether the ERP has taken it over: waiting, acknowledged, parked, or withdrawn (it never will have to).';
