-- Row level security stands around every table that has environments; each start sees to tables that are
-- new. Here is what it is made of, and the few gates through it.

create function named_environment() returns int
    language sql stable parallel safe
    as $$ select nullif(current_setting('erpsync.environment', true), '')::int $$;

comment on function named_environment() is 'The environment that the transaction has named; null: none.';

grant execute on function named_environment() to erpsync_app;

-- Operators see what each environment permits, and change it within that environment alone.
create policy operators on environment_settings for select to erpsync_app
    using (named_environment() = 0);

-- Who looks for what is due looks into all environments at once. These run as the owner, see all, and
-- tell no more than that.
create function due_by(by timestamptz, most bigint)
    returns table (environment int, kind text, key text)
    language sql stable security definer
    set search_path = public, pg_temp
    as $$ select environment, kind, key from due where at <= by order by at limit most $$;

create function due_next() returns timestamptz
    language sql stable security definer
    set search_path = public, pg_temp
    as $$ select min(at) from due $$;

create function environments_with_history() returns table (environment int)
    language sql stable security definer
    set search_path = public, pg_temp
    as $$
        -- Leaps from one to the next.
        with recursive leap as (
            select min(log.environment) as environment from log
            union all
            select (select min(log.environment) from log where log.environment > leap.environment)
            from leap
            where leap.environment is not null
        )
        select leap.environment from leap where leap.environment is not null
    $$;

-- Levels that are called the same but for case. `lower` might tell of a row before the wall was asked, so
-- that no index over it serves whoever stands behind the wall; this asks for what was named by itself.
create function namesakes(of_environment int, skus text[], locations text[])
    returns table (nth bigint, sku text, location text)
    language sql stable security definer
    set search_path = public, pg_temp
    as $$
        -- `lower` as the columns collate it knows letters of ASCII alone, as we do.
        select asked.nth, found.sku, found.location
        from unnest(skus, locations) with ordinality as asked(sku, location, nth)
        cross join lateral (
            select level.sku, level.location
            from stock_level as level
            where level.environment = of_environment
                and of_environment = named_environment()
                and lower(level.sku) = asked.sku collate "C"
                and lower(level.location) = asked.location collate "C"
            offset 0
        ) as found
    $$;

revoke all on function due_by(timestamptz, bigint), due_next(), environments_with_history(),
    namesakes(int, text[], text[]) from public;
grant execute on function due_by(timestamptz, bigint), due_next(), environments_with_history(),
    namesakes(int, text[], text[]) to erpsync_app;
