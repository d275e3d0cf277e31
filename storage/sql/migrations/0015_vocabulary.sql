-- A word is asked for in every form that it may have, most of which no article has. Looking for those in each month cost
-- a search more than its hits: what no article has is known now, and is not looked for.

create table vocabulary (term text collate "C" not null);
comment on table vocabulary is 'The terms of all articles'' words; some stand twice, and some of articles that are gone. With ''@whole'' in it none is missing.';
comment on column vocabulary.term is 'A term, as in articles.terms.';
create index vocabulary_term on vocabulary (term);

-- A candidate of a phrase is read once, not once for its time and once for its terms.
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
            -- So is what needs a look at the positions of words no business of the text index: it would find the same candidates, dearer.
            || case when places is null then '' else ' and (terms @@ $6) is true' end
            || case when exact is null then '' else ' and (' || exact || ') is true' end
            || ' order by at desc, id desc';
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
