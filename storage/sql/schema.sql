-- What the migrations make, as pg_dump writes it. Made by `khabar archive schema`; a test proves it equal to the migrations.

CREATE TABLE public.articles (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    outlet_id integer NOT NULL,
    run_id integer NOT NULL,
    language text NOT NULL,
    kind text DEFAULT 'article'::text NOT NULL,
    title text NOT NULL,
    standfirst text DEFAULT ''::text NOT NULL,
    body text NOT NULL,
    shape text DEFAULT ''::text NOT NULL,
    authors text[] DEFAULT '{}'::text[] NOT NULL,
    section text DEFAULT ''::text NOT NULL,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    published_at timestamp with time zone,
    published_offset smallint,
    modified_at timestamp with time zone,
    modified_offset smallint,
    lead_image text DEFAULT ''::text NOT NULL,
    credit text DEFAULT ''::text NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    confidence real DEFAULT 1 NOT NULL,
    extractor text DEFAULT ''::text NOT NULL,
    words integer NOT NULL,
    text_key uuid NOT NULL,
    meta_key uuid NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    edits integer DEFAULT 0 NOT NULL,
    deleted_at timestamp with time zone,
    terms tsvector NOT NULL,
    analyser smallint NOT NULL,
    CONSTRAINT articles_check CHECK ((edits < revision)),
    CONSTRAINT articles_check1 CHECK (((published_at IS NULL) OR (published_offset IS NOT NULL))),
    CONSTRAINT articles_confidence_check CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision))),
    CONSTRAINT articles_edits_check CHECK ((edits >= 0)),
    CONSTRAINT articles_kind_check CHECK ((kind = ANY (ARRAY['article'::text, 'brief'::text, 'interview'::text, 'opinion'::text]))),
    CONSTRAINT articles_language_check CHECK ((language ~ '^[a-z]{2,3}$'::text)),
    CONSTRAINT articles_modified_offset_check CHECK (((modified_offset >= '-1080'::integer) AND (modified_offset <= 1080))),
    CONSTRAINT articles_published_offset_check CHECK (((published_offset >= '-1080'::integer) AND (published_offset <= 1080))),
    CONSTRAINT articles_revision_check CHECK ((revision >= 1)),
    CONSTRAINT articles_words_check CHECK ((words >= 0))
)
PARTITION BY RANGE (at);
ALTER TABLE ONLY public.articles ALTER COLUMN terms SET STORAGE MAIN;

COMMENT ON TABLE public.articles IS 'Every article as it reads now, in monthly partitions by its own time. Earlier texts stand in revisions.';

COMMENT ON COLUMN public.articles.id IS 'article_urls.id.';

COMMENT ON COLUMN public.articles.at IS 'The article''s own time: its publication; its first sighting where the page names none, or one in the future.';

COMMENT ON COLUMN public.articles.outlet_id IS 'The outlet that published it.';

COMMENT ON COLUMN public.articles.run_id IS 'The run that found it.';

COMMENT ON COLUMN public.articles.language IS 'ISO 639-1 (639-3 where there is no shorter code); und when unknown.';

COMMENT ON COLUMN public.articles.kind IS 'article, brief, interview or opinion.';

COMMENT ON COLUMN public.articles.title IS 'Headline.';

COMMENT ON COLUMN public.articles.standfirst IS 'The lead-in, where the page sets one apart.';

COMMENT ON COLUMN public.articles.body IS 'The text, one block a line, captions left out.';

COMMENT ON COLUMN public.articles.shape IS 'What each line of the body is (p, h2, li1, quote, row), separated by spaces; empty: all are paragraphs.';

COMMENT ON COLUMN public.articles.authors IS 'Bylines in the page''s order.';

COMMENT ON COLUMN public.articles.section IS 'The outlet''s section.';

COMMENT ON COLUMN public.articles.tags IS 'The outlet''s tags.';

COMMENT ON COLUMN public.articles.published_at IS 'Publication as the page says; null when it does not say.';

COMMENT ON COLUMN public.articles.published_offset IS 'Minutes east of UTC of the zone the page named or the outlet has.';

COMMENT ON COLUMN public.articles.modified_at IS 'Last change as the page says.';

COMMENT ON COLUMN public.articles.modified_offset IS 'Minutes east of UTC of modified_at.';

COMMENT ON COLUMN public.articles.lead_image IS 'Absolute URL of the lead image.';

COMMENT ON COLUMN public.articles.credit IS 'The agency the text itself names as its source.';

COMMENT ON COLUMN public.articles.details IS 'What is shown but never searched: captions, links, images, published_raw, published_source, chosen, pruned (counts by rule).';

COMMENT ON COLUMN public.articles.confidence IS 'The extractor''s own, 0 to 1.';

COMMENT ON COLUMN public.articles.extractor IS 'Version of the rules that made this text.';

COMMENT ON COLUMN public.articles.words IS 'Words of the body.';

COMMENT ON COLUMN public.articles.text_key IS 'Hash of title, standfirst and body without noise: equal keys are the same text.';

COMMENT ON COLUMN public.articles.meta_key IS 'Hash of what else is searched or shown: byline, section, tags, dates, language, kind, credit, extractor.';

COMMENT ON COLUMN public.articles.first_seen_at IS 'When it was first fetched.';

COMMENT ON COLUMN public.articles.revision IS 'Number of the present version; 1 is the first.';

COMMENT ON COLUMN public.articles.edits IS 'How many times the outlet changed the text.';

COMMENT ON COLUMN public.articles.deleted_at IS 'Since when the page is gone; null while it stands.';

COMMENT ON COLUMN public.articles.terms IS 'Index terms with positions, made by news.text: A title, B standfirst, C authors and section, D body, and marks for outlet, language and country.';

COMMENT ON COLUMN public.articles.analyser IS 'Version of the analysis that made `terms`; an older one is due for re-indexing.';

CREATE FUNCTION public.articles_of(ids bigint[], ats timestamp with time zone[]) RETURNS SETOF public.articles
    LANGUAGE plpgsql
    AS $_$
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
$_$;

COMMENT ON FUNCTION public.articles_of(ids bigint[], ats timestamp with time zone[]) IS 'The articles of ids and times, in no order: each is fetched from its month.';

CREATE FUNCTION public.forget_fingerprint() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin delete from fingerprints where article_id = old.id; return null; end $$;

COMMENT ON FUNCTION public.forget_fingerprint() IS 'Removes the fingerprint of an article that is removed.';

CREATE FUNCTION public.month_of(at timestamp with time zone) RETURNS name
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    select case when at < '2000-01-01 00:00+00' then 'articles_before_2000' else to_char(at at time zone 'UTC', '"articles_"YYYY_MM') end::name
$$;

COMMENT ON FUNCTION public.month_of(at timestamp with time zone) IS 'The partition in which an article of that time lies.';

CREATE FUNCTION public.newest(query tsquery, condition text, places tsquery, exact text, since timestamp with time zone, until timestamp with time zone, until_id bigint, wanted integer, common boolean) RETURNS TABLE(id bigint, at timestamp with time zone, outlet_id integer, language text)
    LANGUAGE plpgsql
    AS $_$
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
$_$;

COMMENT ON FUNCTION public.newest(query tsquery, condition text, places tsquery, exact text, since timestamp with time zone, until timestamp with time zone, until_id bigint, wanted integer, common boolean) IS 'The newest articles that meet a condition: months are walked from the newest to the oldest, no further than needed.';

CREATE FUNCTION public.queue_new_articles() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into match_queue (article_id, version) select id, 1 from fresh order by id;
    perform pg_notify('khabar_match', '');
    return null;
end $$;

COMMENT ON FUNCTION public.queue_new_articles() IS 'Queues articles for matching, whoever loads them, and wakes the matcher.';

CREATE FUNCTION public.queue_revisions() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into match_queue (article_id, version)
        select article_id, number from fresh where kind in ('edit', 'deletion', 'return') order by article_id, number;
    perform pg_notify('khabar_match', '');
    return null;
end $$;

COMMENT ON FUNCTION public.queue_revisions() IS 'Queues edits, deletions and returns for matching; our own corrections are no news.';

CREATE FUNCTION public.relevance_of(ids bigint[], ats timestamp with time zone[], words tsquery) RETURNS TABLE(id bigint, relevance double precision)
    LANGUAGE plpgsql
    AS $_$
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
$_$;

COMMENT ON FUNCTION public.relevance_of(ids bigint[], ats timestamp with time zone[], words tsquery) IS 'How well the articles of ids and times answer a query: its words by number and place, long texts less.';

CREATE FUNCTION public.url_key(url text) RETURNS uuid
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ select pg_catalog.encode(pg_catalog.substring(pg_catalog.sha256(pg_catalog.convert_to(url, 'UTF8')), 1, 16), 'hex')::pg_catalog.uuid $$;

COMMENT ON FUNCTION public.url_key(url text) IS 'The identity of a canonical URL: the first 128 bits of its SHA-256. URLs may be longer than an index row; this never is.';

CREATE TABLE public.addresses (
    address text NOT NULL,
    domain text DEFAULT ''::text NOT NULL,
    state text DEFAULT 'ok'::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    told_operator boolean DEFAULT false NOT NULL,
    score real DEFAULT 0 NOT NULL,
    scored_at timestamp with time zone,
    refusal text DEFAULT ''::text NOT NULL,
    bounced_at timestamp with time zone,
    key_turn integer DEFAULT 0 NOT NULL,
    CONSTRAINT addresses_address_check CHECK ((address <> ''::text)),
    CONSTRAINT addresses_key_turn_check CHECK ((key_turn >= 0)),
    CONSTRAINT addresses_score_check CHECK ((score >= (0)::double precision)),
    CONSTRAINT addresses_state_check CHECK ((state = ANY (ARRAY['ok'::text, 'paused'::text])))
);

COMMENT ON TABLE public.addresses IS 'Where alerts go: mail addresses, or Apprise URLs.';

COMMENT ON COLUMN public.addresses.address IS 'local@domain, or an Apprise URL (which may hold a secret: never shown whole).';

COMMENT ON COLUMN public.addresses.domain IS 'The part that rate limits count by.';

COMMENT ON COLUMN public.addresses.state IS 'ok, or paused after a bounce or a permanent refusal.';

COMMENT ON COLUMN public.addresses.reason IS 'Why it is paused, in the server''s words.';

COMMENT ON COLUMN public.addresses.since IS 'Since when the state is so.';

COMMENT ON COLUMN public.addresses.told_operator IS 'Whether the operator has been told that it is paused.';

COMMENT ON COLUMN public.addresses.score IS 'Refusals by the address, a mailbox that is not there counting 1, a full one less; what it takes lowers it. It is paused at 3.';

COMMENT ON COLUMN public.addresses.scored_at IS 'When a refusal counted last: one counts in four hours, however many mails it refused.';

COMMENT ON COLUMN public.addresses.refusal IS 'The words of the last refusal that was the address''s.';

COMMENT ON COLUMN public.addresses.bounced_at IS 'When a mail to it came back last; for a week what a relay takes does not lower the score.';

COMMENT ON COLUMN public.addresses.key_turn IS 'How often the key was renewed that a webhook''s messages are signed with; 0: the one that all of them begin with.';

CREATE TABLE public.alerts (
    id bigint NOT NULL,
    message_id text NOT NULL,
    address text NOT NULL,
    domain text DEFAULT ''::text NOT NULL,
    template text NOT NULL,
    watches text[] DEFAULT '{}'::text[] NOT NULL,
    articles bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    story_id bigint,
    parent text,
    subject text NOT NULL,
    raw bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_try_at timestamp with time zone NOT NULL,
    last_outcome text DEFAULT ''::text NOT NULL,
    last_said text DEFAULT ''::text NOT NULL,
    sent_at timestamp with time zone,
    CONSTRAINT alerts_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT alerts_check CHECK (((state = 'sent'::text) = (sent_at IS NOT NULL))),
    CONSTRAINT alerts_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'dropped'::text])))
);

COMMENT ON TABLE public.alerts IS 'The outbox: whole messages, written in the transaction that found their reason, sent later.';

COMMENT ON COLUMN public.alerts.id IS 'Internal number.';

COMMENT ON COLUMN public.alerts.message_id IS 'The Message-ID, angle brackets included; follows from what the mail is about.';

COMMENT ON COLUMN public.alerts.address IS 'To whom.';

COMMENT ON COLUMN public.alerts.domain IS 'The part of the address that rate limits count by.';

COMMENT ON COLUMN public.alerts.template IS 'story, edit, deletion, digest or operator.';

COMMENT ON COLUMN public.alerts.watches IS 'Names of the watches that speak in it.';

COMMENT ON COLUMN public.alerts.articles IS 'Articles it quotes: forgetting an article finds its mails here.';

COMMENT ON COLUMN public.alerts.story_id IS 'The story it is about; null for digests.';

COMMENT ON COLUMN public.alerts.parent IS 'Message-ID of the first mail of its thread.';

COMMENT ON COLUMN public.alerts.subject IS 'Its subject.';

COMMENT ON COLUMN public.alerts.raw IS 'The message as it goes over the wire; emptied some time after it was sent.';

COMMENT ON COLUMN public.alerts.made_at IS 'When it was written.';

COMMENT ON COLUMN public.alerts.state IS 'waiting, sent, or dropped (refused for good).';

COMMENT ON COLUMN public.alerts.attempts IS 'Attempts so far.';

COMMENT ON COLUMN public.alerts.next_try_at IS 'Not to be sent before.';

COMMENT ON COLUMN public.alerts.last_outcome IS 'How the last attempt ended, in one word.';

COMMENT ON COLUMN public.alerts.last_said IS 'The server''s words at the last attempt.';

COMMENT ON COLUMN public.alerts.sent_at IS 'When the server had accepted it.';

ALTER TABLE public.alerts ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.alerts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.article_urls (
    id bigint NOT NULL,
    key uuid NOT NULL,
    url text NOT NULL,
    outlet_id integer NOT NULL,
    at timestamp with time zone NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    page_digest text DEFAULT ''::text NOT NULL,
    CONSTRAINT article_urls_check CHECK ((key = public.url_key(url)))
)
WITH (fillfactor='90');

COMMENT ON TABLE public.article_urls IS 'The identity of every article: one row per canonical URL, and the way into the right partition. Unique over all months, which a partitioned table alone cannot be.';

COMMENT ON COLUMN public.article_urls.id IS 'The article''s id everywhere.';

COMMENT ON COLUMN public.article_urls.key IS 'url_key(url).';

COMMENT ON COLUMN public.article_urls.url IS 'Canonical URL.';

COMMENT ON COLUMN public.article_urls.outlet_id IS 'The outlet that published it.';

COMMENT ON COLUMN public.article_urls.at IS 'The article''s own time, as in articles.at: names its partition.';

COMMENT ON COLUMN public.article_urls.checked_at IS 'Fetch time of the newest page that was taken into account; older pages change nothing.';

COMMENT ON COLUMN public.article_urls.page_digest IS 'Digest of that page''s body as received; empty when unknown.';

ALTER TABLE public.article_urls ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.article_urls_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.articles_before_2000 (
    id bigint CONSTRAINT articles_id_not_null NOT NULL,
    at timestamp with time zone CONSTRAINT articles_at_not_null NOT NULL,
    outlet_id integer CONSTRAINT articles_outlet_id_not_null NOT NULL,
    run_id integer CONSTRAINT articles_run_id_not_null NOT NULL,
    language text CONSTRAINT articles_language_not_null NOT NULL,
    kind text DEFAULT 'article'::text CONSTRAINT articles_kind_not_null NOT NULL,
    title text CONSTRAINT articles_title_not_null NOT NULL,
    standfirst text DEFAULT ''::text CONSTRAINT articles_standfirst_not_null NOT NULL,
    body text CONSTRAINT articles_body_not_null NOT NULL,
    shape text DEFAULT ''::text CONSTRAINT articles_shape_not_null NOT NULL,
    authors text[] DEFAULT '{}'::text[] CONSTRAINT articles_authors_not_null NOT NULL,
    section text DEFAULT ''::text CONSTRAINT articles_section_not_null NOT NULL,
    tags text[] DEFAULT '{}'::text[] CONSTRAINT articles_tags_not_null NOT NULL,
    published_at timestamp with time zone,
    published_offset smallint,
    modified_at timestamp with time zone,
    modified_offset smallint,
    lead_image text DEFAULT ''::text CONSTRAINT articles_lead_image_not_null NOT NULL,
    credit text DEFAULT ''::text CONSTRAINT articles_credit_not_null NOT NULL,
    details jsonb DEFAULT '{}'::jsonb CONSTRAINT articles_details_not_null NOT NULL,
    confidence real DEFAULT 1 CONSTRAINT articles_confidence_not_null NOT NULL,
    extractor text DEFAULT ''::text CONSTRAINT articles_extractor_not_null NOT NULL,
    words integer CONSTRAINT articles_words_not_null NOT NULL,
    text_key uuid CONSTRAINT articles_text_key_not_null NOT NULL,
    meta_key uuid CONSTRAINT articles_meta_key_not_null NOT NULL,
    first_seen_at timestamp with time zone CONSTRAINT articles_first_seen_at_not_null NOT NULL,
    revision integer DEFAULT 1 CONSTRAINT articles_revision_not_null NOT NULL,
    edits integer DEFAULT 0 CONSTRAINT articles_edits_not_null NOT NULL,
    deleted_at timestamp with time zone,
    terms tsvector CONSTRAINT articles_terms_not_null NOT NULL,
    analyser smallint CONSTRAINT articles_analyser_not_null NOT NULL,
    CONSTRAINT articles_check CHECK ((edits < revision)),
    CONSTRAINT articles_check1 CHECK (((published_at IS NULL) OR (published_offset IS NOT NULL))),
    CONSTRAINT articles_confidence_check CHECK (((confidence >= (0)::double precision) AND (confidence <= (1)::double precision))),
    CONSTRAINT articles_edits_check CHECK ((edits >= 0)),
    CONSTRAINT articles_kind_check CHECK ((kind = ANY (ARRAY['article'::text, 'brief'::text, 'interview'::text, 'opinion'::text]))),
    CONSTRAINT articles_language_check CHECK ((language ~ '^[a-z]{2,3}$'::text)),
    CONSTRAINT articles_modified_offset_check CHECK (((modified_offset >= '-1080'::integer) AND (modified_offset <= 1080))),
    CONSTRAINT articles_published_offset_check CHECK (((published_offset >= '-1080'::integer) AND (published_offset <= 1080))),
    CONSTRAINT articles_revision_check CHECK ((revision >= 1)),
    CONSTRAINT articles_words_check CHECK ((words >= 0))
)
WITH (toast_tuple_target='8160');
ALTER TABLE ONLY public.articles_before_2000 ALTER COLUMN terms SET STORAGE MAIN;

COMMENT ON TABLE public.articles_before_2000 IS 'Articles of before the year 2000, in one partition.';

CREATE TABLE public.audit (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    person text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL
);

COMMENT ON TABLE public.audit IS 'Each change that somebody made through the pages.';

COMMENT ON COLUMN public.audit.id IS 'Counts them.';

COMMENT ON COLUMN public.audit.at IS 'When.';

COMMENT ON COLUMN public.audit.person IS 'Who, by the name of her login.';

COMMENT ON COLUMN public.audit.action IS 'What was done, in words such as "watch saved".';

COMMENT ON COLUMN public.audit.subject IS 'To what, by its name; no address and no secret.';

ALTER TABLE public.audit ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.boilerplate (
    key bigint NOT NULL,
    found_at timestamp with time zone NOT NULL,
    seen_on date NOT NULL
);

COMMENT ON TABLE public.boilerplate IS 'Shingles that unrelated articles have in common: disclaimers, newsletter boxes, turns of phrase. They prove nothing.';

COMMENT ON COLUMN public.boilerplate.key IS 'As in fingerprint_keys.';

COMMENT ON COLUMN public.boilerplate.found_at IS 'When it was found out.';

COMMENT ON COLUMN public.boilerplate.seen_on IS 'The last day on which an article bore it, give or take a day.';

CREATE TABLE public.crawl_urls (
    outlet_id integer NOT NULL,
    key uuid NOT NULL,
    url text NOT NULL,
    address text,
    first_seen timestamp with time zone NOT NULL,
    last_fetched timestamp with time zone,
    status smallint,
    digest text DEFAULT ''::text NOT NULL,
    checks integer DEFAULT 0 NOT NULL,
    changes integer DEFAULT 0 NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    published timestamp with time zone,
    next_check timestamp with time zone,
    door text DEFAULT ''::text NOT NULL,
    CONSTRAINT crawl_urls_changes_check CHECK ((changes >= 0)),
    CONSTRAINT crawl_urls_check CHECK ((key = public.url_key(url))),
    CONSTRAINT crawl_urls_checks_check CHECK ((checks >= 0)),
    CONSTRAINT crawl_urls_failures_check CHECK ((failures >= 0))
)
WITH (fillfactor='85');

COMMENT ON TABLE public.crawl_urls IS 'The crawl''s memory: every article URL an outlet has shown, and the plan to look at it again.';

COMMENT ON COLUMN public.crawl_urls.outlet_id IS 'The outlet.';

COMMENT ON COLUMN public.crawl_urls.key IS 'url_key(url).';

COMMENT ON COLUMN public.crawl_urls.url IS 'Canonical URL.';

COMMENT ON COLUMN public.crawl_urls.address IS 'The URL as it is fetched; null: the canonical one.';

COMMENT ON COLUMN public.crawl_urls.first_seen IS 'When a door first showed it.';

COMMENT ON COLUMN public.crawl_urls.last_fetched IS 'Null: discovered, not yet fetched.';

COMMENT ON COLUMN public.crawl_urls.status IS 'HTTP status of the last fetch.';

COMMENT ON COLUMN public.crawl_urls.digest IS 'Digest of the body as received: the judge of "unchanged".';

COMMENT ON COLUMN public.crawl_urls.checks IS 'Re-checks so far.';

COMMENT ON COLUMN public.crawl_urls.changes IS 'How many of them found another body.';

COMMENT ON COLUMN public.crawl_urls.failures IS 'Fetches failed in a row.';

COMMENT ON COLUMN public.crawl_urls.published IS 'Publication by the door.';

COMMENT ON COLUMN public.crawl_urls.next_check IS 'When to look again; null: never.';

COMMENT ON COLUMN public.crawl_urls.door IS 'URL of the door that showed it first.';

CREATE TABLE public.deliveries (
    match_id bigint NOT NULL,
    address text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    alert_id bigint,
    moved_at timestamp with time zone,
    dropped_alert_id bigint,
    CONSTRAINT deliveries_check CHECK (((state = 'skipped'::text) = (reason <> ''::text))),
    CONSTRAINT deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'written'::text, 'skipped'::text])))
);

COMMENT ON TABLE public.deliveries IS 'One match for one address: waiting for its digest or the end of quiet hours, written into a mail, or skipped with a reason.';

COMMENT ON COLUMN public.deliveries.match_id IS 'The match.';

COMMENT ON COLUMN public.deliveries.address IS 'The address.';

COMMENT ON COLUMN public.deliveries.due_at IS 'When it becomes mail.';

COMMENT ON COLUMN public.deliveries.state IS 'waiting, written or skipped.';

COMMENT ON COLUMN public.deliveries.reason IS 'Why it was skipped.';

COMMENT ON COLUMN public.deliveries.alert_id IS 'The mail that tells it.';

COMMENT ON COLUMN public.deliveries.moved_at IS 'When a changed rhythm of its watch moved it last; null: never.';

COMMENT ON COLUMN public.deliveries.dropped_alert_id IS 'The mail that it stood in and that was given up: it is told once more, and not a third time.';

CREATE TABLE public.doors (
    outlet_id integer NOT NULL,
    key uuid NOT NULL,
    url text NOT NULL,
    etag text DEFAULT ''::text NOT NULL,
    last_modified text DEFAULT ''::text NOT NULL,
    digest text DEFAULT ''::text NOT NULL,
    last_polled timestamp with time zone,
    next_poll timestamp with time zone,
    interval_seconds double precision DEFAULT 3600 NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    lies integer DEFAULT 0 NOT NULL,
    state text DEFAULT 'ok'::text NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT doors_check CHECK ((key = public.url_key(url))),
    CONSTRAINT doors_failures_check CHECK ((failures >= 0)),
    CONSTRAINT doors_interval_seconds_check CHECK ((interval_seconds > (0)::double precision)),
    CONSTRAINT doors_lies_check CHECK ((lies >= 0))
)
WITH (fillfactor='80');

COMMENT ON TABLE public.doors IS 'The crawl''s memory of feeds, sitemaps and listings.';

COMMENT ON COLUMN public.doors.outlet_id IS 'The outlet.';

COMMENT ON COLUMN public.doors.key IS 'url_key(url).';

COMMENT ON COLUMN public.doors.url IS 'URL of the door.';

COMMENT ON COLUMN public.doors.etag IS 'Validator of the last answer.';

COMMENT ON COLUMN public.doors.last_modified IS 'Validator of the last answer.';

COMMENT ON COLUMN public.doors.digest IS 'Digest of the last body.';

COMMENT ON COLUMN public.doors.last_polled IS 'When it was last asked.';

COMMENT ON COLUMN public.doors.next_poll IS 'When to ask again.';

COMMENT ON COLUMN public.doors.interval_seconds IS 'The present pause between two polls, in seconds.';

COMMENT ON COLUMN public.doors.failures IS 'Polls failed in a row.';

COMMENT ON COLUMN public.doors.lies IS 'Validators that said "unchanged" and were wrong.';

COMMENT ON COLUMN public.doors.state IS 'How the door stands, in the words of outlet_runs.state.';

COMMENT ON COLUMN public.doors.data IS 'The door''s own notes, such as the cursor of a backfill.';

CREATE TABLE public.events (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    kind text NOT NULL,
    outlet_id integer,
    run_id integer,
    article_id bigint,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT events_kind_check CHECK ((kind <> ''::text))
);

COMMENT ON TABLE public.events IS 'The archive''s journal: outlets changing state, retention, forgetting, re-indexing, restores.';

COMMENT ON COLUMN public.events.id IS 'Internal number.';

COMMENT ON COLUMN public.events.at IS 'When it happened.';

COMMENT ON COLUMN public.events.kind IS 'What happened, in one word: state, retention, forgotten, reindexed, restored...';

COMMENT ON COLUMN public.events.outlet_id IS 'The outlet it concerns.';

COMMENT ON COLUMN public.events.run_id IS 'The run it happened in.';

COMMENT ON COLUMN public.events.article_id IS 'The article it concerns.';

COMMENT ON COLUMN public.events.detail IS 'The particulars.';

ALTER TABLE public.events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.evidence_copies (
    file_id integer NOT NULL,
    place integer NOT NULL,
    copy_id integer NOT NULL,
    at_byte bigint NOT NULL
);

COMMENT ON TABLE public.evidence_copies IS 'Where records lie that were copied before their file was removed.';

COMMENT ON COLUMN public.evidence_copies.file_id IS 'The file it was in.';

COMMENT ON COLUMN public.evidence_copies.place IS 'Its place there.';

COMMENT ON COLUMN public.evidence_copies.copy_id IS 'The file of copies.';

COMMENT ON COLUMN public.evidence_copies.at_byte IS 'Where in that file it begins.';

CREATE TABLE public.evidence_days (
    day date NOT NULL,
    head text NOT NULL,
    leaves bytea NOT NULL,
    CONSTRAINT evidence_days_leaves_check CHECK (((length(leaves) % 32) = 0))
);
ALTER TABLE ONLY public.evidence_days ALTER COLUMN leaves SET STORAGE EXTERNAL;

COMMENT ON TABLE public.evidence_days IS 'Each day''s tree: its signed head, and the hashes of its leaves.';

COMMENT ON COLUMN public.evidence_days.day IS 'The day, UTC.';

COMMENT ON COLUMN public.evidence_days.head IS 'The signed head, as docs/evidence.md has it.';

COMMENT ON COLUMN public.evidence_days.leaves IS 'The hashes of its leaves, 32 bytes each, in their order.';

CREATE TABLE public.evidence_faults (
    subject text NOT NULL,
    said text NOT NULL,
    seen_at timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.evidence_faults IS 'What the last check of the evidence found wrong; empty when all is well.';

COMMENT ON COLUMN public.evidence_faults.subject IS 'What is not as it was: a day, a file, a key.';

COMMENT ON COLUMN public.evidence_faults.said IS 'What is wrong with it, in a sentence.';

COMMENT ON COLUMN public.evidence_faults.seen_at IS 'When that was first seen.';

CREATE TABLE public.evidence_files (
    id integer NOT NULL,
    path text NOT NULL,
    bytes bigint NOT NULL,
    records integer NOT NULL,
    damage text DEFAULT ''::text NOT NULL,
    noted_at timestamp with time zone DEFAULT now() NOT NULL,
    day date,
    first_leaf integer,
    removed_at timestamp with time zone,
    kept boolean DEFAULT false NOT NULL,
    CONSTRAINT evidence_files_bytes_check CHECK ((bytes >= 0)),
    CONSTRAINT evidence_files_check CHECK (((day IS NULL) = (first_leaf IS NULL))),
    CONSTRAINT evidence_files_first_leaf_check CHECK ((first_leaf >= 0)),
    CONSTRAINT evidence_files_path_check CHECK ((path <> ''::text)),
    CONSTRAINT evidence_files_records_check CHECK ((records >= 0))
);

COMMENT ON TABLE public.evidence_files IS 'WARC files whose exchanges were hashed, each once and whole: those of runs, and those into which records are copied to outlive them.';

COMMENT ON COLUMN public.evidence_files.id IS 'Counts them.';

COMMENT ON COLUMN public.evidence_files.path IS 'Below the home, as runs/2026-11-27T050000Z/caspian/kanar/pages.warc.gz.';

COMMENT ON COLUMN public.evidence_files.bytes IS 'Its size.';

COMMENT ON COLUMN public.evidence_files.records IS 'How many exchanges it has.';

COMMENT ON COLUMN public.evidence_files.damage IS 'Why what stands behind the last of them could not be read; empty: it was read to its end.';

COMMENT ON COLUMN public.evidence_files.noted_at IS 'When they were hashed: names the day in whose tree they stand.';

COMMENT ON COLUMN public.evidence_files.day IS 'The day (UTC) in whose tree they stand; null: that day is not over, or not signed yet; always null for a file of copies.';

COMMENT ON COLUMN public.evidence_files.first_leaf IS 'The index of its first exchange in that tree.';

COMMENT ON COLUMN public.evidence_files.removed_at IS 'When retention removed the file; null: it is there.';

COMMENT ON COLUMN public.evidence_files.kept IS 'Whether it is a file of copies.';

ALTER TABLE public.evidence_files ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.evidence_files_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.evidence_holds (
    key uuid NOT NULL,
    reason text NOT NULL,
    held_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT evidence_holds_reason_check CHECK ((reason <> ''::text))
);

COMMENT ON TABLE public.evidence_holds IS 'Articles whose pages are kept for long because somebody said so. Those that were edited, deleted or matched are kept besides.';

COMMENT ON COLUMN public.evidence_holds.key IS 'url_key of the canonical URL.';

COMMENT ON COLUMN public.evidence_holds.reason IS 'exported, starred, cited...';

COMMENT ON COLUMN public.evidence_holds.held_at IS 'Since when.';

CREATE TABLE public.evidence_keys (
    number integer NOT NULL,
    statement text NOT NULL,
    CONSTRAINT evidence_keys_number_check CHECK ((number >= 1))
);

COMMENT ON TABLE public.evidence_keys IS 'The keys that signed, as the house stated each.';

COMMENT ON COLUMN public.evidence_keys.number IS 'Counts them.';

COMMENT ON COLUMN public.evidence_keys.statement IS 'The statement: the public key, the one before it, and the signatures of both.';

CREATE TABLE public.evidence_records (
    file_id integer NOT NULL,
    place integer NOT NULL,
    at_byte bigint NOT NULL,
    bytes integer NOT NULL,
    fetched_at timestamp with time zone NOT NULL,
    key uuid NOT NULL,
    status smallint NOT NULL,
    revisit boolean NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT evidence_records_digest_check CHECK ((length(digest) = 32)),
    CONSTRAINT evidence_records_place_check CHECK ((place >= 0))
);

COMMENT ON TABLE public.evidence_records IS 'The exchanges: all that a leaf says. It stays when the file is gone, and tells that something was received, and what its hash was.';

COMMENT ON COLUMN public.evidence_records.file_id IS 'The file.';

COMMENT ON COLUMN public.evidence_records.place IS 'Counts the exchanges of the file from 0; first_leaf and this are the leaf''s index.';

COMMENT ON COLUMN public.evidence_records.at_byte IS 'Where in the file it begins.';

COMMENT ON COLUMN public.evidence_records.bytes IS 'How many bytes it takes there, compressed.';

COMMENT ON COLUMN public.evidence_records.fetched_at IS 'When it was fetched.';

COMMENT ON COLUMN public.evidence_records.key IS 'url_key of the article''s canonical URL.';

COMMENT ON COLUMN public.evidence_records.status IS 'HTTP status; 0 when the answer says none.';

COMMENT ON COLUMN public.evidence_records.revisit IS 'Whether it says that the page was unchanged.';

COMMENT ON COLUMN public.evidence_records.digest IS 'SHA-256 of the response and request records, without compression.';

CREATE TABLE public.evidence_stamps (
    day date NOT NULL,
    kind text NOT NULL,
    authority text NOT NULL,
    stamp bytea NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    is_final boolean NOT NULL,
    CONSTRAINT evidence_stamps_kind_check CHECK ((kind = ANY (ARRAY['rfc3161'::text, 'opentimestamps'::text])))
);

COMMENT ON TABLE public.evidence_stamps IS 'What others have said of a day''s head: that it was there.';

COMMENT ON COLUMN public.evidence_stamps.day IS 'The day.';

COMMENT ON COLUMN public.evidence_stamps.kind IS 'rfc3161 or opentimestamps.';

COMMENT ON COLUMN public.evidence_stamps.authority IS 'The address that was asked.';

COMMENT ON COLUMN public.evidence_stamps.stamp IS 'The authority''s answer; the proof as the program ots reads it.';

COMMENT ON COLUMN public.evidence_stamps.made_at IS 'When it came.';

COMMENT ON COLUMN public.evidence_stamps.is_final IS 'False: a calendar''s promise that is to be asked for again.';

CREATE TABLE public.fingerprint_filters (
    day date NOT NULL,
    bits bytea NOT NULL,
    articles bigint NOT NULL,
    CONSTRAINT fingerprint_filters_articles_check CHECK ((articles >= 0))
);
ALTER TABLE ONLY public.fingerprint_filters ALTER COLUMN bits SET STORAGE EXTERNAL;

COMMENT ON TABLE public.fingerprint_filters IS 'A Bloom filter over the keys of each finished day, so that a key is looked for only in days that have it.';

COMMENT ON COLUMN public.fingerprint_filters.day IS 'The day.';

COMMENT ON COLUMN public.fingerprint_filters.bits IS 'The filter, a power of two of bits.';

COMMENT ON COLUMN public.fingerprint_filters.articles IS 'How many articles the day has.';

CREATE TABLE public.fingerprint_keys (
    key bigint NOT NULL,
    article_id bigint NOT NULL,
    day date NOT NULL
)
PARTITION BY RANGE (day);

COMMENT ON TABLE public.fingerprint_keys IS 'The way from a shingle to the articles that bear it: a hash index a day. Daily partitions, dropped whole.';

COMMENT ON COLUMN public.fingerprint_keys.key IS 'Hash of four words, winnowed (64 bits, signed).';

COMMENT ON COLUMN public.fingerprint_keys.article_id IS 'fingerprints.article_id; one that is no longer there is passed over.';

COMMENT ON COLUMN public.fingerprint_keys.day IS 'The day (UTC) it was taken in.';

CREATE TABLE public.fingerprints (
    article_id bigint NOT NULL,
    day date NOT NULL,
    words bytea NOT NULL,
    version smallint DEFAULT 1 NOT NULL,
    compared smallint DEFAULT 1 NOT NULL,
    CONSTRAINT fingerprints_compared_check CHECK ((compared > 0)),
    CONSTRAINT fingerprints_version_check CHECK ((version > 0))
)
PARTITION BY RANGE (day);
ALTER TABLE ONLY public.fingerprints ALTER COLUMN words SET STORAGE EXTERNAL;

COMMENT ON TABLE public.fingerprints IS 'What is kept of a text to compare it exactly with others, for the days of the look-back. Daily partitions, dropped whole.';

COMMENT ON COLUMN public.fingerprints.article_id IS 'article_urls.id. No foreign key, for speed: the trigger on article_urls does its work.';

COMMENT ON COLUMN public.fingerprints.day IS 'The day (UTC) it was taken in: names the partition.';

COMMENT ON COLUMN public.fingerprints.words IS 'Hashes of the words in their order, 4 bytes each, little-endian.';

COMMENT ON COLUMN public.fingerprints.version IS 'The version of dedupe that made the words and keys.';

COMMENT ON COLUMN public.fingerprints.compared IS 'The version of dedupe whose fingerprints it was last compared with.';

CREATE TABLE public.host_leases (
    host text NOT NULL,
    holder text NOT NULL,
    run text NOT NULL,
    expires timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.host_leases IS 'Who asks which host at the moment. One that is not renewed in time is anybody''s: its holder was killed.';

COMMENT ON COLUMN public.host_leases.host IS 'The host, without www.';

COMMENT ON COLUMN public.host_leases.holder IS 'The crawl that holds it, unique among all.';

COMMENT ON COLUMN public.host_leases.run IS 'The run and outlet it is held for, in words.';

COMMENT ON COLUMN public.host_leases.expires IS 'From this moment on it is anybody''s.';

CREATE TABLE public.loads (
    digest bytea NOT NULL,
    run_id integer NOT NULL,
    loaded_at timestamp with time zone DEFAULT now() NOT NULL,
    report jsonb NOT NULL,
    CONSTRAINT loads_digest_check CHECK ((length(digest) = 32))
);

COMMENT ON TABLE public.loads IS 'Batches that are in the archive. A batch that comes a second time finds itself here and changes nothing.';

COMMENT ON COLUMN public.loads.digest IS 'SHA-256 over everything in the batch.';

COMMENT ON COLUMN public.loads.run_id IS 'The run whose pages it held.';

COMMENT ON COLUMN public.loads.loaded_at IS 'When its transaction began.';

COMMENT ON COLUMN public.loads.report IS 'What the load counted, given again to whoever repeats it.';

CREATE TABLE public.match_queue (
    id bigint NOT NULL,
    article_id bigint NOT NULL,
    version integer NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT match_queue_version_check CHECK ((version >= 1))
);

COMMENT ON TABLE public.match_queue IS 'New articles and changes that no watch has looked at yet. Filled in the transaction that loads them, emptied in the one that keeps the matches.';

COMMENT ON COLUMN public.match_queue.id IS 'Internal number.';

COMMENT ON COLUMN public.match_queue.article_id IS 'The article.';

COMMENT ON COLUMN public.match_queue.version IS '1: a new article; else the number of the revision.';

COMMENT ON COLUMN public.match_queue.at IS 'When its transaction began.';

ALTER TABLE public.match_queue ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.match_queue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.matches (
    id bigint NOT NULL,
    watch_id bigint NOT NULL,
    story_id bigint NOT NULL,
    kind text NOT NULL,
    occasion text DEFAULT ''::text NOT NULL,
    article_id bigint NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    terms text[] DEFAULT '{}'::text[] NOT NULL,
    excerpt text DEFAULT ''::text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT matches_kind_check CHECK ((kind = ANY (ARRAY['new'::text, 'follow_up'::text, 'edited'::text, 'deleted'::text, 'returned'::text, 'picked_up'::text, 'first_mention'::text, 'spike'::text])))
);

COMMENT ON TABLE public.matches IS 'Stories that fitted a watch.';

COMMENT ON COLUMN public.matches.id IS 'Internal number.';

COMMENT ON COLUMN public.matches.watch_id IS 'The watch.';

COMMENT ON COLUMN public.matches.story_id IS 'The story: the id of its first article.';

COMMENT ON COLUMN public.matches.kind IS 'What happened to the story.';

COMMENT ON COLUMN public.matches.occasion IS 'What tells two events of a kind apart: the follow-up''s article, the edit''s version; empty where a story has only one.';

COMMENT ON COLUMN public.matches.article_id IS 'The article that fitted.';

COMMENT ON COLUMN public.matches.version IS 'Its version that fitted.';

COMMENT ON COLUMN public.matches.terms IS 'The words that matched, as they stand in the text.';

COMMENT ON COLUMN public.matches.excerpt IS 'The best passage around them.';

COMMENT ON COLUMN public.matches.at IS 'When it was matched.';

ALTER TABLE public.matches ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.matches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.notes (
    id bigint NOT NULL,
    article_id bigint NOT NULL,
    author text DEFAULT ''::text NOT NULL,
    body text NOT NULL,
    written_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT notes_body_check CHECK ((body <> ''::text))
);

COMMENT ON TABLE public.notes IS 'What analysts write beside an article.';

COMMENT ON COLUMN public.notes.id IS 'Internal number.';

COMMENT ON COLUMN public.notes.article_id IS 'The article.';

COMMENT ON COLUMN public.notes.author IS 'Who wrote it.';

COMMENT ON COLUMN public.notes.body IS 'The note, plain text.';

COMMENT ON COLUMN public.notes.written_at IS 'When.';

ALTER TABLE public.notes ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.notes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.operator_causes (
    cause text NOT NULL,
    subject text NOT NULL,
    since timestamp with time zone NOT NULL,
    told_at timestamp with time zone,
    state text DEFAULT ''::text NOT NULL,
    CONSTRAINT operator_causes_cause_check CHECK ((cause <> ''::text))
);

COMMENT ON TABLE public.operator_causes IS 'What a person must mend now, so that the operator is told once, and once more when it is well again.';

COMMENT ON COLUMN public.operator_causes.cause IS 'Its kind, by pipeline/alerts/causes.py: run_failed, outlet_ill, mail_stuck, ...';

COMMENT ON COLUMN public.operator_causes.subject IS 'What it befell: an outlet, an address, a part of the house; empty where there is only one.';

COMMENT ON COLUMN public.operator_causes.since IS 'When it was seen first.';

COMMENT ON COLUMN public.operator_causes.told_at IS 'When the operator was told; null: not yet.';

COMMENT ON COLUMN public.operator_causes.state IS 'How it is in one word, an outlet''s condition for instance: when that changes it is told again.';

CREATE TABLE public.outlet_runs (
    run_id integer NOT NULL,
    outlet_id integer NOT NULL,
    state text DEFAULT 'ok'::text NOT NULL,
    fetched integer DEFAULT 0 NOT NULL,
    new integer DEFAULT 0 NOT NULL,
    revised integer DEFAULT 0 NOT NULL,
    corrected integer DEFAULT 0 NOT NULL,
    unchanged integer DEFAULT 0 NOT NULL,
    deleted integer DEFAULT 0 NOT NULL,
    returned integer DEFAULT 0 NOT NULL,
    rejected jsonb DEFAULT '{}'::jsonb NOT NULL,
    report jsonb DEFAULT '{}'::jsonb NOT NULL,
    loaded_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT outlet_runs_corrected_check CHECK ((corrected >= 0)),
    CONSTRAINT outlet_runs_deleted_check CHECK ((deleted >= 0)),
    CONSTRAINT outlet_runs_fetched_check CHECK ((fetched >= 0)),
    CONSTRAINT outlet_runs_new_check CHECK ((new >= 0)),
    CONSTRAINT outlet_runs_returned_check CHECK ((returned >= 0)),
    CONSTRAINT outlet_runs_revised_check CHECK ((revised >= 0)),
    CONSTRAINT outlet_runs_unchanged_check CHECK ((unchanged >= 0))
);

COMMENT ON TABLE public.outlet_runs IS 'How each outlet fared in each run: the basis of health, expectations and silence.';

COMMENT ON COLUMN public.outlet_runs.run_id IS 'The run.';

COMMENT ON COLUMN public.outlet_runs.outlet_id IS 'The outlet.';

COMMENT ON COLUMN public.outlet_runs.state IS 'The crawl''s verdict: ok, blocked, challenged, rate_limited, disallowed, unreachable, broken, gone, moved, parked, paywalled, silent.';

COMMENT ON COLUMN public.outlet_runs.fetched IS 'Pages that came in.';

COMMENT ON COLUMN public.outlet_runs.new IS 'Articles the archive did not know.';

COMMENT ON COLUMN public.outlet_runs.revised IS 'Articles the outlet edited.';

COMMENT ON COLUMN public.outlet_runs.corrected IS 'Articles whose text changed because our extraction did.';

COMMENT ON COLUMN public.outlet_runs.unchanged IS 'Articles seen again as they were, noise aside.';

COMMENT ON COLUMN public.outlet_runs.deleted IS 'Known articles that answered 404 or 410.';

COMMENT ON COLUMN public.outlet_runs.returned IS 'Deleted articles that were there again.';

COMMENT ON COLUMN public.outlet_runs.rejected IS 'Pages that were no articles, counted by reason.';

COMMENT ON COLUMN public.outlet_runs.report IS 'The crawl''s report.json.';

COMMENT ON COLUMN public.outlet_runs.loaded_at IS 'When this row was last written.';

CREATE TABLE public.outlets (
    id integer NOT NULL,
    name text NOT NULL,
    region text DEFAULT ''::text NOT NULL,
    title text DEFAULT ''::text NOT NULL,
    home text DEFAULT ''::text NOT NULL,
    country text DEFAULT ''::text NOT NULL,
    languages text[] DEFAULT '{}'::text[] NOT NULL,
    timezone text DEFAULT 'UTC'::text NOT NULL,
    active boolean DEFAULT true NOT NULL,
    keep_days integer,
    first_seen_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT outlets_keep_days_check CHECK ((keep_days > 0)),
    CONSTRAINT outlets_name_check CHECK ((name ~ '^[a-z0-9][a-z0-9._-]{0,99}$'::text))
);

COMMENT ON TABLE public.outlets IS 'News outlets that were ever loaded. The outlet files are the source; this is what the archive needs of them.';

COMMENT ON COLUMN public.outlets.id IS 'Internal number.';

COMMENT ON COLUMN public.outlets.name IS 'Stem of the outlet file.';

COMMENT ON COLUMN public.outlets.region IS 'Folder of the outlet file.';

COMMENT ON COLUMN public.outlets.title IS 'The name people know.';

COMMENT ON COLUMN public.outlets.home IS 'Absolute URL of the front page.';

COMMENT ON COLUMN public.outlets.country IS 'ISO 3166-1 alpha-2, or the name of a region; empty when unknown.';

COMMENT ON COLUMN public.outlets.languages IS 'ISO 639-1 codes of the languages it publishes in.';

COMMENT ON COLUMN public.outlets.timezone IS 'IANA name; the zone of dates without one.';

COMMENT ON COLUMN public.outlets.active IS 'False once its file says so; what it published stays.';

COMMENT ON COLUMN public.outlets.keep_days IS 'Retention in days counted from an article''s own time; null: for ever.';

COMMENT ON COLUMN public.outlets.first_seen_at IS 'When the archive first heard of it.';

ALTER TABLE public.outlets ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outlets_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.page_lines (
    article_id bigint NOT NULL,
    lines bytea NOT NULL
);
ALTER TABLE ONLY public.page_lines ALTER COLUMN lines SET STORAGE EXTERNAL;

COMMENT ON TABLE public.page_lines IS 'All lines of an article''s page, in the article or not, as it was seen last. An article without a row was read before this was kept.';

COMMENT ON COLUMN public.page_lines.article_id IS 'article_urls.id.';

COMMENT ON COLUMN public.page_lines.lines IS 'Hashes of the lines in their plain form, 4 bytes each, little-endian, ascending (news.page_lines).';

CREATE TABLE public.pages (
    fetched_at timestamp with time zone NOT NULL,
    key uuid NOT NULL,
    outlet_id integer NOT NULL,
    run_id integer NOT NULL,
    status integer,
    digest text DEFAULT ''::text NOT NULL,
    outcome text NOT NULL,
    detail text DEFAULT ''::text NOT NULL,
    CONSTRAINT pages_outcome_check CHECK ((outcome <> ''::text))
)
PARTITION BY RANGE (fetched_at);

COMMENT ON TABLE public.pages IS 'What became of each fetched page. The page itself lies in the run folder''s WARC file. Monthly partitions, dropped whole.';

COMMENT ON COLUMN public.pages.fetched_at IS 'When it was fetched.';

COMMENT ON COLUMN public.pages.key IS 'url_key of the canonical URL; crawl_urls has the URL.';

COMMENT ON COLUMN public.pages.outlet_id IS 'The outlet.';

COMMENT ON COLUMN public.pages.run_id IS 'The run, and with it the folder of the WARC file.';

COMMENT ON COLUMN public.pages.status IS 'HTTP status; null when the crawl did not say.';

COMMENT ON COLUMN public.pages.digest IS 'Digest of the body as received; empty when the crawl did not say.';

COMMENT ON COLUMN public.pages.outcome IS 'new, revised, corrected, unchanged, returned, stale, forgotten, or the reason of rejection (gone: a deletion, where the article was known).';

COMMENT ON COLUMN public.pages.detail IS 'The rejection''s own words.';

CREATE TABLE public.people (
    name text NOT NULL,
    zone text DEFAULT 'UTC'::text NOT NULL,
    language text DEFAULT 'en'::text NOT NULL,
    addresses text[] DEFAULT '{}'::text[] NOT NULL,
    visited_at timestamp with time zone,
    previous_visit_at timestamp with time zone,
    CONSTRAINT people_name_check CHECK ((name <> ''::text))
);

COMMENT ON TABLE public.people IS 'Who has logged in, and what she chose. Her role is the login''s affair and is not kept.';

COMMENT ON COLUMN public.people.name IS 'The name she logs in with.';

COMMENT ON COLUMN public.people.zone IS 'Her time zone, as Asia/Baku.';

COMMENT ON COLUMN public.people.language IS 'The language her mails are written in.';

COMMENT ON COLUMN public.people.addresses IS 'The mail addresses she named as hers; nobody else is shown them.';

COMMENT ON COLUMN public.people.visited_at IS 'When she last asked for a page.';

COMMENT ON COLUMN public.people.previous_visit_at IS 'When she asked for the last page of the visit before this one.';

CREATE TABLE public.person_tokens (
    id bigint NOT NULL,
    person text NOT NULL,
    label text NOT NULL,
    scopes text[] NOT NULL,
    hash bytea NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    revoked_at timestamp with time zone
);

COMMENT ON TABLE public.person_tokens IS 'Tokens of a person''s programs.';

COMMENT ON COLUMN public.person_tokens.id IS 'By which one is revoked.';

COMMENT ON COLUMN public.person_tokens.person IS 'Whose it is.';

COMMENT ON COLUMN public.person_tokens.label IS 'What she calls it.';

COMMENT ON COLUMN public.person_tokens.scopes IS 'What it opens: read.';

COMMENT ON COLUMN public.person_tokens.hash IS 'SHA-256 of the token, which itself is not kept.';

COMMENT ON COLUMN public.person_tokens.made_at IS 'When it was made.';

COMMENT ON COLUMN public.person_tokens.revoked_at IS 'When it was revoked; null: it opens.';

ALTER TABLE public.person_tokens ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.person_tokens_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE VIEW public.readable AS
 SELECT articles.id,
    articles.at,
    outlets.name AS outlet,
    outlets.country,
    articles.language,
    articles.title,
    articles.standfirst,
    articles.body,
    articles.authors,
    articles.section,
    articles.published_at,
    articles.revision,
    articles.edits,
    articles.deleted_at,
    article_urls.url
   FROM ((public.articles
     JOIN public.article_urls USING (id, at))
     JOIN public.outlets ON ((outlets.id = articles.outlet_id)));

COMMENT ON VIEW public.readable IS 'Articles with their outlet and URL by name: for people at a prompt.';

COMMENT ON COLUMN public.readable.id IS 'The article''s id.';

COMMENT ON COLUMN public.readable.at IS 'The article''s own time.';

COMMENT ON COLUMN public.readable.outlet IS 'Name of the outlet.';

COMMENT ON COLUMN public.readable.country IS 'Country of the outlet.';

COMMENT ON COLUMN public.readable.language IS 'ISO 639-1.';

COMMENT ON COLUMN public.readable.title IS 'Headline.';

COMMENT ON COLUMN public.readable.standfirst IS 'The lead-in.';

COMMENT ON COLUMN public.readable.body IS 'The text, one block a line.';

COMMENT ON COLUMN public.readable.authors IS 'Bylines.';

COMMENT ON COLUMN public.readable.section IS 'The outlet''s section.';

COMMENT ON COLUMN public.readable.published_at IS 'Publication as the page says.';

COMMENT ON COLUMN public.readable.revision IS 'Number of the present version.';

COMMENT ON COLUMN public.readable.edits IS 'How many times the outlet changed the text.';

COMMENT ON COLUMN public.readable.deleted_at IS 'Since when the page is gone.';

COMMENT ON COLUMN public.readable.url IS 'Canonical URL.';

CREATE TABLE public.revisions (
    article_id bigint NOT NULL,
    number integer NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    run_id integer,
    kind text NOT NULL,
    silent boolean DEFAULT false NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    signed text DEFAULT ''::text NOT NULL,
    changes jsonb DEFAULT '{}'::jsonb NOT NULL,
    before_title text,
    before_standfirst text,
    before_body text,
    before_shape text,
    before_extractor text,
    page_digest text DEFAULT ''::text NOT NULL,
    CONSTRAINT revisions_check CHECK (((kind = ANY (ARRAY['deletion'::text, 'return'::text])) = (before_body IS NULL))),
    CONSTRAINT revisions_check1 CHECK (((before_body IS NULL) = (before_title IS NULL))),
    CONSTRAINT revisions_check2 CHECK (((kind = 'edit'::text) OR (NOT silent))),
    CONSTRAINT revisions_kind_check CHECK ((kind = ANY (ARRAY['edit'::text, 'correction'::text, 'deletion'::text, 'return'::text]))),
    CONSTRAINT revisions_number_check CHECK ((number >= 2))
);

COMMENT ON TABLE public.revisions IS 'Every change of an article after its first version. Each row keeps the text that was replaced; the present text stands in articles, so no text is kept twice.';

COMMENT ON COLUMN public.revisions.article_id IS 'The article.';

COMMENT ON COLUMN public.revisions.number IS 'Number of the version that this change made; the first change makes version 2.';

COMMENT ON COLUMN public.revisions.seen_at IS 'Fetch time of the page that showed the change.';

COMMENT ON COLUMN public.revisions.run_id IS 'The run that saw it.';

COMMENT ON COLUMN public.revisions.kind IS 'edit: by the outlet; correction: ours, the page was the same or only the choice of blocks changed; deletion: 404 or 410; return: there again.';

COMMENT ON COLUMN public.revisions.silent IS 'An edit without any note of correction in the text.';

COMMENT ON COLUMN public.revisions.note IS 'The note of correction, as the text has it.';

COMMENT ON COLUMN public.revisions.signed IS 'By whom, as far as the page says: names that joined the byline.';

COMMENT ON COLUMN public.revisions.changes IS 'Words added and removed, whether the headline changed, blocks touched.';

COMMENT ON COLUMN public.revisions.before_title IS 'The headline that was replaced; null for deletion and return.';

COMMENT ON COLUMN public.revisions.before_standfirst IS 'The standfirst that was replaced.';

COMMENT ON COLUMN public.revisions.before_body IS 'The body that was replaced.';

COMMENT ON COLUMN public.revisions.before_shape IS 'The shape of that body.';

COMMENT ON COLUMN public.revisions.before_extractor IS 'The extraction that had made it.';

COMMENT ON COLUMN public.revisions.page_digest IS 'Digest of the page that showed the change.';

CREATE TABLE public.runs (
    id integer NOT NULL,
    name text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    report jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT runs_check CHECK ((finished_at >= started_at)),
    CONSTRAINT runs_name_check CHECK ((name <> ''::text))
);

COMMENT ON TABLE public.runs IS 'Passes of the pipeline; each is a run folder of the same name.';

COMMENT ON COLUMN public.runs.id IS 'Internal number.';

COMMENT ON COLUMN public.runs.name IS 'Name of the run folder: the UTC time it began.';

COMMENT ON COLUMN public.runs.started_at IS 'When the run began.';

COMMENT ON COLUMN public.runs.finished_at IS 'When the run was done, mails included; null while it is under way or was cut short.';

COMMENT ON COLUMN public.runs.report IS 'The run''s own JSON report.';

ALTER TABLE public.runs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.runs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.schema_version (
    version integer NOT NULL,
    name text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.site_profiles (
    outlet_id integer NOT NULL,
    version integer NOT NULL,
    profile text NOT NULL,
    run_id integer,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT site_profiles_version_check CHECK ((version >= 1))
);

COMMENT ON TABLE public.site_profiles IS 'What extraction has learnt of an outlet''s pages, version by version: learning can be undone.';

COMMENT ON COLUMN public.site_profiles.outlet_id IS 'The outlet.';

COMMENT ON COLUMN public.site_profiles.version IS 'Counts up from 1; the highest is in use.';

COMMENT ON COLUMN public.site_profiles.profile IS 'The profile as extraction writes it.';

COMMENT ON COLUMN public.site_profiles.run_id IS 'The run it was learnt in; null when set by hand.';

COMMENT ON COLUMN public.site_profiles.made_at IS 'When it was stored.';

CREATE TABLE public.skipped (
    day date NOT NULL,
    reason text NOT NULL,
    count bigint DEFAULT 0 NOT NULL,
    CONSTRAINT skipped_count_check CHECK ((count >= 0))
);

COMMENT ON TABLE public.skipped IS 'How many mails were not written, by day and reason.';

COMMENT ON COLUMN public.skipped.day IS 'UTC day.';

COMMENT ON COLUMN public.skipped.reason IS 'paused, muted, expired, unsubscribed, address_paused, already_told, too_old, copy...';

COMMENT ON COLUMN public.skipped.count IS 'How many.';

CREATE TABLE public.stories (
    id bigint NOT NULL,
    lead_id bigint,
    reason text NOT NULL,
    formed_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.stories IS 'The same report in any number of outlets. A story keeps its id while it grows and shrinks.';

COMMENT ON COLUMN public.stories.id IS 'The story''s id everywhere.';

COMMENT ON COLUMN public.stories.lead_id IS 'The article that is the report itself; null for the moment after its removal.';

COMMENT ON COLUMN public.stories.reason IS 'Why it leads, in words to show.';

COMMENT ON COLUMN public.stories.formed_at IS 'When the story came to be.';

COMMENT ON COLUMN public.stories.changed_at IS 'When its members or its lead last changed.';

ALTER TABLE public.stories ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.stories_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.story_aliases (
    old_id bigint NOT NULL,
    story_id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.story_aliases IS 'Stories that turned out to be part of another one, so that links and mails about them still lead somewhere.';

COMMENT ON COLUMN public.story_aliases.old_id IS 'The id that is gone.';

COMMENT ON COLUMN public.story_aliases.story_id IS 'The story that took its articles in.';

COMMENT ON COLUMN public.story_aliases.at IS 'When.';

CREATE TABLE public.story_edges (
    left_id bigint NOT NULL,
    right_id bigint NOT NULL,
    kind text NOT NULL,
    score real NOT NULL,
    share real NOT NULL,
    left_cover bigint NOT NULL,
    right_cover bigint NOT NULL,
    CONSTRAINT story_edges_check CHECK ((left_id <> right_id)),
    CONSTRAINT story_edges_kind_check CHECK ((kind = ANY (ARRAY['copy_of'::text, 'contains'::text, 'updates'::text]))),
    CONSTRAINT story_edges_score_check CHECK (((score >= (0)::double precision) AND (score <= (1)::double precision))),
    CONSTRAINT story_edges_share_check CHECK (((share >= (0)::double precision) AND (share <= (1)::double precision)))
);

COMMENT ON TABLE public.story_edges IS 'Pairs of articles with text in common, boilerplate left out of account.';

COMMENT ON COLUMN public.story_edges.left_id IS 'The copy (copy_of), or the larger text (contains, updates).';

COMMENT ON COLUMN public.story_edges.right_id IS 'The other one.';

COMMENT ON COLUMN public.story_edges.kind IS 'copy_of: most of either is in the other; contains: most of the right is in the left; updates: they share passages.';

COMMENT ON COLUMN public.story_edges.score IS 'Share of the smaller text''s shingles that stand in the larger.';

COMMENT ON COLUMN public.story_edges.share IS 'Share of the larger text''s shingles that stand in the smaller.';

COMMENT ON COLUMN public.story_edges.left_cover IS 'Which of the left text''s 64 parts are common text: a bit each, its beginning lowest.';

COMMENT ON COLUMN public.story_edges.right_cover IS 'The same of the right text.';

CREATE TABLE public.story_events (
    story_id bigint NOT NULL,
    event_id bigint NOT NULL
);

COMMENT ON TABLE public.story_events IS 'Stories of one event, in other words or other languages. A separate level: it never joins stories.';

COMMENT ON COLUMN public.story_events.story_id IS 'The story.';

COMMENT ON COLUMN public.story_events.event_id IS 'The smallest story id of the event when it was formed; stories with the same number tell of one event.';

CREATE TABLE public.story_follow_ups (
    later_id bigint NOT NULL,
    earlier_id bigint NOT NULL,
    score real NOT NULL,
    CONSTRAINT story_follow_ups_check CHECK ((later_id <> earlier_id)),
    CONSTRAINT story_follow_ups_score_check CHECK (((score >= (0)::double precision) AND (score <= (1)::double precision)))
);

COMMENT ON TABLE public.story_follow_ups IS 'Stories that carry an earlier one on: later, with passages of it.';

COMMENT ON COLUMN public.story_follow_ups.later_id IS 'The follow-up.';

COMMENT ON COLUMN public.story_follow_ups.earlier_id IS 'What it follows.';

COMMENT ON COLUMN public.story_follow_ups.score IS 'The largest share of common text between two of their articles.';

CREATE TABLE public.story_marks (
    person text NOT NULL,
    story_id bigint NOT NULL,
    read_at timestamp with time zone,
    starred_at timestamp with time zone,
    note text DEFAULT ''::text NOT NULL
);

COMMENT ON TABLE public.story_marks IS 'A person''s own marks on stories: read, starred, a note. Nobody else is shown them.';

COMMENT ON COLUMN public.story_marks.person IS 'Whose they are.';

COMMENT ON COLUMN public.story_marks.story_id IS 'stories.id; one that was taken up by another story is found by its alias.';

COMMENT ON COLUMN public.story_marks.read_at IS 'Up to when she has read it: what came later is unread.';

COMMENT ON COLUMN public.story_marks.starred_at IS 'Since when it is kept for later; null: it is not.';

COMMENT ON COLUMN public.story_marks.note IS 'What she wrote to it.';

CREATE TABLE public.story_members (
    article_id bigint NOT NULL,
    story_id bigint NOT NULL,
    role text DEFAULT 'member'::text NOT NULL,
    CONSTRAINT story_members_role_check CHECK ((role = ANY (ARRAY['member'::text, 'quotes'::text])))
);

COMMENT ON TABLE public.story_members IS 'Which articles tell a story. Every article of the archive is a member of exactly one.';

COMMENT ON COLUMN public.story_members.article_id IS 'The article.';

COMMENT ON COLUMN public.story_members.story_id IS 'The story.';

COMMENT ON COLUMN public.story_members.role IS 'member: this is its story; quotes: a digest or merged wire that carries this report among others.';

CREATE TABLE public.story_vectors (
    story_id bigint NOT NULL,
    day date NOT NULL,
    lead_id bigint NOT NULL,
    vector bytea NOT NULL,
    marks text[] DEFAULT '{}'::text[] NOT NULL
);

COMMENT ON TABLE public.story_vectors IS 'What events are found by: a sentence vector, the names and the numbers in each story''s lead, for the days of the look-back.';

COMMENT ON COLUMN public.story_vectors.story_id IS 'The story.';

COMMENT ON COLUMN public.story_vectors.day IS 'The day (UTC) of the lead.';

COMMENT ON COLUMN public.story_vectors.lead_id IS 'The article it was made of; another lead makes it anew.';

COMMENT ON COLUMN public.story_vectors.vector IS '32-bit floats, little-endian, of length 1.';

COMMENT ON COLUMN public.story_vectors.marks IS 'Keys of names, equal across scripts, and numbers.';

CREATE TABLE public.story_verdicts (
    left_id bigint NOT NULL,
    right_id bigint NOT NULL,
    same boolean NOT NULL,
    said_at timestamp with time zone NOT NULL,
    CONSTRAINT story_verdicts_check CHECK ((left_id < right_id))
);

COMMENT ON TABLE public.story_verdicts IS 'Pairs of articles of which a person has said that they are the same report, or that they are not. Stories obey it.';

COMMENT ON COLUMN public.story_verdicts.left_id IS 'The article with the smaller id.';

COMMENT ON COLUMN public.story_verdicts.right_id IS 'The other one.';

COMMENT ON COLUMN public.story_verdicts.same IS 'True: one story holds both. False: no story does.';

COMMENT ON COLUMN public.story_verdicts.said_at IS 'When it was said; a later word on the same pair takes its place.';

CREATE TABLE public.subscriptions (
    watch_id bigint NOT NULL,
    address text NOT NULL,
    since timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone
);

COMMENT ON TABLE public.subscriptions IS 'Which address gets which watch.';

COMMENT ON COLUMN public.subscriptions.watch_id IS 'The watch.';

COMMENT ON COLUMN public.subscriptions.address IS 'The address.';

COMMENT ON COLUMN public.subscriptions.since IS 'Since when.';

COMMENT ON COLUMN public.subscriptions.ended_at IS 'When its reader unsubscribed; null: still subscribed.';

CREATE TABLE public.told (
    address text NOT NULL,
    story_id bigint NOT NULL,
    kind text NOT NULL,
    occasion text DEFAULT ''::text NOT NULL,
    alert_id bigint,
    at timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.told IS 'What an address has been told: nothing twice, whichever of its watches fitted.';

COMMENT ON COLUMN public.told.address IS 'The address.';

COMMENT ON COLUMN public.told.story_id IS 'The story.';

COMMENT ON COLUMN public.told.kind IS 'What happened to it; new and first_mention are told as one: new.';

COMMENT ON COLUMN public.told.occasion IS 'As in matches.';

COMMENT ON COLUMN public.told.alert_id IS 'The mail that told it.';

COMMENT ON COLUMN public.told.at IS 'When that was written.';

CREATE TABLE public.tombstones (
    key uuid NOT NULL,
    outlet_id integer,
    reason text DEFAULT ''::text NOT NULL,
    buried_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON TABLE public.tombstones IS 'Articles removed at the owner''s request. Only a hash is kept, and it is enough to keep them from ever coming back.';

COMMENT ON COLUMN public.tombstones.key IS 'url_key of the canonical URL.';

COMMENT ON COLUMN public.tombstones.outlet_id IS 'The outlet, where known.';

COMMENT ON COLUMN public.tombstones.reason IS 'Why, in the words of whoever removed it.';

COMMENT ON COLUMN public.tombstones.buried_at IS 'When.';

CREATE TABLE public.unsubscribed (
    watch text NOT NULL,
    address text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT unsubscribed_watch_check CHECK ((watch <> ''::text))
);

COMMENT ON TABLE public.unsubscribed IS 'Who had unsubscribed from watches that were removed: one that is imported again under the same name keeps it.';

COMMENT ON COLUMN public.unsubscribed.watch IS 'The removed watch''s name.';

COMMENT ON COLUMN public.unsubscribed.address IS 'Her address.';

COMMENT ON COLUMN public.unsubscribed.at IS 'When she unsubscribed.';

CREATE TABLE public.vocabulary (
    term text NOT NULL COLLATE pg_catalog."C"
);

COMMENT ON TABLE public.vocabulary IS 'The terms of all articles'' words; some stand twice, and some of articles that are gone. With ''@whole'' in it none is missing.';

COMMENT ON COLUMN public.vocabulary.term IS 'A term, as in articles.terms.';

CREATE TABLE public.watches (
    id bigint NOT NULL,
    name text NOT NULL,
    query text NOT NULL,
    rhythm text DEFAULT 'at_once'::text NOT NULL,
    kinds text[] DEFAULT '{new}'::text[] NOT NULL,
    outlets text[] DEFAULT '{}'::text[] NOT NULL,
    regions text[] DEFAULT '{}'::text[] NOT NULL,
    languages text[] DEFAULT '{}'::text[] NOT NULL,
    timezone text DEFAULT 'UTC'::text NOT NULL,
    hour smallint DEFAULT 7 NOT NULL,
    weekday smallint DEFAULT 0 NOT NULL,
    quiet_from time without time zone,
    quiet_until time without time zone,
    picked_up_by integer DEFAULT 0 NOT NULL,
    settle_minutes integer DEFAULT 60 NOT NULL,
    mail_language text DEFAULT 'en'::text NOT NULL,
    mute_until timestamp with time zone,
    expires timestamp with time zone,
    paused boolean DEFAULT false NOT NULL,
    last_hit_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    pace_minutes integer DEFAULT 180 NOT NULL,
    CONSTRAINT watches_check CHECK (((quiet_from IS NULL) = (quiet_until IS NULL))),
    CONSTRAINT watches_hour_check CHECK (((hour >= 0) AND (hour <= 23))),
    CONSTRAINT watches_kinds_check CHECK ((kinds <@ ARRAY['new'::text, 'follow_up'::text, 'edited'::text, 'deleted'::text, 'returned'::text, 'picked_up'::text, 'first_mention'::text, 'spike'::text])),
    CONSTRAINT watches_name_check CHECK (((name <> ''::text) AND (length(name) <= 100) AND (name !~ '[[:cntrl:]]'::text))),
    CONSTRAINT watches_pace_minutes_check CHECK ((pace_minutes >= 0)),
    CONSTRAINT watches_picked_up_by_check CHECK ((picked_up_by >= 0)),
    CONSTRAINT watches_rhythm_check CHECK ((rhythm = ANY (ARRAY['at_once'::text, 'hourly'::text, 'daily'::text, 'brief'::text, 'weekly'::text]))),
    CONSTRAINT watches_settle_minutes_check CHECK ((settle_minutes >= 0)),
    CONSTRAINT watches_weekday_check CHECK (((weekday >= 0) AND (weekday <= 6)))
);

COMMENT ON TABLE public.watches IS 'Saved queries: what an analyst wants to be told.';

COMMENT ON COLUMN public.watches.id IS 'Internal number; unsubscribe links name it.';

COMMENT ON COLUMN public.watches.name IS 'The name she gave it; subjects begin with it.';

COMMENT ON COLUMN public.watches.query IS 'In the language of news.query.';

COMMENT ON COLUMN public.watches.rhythm IS 'When matches become mail: at_once, hourly, daily, brief, weekly.';

COMMENT ON COLUMN public.watches.kinds IS 'What counts: new, follow_up, edited, deleted, returned, picked_up, first_mention, spike.';

COMMENT ON COLUMN public.watches.outlets IS 'Names of outlets; empty: all.';

COMMENT ON COLUMN public.watches.regions IS 'Regions of outlets; empty: all.';

COMMENT ON COLUMN public.watches.languages IS 'ISO 639-1 codes; empty: all.';

COMMENT ON COLUMN public.watches.timezone IS 'IANA name of the reader''s zone.';

COMMENT ON COLUMN public.watches.hour IS 'Local hour of daily and weekly digests.';

COMMENT ON COLUMN public.watches.weekday IS 'Day of weekly digests, Monday is 0.';

COMMENT ON COLUMN public.watches.quiet_from IS 'Local time from which nothing is sent; null: no quiet hours.';

COMMENT ON COLUMN public.watches.quiet_until IS 'Local time at which sending begins again; may lie on the next day.';

COMMENT ON COLUMN public.watches.picked_up_by IS 'How many outlets make a story "picked up"; 0: never.';

COMMENT ON COLUMN public.watches.settle_minutes IS 'A picked-up mail waits until no further copy has come for so long, so that it lists them all; 0: at once.';

COMMENT ON COLUMN public.watches.mail_language IS 'Language of the mail''s own words.';

COMMENT ON COLUMN public.watches.mute_until IS 'Matches before this moment are not mailed.';

COMMENT ON COLUMN public.watches.expires IS 'From this moment on the watch is over.';

COMMENT ON COLUMN public.watches.paused IS 'True: matches are kept, not mailed.';

COMMENT ON COLUMN public.watches.last_hit_at IS 'When an article last fitted, mailed or not: the basis of first mentions.';

COMMENT ON COLUMN public.watches.created_at IS 'When it was saved first.';

COMMENT ON COLUMN public.watches.changed_at IS 'When it was saved last.';

COMMENT ON COLUMN public.watches.pace_minutes IS 'Minutes from one mail about an event to the next that tells who else reports it; 0: each at once.';

ALTER TABLE public.watches ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.watches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.articles ATTACH PARTITION public.articles_before_2000 FOR VALUES FROM (MINVALUE) TO ('2000-01-01 00:00:00+00');

ALTER TABLE ONLY public.addresses
    ADD CONSTRAINT addresses_pkey PRIMARY KEY (address);

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_message_id_key UNIQUE (message_id);

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.article_urls
    ADD CONSTRAINT article_urls_id_at_key UNIQUE (id, at);

ALTER TABLE ONLY public.article_urls
    ADD CONSTRAINT article_urls_key_key UNIQUE (key);

ALTER TABLE ONLY public.article_urls
    ADD CONSTRAINT article_urls_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.articles
    ADD CONSTRAINT articles_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.articles_before_2000
    ADD CONSTRAINT articles_before_2000_pkey PRIMARY KEY (id, at);

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.boilerplate
    ADD CONSTRAINT boilerplate_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.crawl_urls
    ADD CONSTRAINT crawl_urls_pkey PRIMARY KEY (outlet_id, key);

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_pkey PRIMARY KEY (match_id, address);

ALTER TABLE ONLY public.doors
    ADD CONSTRAINT doors_pkey PRIMARY KEY (outlet_id, key);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evidence_copies
    ADD CONSTRAINT evidence_copies_pkey PRIMARY KEY (file_id, place);

ALTER TABLE ONLY public.evidence_days
    ADD CONSTRAINT evidence_days_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.evidence_faults
    ADD CONSTRAINT evidence_faults_pkey PRIMARY KEY (subject);

ALTER TABLE ONLY public.evidence_files
    ADD CONSTRAINT evidence_files_path_key UNIQUE (path);

ALTER TABLE ONLY public.evidence_files
    ADD CONSTRAINT evidence_files_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evidence_holds
    ADD CONSTRAINT evidence_holds_pkey PRIMARY KEY (key, reason);

ALTER TABLE ONLY public.evidence_keys
    ADD CONSTRAINT evidence_keys_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.evidence_records
    ADD CONSTRAINT evidence_records_pkey PRIMARY KEY (file_id, place);

ALTER TABLE ONLY public.evidence_stamps
    ADD CONSTRAINT evidence_stamps_pkey PRIMARY KEY (day, kind, authority);

ALTER TABLE ONLY public.fingerprint_filters
    ADD CONSTRAINT fingerprint_filters_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.fingerprints
    ADD CONSTRAINT fingerprints_pkey PRIMARY KEY (article_id, day);

ALTER TABLE ONLY public.host_leases
    ADD CONSTRAINT host_leases_pkey PRIMARY KEY (host);

ALTER TABLE ONLY public.loads
    ADD CONSTRAINT loads_pkey PRIMARY KEY (digest);

ALTER TABLE ONLY public.match_queue
    ADD CONSTRAINT match_queue_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.matches
    ADD CONSTRAINT matches_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.matches
    ADD CONSTRAINT matches_watch_id_story_id_kind_occasion_key UNIQUE (watch_id, story_id, kind, occasion);

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.operator_causes
    ADD CONSTRAINT operator_causes_pkey PRIMARY KEY (cause, subject);

ALTER TABLE ONLY public.outlet_runs
    ADD CONSTRAINT outlet_runs_pkey PRIMARY KEY (run_id, outlet_id);

ALTER TABLE ONLY public.outlets
    ADD CONSTRAINT outlets_name_key UNIQUE (name);

ALTER TABLE ONLY public.outlets
    ADD CONSTRAINT outlets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.page_lines
    ADD CONSTRAINT page_lines_pkey PRIMARY KEY (article_id);

ALTER TABLE ONLY public.pages
    ADD CONSTRAINT pages_pkey PRIMARY KEY (key, fetched_at);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.person_tokens
    ADD CONSTRAINT person_tokens_hash_key UNIQUE (hash);

ALTER TABLE ONLY public.person_tokens
    ADD CONSTRAINT person_tokens_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_pkey PRIMARY KEY (article_id, number);

ALTER TABLE ONLY public.runs
    ADD CONSTRAINT runs_name_key UNIQUE (name);

ALTER TABLE ONLY public.runs
    ADD CONSTRAINT runs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.schema_version
    ADD CONSTRAINT schema_version_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.site_profiles
    ADD CONSTRAINT site_profiles_pkey PRIMARY KEY (outlet_id, version);

ALTER TABLE ONLY public.skipped
    ADD CONSTRAINT skipped_pkey PRIMARY KEY (day, reason);

ALTER TABLE ONLY public.stories
    ADD CONSTRAINT stories_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.story_aliases
    ADD CONSTRAINT story_aliases_pkey PRIMARY KEY (old_id);

ALTER TABLE ONLY public.story_edges
    ADD CONSTRAINT story_edges_pkey PRIMARY KEY (left_id, right_id);

ALTER TABLE ONLY public.story_events
    ADD CONSTRAINT story_events_pkey PRIMARY KEY (story_id);

ALTER TABLE ONLY public.story_follow_ups
    ADD CONSTRAINT story_follow_ups_pkey PRIMARY KEY (later_id, earlier_id);

ALTER TABLE ONLY public.story_marks
    ADD CONSTRAINT story_marks_pkey PRIMARY KEY (person, story_id);

ALTER TABLE ONLY public.story_members
    ADD CONSTRAINT story_members_pkey PRIMARY KEY (article_id, story_id);

ALTER TABLE ONLY public.story_vectors
    ADD CONSTRAINT story_vectors_pkey PRIMARY KEY (story_id);

ALTER TABLE ONLY public.story_verdicts
    ADD CONSTRAINT story_verdicts_pkey PRIMARY KEY (left_id, right_id);

ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT subscriptions_pkey PRIMARY KEY (watch_id, address);

ALTER TABLE ONLY public.told
    ADD CONSTRAINT told_pkey PRIMARY KEY (address, story_id, kind, occasion);

ALTER TABLE ONLY public.tombstones
    ADD CONSTRAINT tombstones_pkey PRIMARY KEY (key);

ALTER TABLE ONLY public.unsubscribed
    ADD CONSTRAINT unsubscribed_pkey PRIMARY KEY (watch, address);

ALTER TABLE ONLY public.watches
    ADD CONSTRAINT watches_name_key UNIQUE (name);

ALTER TABLE ONLY public.watches
    ADD CONSTRAINT watches_pkey PRIMARY KEY (id);

CREATE INDEX alerts_articles ON public.alerts USING gin (articles);

CREATE INDEX alerts_dropped ON public.alerts USING btree (made_at) WHERE (state = 'dropped'::text);

CREATE INDEX alerts_due ON public.alerts USING btree (next_try_at, id) WHERE (state = 'waiting'::text);

CREATE INDEX alerts_rate ON public.alerts USING btree (sent_at, domain) WHERE (state = 'sent'::text);

CREATE INDEX alerts_thread ON public.alerts USING btree (address, story_id, id);

CREATE INDEX articles_newest ON ONLY public.articles USING btree (at DESC, id DESC);

CREATE INDEX articles_before_2000_at_id_idx ON public.articles_before_2000 USING btree (at DESC, id DESC);

CREATE INDEX articles_outlet ON ONLY public.articles USING btree (outlet_id, at DESC, id DESC);

CREATE INDEX articles_before_2000_outlet_id_at_id_idx ON public.articles_before_2000 USING btree (outlet_id, at DESC, id DESC);

CREATE INDEX articles_run ON ONLY public.articles USING btree (run_id);

CREATE INDEX articles_before_2000_run_id_idx ON public.articles_before_2000 USING btree (run_id);

CREATE INDEX articles_terms ON ONLY public.articles USING gin (terms) WITH (fastupdate='on', gin_pending_list_limit='1024');

CREATE INDEX articles_before_2000_terms_idx ON public.articles_before_2000 USING gin (terms) WITH (fastupdate='on', gin_pending_list_limit='1024');

CREATE INDEX audit_at ON public.audit USING btree (at);

CREATE INDEX crawl_urls_next_check ON public.crawl_urls USING btree (outlet_id, next_check) WHERE (next_check IS NOT NULL);

CREATE INDEX deliveries_address ON public.deliveries USING btree (address);

CREATE INDEX deliveries_alert ON public.deliveries USING btree (alert_id);

CREATE INDEX deliveries_dropped ON public.deliveries USING btree (dropped_alert_id) WHERE (dropped_alert_id IS NOT NULL);

CREATE INDEX deliveries_due ON public.deliveries USING btree (due_at) WHERE (state = 'waiting'::text);

CREATE INDEX deliveries_held ON public.deliveries USING btree (match_id) WHERE (reason = ANY (ARRAY['muted'::text, 'watch_paused'::text]));

CREATE INDEX events_article ON public.events USING btree (article_id) WHERE (article_id IS NOT NULL);

CREATE INDEX events_at ON public.events USING btree (at DESC);

CREATE INDEX evidence_copies_copy ON public.evidence_copies USING btree (copy_id);

CREATE INDEX evidence_files_day ON public.evidence_files USING btree (day);

CREATE INDEX evidence_files_open ON public.evidence_files USING btree (id) WHERE (day IS NULL);

CREATE INDEX evidence_records_key ON public.evidence_records USING btree (key);

CREATE INDEX fingerprint_keys_key ON ONLY public.fingerprint_keys USING hash (key);

CREATE INDEX loads_run ON public.loads USING btree (run_id);

CREATE INDEX match_queue_article ON public.match_queue USING btree (article_id);

CREATE INDEX matches_article ON public.matches USING btree (article_id);

CREATE INDEX matches_story ON public.matches USING btree (story_id);

CREATE INDEX matches_watch ON public.matches USING btree (watch_id, id DESC);

CREATE INDEX notes_article ON public.notes USING btree (article_id, id);

CREATE INDEX outlet_runs_outlet ON public.outlet_runs USING btree (outlet_id, run_id DESC);

CREATE INDEX pages_run ON ONLY public.pages USING btree (run_id, outlet_id);

CREATE INDEX person_tokens_person ON public.person_tokens USING btree (person);

CREATE INDEX revisions_run ON public.revisions USING btree (run_id);

CREATE INDEX revisions_seen ON public.revisions USING btree (seen_at DESC);

CREATE INDEX stories_lead ON public.stories USING btree (lead_id);

CREATE INDEX story_aliases_story ON public.story_aliases USING btree (story_id);

CREATE INDEX story_edges_right ON public.story_edges USING btree (right_id);

CREATE INDEX story_events_event ON public.story_events USING btree (event_id);

CREATE INDEX story_follow_ups_earlier ON public.story_follow_ups USING btree (earlier_id);

CREATE INDEX story_marks_starred ON public.story_marks USING btree (person, starred_at DESC) WHERE (starred_at IS NOT NULL);

CREATE UNIQUE INDEX story_members_home ON public.story_members USING btree (article_id) WHERE (role = 'member'::text);

CREATE INDEX story_members_story ON public.story_members USING btree (story_id);

CREATE INDEX story_vectors_day ON public.story_vectors USING btree (day);

CREATE INDEX story_verdicts_right ON public.story_verdicts USING btree (right_id);

CREATE INDEX subscriptions_address ON public.subscriptions USING btree (address);

CREATE INDEX told_alert ON public.told USING btree (alert_id);

CREATE INDEX vocabulary_term ON public.vocabulary USING btree (term);

ALTER INDEX public.articles_newest ATTACH PARTITION public.articles_before_2000_at_id_idx;

ALTER INDEX public.articles_outlet ATTACH PARTITION public.articles_before_2000_outlet_id_at_id_idx;

ALTER INDEX public.articles_pkey ATTACH PARTITION public.articles_before_2000_pkey;

ALTER INDEX public.articles_run ATTACH PARTITION public.articles_before_2000_run_id_idx;

ALTER INDEX public.articles_terms ATTACH PARTITION public.articles_before_2000_terms_idx;

CREATE TRIGGER forget_fingerprint AFTER DELETE ON public.article_urls FOR EACH ROW EXECUTE FUNCTION public.forget_fingerprint();

CREATE TRIGGER queue_new_articles AFTER INSERT ON public.article_urls REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.queue_new_articles();

CREATE TRIGGER queue_revisions AFTER INSERT ON public.revisions REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.queue_revisions();

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_address_fkey FOREIGN KEY (address) REFERENCES public.addresses(address);

ALTER TABLE ONLY public.article_urls
    ADD CONSTRAINT article_urls_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlets(id);

ALTER TABLE public.articles
    ADD CONSTRAINT articles_id_at_fkey FOREIGN KEY (id, at) REFERENCES public.article_urls(id, at) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE public.articles
    ADD CONSTRAINT articles_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlets(id);

ALTER TABLE public.articles
    ADD CONSTRAINT articles_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.runs(id);

ALTER TABLE ONLY public.crawl_urls
    ADD CONSTRAINT crawl_urls_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlets(id);

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_address_fkey FOREIGN KEY (address) REFERENCES public.addresses(address);

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.alerts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_dropped_alert_id_fkey FOREIGN KEY (dropped_alert_id) REFERENCES public.alerts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_match_id_fkey FOREIGN KEY (match_id) REFERENCES public.matches(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.doors
    ADD CONSTRAINT doors_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlets(id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.article_urls(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlets(id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.runs(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.evidence_copies
    ADD CONSTRAINT evidence_copies_copy_id_fkey FOREIGN KEY (copy_id) REFERENCES public.evidence_files(id);

ALTER TABLE ONLY public.evidence_copies
    ADD CONSTRAINT evidence_copies_file_id_place_fkey FOREIGN KEY (file_id, place) REFERENCES public.evidence_records(file_id, place);

ALTER TABLE ONLY public.evidence_records
    ADD CONSTRAINT evidence_records_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.evidence_files(id);

ALTER TABLE ONLY public.evidence_stamps
    ADD CONSTRAINT evidence_stamps_day_fkey FOREIGN KEY (day) REFERENCES public.evidence_days(day);

ALTER TABLE ONLY public.loads
    ADD CONSTRAINT loads_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.runs(id);

ALTER TABLE ONLY public.match_queue
    ADD CONSTRAINT match_queue_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.article_urls(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.matches
    ADD CONSTRAINT matches_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.article_urls(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.matches
    ADD CONSTRAINT matches_watch_id_fkey FOREIGN KEY (watch_id) REFERENCES public.watches(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notes
    ADD CONSTRAINT notes_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.article_urls(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.outlet_runs
    ADD CONSTRAINT outlet_runs_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlets(id);

ALTER TABLE ONLY public.outlet_runs
    ADD CONSTRAINT outlet_runs_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.runs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.page_lines
    ADD CONSTRAINT page_lines_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.article_urls(id) ON DELETE CASCADE;

ALTER TABLE public.pages
    ADD CONSTRAINT pages_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlets(id);

ALTER TABLE public.pages
    ADD CONSTRAINT pages_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.runs(id);

ALTER TABLE ONLY public.person_tokens
    ADD CONSTRAINT person_tokens_person_fkey FOREIGN KEY (person) REFERENCES public.people(name) ON DELETE CASCADE;

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.article_urls(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT revisions_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.runs(id);

ALTER TABLE ONLY public.site_profiles
    ADD CONSTRAINT site_profiles_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlets(id);

ALTER TABLE ONLY public.site_profiles
    ADD CONSTRAINT site_profiles_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.runs(id);

ALTER TABLE ONLY public.stories
    ADD CONSTRAINT stories_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES public.article_urls(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.story_aliases
    ADD CONSTRAINT story_aliases_story_id_fkey FOREIGN KEY (story_id) REFERENCES public.stories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.story_edges
    ADD CONSTRAINT story_edges_left_id_fkey FOREIGN KEY (left_id) REFERENCES public.article_urls(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.story_edges
    ADD CONSTRAINT story_edges_right_id_fkey FOREIGN KEY (right_id) REFERENCES public.article_urls(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.story_events
    ADD CONSTRAINT story_events_story_id_fkey FOREIGN KEY (story_id) REFERENCES public.stories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.story_follow_ups
    ADD CONSTRAINT story_follow_ups_earlier_id_fkey FOREIGN KEY (earlier_id) REFERENCES public.stories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.story_follow_ups
    ADD CONSTRAINT story_follow_ups_later_id_fkey FOREIGN KEY (later_id) REFERENCES public.stories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.story_marks
    ADD CONSTRAINT story_marks_person_fkey FOREIGN KEY (person) REFERENCES public.people(name) ON DELETE CASCADE;

ALTER TABLE ONLY public.story_members
    ADD CONSTRAINT story_members_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.article_urls(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.story_members
    ADD CONSTRAINT story_members_story_id_fkey FOREIGN KEY (story_id) REFERENCES public.stories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.story_vectors
    ADD CONSTRAINT story_vectors_story_id_fkey FOREIGN KEY (story_id) REFERENCES public.stories(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.story_verdicts
    ADD CONSTRAINT story_verdicts_left_id_fkey FOREIGN KEY (left_id) REFERENCES public.article_urls(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.story_verdicts
    ADD CONSTRAINT story_verdicts_right_id_fkey FOREIGN KEY (right_id) REFERENCES public.article_urls(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT subscriptions_address_fkey FOREIGN KEY (address) REFERENCES public.addresses(address);

ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT subscriptions_watch_id_fkey FOREIGN KEY (watch_id) REFERENCES public.watches(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.told
    ADD CONSTRAINT told_address_fkey FOREIGN KEY (address) REFERENCES public.addresses(address);

ALTER TABLE ONLY public.told
    ADD CONSTRAINT told_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.alerts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.tombstones
    ADD CONSTRAINT tombstones_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlets(id);

ALTER TABLE ONLY public.unsubscribed
    ADD CONSTRAINT unsubscribed_address_fkey FOREIGN KEY (address) REFERENCES public.addresses(address);
