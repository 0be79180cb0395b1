-- Updates levels where their rows were found, which spares looking each up again, locking it, and checking it twice,
-- as an upsert does: more than a third of what writing levels costs. Whoever writes has the environment's lock, so
-- that nobody has moved them; if somebody did, nothing is written, and the batch is decided anew.
--
-- A function, because its settings leave the planner one plan alone, row by row: a plan that is kept while a table is
-- empty may be any other, and be kept while it grows.
create function update_stock_levels(of_environment int, skus text[], locations text[], on_hands numeric[],
        reserveds numeric[], back_ordereds numeric[], unnumbereds numeric[], ledger_numbers text[],
        ledger_quantities text[], beyond_systems text[], beyond_revisions text[], beyond_acknowledged text[],
        beyond_fulfilled text[], committeds numeric[], acknowledged_revisions text[], acknowledged_units text[],
        stated_on_hands numeric[], source_epochs bigint[], statement_sequences bigint[],
        ledger_throughs bigint[], stated_bys text[], stated_by_leaders boolean[], stated_availables numeric[],
        stated_committeds numeric[], orders_counted_throughs bigint[], effects_throughs bigint[],
        queue_firsts bigint[], queue_nexts bigint[], kept_backs numeric[], revisions bigint[],
        stale_readings bigint[], stale_bys text[], have_namesakes boolean[], found_at text[])
    returns void
    language plpgsql
    set search_path = public, pg_temp
    set enable_indexscan = off
    set enable_indexonlyscan = off
    as $$
        declare
            updated bigint;
        begin
            update stock_level
            set on_hand = it.on_hand,
                reserved = it.reserved,
                back_ordered = it.back_ordered,
                unnumbered = it.unnumbered,
                ledger_numbers = it.ledger_numbers,
                ledger_quantities = it.ledger_quantities,
                beyond_systems = it.beyond_systems,
                beyond_revisions = it.beyond_revisions,
                beyond_acknowledged = it.beyond_acknowledged,
                beyond_fulfilled = it.beyond_fulfilled,
                committed = it.committed,
                acknowledged_revisions = it.acknowledged_revisions,
                acknowledged_units = it.acknowledged_units,
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
                queue_first = it.queue_first,
                queue_next = it.queue_next,
                kept_back = it.kept_back,
                revision = it.revision,
                stale_readings = it.stale_readings,
                stale_by = it.stale_by,
                has_namesakes = it.has_namesakes
            from (
                select unnest($2) as sku, unnest($3) as location, unnest($4) as on_hand,
                    unnest($5) as reserved, unnest($6) as back_ordered, unnest($7) as unnumbered,
                    unnest($8)::bigint[] as ledger_numbers, unnest($9)::numeric[] as ledger_quantities,
                    unnest($10)::text[] as beyond_systems, unnest($11)::bigint[] as beyond_revisions,
                    unnest($12)::bigint[] as beyond_acknowledged,
                    unnest($13)::numeric[] as beyond_fulfilled, unnest($14) as committed,
                    unnest($15)::bigint[] as acknowledged_revisions,
                    unnest($16)::numeric[] as acknowledged_units, unnest($17) as stated_on_hand,
                    unnest($18) as source_epoch, unnest($19) as statement_sequence,
                    unnest($20) as ledger_through, unnest($21) as stated_by,
                    unnest($22) as stated_by_leader, unnest($23) as stated_available,
                    unnest($24) as stated_committed, unnest($25) as orders_counted_through,
                    unnest($26) as effects_through, unnest($27) as queue_first,
                    unnest($28) as queue_next, unnest($29) as kept_back, unnest($30) as revision,
                    unnest($31) as stale_readings, unnest($32) as stale_by,
                    unnest($33) as has_namesakes, unnest($34)::tid as found_at
            ) as it
            where stock_level.ctid = it.found_at and stock_level.environment = $1
                and stock_level.sku = it.sku and stock_level.location = it.location;
            get diagnostics updated = row_count;
            if updated <> cardinality($34) then
                raise exception 'levels do not lie where they were found'
                    using errcode = 'serialization_failure';
            end if;
        end
    $$;

revoke all on function update_stock_levels from public;
grant execute on function update_stock_levels to erpsync_app;
