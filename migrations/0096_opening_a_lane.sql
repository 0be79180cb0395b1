-- What every batch begins with, as one call, so that it is one journey: the environment's lock, and then, in a
-- statement of its own, because a statement sees what was committed when it began and it may have begun before the
-- lock was had, where the history ends. Times are microseconds since 1970.
create function open_lane(lock_class int, of_environment int, micros_ahead bigint, out revision bigint,
        out at bigint, out quiet_batches bigint, out now bigint)
    language plpgsql
    as $$
        begin
            perform pg_advisory_xact_lock(lock_class, of_environment);
            select coalesce(newest.revision, 0),
                newest.at,
                coalesce((
                    select lane.quiet_batches from public.lane where environment = of_environment
                ), 0),
                greatest(newest.at, extract(epoch from clock_timestamp()) * 1000000 + micros_ahead)
            into revision, at, quiet_batches, now
            from (select 1) as one
            left join lateral (
                select log.revision, (extract(epoch from log.at) * 1000000)::bigint as at
                from public.log
                where environment = of_environment
                order by log.revision desc
                limit 1
            ) as newest on true;
        end
    $$;

revoke all on function open_lane from public;
grant execute on function open_lane to erpsync_app;
