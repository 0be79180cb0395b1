-- As before (0093, 0094), and they answer where the rows lie now, in the order in which they were asked for: so that
-- whoever writes them again needs not look them up.
drop function update_stock_levels;
drop function update_reserved_of_stock_levels;
drop function update_stated_of_stock_levels;

create function update_stock_levels(of_environment int, skus text[], locations text[], on_hands numeric[],
        reserveds numeric[], back_ordereds numeric[], unnumbereds numeric[], ledger_numbers text[],
        ledger_quantities text[], beyond_systems text[], beyond_revisions text[], beyond_acknowledged text[],
        beyond_fulfilled text[], committeds numeric[], acknowledged_revisions text[], acknowledged_units text[],
        stated_on_hands numeric[], source_epochs bigint[], statement_sequences bigint[],
        ledger_throughs bigint[], stated_bys text[], stated_by_leaders boolean[], stated_availables numeric[],
        stated_committeds numeric[], orders_counted_throughs bigint[], effects_throughs bigint[],
        queue_firsts bigint[], queue_nexts bigint[], kept_backs numeric[], revisions bigint[],
        stale_readings bigint[], stale_bys text[], have_namesakes boolean[], found_at tid[])
    returns tid[]
    language plpgsql
    set search_path = public, pg_temp
    set enable_seqscan = off
    set enable_bitmapscan = off
    set enable_indexscan = off
    set enable_indexonlyscan = off
    set plan_cache_mode = force_generic_plan
    as $$
        declare
            lie_at tid[];
        begin
            with updated as (
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
                    select unnest(skus) as sku,
                        unnest(locations) as location,
                        unnest(on_hands) as on_hand,
                        unnest(reserveds) as reserved,
                        unnest(back_ordereds) as back_ordered,
                        unnest(unnumbereds) as unnumbered,
                        unnest(ledger_numbers)::bigint[] as ledger_numbers,
                        unnest(ledger_quantities)::numeric[] as ledger_quantities,
                        unnest(beyond_systems)::text[] as beyond_systems,
                        unnest(beyond_revisions)::bigint[] as beyond_revisions,
                        unnest(beyond_acknowledged)::bigint[] as beyond_acknowledged,
                        unnest(beyond_fulfilled)::numeric[] as beyond_fulfilled,
                        unnest(committeds) as committed,
                        unnest(acknowledged_revisions)::bigint[] as acknowledged_revisions,
                        unnest(acknowledged_units)::numeric[] as acknowledged_units,
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
                        unnest(queue_firsts) as queue_first,
                        unnest(queue_nexts) as queue_next,
                        unnest(kept_backs) as kept_back,
                        unnest(revisions) as revision,
                        unnest(stale_readings) as stale_readings,
                        unnest(stale_bys) as stale_by,
                        unnest(have_namesakes) as has_namesakes,
                        unnest(found_at) as found_at
                ) as it
                where stock_level.ctid = it.found_at and stock_level.environment = of_environment
                    and stock_level.sku = it.sku and stock_level.location = it.location
                returning stock_level.ctid as lies_at
            )
            select array_agg(lies_at) into lie_at from updated;
            if coalesce(cardinality(lie_at), 0) <> cardinality(found_at) then
                raise exception 'levels do not lie where they were found'
                    using errcode = 'serialization_failure';
            end if;
            return lie_at;
        end
    $$;

revoke all on function update_stock_levels from public;
grant execute on function update_stock_levels to erpsync_app;

create function update_reserved_of_stock_levels(of_environment int, skus text[], locations text[], reserveds
        numeric[], revisions bigint[], found_at tid[])
    returns tid[]
    language plpgsql
    set search_path = public, pg_temp
    set enable_seqscan = off
    set enable_bitmapscan = off
    set enable_indexscan = off
    set enable_indexonlyscan = off
    set plan_cache_mode = force_generic_plan
    as $$
        declare
            lie_at tid[];
        begin
            with updated as (
                update stock_level
                set reserved = it.reserved,
                    revision = it.revision
                from (
                    select unnest(skus) as sku,
                        unnest(locations) as location,
                        unnest(reserveds) as reserved,
                        unnest(revisions) as revision,
                        unnest(found_at) as found_at
                ) as it
                where stock_level.ctid = it.found_at and stock_level.environment = of_environment
                    and stock_level.sku = it.sku and stock_level.location = it.location
                returning stock_level.ctid as lies_at
            )
            select array_agg(lies_at) into lie_at from updated;
            if coalesce(cardinality(lie_at), 0) <> cardinality(found_at) then
                raise exception 'levels do not lie where they were found'
                    using errcode = 'serialization_failure';
            end if;
            return lie_at;
        end
    $$;

revoke all on function update_reserved_of_stock_levels from public;
grant execute on function update_reserved_of_stock_levels to erpsync_app;

-- The next reading of a source changes no more than these.
create function update_figures_of_stock_levels(of_environment int, skus text[], locations text[], on_hands
        numeric[], stated_on_hands numeric[], statement_sequences bigint[], ledger_throughs bigint[], revisions
        bigint[], found_at tid[])
    returns tid[]
    language plpgsql
    set search_path = public, pg_temp
    set enable_seqscan = off
    set enable_bitmapscan = off
    set enable_indexscan = off
    set enable_indexonlyscan = off
    set plan_cache_mode = force_generic_plan
    as $$
        declare
            lie_at tid[];
        begin
            with updated as (
                update stock_level
                set on_hand = it.on_hand,
                    stated_on_hand = it.stated_on_hand,
                    statement_sequence = it.statement_sequence,
                    ledger_through = it.ledger_through,
                    revision = it.revision
                from (
                    select unnest(skus) as sku,
                        unnest(locations) as location,
                        unnest(on_hands) as on_hand,
                        unnest(stated_on_hands) as stated_on_hand,
                        unnest(statement_sequences) as statement_sequence,
                        unnest(ledger_throughs) as ledger_through,
                        unnest(revisions) as revision,
                        unnest(found_at) as found_at
                ) as it
                where stock_level.ctid = it.found_at and stock_level.environment = of_environment
                    and stock_level.sku = it.sku and stock_level.location = it.location
                returning stock_level.ctid as lies_at
            )
            select array_agg(lies_at) into lie_at from updated;
            if coalesce(cardinality(lie_at), 0) <> cardinality(found_at) then
                raise exception 'levels do not lie where they were found'
                    using errcode = 'serialization_failure';
            end if;
            return lie_at;
        end
    $$;

revoke all on function update_figures_of_stock_levels from public;
grant execute on function update_figures_of_stock_levels to erpsync_app;

create function update_stated_of_stock_levels(of_environment int, skus text[], locations text[], on_hands
        numeric[], unnumbereds numeric[], committeds numeric[], stated_on_hands numeric[], source_epochs bigint[],
        statement_sequences bigint[], ledger_throughs bigint[], stated_bys text[], stated_by_leaders boolean[],
        stated_availables numeric[], stated_committeds numeric[], orders_counted_throughs bigint[], effects_throughs
        bigint[], revisions bigint[], all_stale_readings bigint[], stale_bys text[], found_at tid[])
    returns tid[]
    language plpgsql
    set search_path = public, pg_temp
    set enable_seqscan = off
    set enable_bitmapscan = off
    set enable_indexscan = off
    set enable_indexonlyscan = off
    set plan_cache_mode = force_generic_plan
    as $$
        declare
            lie_at tid[];
        begin
            with updated as (
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
                        unnest(found_at) as found_at
                ) as it
                where stock_level.ctid = it.found_at and stock_level.environment = of_environment
                    and stock_level.sku = it.sku and stock_level.location = it.location
                returning stock_level.ctid as lies_at
            )
            select array_agg(lies_at) into lie_at from updated;
            if coalesce(cardinality(lie_at), 0) <> cardinality(found_at) then
                raise exception 'levels do not lie where they were found'
                    using errcode = 'serialization_failure';
            end if;
            return lie_at;
        end
    $$;

revoke all on function update_stated_of_stock_levels from public;
grant execute on function update_stated_of_stock_levels to erpsync_app;

-- Reads the rows of these keys, as whoever looks them up does, because Postgres then clears their pages of what nobody
-- sees any more. To update rows where they lie reads no page in this way: without it they would find no room on their
-- own page, and have to be entered into every index again.
create function sweep_stock_levels(of_environment int, skus text[], locations text[])
    returns bigint
    language plpgsql
    set search_path = public, pg_temp
    set enable_seqscan = off
    set enable_bitmapscan = off
    set enable_indexonlyscan = off
    set plan_cache_mode = force_generic_plan
    as $$
        begin
            return (
                select count(*)
                from (select unnest(skus) as sku, unnest(locations) as location) as it
                cross join lateral (
                    select kept_back
                    from stock_level
                    where environment = of_environment and sku = it.sku and location = it.location
                    limit 1
                ) as found
            );
        end
    $$;

revoke all on function sweep_stock_levels from public;
grant execute on function sweep_stock_levels to erpsync_app;

-- An upload puts every row of a page elsewhere, before any of them can be cleared away: a page that is half empty has
-- room for them all.
alter table stock_level set (fillfactor = 50);
