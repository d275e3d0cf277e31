-- What a search fetches lies together, and is fetched without planning over all months.
--
-- Whoever asks where words stand (a phrase, NEAR) reads the terms of every article that has the words. Beside the row, in a table of chunks,
-- they cost five pages an article; in it one. What does not fit a page is compressed first, and lies beside the row only then.
-- Rows that stand already move when they are written next, at the latest when their analysis is renewed.
-- A query by id and time has each month planned before all but one are left out: that cost more than the rest of a search.

alter table articles alter terms set storage main;

do $$
declare
    month regclass;
begin
    for month in select inhrelid::regclass from pg_inherits where inhparent = 'articles'::regclass loop
        execute format('alter table %s set (toast_tuple_target = 8160)', month);
    end loop;
end
$$;

create function month_of(at timestamptz) returns name
language sql stable parallel safe
as $$
    select case when at < '2000-01-01 00:00+00' then 'articles_before_2000' else to_char(at at time zone 'UTC', '"articles_"YYYY_MM') end::name
$$;
comment on function month_of(timestamptz) is 'The partition in which an article of that time lies.';

create function articles_of(ids bigint[], ats timestamptz[]) returns setof articles
language plpgsql volatile parallel unsafe
as $$
declare
    month name;
    hits bigint[];
    times timestamptz[];
    call text;
begin
    for month, hits, times in
        select month_of(hit.at), array_agg(hit.id), array_agg(hit.at) from unnest(ids, ats) as hit (id, at) group by 1
    loop
        -- Planning costs more than fetching: a month is asked by a statement that the session keeps, made when it is first needed.
        call := format('execute %I (%L, %L)', 'articles of ' || month, hits, times);
        begin
            return query execute call;
        exception when syntax_error then      -- there is no such statement: "EXECUTE query does not return tuples"
            execute format('prepare %I (bigint[], timestamptz[]) as select a.* from unnest($1, $2) as hit (id, at) cross join lateral '
                '(select * from %I where id = hit.id and at = hit.at offset 0) a', 'articles of ' || month, month);
            return query execute call;
        end;
    end loop;
end
$$;
comment on function articles_of(bigint[], timestamptz[]) is 'The articles of ids and times, in no order: each is fetched from its month.';

create function relevance_of(ids bigint[], ats timestamptz[], words tsquery) returns table (id bigint, relevance float8)
language plpgsql volatile parallel unsafe
as $$
declare
    month name;
    hits bigint[];
    times timestamptz[];
    asked text := quote_nullable(words::text);
    call text;
begin
    for month, hits, times in
        select month_of(hit.at), array_agg(hit.id), array_agg(hit.at) from unnest(ids, ats) as hit (id, at) group by 1
    loop
        call := format('execute %I (%L, %L, %s)', 'relevance of ' || month, hits, times, asked);
        begin
            return query execute call;
        exception when syntax_error then
            execute format('prepare %I (bigint[], timestamptz[], tsquery) as select a.id, ts_rank(''{0.1, 0.2, 0.4, 1.0}'', a.terms, $3, 1)::float8 '
                'from unnest($1, $2) as hit (id, at) cross join lateral (select id, terms from %I where id = hit.id and at = hit.at offset 0) a',
                'relevance of ' || month, month);
            return query execute call;
        end;
    end loop;
end
$$;
comment on function relevance_of(bigint[], timestamptz[], tsquery) is 'How well the articles of ids and times answer a query: its words by number and place, long texts less.';

create or replace function newest(
    query tsquery, condition text, places tsquery, exact text, since timestamptz, until timestamptz, until_id bigint, wanted int, common boolean
) returns table (id bigint, at timestamptz, outlet_id int, language text)
language plpgsql volatile parallel unsafe
as $$
declare
    month name;
    bounded boolean;
    statement text;
    prepared text;
    call text;
    first_month text := case when since < '2000-01-01' then 'articles_' else to_char(since at time zone 'UTC', '"articles_"YYYY_MM') end;
    last_moment timestamptz := case when until_id < 0 then until - interval '1 microsecond' else until end;
    last_month text := case when until > '9999-01-01' then 'articles_9' else to_char(last_moment at time zone 'UTC', '"articles_"YYYY_MM') end;
    -- A month that begins with the window, or ends with it, lies in it as a whole.
    begins boolean := since = date_trunc('month', since, 'UTC');
    ends boolean := until_id < 0 and until = date_trunc('month', until, 'UTC');
    -- Of hundreds of terms, each month would write them anew.
    asked text := quote_nullable(query::text);
    placed text := quote_nullable(places::text);
    found_so_far int := 0;
    step int;
begin
    -- The index of times is right for what stands in many articles, the text index for what stands in few. The planner cannot know what
    -- reading a long tsvector costs, so the caller says which.
    perform set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', case when common then 'on' else 'off' end, true),
            set_config('enable_bitmapscan', case when common then 'off' else 'on' end, true), set_config('plan_cache_mode', 'force_generic_plan', true);
    for month in
        select c.relname from pg_inherits h join pg_class c on c.oid = h.inhrelid
        where h.inhparent = 'articles'::regclass and c.relname::text collate "C" <= last_month and c.relname::text collate "C" >= first_month
           or h.inhparent = 'articles'::regclass and c.relname = 'articles_before_2000' and since < '2000-01-01'
        order by c.relname = 'articles_before_2000', c.relname desc
    loop
        bounded := month = first_month and not begins or month = last_month and not ends or month = 'articles_before_2000';
        -- Beside the text index, bounds are no business of the index of times: "is true" keeps them from it.
        statement := month || ' where ' || condition
            || case when not bounded then '' when common then ' and at >= $3 and (at, id) < ($4, $5)' else ' and (at >= $3 and (at, id) < ($4, $5)) is true' end
            || ' order by at desc, id desc';
        -- What needs a look at the positions of words, or at more than the index has, is asked in the order of time and no further than needed.
        if places is not null or exact is not null then
            -- Terms are no part of what is put in order: it would not fit the memory of a sort.
            statement := '(select ctid as place, id, at, outlet_id, language, published_at from ' || statement || ' offset 0) as candidate '
                || 'cross join lateral (select terms from ' || month || ' where ctid = candidate.place offset 0) as read where '
                || concat_ws(' and ', case when places is not null then 'terms @@ $6' end, exact);
        end if;
        statement := 'select id, at, outlet_id, language from ' || statement || ' limit $2';
        -- Planning costs more than most months' answers: a month is asked by a statement that the session keeps, made when it is first needed.
        if exact is null then
            prepared := 'newest facts ' || month || case when common then ' by time' else ' by terms' end || case when places is null then ' ' else ' places ' end
                || case when bounded then 'part ' else '' end || case condition when 'true' then '' when 'terms @@ $1' then 't' else md5(condition) end;
            call := format('execute %I (%s, %s, %L, %L, %s, %s)', prepared, asked, wanted - found_so_far, since, until, until_id, placed);
            begin
                return query execute call;
            exception when syntax_error then      -- there is no such statement: "EXECUTE query does not return tuples"
                execute format('prepare %I (tsquery, int, timestamptz, timestamptz, bigint, tsquery) as ', prepared) || statement;
                return query execute call;
            end;
        else
            return query execute statement using query, wanted - found_so_far, since, until, until_id, places;
        end if;
        get diagnostics step = row_count;
        found_so_far := found_so_far + step;
        exit when found_so_far >= wanted;
    end loop;
end
$$;
