-- As update_stock_levels (0093), for what changes mostly: what is promised of levels by an order, and what was said
-- of them by a reading. A column that is not written is not sent, taken apart and put together either.
create function update_reserved_of_stock_levels(of_environment int, skus text[], locations text[], reserveds
        numeric[], revisions bigint[], found_at text[])
    returns void
    language plpgsql
    set search_path = public, pg_temp
    set enable_seqscan = off
    set enable_bitmapscan = off
    set enable_indexscan = off
    set enable_indexonlyscan = off
    set plan_cache_mode = force_generic_plan
    as $$
        declare
            updated bigint;
        begin
            update stock_level
            set reserved = it.reserved,
                revision = it.revision
            from (
                select unnest(skus) as sku,
                    unnest(locations) as location,
                    unnest(reserveds) as reserved,
                    unnest(revisions) as revision,
                    unnest(found_at)::tid as found_at
            ) as it
            where stock_level.ctid = it.found_at and stock_level.environment = of_environment
                and stock_level.sku = it.sku and stock_level.location = it.location;
            get diagnostics updated = row_count;
            if updated <> cardinality(found_at) then
                raise exception 'levels do not lie where they were found'
                    using errcode = 'serialization_failure';
            end if;
        end
    $$;

revoke all on function update_reserved_of_stock_levels from public;
grant execute on function update_reserved_of_stock_levels to erpsync_app;

create function update_stated_of_stock_levels(of_environment int, skus text[], locations text[], on_hands
        numeric[], unnumbereds numeric[], committeds numeric[], stated_on_hands numeric[], source_epochs bigint[],
        statement_sequences bigint[], ledger_throughs bigint[], stated_bys text[], stated_by_leaders boolean[],
        stated_availables numeric[], stated_committeds numeric[], orders_counted_throughs bigint[], effects_throughs
        bigint[], revisions bigint[], all_stale_readings bigint[], stale_bys text[], found_at text[])
    returns void
    language plpgsql
    set search_path = public, pg_temp
    set enable_seqscan = off
    set enable_bitmapscan = off
    set enable_indexscan = off
    set enable_indexonlyscan = off
    set plan_cache_mode = force_generic_plan
    as $$
        declare
            updated bigint;
        begin
            update stock_level
            set on_hand = it.on_hand,
                unnumbered = it.unnumbered,
                committed = it.committed,
                stated_on_hand = it.stated_on_hand,
                source_epoch = it.source_epoch,
                statement_sequence = it.statement_sequence,
                ledger_through = it.ledger_through,
                stated_by = it.stated_by,
                stated_by_leader = it.stated_by_leader,
                stated_available = it.stated_available,
                stated_committed = it.stated_committed,
                orders_counted_through = it.orders_counted_through,
                effects_through = it.effects_through,
                revision = it.revision,
                stale_readings = it.stale_readings,
                stale_by = it.stale_by
            from (
                select unnest(skus) as sku,
                    unnest(locations) as location,
                    unnest(on_hands) as on_hand,
                    unnest(unnumbereds) as unnumbered,
                    unnest(committeds) as committed,
                    unnest(stated_on_hands) as stated_on_hand,
                    unnest(source_epochs) as source_epoch,
                    unnest(statement_sequences) as statement_sequence,
                    unnest(ledger_throughs) as ledger_through,
                    unnest(stated_bys) as stated_by,
                    unnest(stated_by_leaders) as stated_by_leader,
                    unnest(stated_availables) as stated_available,
                    unnest(stated_committeds) as stated_committed,
                    unnest(orders_counted_throughs) as orders_counted_through,
                    unnest(effects_throughs) as effects_through,
                    unnest(revisions) as revision,
                    unnest(all_stale_readings) as stale_readings,
                    unnest(stale_bys) as stale_by,
                    unnest(found_at)::tid as found_at
            ) as it
            where stock_level.ctid = it.found_at and stock_level.environment = of_environment
                and stock_level.sku = it.sku and stock_level.location = it.location;
            get diagnostics updated = row_count;
            if updated <> cardinality(found_at) then
                raise exception 'levels do not lie where they were found'
                    using errcode = 'serialization_failure';
            end if;
        end
    $$;

revoke all on function update_stated_of_stock_levels from public;
grant execute on function update_stated_of_stock_levels to erpsync_app;

-- There is but one plan for each: planned anew for each few levels, as Postgres prefers, they would take twice as long.
alter function update_stock_levels set plan_cache_mode = force_generic_plan;
