-- What a batch begins with that was decided before it had the lock, so that it needs no journey for it: a part of the
-- one statement that writes it, and evaluated before all others. The environment is named, its lock taken, and nothing
-- written unless the history ends where the batch supposes it. What the statement sees was committed before it had the
-- lock; if nobody has written since the end that it supposes, that is all there is. The time that it supposes must be
-- about now, for a clock may be set while a lane goes by its own.
create function take_turn(lock_class int, of_environment int, expected_revision bigint, expected_at bigint,
        expected_quiet_batches bigint, supposed_now bigint, micros_ahead bigint)
    returns void
    language plpgsql
    as $$
        declare
            found record;
        begin
            perform set_config('erpsync.environment', of_environment::text, true);
            found := public.open_lane(lock_class, of_environment, micros_ahead);
            if found.revision <> expected_revision or found.at is distinct from expected_at
                or found.quiet_batches <> expected_quiet_batches
            then
                raise exception 'the history does not end where it was supposed to'
                    using errcode = 'ES001';
            end if;
            if abs(found.now - supposed_now) > 5000000 then
                raise exception 'it is not the time that it was supposed to be'
                    using errcode = 'ES001';
            end if;
        end
    $$;

revoke all on function take_turn from public;
grant execute on function take_turn to erpsync_app;
