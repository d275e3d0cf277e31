CREATE FUNCTION public.forget_fingerprint() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin delete from fingerprints where article_id = old.id; return null; end $$;
COMMENT ON FUNCTION public.forget_fingerprint() IS 'Removes the fingerprint of an article that is removed.';
CREATE FUNCTION public.newest(query tsquery, condition text, places tsquery, exact text, since timestamp with time zone, until timestamp with time zone, until_id bigint, wanted integer, common boolean) RETURNS TABLE(id bigint, at timestamp with time zone)
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
            statement := '(select id, at, terms, published_at from ' || statement || ' offset 0) as candidate where '
                || concat_ws(' and ', case when places is not null then 'terms @@ $6' end, exact);
        end if;
        statement := 'select id, at from ' || statement || ' limit $2';
        -- Planning costs more than most months' answers: a month is asked by a statement that the session keeps, made when it is first needed.
        if exact is null then
            prepared := 'newest ' || month || case when common then ' by time' else ' by terms' end || case when places is null then ' ' else ' places ' end
                || case when bounded then 'part ' else '' end || case condition when 'true' then '' when 'terms @@ $1' then 't' else md5(condition) end;
            call := format('execute %I (%L, %s, %L, %L, %s, %L)', prepared, query, wanted - found_so_far, since, until, until_id, places);
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
        select article_id, number from fresh where kind in ('edit', 'deletion') order by article_id, number;
    perform pg_notify('khabar_match', '');
    return null;
end $$;
COMMENT ON FUNCTION public.queue_revisions() IS 'Queues edits and deletions for matching; our own corrections and returns are no news.';
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
    CONSTRAINT addresses_address_check CHECK ((address <> ''::text)),
    CONSTRAINT addresses_state_check CHECK ((state = ANY (ARRAY['ok'::text, 'paused'::text])))
);
COMMENT ON TABLE public.addresses IS 'Where alerts go: mail addresses, or Apprise URLs.';
COMMENT ON COLUMN public.addresses.address IS 'local@domain, or an Apprise URL (which may hold a secret: never shown whole).';
COMMENT ON COLUMN public.addresses.domain IS 'The part that rate limits count by.';
COMMENT ON COLUMN public.addresses.state IS 'ok, or paused after a bounce or a permanent refusal.';
COMMENT ON COLUMN public.addresses.reason IS 'Why it is paused, in the server''s words.';
COMMENT ON COLUMN public.addresses.since IS 'Since when the state is so.';
COMMENT ON COLUMN public.addresses.told_operator IS 'Whether the operator has been told that it is paused.';
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
ALTER TABLE ONLY public.articles ALTER COLUMN terms SET STORAGE EXTERNAL;
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
CREATE TABLE public.articles_2023_06 (
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
);
ALTER TABLE ONLY public.articles_2023_06 ALTER COLUMN terms SET STORAGE EXTERNAL;
COMMENT ON TABLE public.articles_2023_06 IS 'Articles of 2023-06.';
COMMENT ON COLUMN public.articles_2023_06.id IS 'article_urls.id.';
COMMENT ON COLUMN public.articles_2023_06.at IS 'The article''s own time: its publication; its first sighting where the page names none, or one in the future.';
COMMENT ON COLUMN public.articles_2023_06.outlet_id IS 'The outlet that published it.';
COMMENT ON COLUMN public.articles_2023_06.run_id IS 'The run that found it.';
COMMENT ON COLUMN public.articles_2023_06.language IS 'ISO 639-1 (639-3 where there is no shorter code); und when unknown.';
COMMENT ON COLUMN public.articles_2023_06.kind IS 'article, brief, interview or opinion.';
COMMENT ON COLUMN public.articles_2023_06.title IS 'Headline.';
COMMENT ON COLUMN public.articles_2023_06.standfirst IS 'The lead-in, where the page sets one apart.';
COMMENT ON COLUMN public.articles_2023_06.body IS 'The text, one block a line, captions left out.';
COMMENT ON COLUMN public.articles_2023_06.shape IS 'What each line of the body is (p, h2, li1, quote, row), separated by spaces; empty: all are paragraphs.';
COMMENT ON COLUMN public.articles_2023_06.authors IS 'Bylines in the page''s order.';
COMMENT ON COLUMN public.articles_2023_06.section IS 'The outlet''s section.';
COMMENT ON COLUMN public.articles_2023_06.tags IS 'The outlet''s tags.';
COMMENT ON COLUMN public.articles_2023_06.published_at IS 'Publication as the page says; null when it does not say.';
COMMENT ON COLUMN public.articles_2023_06.published_offset IS 'Minutes east of UTC of the zone the page named or the outlet has.';
COMMENT ON COLUMN public.articles_2023_06.modified_at IS 'Last change as the page says.';
COMMENT ON COLUMN public.articles_2023_06.modified_offset IS 'Minutes east of UTC of modified_at.';
COMMENT ON COLUMN public.articles_2023_06.lead_image IS 'Absolute URL of the lead image.';
COMMENT ON COLUMN public.articles_2023_06.credit IS 'The agency the text itself names as its source.';
COMMENT ON COLUMN public.articles_2023_06.details IS 'What is shown but never searched: captions, links, images, published_raw, published_source, chosen, pruned (counts by rule).';
COMMENT ON COLUMN public.articles_2023_06.confidence IS 'The extractor''s own, 0 to 1.';
COMMENT ON COLUMN public.articles_2023_06.extractor IS 'Version of the rules that made this text.';
COMMENT ON COLUMN public.articles_2023_06.words IS 'Words of the body.';
COMMENT ON COLUMN public.articles_2023_06.text_key IS 'Hash of title, standfirst and body without noise: equal keys are the same text.';
COMMENT ON COLUMN public.articles_2023_06.meta_key IS 'Hash of what else is searched or shown: byline, section, tags, dates, language, kind, credit, extractor.';
COMMENT ON COLUMN public.articles_2023_06.first_seen_at IS 'When it was first fetched.';
COMMENT ON COLUMN public.articles_2023_06.revision IS 'Number of the present version; 1 is the first.';
COMMENT ON COLUMN public.articles_2023_06.edits IS 'How many times the outlet changed the text.';
COMMENT ON COLUMN public.articles_2023_06.deleted_at IS 'Since when the page is gone; null while it stands.';
COMMENT ON COLUMN public.articles_2023_06.terms IS 'Index terms with positions, made by news.text: A title, B standfirst, C authors and section, D body, and marks for outlet, language and country.';
COMMENT ON COLUMN public.articles_2023_06.analyser IS 'Version of the analysis that made `terms`; an older one is due for re-indexing.';
CREATE TABLE public.articles_2026_11 (
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
);
ALTER TABLE ONLY public.articles_2026_11 ALTER COLUMN terms SET STORAGE EXTERNAL;
COMMENT ON TABLE public.articles_2026_11 IS 'Articles of 2026-11.';
COMMENT ON COLUMN public.articles_2026_11.id IS 'article_urls.id.';
COMMENT ON COLUMN public.articles_2026_11.at IS 'The article''s own time: its publication; its first sighting where the page names none, or one in the future.';
COMMENT ON COLUMN public.articles_2026_11.outlet_id IS 'The outlet that published it.';
COMMENT ON COLUMN public.articles_2026_11.run_id IS 'The run that found it.';
COMMENT ON COLUMN public.articles_2026_11.language IS 'ISO 639-1 (639-3 where there is no shorter code); und when unknown.';
COMMENT ON COLUMN public.articles_2026_11.kind IS 'article, brief, interview or opinion.';
COMMENT ON COLUMN public.articles_2026_11.title IS 'Headline.';
COMMENT ON COLUMN public.articles_2026_11.standfirst IS 'The lead-in, where the page sets one apart.';
COMMENT ON COLUMN public.articles_2026_11.body IS 'The text, one block a line, captions left out.';
COMMENT ON COLUMN public.articles_2026_11.shape IS 'What each line of the body is (p, h2, li1, quote, row), separated by spaces; empty: all are paragraphs.';
COMMENT ON COLUMN public.articles_2026_11.authors IS 'Bylines in the page''s order.';
COMMENT ON COLUMN public.articles_2026_11.section IS 'The outlet''s section.';
COMMENT ON COLUMN public.articles_2026_11.tags IS 'The outlet''s tags.';
COMMENT ON COLUMN public.articles_2026_11.published_at IS 'Publication as the page says; null when it does not say.';
COMMENT ON COLUMN public.articles_2026_11.published_offset IS 'Minutes east of UTC of the zone the page named or the outlet has.';
COMMENT ON COLUMN public.articles_2026_11.modified_at IS 'Last change as the page says.';
COMMENT ON COLUMN public.articles_2026_11.modified_offset IS 'Minutes east of UTC of modified_at.';
COMMENT ON COLUMN public.articles_2026_11.lead_image IS 'Absolute URL of the lead image.';
COMMENT ON COLUMN public.articles_2026_11.credit IS 'The agency the text itself names as its source.';
COMMENT ON COLUMN public.articles_2026_11.details IS 'What is shown but never searched: captions, links, images, published_raw, published_source, chosen, pruned (counts by rule).';
COMMENT ON COLUMN public.articles_2026_11.confidence IS 'The extractor''s own, 0 to 1.';
COMMENT ON COLUMN public.articles_2026_11.extractor IS 'Version of the rules that made this text.';
COMMENT ON COLUMN public.articles_2026_11.words IS 'Words of the body.';
COMMENT ON COLUMN public.articles_2026_11.text_key IS 'Hash of title, standfirst and body without noise: equal keys are the same text.';
COMMENT ON COLUMN public.articles_2026_11.meta_key IS 'Hash of what else is searched or shown: byline, section, tags, dates, language, kind, credit, extractor.';
COMMENT ON COLUMN public.articles_2026_11.first_seen_at IS 'When it was first fetched.';
COMMENT ON COLUMN public.articles_2026_11.revision IS 'Number of the present version; 1 is the first.';
COMMENT ON COLUMN public.articles_2026_11.edits IS 'How many times the outlet changed the text.';
COMMENT ON COLUMN public.articles_2026_11.deleted_at IS 'Since when the page is gone; null while it stands.';
COMMENT ON COLUMN public.articles_2026_11.terms IS 'Index terms with positions, made by news.text: A title, B standfirst, C authors and section, D body, and marks for outlet, language and country.';
COMMENT ON COLUMN public.articles_2026_11.analyser IS 'Version of the analysis that made `terms`; an older one is due for re-indexing.';
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
);
ALTER TABLE ONLY public.articles_before_2000 ALTER COLUMN terms SET STORAGE EXTERNAL;
COMMENT ON TABLE public.articles_before_2000 IS 'Articles of before the year 2000, in one partition.';
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
CREATE TABLE public.fingerprint_keys_2026_11_20 (
    key bigint CONSTRAINT fingerprint_keys_key_not_null NOT NULL,
    article_id bigint CONSTRAINT fingerprint_keys_article_id_not_null NOT NULL,
    day date CONSTRAINT fingerprint_keys_day_not_null NOT NULL
);
COMMENT ON TABLE public.fingerprint_keys_2026_11_20 IS 'Keys taken in on 2026-11-20.';
COMMENT ON COLUMN public.fingerprint_keys_2026_11_20.key IS 'Hash of four words, winnowed (64 bits, signed).';
COMMENT ON COLUMN public.fingerprint_keys_2026_11_20.article_id IS 'fingerprints.article_id; one that is no longer there is passed over.';
COMMENT ON COLUMN public.fingerprint_keys_2026_11_20.day IS 'The day (UTC) it was taken in.';
CREATE TABLE public.fingerprints (
    article_id bigint NOT NULL,
    day date NOT NULL,
    words bytea NOT NULL
)
PARTITION BY RANGE (day);
ALTER TABLE ONLY public.fingerprints ALTER COLUMN words SET STORAGE EXTERNAL;
COMMENT ON TABLE public.fingerprints IS 'What is kept of a text to compare it exactly with others, for the days of the look-back. Daily partitions, dropped whole.';
COMMENT ON COLUMN public.fingerprints.article_id IS 'article_urls.id. No foreign key, for speed: the trigger on article_urls does its work.';
COMMENT ON COLUMN public.fingerprints.day IS 'The day (UTC) it was taken in: names the partition.';
COMMENT ON COLUMN public.fingerprints.words IS 'Hashes of the words in their order, 4 bytes each, little-endian.';
CREATE TABLE public.fingerprints_2026_11_20 (
    article_id bigint CONSTRAINT fingerprints_article_id_not_null NOT NULL,
    day date CONSTRAINT fingerprints_day_not_null NOT NULL,
    words bytea CONSTRAINT fingerprints_words_not_null NOT NULL
);
ALTER TABLE ONLY public.fingerprints_2026_11_20 ALTER COLUMN words SET STORAGE EXTERNAL;
COMMENT ON TABLE public.fingerprints_2026_11_20 IS 'Texts taken in on 2026-11-20.';
COMMENT ON COLUMN public.fingerprints_2026_11_20.article_id IS 'article_urls.id. No foreign key, for speed: the trigger on article_urls does its work.';
COMMENT ON COLUMN public.fingerprints_2026_11_20.day IS 'The day (UTC) it was taken in: names the partition.';
COMMENT ON COLUMN public.fingerprints_2026_11_20.words IS 'Hashes of the words in their order, 4 bytes each, little-endian.';
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
    CONSTRAINT matches_kind_check CHECK ((kind = ANY (ARRAY['new'::text, 'follow_up'::text, 'edited'::text, 'deleted'::text, 'picked_up'::text, 'first_mention'::text])))
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
CREATE TABLE public.pages_2026_11 (
    fetched_at timestamp with time zone CONSTRAINT pages_fetched_at_not_null NOT NULL,
    key uuid CONSTRAINT pages_key_not_null NOT NULL,
    outlet_id integer CONSTRAINT pages_outlet_id_not_null NOT NULL,
    run_id integer CONSTRAINT pages_run_id_not_null NOT NULL,
    status integer,
    digest text DEFAULT ''::text CONSTRAINT pages_digest_not_null NOT NULL,
    outcome text CONSTRAINT pages_outcome_not_null NOT NULL,
    detail text DEFAULT ''::text CONSTRAINT pages_detail_not_null NOT NULL,
    CONSTRAINT pages_outcome_check CHECK ((outcome <> ''::text))
);
COMMENT ON TABLE public.pages_2026_11 IS 'Pages of 2026-11.';
COMMENT ON COLUMN public.pages_2026_11.fetched_at IS 'When it was fetched.';
COMMENT ON COLUMN public.pages_2026_11.key IS 'url_key of the canonical URL; crawl_urls has the URL.';
COMMENT ON COLUMN public.pages_2026_11.outlet_id IS 'The outlet.';
COMMENT ON COLUMN public.pages_2026_11.run_id IS 'The run, and with it the folder of the WARC file.';
COMMENT ON COLUMN public.pages_2026_11.status IS 'HTTP status; null when the crawl did not say.';
COMMENT ON COLUMN public.pages_2026_11.digest IS 'Digest of the body as received; empty when the crawl did not say.';
COMMENT ON COLUMN public.pages_2026_11.outcome IS 'new, revised, corrected, unchanged, returned, stale, forgotten, or the reason of rejection (gone: a deletion, where the article was known).';
COMMENT ON COLUMN public.pages_2026_11.detail IS 'The rejection''s own words.';
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
    CONSTRAINT watches_check CHECK (((quiet_from IS NULL) = (quiet_until IS NULL))),
    CONSTRAINT watches_hour_check CHECK (((hour >= 0) AND (hour <= 23))),
    CONSTRAINT watches_kinds_check CHECK ((kinds <@ ARRAY['new'::text, 'follow_up'::text, 'edited'::text, 'deleted'::text, 'picked_up'::text, 'first_mention'::text])),
    CONSTRAINT watches_name_check CHECK (((name <> ''::text) AND (length(name) <= 100) AND (name !~ '[[:cntrl:]]'::text))),
    CONSTRAINT watches_picked_up_by_check CHECK ((picked_up_by >= 0)),
    CONSTRAINT watches_rhythm_check CHECK ((rhythm = ANY (ARRAY['at_once'::text, 'hourly'::text, 'daily'::text, 'weekly'::text]))),
    CONSTRAINT watches_settle_minutes_check CHECK ((settle_minutes >= 0)),
    CONSTRAINT watches_weekday_check CHECK (((weekday >= 0) AND (weekday <= 6)))
);
COMMENT ON TABLE public.watches IS 'Saved queries: what an analyst wants to be told.';
COMMENT ON COLUMN public.watches.id IS 'Internal number; unsubscribe links name it.';
COMMENT ON COLUMN public.watches.name IS 'The name she gave it; subjects begin with it.';
COMMENT ON COLUMN public.watches.query IS 'In the language of news.query.';
COMMENT ON COLUMN public.watches.rhythm IS 'When matches become mail: at_once, hourly, daily, weekly.';
COMMENT ON COLUMN public.watches.kinds IS 'What counts: new, follow_up, edited, deleted, picked_up, first_mention.';
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
ALTER TABLE public.watches ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.watches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY public.articles ATTACH PARTITION public.articles_2023_06 FOR VALUES FROM ('2023-06-01 00:00:00+00') TO ('2023-07-01 00:00:00+00');
ALTER TABLE ONLY public.articles ATTACH PARTITION public.articles_2026_11 FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');
ALTER TABLE ONLY public.articles ATTACH PARTITION public.articles_before_2000 FOR VALUES FROM (MINVALUE) TO ('2000-01-01 00:00:00+00');
ALTER TABLE ONLY public.fingerprint_keys ATTACH PARTITION public.fingerprint_keys_2026_11_20 FOR VALUES FROM ('2026-11-20') TO ('2026-11-21');
ALTER TABLE ONLY public.fingerprints ATTACH PARTITION public.fingerprints_2026_11_20 FOR VALUES FROM ('2026-11-20') TO ('2026-11-21');
ALTER TABLE ONLY public.pages ATTACH PARTITION public.pages_2026_11 FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');
INSERT INTO public.addresses VALUES
	('ana@reader.test', 'reader.test', 'ok', '', '2026-11-22 05:52:34.037422+00', false),
	('ben@reader.test', 'reader.test', 'ok', '', '2026-11-22 05:52:34.100347+00', false);
INSERT INTO public.alerts OVERRIDING SYSTEM VALUE VALUES
	(1, '<e36adf5adfdece67144fc2fda89722a0@news.test>', 'ana@reader.test', 'reader.test', 'story', '{Bridge}', '{1}', 1, NULL, 'Bridge: Council meets 4', '\x46726f6d3a204b6861626172203c6b6861626172406e6577732e746573743e0d0a546f3a20616e61407265616465722e746573740d0a5375626a6563743a204272696467653a20436f756e63696c206d6565747320340d0a446174653a204d6f6e2c203032204e6f7620323032362030383a30303a3030202b303030300d0a4d6573736167652d49443a203c6533366164663561646664656365363731343466633266646138393732326130406e6577732e746573743e0d0a4c6973742d49643a202242726964676522203c6272696467652e776174636865732e6e6577732e746573743e0d0a4c6973742d556e7375627363726962653a203c68747470733a2f2f6b68616261722e746573742f6b68616261722f756e7375627363726962653f743d57794a68626d4641636d56685a4756794c6e526c633351694c444a642e30664352434b6443326b4671534c55712d49614270673e0d0a4c6973742d556e7375627363726962652d506f73743a204c6973742d556e7375627363726962653d4f6e652d436c69636b0d0a4175746f2d5375626d69747465643a206175746f2d67656e6572617465640d0a582d4175746f2d526573706f6e73652d53757070726573733a20416c6c0d0a4d494d452d56657273696f6e3a20312e300d0a436f6e74656e742d547970653a206d756c7469706172742f616c7465726e61746976653b0d0a20626f756e646172793d223d5f6b68616261725f353133383266316433313431626365393939646165653836220d0a0d0a2d2d3d5f6b68616261725f3531333832663164333134316263653939396461656538360d0a436f6e74656e742d547970653a20746578742f706c61696e3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a0d0a4e45570d0a436f756e63696c206d6565747320340d0a4f6e65203d43323d42372032302e31312e323032362c2030383a30300d0a57687920796f752067657420746869733a20427269646765203d45323d38303d393420436f756e63696c2c206272696467650d0a0d0a3d45323d38303d41362049742077696c6c20646563696465206f6e20746865202a6272696467652a206e657874207765656b2e204e6f626f64792073706f6b6520616761696e73742069742e0d0a0d0a5468652073616d65207265706f727420696e2031206d6f7265206f75746c6574733a0d0a2d204f6e652c2033302e30382e2031323a30302068747470733a2f2f6f6e652e6c6f63616c686f73742f6e6577732f3330303030300d0a0d0a526561642061742074686520736f757263653a2068747470733a2f2f6f6e652e6c6f63616c686f73742f6e6577732f340d0a4f70656e20696e2074686520617263686976653a2068747470733a2f2f6b68616261722e746573742f6b68616261722f61727469636c652f310d0a0d0a2d2d0d0a596f75206765742074686973206d61696c206265636175736520796f7520617265206120726563697069656e74206f66207468652077617463683a204272696467650d0a51756572793a20627269646765204f52207469746c653a636f756e63696c0d0a54696d65733a205554430d0a53746f70207468657365206d61696c733a2068747470733a2f2f6b68616261722e746573742f6b68616261722f756e7375627363726962653f743d334457794a68626d4641636d56685a4756793d0d0a4c6e526c633351694c444a642e30664352434b6443326b4671534c55712d49614270670d0a0d0a2d2d3d5f6b68616261725f3531333832663164333134316263653939396461656538360d0a436f6e74656e742d547970653a20746578742f68746d6c3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a4d494d452d56657273696f6e3a20312e300d0a0d0a3c21444f43545950452068746d6c3e0d0a3c68746d6c206c616e673d334422656e22206469723d3344226c7472223e0d0a3c686561643e0d0a3c6d65746120636861727365743d3344227574662d38223e0d0a3c6d657461206e616d653d33442276696577706f72742220636f6e74656e743d33442277696474683d33446465766963652d77696474682c20696e697469616c2d7363616c653d334431223e0d0a3c6d657461206e616d653d334422636f6c6f722d736368656d652220636f6e74656e743d3344226c69676874206461726b223e0d0a3c6d657461206e616d653d334422737570706f727465642d636f6c6f722d736368656d65732220636f6e74656e743d3344226c69676874206461726b223e0d0a3c7469746c653e436f756e63696c206d6565747320343c2f7469746c653e0d0a3c7374796c653e0d0a3a726f6f74207b20636f6c6f722d736368656d653a206c69676874206461726b3b20737570706f727465642d636f6c6f722d736368656d65733a206c69676874206461726b3b207d0d0a406d6564696120286d61782d77696474683a20343830707829207b202e6b2d63617264207b2070616464696e673a203138707820313670782021696d706f7274616e743b20626f726465722d723d0d0a61646975733a20302021696d706f7274616e743b207d202e6b2d70616765207b2070616464696e673a20302021696d706f7274616e743b207d207d0d0a406d656469612028707265666572732d636f6c6f722d736368656d653a206461726b29207b0d0a20202e6b2d70616765207b206261636b67726f756e643a20233065313131362021696d706f7274616e743b207d0d0a20202e6b2d63617264207b206261636b67726f756e643a20233138316432342021696d706f7274616e743b20626f726465722d636f6c6f723a20233261333133622021696d706f7274616e743b3d0d0a207d0d0a20202e6b2d696e6b207b20636f6c6f723a20236539656366302021696d706f7274616e743b207d0d0a20202e6b2d736f6674207b20636f6c6f723a20236133616462612021696d706f7274616e743b207d0d0a20202e6b2d6c696e6b207b20636f6c6f723a20233863626366352021696d706f7274616e743b207d0d0a20202e6b2d6c696e65207b20626f726465722d636f6c6f723a20233261333133622021696d706f7274616e743b207d0d0a20202e6b2d626f78207b206261636b67726f756e643a20233230323632662021696d706f7274616e743b207d0d0a20202e6b2d71756f7465207b20626f726465722d636f6c6f723a20236238393532612021696d706f7274616e743b207d0d0a20202e6b2d6d61726b207b206261636b67726f756e643a20233662353531302021696d706f7274616e743b20636f6c6f723a20236666663263322021696d706f7274616e743b207d0d0a20202e6b2d63686970207b206261636b67726f756e643a20233436333930382021696d706f7274616e743b20636f6c6f723a20236666653961332021696d706f7274616e743b207d0d0a20202e6b2d627574746f6e207b206261636b67726f756e643a20233266376664362021696d706f7274616e743b20636f6c6f723a20236666666666662021696d706f7274616e743b207d0d0a20202e6b2d626c7565207b206261636b67726f756e643a20233132333034662021696d706f7274616e743b20636f6c6f723a20236139643066622021696d706f7274616e743b207d0d0a20202e6b2d616d626572207b206261636b67726f756e643a20233437333030622021696d706f7274616e743b20636f6c6f723a20236666643539362021696d706f7274616e743b207d0d0a20202e6b2d726564207b206261636b67726f756e643a20233464313531642021696d706f7274616e743b20636f6c6f723a20236666623362632021696d706f7274616e743b207d0d0a20202e6b2d677265656e207b206261636b67726f756e643a20233064336432612021696d706f7274616e743b20636f6c6f723a20236134656363392021696d706f7274616e743b207d0d0a20202e6b2d76696f6c6574207b206261636b67726f756e643a20233335323035612021696d706f7274616e743b20636f6c6f723a20236439633266662021696d706f7274616e743b207d0d0a7d0d0a3c2f7374796c653e0d0a3c2f686561643e0d0a3c626f647920636c6173733d3344226b2d7061676522207374796c653d3344226d617267696e3a303b70616464696e673a303b6261636b67726f756e643a23656566306633223e0d0a3c646976207374796c653d334422646973706c61793a6e6f6e653b6d61782d6865696768743a303b6f766572666c6f773a68696464656e3b666f6e742d73697a653a3170783b6c696e652d68653d0d0a696768743a3170783b6f7061636974793a30223e4f6e65203d43323d4237203d45323d38303d41362049742077696c6c20646563696465206f6e2074686520627269646765206e6578742077653d0d0a656b2e204e6f626f64792073706f6b6520616761696e73742069742e3c2f6469763e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d33442231303025222063656c6c70616464696e673d33442230222063656c6c73706163696e673d3344223d0d0a302220626f726465723d334422302220636c6173733d3344226b2d7061676522207374796c653d3344226261636b67726f756e643a23656566306633223e3c74723e3c746420616c69676e3d0d0a3d33442263656e7465722220636c6173733d3344226b2d7061676522207374796c653d33442270616464696e673a3230707820387078223e0d0a3c212d2d5b6966206d736f5d3e3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d334422363430222063656c6c70616464696e673d33442230222063656c3d0d0a6c73706163696e673d334422302220626f726465723d33442230223e3c74723e3c74643e3c215b656e6469665d2d2d3e0d0a3c64697620636c6173733d3344226b2d6361726422207374796c653d3344226d61782d77696474683a36343070783b6d617267696e3a30206175746f3b626f782d73697a696e673a626f7264653d0d0a722d626f783b70616464696e673a3234707820323870783b6261636b67726f756e643a236666666666663b626f726465723a31707820736f6c696420236466653365383b626f726465722d72613d0d0a646975733a313270783b746578742d616c69676e3a6c6566743b666f6e742d66616d696c793a2d6170706c652d73797374656d2c426c696e6b4d616353797374656d466f6e742c275365676f653d0d0a205549272c526f626f746f2c274e6f746f2053616e73272c274e6f746f2053616e732047656f726769616e272c274e6f746f204e61736b6820417261626963272c5461686f6d612c417269616c3d0d0a2c73616e732d73657269663b6f766572666c6f772d777261703a616e797768657265223e0d0a3c7370616e20636c6173733d3344226b2d626c756522207374796c653d334422646973706c61793a696e6c696e652d626c6f636b3b70616464696e673a32707820313070783b626f726465722d3d0d0a7261646975733a313070783b666f6e742d73697a653a313370783b6c696e652d6865696768743a323070783b666f6e742d7765696768743a3630303b636f6c6f723a233062353761343b6261633d0d0a6b67726f756e643a23653365666662223e4e65773c2f7370616e3e20266e6273703b3c7370616e20636c6173733d3344226b2d736f667422207374796c653d334422666f6e742d73697a653a313d0d0a3470783b6c696e652d6865696768743a323470783b636f6c6f723a23356136343732223e3c6264693e4272696467653c2f6264693e3c2f7370616e3e0d0a3c6832206469723d3344226c74722220636c6173733d3344226b2d696e6b22207374796c653d334422746578742d616c69676e3a6c6566743b6d617267696e3a313070782030203670783b666f3d0d0a6e742d73697a653a323270783b6c696e652d6865696768743a312e33353b666f6e742d7765696768743a3730303b636f6c6f723a23313531393166223e3c6120687265663d33442268747470733d0d0a3a2f2f6f6e652e6c6f63616c686f73742f6e6577732f342220636c6173733d3344226b2d696e6b22207374796c653d334422636f6c6f723a233135313931663b746578742d6465636f726174693d0d0a6f6e3a6e6f6e65223e3c6d61726b20636c6173733d3344226b2d6d61726b22207374796c653d3344226261636b67726f756e643a236666653961333b636f6c6f723a696e68657269743b626f723d0d0a6465722d7261646975733a3370783b70616464696e673a3020327078223e436f756e63696c3c2f6d61726b3e206d6565747320343c2f613e3c2f68323e0d0a3c7020636c6173733d3344226b2d736f667422207374796c653d3344226d617267696e3a303b666f6e742d73697a653a313470783b6c696e652d6865696768743a323170783b636f6c6f723a233d0d0a356136343732223e3c6220636c6173733d3344226b2d696e6b22207374796c653d334422636f6c6f723a233135313931663b666f6e742d7765696768743a363030223e3c6264693e4f6e653c2f3d0d0a6264693e3c2f623e20266e6273703b3d43323d4237266e6273703b203c6264693e32302e31312e323032362c2030383a30303c2f6264693e3c2f703e0d0a3c70206469723d3344226c74722220636c6173733d3344226b2d696e6b206b2d71756f746522207374796c653d334422746578742d616c69676e3a6c6566743b6d617267696e3a3134707820303d0d0a20303b70616464696e673a32707820313470783b626f726465722d696e6c696e652d73746172743a33707820736f6c696420236630633933633b666f6e742d73697a653a313670783b6c696e653d0d0a2d6865696768743a323670783b636f6c6f723a23326133303338223e3d45323d38303d41362049742077696c6c20646563696465206f6e20746865203c6d61726b20636c6173733d3344226b2d3d0d0a6d61726b22207374796c653d3344226261636b67726f756e643a236666653961333b636f6c6f723a696e68657269743b626f726465722d7261646975733a3370783b70616464696e673a3020323d0d0a7078223e6272696467653c2f6d61726b3e206e657874207765656b2e204e6f626f64792073706f6b6520616761696e73742069742e3c2f703e0d0a0d0a3c7020636c6173733d3344226b2d736f667422207374796c653d3344226d617267696e3a31347078203020303b666f6e742d73697a653a313470783b6c696e652d6865696768743a323670783b3d0d0a636f6c6f723a23356136343732223e57687920796f752067657420746869733a0d0a3c6220636c6173733d3344226b2d696e6b22207374796c653d334422636f6c6f723a233135313931663b666f6e742d7765696768743a363030223e3c6264693e4272696467653c2f6264693e3c3d0d0a2f623e203c62646920636c6173733d3344226b2d6368697022207374796c653d334422646973706c61793a696e6c696e652d626c6f636b3b6d617267696e3a30203270783b70616464696e673a3d0d0a30203870783b626f726465722d7261646975733a3670783b6261636b67726f756e643a236666663363633b636f6c6f723a233565343730303b6c696e652d6865696768743a32327078223e436f3d0d0a756e63696c3c2f6264693e203c62646920636c6173733d3344226b2d6368697022207374796c653d334422646973706c61793a696e6c696e652d626c6f636b3b6d617267696e3a30203270783b3d0d0a70616464696e673a30203870783b626f726465722d7261646975733a3670783b6261636b67726f756e643a236666663363633b636f6c6f723a233565343730303b6c696e652d6865696768743a3d0d0a32327078223e6272696467653c2f6264693e3c2f703e0d0a0d0a3c7020636c6173733d3344226b2d736f667422207374796c653d3344226d617267696e3a31347078203020303b666f6e742d73697a653a313470783b6c696e652d6865696768743a323470783b3d0d0a636f6c6f723a23356136343732223e5468652073616d65207265706f727420696e2031206d6f7265206f75746c6574733a0d0a3c6120687265663d33442268747470733a2f2f6f6e652e6c6f63616c686f73742f6e6577732f3330303030302220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723d0d0a3a233062353761343b746578742d6465636f726174696f6e3a756e6465726c696e653b77686974652d73706163653a6e6f77726170223e3c6264693e4f6e653c2f6264693e3c2f613e203c62643d0d0a693e33302e30382e2031323a30303c2f6264693e3c2f703e0d0a0d0a3c70207374796c653d3344226d617267696e3a31387078203020303b666f6e742d73697a653a313570783b6c696e652d6865696768743a34307078223e0d0a3c6120687265663d33442268747470733a2f2f6f6e652e6c6f63616c686f73742f6e6577732f342220636c6173733d3344226b2d627574746f6e22207374796c653d334422646973706c61793a3d0d0a696e6c696e652d626c6f636b3b70616464696e673a3020313870783b626f726465722d7261646975733a3870783b6261636b67726f756e643a233062353761343b636f6c6f723a2366666666663d0d0a663b746578742d6465636f726174696f6e3a6e6f6e653b666f6e742d7765696768743a363030223e526561642061742074686520736f757263653c2f613e266e6273703b203c6120687265663d0d0a3d33442268747470733a2f2f6b68616261722e746573742f6b68616261722f61727469636c652f312220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723a2330623d0d0a353761343b746578742d6465636f726174696f6e3a756e6465726c696e653b77686974652d73706163653a6e6f77726170223e4f70656e20696e2074686520617263686976653c2f613e3c2f703e0d0a3c64697620636c6173733d3344226b2d6c696e65206b2d736f667422207374796c653d3344226d617267696e3a32347078203020303b70616464696e673a31347078203020303b626f726465723d0d0a2d746f703a31707820736f6c696420236466653365383b666f6e742d73697a653a313370783b6c696e652d6865696768743a323170783b636f6c6f723a23356136343732223e0d0a596f75206765742074686973206d61696c206265636175736520796f7520617265206120726563697069656e74206f66207468652077617463683a203c6220636c6173733d3344226b2d696e6b3d0d0a22207374796c653d334422636f6c6f723a233135313931663b666f6e742d7765696768743a363030223e3c6264693e4272696467653c2f6264693e3c2f623e2e0d0a3c62723e51756572793a203c626469206469723d3344226c747222207374796c653d334422666f6e742d66616d696c793a75692d6d6f6e6f73706163652c53464d6f6e6f2d526567756c61722c3d0d0a4d656e6c6f2c436f6e736f6c61732c274e6f746f2053616e73204d6f6e6f272c6d6f6e6f73706163653b666f6e742d73697a653a31327078223e627269646765204f52207469746c653a636f753d0d0a6e63696c3c2f6264693e3c62723e3c6264693e54696d65733a205554433c2f6264693e203d43323d4237203c6120687265663d33442268747470733a2f2f6b68616261722e746573742f6b68613d0d0a6261722f77617463682f322e61746f6d2220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723a23306235376134223e41746f6d20666565643c2f613e203d43323d0d0a3d4237203c6120687265663d33442268747470733a2f2f6b68616261722e746573742f6b68616261722f756e7375627363726962653f743d334457794a68626d4641636d56685a4756794c6e523d0d0a6c633351694c444a642e30664352434b6443326b4671534c55712d49614270672220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723a23306235376134223e53743d0d0a6f70207468657365206d61696c733c2f613e3c2f6469763e0d0a3c2f6469763e0d0a3c212d2d5b6966206d736f5d3e3c2f74643e3c2f74723e3c2f7461626c653e3c215b656e6469665d2d2d3e0d0a3c2f74643e3c2f74723e3c2f7461626c653e0d0a3c2f626f64793e0d0a3c2f68746d6c3e0d0a0d0a2d2d3d5f6b68616261725f3531333832663164333134316263653939396461656538362d2d0d0a', '2026-11-02 08:00:00+00', 'sent', 1, '2000-01-01 00:00:00+00', 'sent', '', '2026-11-22 05:52:34.898002+00'),
	(2, '<824bdb04f622b562c0ff85b75f3cdfda@news.test>', 'ana@reader.test', 'reader.test', 'story', '{Bridge}', '{7}', 2, NULL, 'Bridge: Council meets 1', '\x46726f6d3a204b6861626172203c6b6861626172406e6577732e746573743e0d0a546f3a20616e61407265616465722e746573740d0a5375626a6563743a204272696467653a20436f756e63696c206d6565747320310d0a446174653a204d6f6e2c203032204e6f7620323032362030383a30303a3030202b303030300d0a4d6573736167652d49443a203c3832346264623034663632326235363263306666383562373566336364666461406e6577732e746573743e0d0a4c6973742d49643a202242726964676522203c6272696467652e776174636865732e6e6577732e746573743e0d0a4c6973742d556e7375627363726962653a203c68747470733a2f2f6b68616261722e746573742f6b68616261722f756e7375627363726962653f743d57794a68626d4641636d56685a4756794c6e526c633351694c444a642e30664352434b6443326b4671534c55712d49614270673e0d0a4c6973742d556e7375627363726962652d506f73743a204c6973742d556e7375627363726962653d4f6e652d436c69636b0d0a4175746f2d5375626d69747465643a206175746f2d67656e6572617465640d0a582d4175746f2d526573706f6e73652d53757070726573733a20416c6c0d0a4d494d452d56657273696f6e3a20312e300d0a436f6e74656e742d547970653a206d756c7469706172742f616c7465726e61746976653b0d0a20626f756e646172793d223d5f6b68616261725f653039346332633164666135333737383435323232373161220d0a0d0a2d2d3d5f6b68616261725f6530393463326331646661353337373834353232323731610d0a436f6e74656e742d547970653a20746578742f706c61696e3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a0d0a4e45570d0a436f756e63696c206d6565747320310d0a4f6e65203d43323d42372032302e31312e323032362c2031313a30300d0a57687920796f752067657420746869733a20427269646765203d45323d38303d393420436f756e63696c2c206272696467650d0a0d0a3d45323d38303d41362049742077696c6c20646563696465206f6e20746865202a6272696467652a206e657874207765656b2e204e6f626f64792073706f6b6520616761696e73742069742e203d0d0a436f7272656374696f6e3a206974206d6574206f6e204d6f6e6461792e0d0a0d0a526561642061742074686520736f757263653a2068747470733a2f2f6f6e652e6c6f63616c686f73742f6e6577732f310d0a4f70656e20696e2074686520617263686976653a2068747470733a2f2f6b68616261722e746573742f6b68616261722f61727469636c652f370d0a0d0a2d2d0d0a596f75206765742074686973206d61696c206265636175736520796f7520617265206120726563697069656e74206f66207468652077617463683a204272696467650d0a51756572793a20627269646765204f52207469746c653a636f756e63696c0d0a54696d65733a205554430d0a53746f70207468657365206d61696c733a2068747470733a2f2f6b68616261722e746573742f6b68616261722f756e7375627363726962653f743d334457794a68626d4641636d56685a4756793d0d0a4c6e526c633351694c444a642e30664352434b6443326b4671534c55712d49614270670d0a0d0a2d2d3d5f6b68616261725f6530393463326331646661353337373834353232323731610d0a436f6e74656e742d547970653a20746578742f68746d6c3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a4d494d452d56657273696f6e3a20312e300d0a0d0a3c21444f43545950452068746d6c3e0d0a3c68746d6c206c616e673d334422656e22206469723d3344226c7472223e0d0a3c686561643e0d0a3c6d65746120636861727365743d3344227574662d38223e0d0a3c6d657461206e616d653d33442276696577706f72742220636f6e74656e743d33442277696474683d33446465766963652d77696474682c20696e697469616c2d7363616c653d334431223e0d0a3c6d657461206e616d653d334422636f6c6f722d736368656d652220636f6e74656e743d3344226c69676874206461726b223e0d0a3c6d657461206e616d653d334422737570706f727465642d636f6c6f722d736368656d65732220636f6e74656e743d3344226c69676874206461726b223e0d0a3c7469746c653e436f756e63696c206d6565747320313c2f7469746c653e0d0a3c7374796c653e0d0a3a726f6f74207b20636f6c6f722d736368656d653a206c69676874206461726b3b20737570706f727465642d636f6c6f722d736368656d65733a206c69676874206461726b3b207d0d0a406d6564696120286d61782d77696474683a20343830707829207b202e6b2d63617264207b2070616464696e673a203138707820313670782021696d706f7274616e743b20626f726465722d723d0d0a61646975733a20302021696d706f7274616e743b207d202e6b2d70616765207b2070616464696e673a20302021696d706f7274616e743b207d207d0d0a406d656469612028707265666572732d636f6c6f722d736368656d653a206461726b29207b0d0a20202e6b2d70616765207b206261636b67726f756e643a20233065313131362021696d706f7274616e743b207d0d0a20202e6b2d63617264207b206261636b67726f756e643a20233138316432342021696d706f7274616e743b20626f726465722d636f6c6f723a20233261333133622021696d706f7274616e743b3d0d0a207d0d0a20202e6b2d696e6b207b20636f6c6f723a20236539656366302021696d706f7274616e743b207d0d0a20202e6b2d736f6674207b20636f6c6f723a20236133616462612021696d706f7274616e743b207d0d0a20202e6b2d6c696e6b207b20636f6c6f723a20233863626366352021696d706f7274616e743b207d0d0a20202e6b2d6c696e65207b20626f726465722d636f6c6f723a20233261333133622021696d706f7274616e743b207d0d0a20202e6b2d626f78207b206261636b67726f756e643a20233230323632662021696d706f7274616e743b207d0d0a20202e6b2d71756f7465207b20626f726465722d636f6c6f723a20236238393532612021696d706f7274616e743b207d0d0a20202e6b2d6d61726b207b206261636b67726f756e643a20233662353531302021696d706f7274616e743b20636f6c6f723a20236666663263322021696d706f7274616e743b207d0d0a20202e6b2d63686970207b206261636b67726f756e643a20233436333930382021696d706f7274616e743b20636f6c6f723a20236666653961332021696d706f7274616e743b207d0d0a20202e6b2d627574746f6e207b206261636b67726f756e643a20233266376664362021696d706f7274616e743b20636f6c6f723a20236666666666662021696d706f7274616e743b207d0d0a20202e6b2d626c7565207b206261636b67726f756e643a20233132333034662021696d706f7274616e743b20636f6c6f723a20236139643066622021696d706f7274616e743b207d0d0a20202e6b2d616d626572207b206261636b67726f756e643a20233437333030622021696d706f7274616e743b20636f6c6f723a20236666643539362021696d706f7274616e743b207d0d0a20202e6b2d726564207b206261636b67726f756e643a20233464313531642021696d706f7274616e743b20636f6c6f723a20236666623362632021696d706f7274616e743b207d0d0a20202e6b2d677265656e207b206261636b67726f756e643a20233064336432612021696d706f7274616e743b20636f6c6f723a20236134656363392021696d706f7274616e743b207d0d0a20202e6b2d76696f6c6574207b206261636b67726f756e643a20233335323035612021696d706f7274616e743b20636f6c6f723a20236439633266662021696d706f7274616e743b207d0d0a7d0d0a3c2f7374796c653e0d0a3c2f686561643e0d0a3c626f647920636c6173733d3344226b2d7061676522207374796c653d3344226d617267696e3a303b70616464696e673a303b6261636b67726f756e643a23656566306633223e0d0a3c646976207374796c653d334422646973706c61793a6e6f6e653b6d61782d6865696768743a303b6f766572666c6f773a68696464656e3b666f6e742d73697a653a3170783b6c696e652d68653d0d0a696768743a3170783b6f7061636974793a30223e4f6e65203d43323d4237203d45323d38303d41362049742077696c6c20646563696465206f6e2074686520627269646765206e6578742077653d0d0a656b2e204e6f626f64792073706f6b6520616761696e73742069742e20436f7272656374696f6e3a206974206d6574206f6e204d6f6e6461792e3c2f6469763e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d33442231303025222063656c6c70616464696e673d33442230222063656c6c73706163696e673d3344223d0d0a302220626f726465723d334422302220636c6173733d3344226b2d7061676522207374796c653d3344226261636b67726f756e643a23656566306633223e3c74723e3c746420616c69676e3d0d0a3d33442263656e7465722220636c6173733d3344226b2d7061676522207374796c653d33442270616464696e673a3230707820387078223e0d0a3c212d2d5b6966206d736f5d3e3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d334422363430222063656c6c70616464696e673d33442230222063656c3d0d0a6c73706163696e673d334422302220626f726465723d33442230223e3c74723e3c74643e3c215b656e6469665d2d2d3e0d0a3c64697620636c6173733d3344226b2d6361726422207374796c653d3344226d61782d77696474683a36343070783b6d617267696e3a30206175746f3b626f782d73697a696e673a626f7264653d0d0a722d626f783b70616464696e673a3234707820323870783b6261636b67726f756e643a236666666666663b626f726465723a31707820736f6c696420236466653365383b626f726465722d72613d0d0a646975733a313270783b746578742d616c69676e3a6c6566743b666f6e742d66616d696c793a2d6170706c652d73797374656d2c426c696e6b4d616353797374656d466f6e742c275365676f653d0d0a205549272c526f626f746f2c274e6f746f2053616e73272c274e6f746f2053616e732047656f726769616e272c274e6f746f204e61736b6820417261626963272c5461686f6d612c417269616c3d0d0a2c73616e732d73657269663b6f766572666c6f772d777261703a616e797768657265223e0d0a3c7370616e20636c6173733d3344226b2d626c756522207374796c653d334422646973706c61793a696e6c696e652d626c6f636b3b70616464696e673a32707820313070783b626f726465722d3d0d0a7261646975733a313070783b666f6e742d73697a653a313370783b6c696e652d6865696768743a323070783b666f6e742d7765696768743a3630303b636f6c6f723a233062353761343b6261633d0d0a6b67726f756e643a23653365666662223e4e65773c2f7370616e3e20266e6273703b3c7370616e20636c6173733d3344226b2d736f667422207374796c653d334422666f6e742d73697a653a313d0d0a3470783b6c696e652d6865696768743a323470783b636f6c6f723a23356136343732223e3c6264693e4272696467653c2f6264693e3c2f7370616e3e0d0a3c6832206469723d3344226c74722220636c6173733d3344226b2d696e6b22207374796c653d334422746578742d616c69676e3a6c6566743b6d617267696e3a313070782030203670783b666f3d0d0a6e742d73697a653a323270783b6c696e652d6865696768743a312e33353b666f6e742d7765696768743a3730303b636f6c6f723a23313531393166223e3c6120687265663d33442268747470733d0d0a3a2f2f6f6e652e6c6f63616c686f73742f6e6577732f312220636c6173733d3344226b2d696e6b22207374796c653d334422636f6c6f723a233135313931663b746578742d6465636f726174693d0d0a6f6e3a6e6f6e65223e3c6d61726b20636c6173733d3344226b2d6d61726b22207374796c653d3344226261636b67726f756e643a236666653961333b636f6c6f723a696e68657269743b626f723d0d0a6465722d7261646975733a3370783b70616464696e673a3020327078223e436f756e63696c3c2f6d61726b3e206d6565747320313c2f613e3c2f68323e0d0a3c7020636c6173733d3344226b2d736f667422207374796c653d3344226d617267696e3a303b666f6e742d73697a653a313470783b6c696e652d6865696768743a323170783b636f6c6f723a233d0d0a356136343732223e3c6220636c6173733d3344226b2d696e6b22207374796c653d334422636f6c6f723a233135313931663b666f6e742d7765696768743a363030223e3c6264693e4f6e653c2f3d0d0a6264693e3c2f623e20266e6273703b3d43323d4237266e6273703b203c6264693e32302e31312e323032362c2031313a30303c2f6264693e3c2f703e0d0a3c70206469723d3344226c74722220636c6173733d3344226b2d696e6b206b2d71756f746522207374796c653d334422746578742d616c69676e3a6c6566743b6d617267696e3a3134707820303d0d0a20303b70616464696e673a32707820313470783b626f726465722d696e6c696e652d73746172743a33707820736f6c696420236630633933633b666f6e742d73697a653a313670783b6c696e653d0d0a2d6865696768743a323670783b636f6c6f723a23326133303338223e3d45323d38303d41362049742077696c6c20646563696465206f6e20746865203c6d61726b20636c6173733d3344226b2d3d0d0a6d61726b22207374796c653d3344226261636b67726f756e643a236666653961333b636f6c6f723a696e68657269743b626f726465722d7261646975733a3370783b70616464696e673a3020323d0d0a7078223e6272696467653c2f6d61726b3e206e657874207765656b2e204e6f626f64792073706f6b6520616761696e73742069742e20436f7272656374696f6e3a206974206d6574206f6e204d3d0d0a6f6e6461792e3c2f703e0d0a0d0a3c7020636c6173733d3344226b2d736f667422207374796c653d3344226d617267696e3a31347078203020303b666f6e742d73697a653a313470783b6c696e652d6865696768743a323670783b3d0d0a636f6c6f723a23356136343732223e57687920796f752067657420746869733a0d0a3c6220636c6173733d3344226b2d696e6b22207374796c653d334422636f6c6f723a233135313931663b666f6e742d7765696768743a363030223e3c6264693e4272696467653c2f6264693e3c3d0d0a2f623e203c62646920636c6173733d3344226b2d6368697022207374796c653d334422646973706c61793a696e6c696e652d626c6f636b3b6d617267696e3a30203270783b70616464696e673a3d0d0a30203870783b626f726465722d7261646975733a3670783b6261636b67726f756e643a236666663363633b636f6c6f723a233565343730303b6c696e652d6865696768743a32327078223e436f3d0d0a756e63696c3c2f6264693e203c62646920636c6173733d3344226b2d6368697022207374796c653d334422646973706c61793a696e6c696e652d626c6f636b3b6d617267696e3a30203270783b3d0d0a70616464696e673a30203870783b626f726465722d7261646975733a3670783b6261636b67726f756e643a236666663363633b636f6c6f723a233565343730303b6c696e652d6865696768743a3d0d0a32327078223e6272696467653c2f6264693e3c2f703e0d0a0d0a0d0a3c70207374796c653d3344226d617267696e3a31387078203020303b666f6e742d73697a653a313570783b6c696e652d6865696768743a34307078223e0d0a3c6120687265663d33442268747470733a2f2f6f6e652e6c6f63616c686f73742f6e6577732f312220636c6173733d3344226b2d627574746f6e22207374796c653d334422646973706c61793a3d0d0a696e6c696e652d626c6f636b3b70616464696e673a3020313870783b626f726465722d7261646975733a3870783b6261636b67726f756e643a233062353761343b636f6c6f723a2366666666663d0d0a663b746578742d6465636f726174696f6e3a6e6f6e653b666f6e742d7765696768743a363030223e526561642061742074686520736f757263653c2f613e266e6273703b203c6120687265663d0d0a3d33442268747470733a2f2f6b68616261722e746573742f6b68616261722f61727469636c652f372220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723a2330623d0d0a353761343b746578742d6465636f726174696f6e3a756e6465726c696e653b77686974652d73706163653a6e6f77726170223e4f70656e20696e2074686520617263686976653c2f613e3c2f703e0d0a3c64697620636c6173733d3344226b2d6c696e65206b2d736f667422207374796c653d3344226d617267696e3a32347078203020303b70616464696e673a31347078203020303b626f726465723d0d0a2d746f703a31707820736f6c696420236466653365383b666f6e742d73697a653a313370783b6c696e652d6865696768743a323170783b636f6c6f723a23356136343732223e0d0a596f75206765742074686973206d61696c206265636175736520796f7520617265206120726563697069656e74206f66207468652077617463683a203c6220636c6173733d3344226b2d696e6b3d0d0a22207374796c653d334422636f6c6f723a233135313931663b666f6e742d7765696768743a363030223e3c6264693e4272696467653c2f6264693e3c2f623e2e0d0a3c62723e51756572793a203c626469206469723d3344226c747222207374796c653d334422666f6e742d66616d696c793a75692d6d6f6e6f73706163652c53464d6f6e6f2d526567756c61722c3d0d0a4d656e6c6f2c436f6e736f6c61732c274e6f746f2053616e73204d6f6e6f272c6d6f6e6f73706163653b666f6e742d73697a653a31327078223e627269646765204f52207469746c653a636f753d0d0a6e63696c3c2f6264693e3c62723e3c6264693e54696d65733a205554433c2f6264693e203d43323d4237203c6120687265663d33442268747470733a2f2f6b68616261722e746573742f6b68613d0d0a6261722f77617463682f322e61746f6d2220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723a23306235376134223e41746f6d20666565643c2f613e203d43323d0d0a3d4237203c6120687265663d33442268747470733a2f2f6b68616261722e746573742f6b68616261722f756e7375627363726962653f743d334457794a68626d4641636d56685a4756794c6e523d0d0a6c633351694c444a642e30664352434b6443326b4671534c55712d49614270672220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723a23306235376134223e53743d0d0a6f70207468657365206d61696c733c2f613e3c2f6469763e0d0a3c2f6469763e0d0a3c212d2d5b6966206d736f5d3e3c2f74643e3c2f74723e3c2f7461626c653e3c215b656e6469665d2d2d3e0d0a3c2f74643e3c2f74723e3c2f7461626c653e0d0a3c2f626f64793e0d0a3c2f68746d6c3e0d0a0d0a2d2d3d5f6b68616261725f6530393463326331646661353337373834353232323731612d2d0d0a', '2026-11-02 08:00:00+00', 'sent', 1, '2000-01-01 00:00:00+00', 'sent', '', '2026-11-22 05:52:34.913488+00'),
	(3, '<c9402aa0a1c0d18a7458226c79b13a1f@news.test>', 'ana@reader.test', 'reader.test', 'story', '{Transit}', '{11}', 3, NULL, 'Transit: Transit talks', '\x46726f6d3a204b6861626172203c6b6861626172406e6577732e746573743e0d0a546f3a20616e61407265616465722e746573740d0a5375626a6563743a205472616e7369743a205472616e7369742074616c6b730d0a446174653a204d6f6e2c203032204e6f7620323032362030383a30303a3030202b303030300d0a4d6573736167652d49443a203c6339343032616130613163306431386137343538323236633739623133613166406e6577732e746573743e0d0a4c6973742d49643a20225472616e73697422203c7472616e7369742e776174636865732e6e6577732e746573743e0d0a4c6973742d556e7375627363726962653a203c68747470733a2f2f6b68616261722e746573742f6b68616261722f756e7375627363726962653f743d57794a68626d4641636d56685a4756794c6e526c633351694c4446642e6c7a43306c7657344c71735471436e4f756d737953673e0d0a4c6973742d556e7375627363726962652d506f73743a204c6973742d556e7375627363726962653d4f6e652d436c69636b0d0a4175746f2d5375626d69747465643a206175746f2d67656e6572617465640d0a582d4175746f2d526573706f6e73652d53757070726573733a20416c6c0d0a4d494d452d56657273696f6e3a20312e300d0a436f6e74656e742d547970653a206d756c7469706172742f616c7465726e61746976653b0d0a20626f756e646172793d223d5f6b68616261725f323361373433616136343864356539393238633166333864220d0a0d0a2d2d3d5f6b68616261725f3233613734336161363438643565393932386331663338640d0a436f6e74656e742d547970653a20746578742f706c61696e3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a0d0a4e45570d0a5472616e7369742074616c6b730d0a57697265203d43323d42372030322e31312e323032362c2030383a30300d0a57687920796f752067657420746869733a205472616e736974203d45323d38303d3934205472616e7369742c207472616e7369740d0a0d0a4d696e697374657273206d657420696e205462696c69736920746f2064697363757373202a7472616e7369742a2e0d0a0d0a5468652073616d65207265706f727420696e2031206d6f7265206f75746c6574733a0d0a2d20486572616c642c2030383a30302068747470733a2f2f686572616c642e746573742f3438323336393632360d0a0d0a526561642061742074686520736f757263653a2068747470733a2f2f776972652e746573742f333335393838313835320d0a4f70656e20696e2074686520617263686976653a2068747470733a2f2f6b68616261722e746573742f6b68616261722f61727469636c652f31310d0a0d0a2d2d0d0a596f75206765742074686973206d61696c206265636175736520796f7520617265206120726563697069656e74206f66207468652077617463683a205472616e7369740d0a51756572793a207472616e7369740d0a54696d65733a205554430d0a53746f70207468657365206d61696c733a2068747470733a2f2f6b68616261722e746573742f6b68616261722f756e7375627363726962653f743d334457794a68626d4641636d56685a4756793d0d0a4c6e526c633351694c4446642e6c7a43306c7657344c71735471436e4f756d737953670d0a0d0a2d2d3d5f6b68616261725f3233613734336161363438643565393932386331663338640d0a436f6e74656e742d547970653a20746578742f68746d6c3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a4d494d452d56657273696f6e3a20312e300d0a0d0a3c21444f43545950452068746d6c3e0d0a3c68746d6c206c616e673d334422656e22206469723d3344226c7472223e0d0a3c686561643e0d0a3c6d65746120636861727365743d3344227574662d38223e0d0a3c6d657461206e616d653d33442276696577706f72742220636f6e74656e743d33442277696474683d33446465766963652d77696474682c20696e697469616c2d7363616c653d334431223e0d0a3c6d657461206e616d653d334422636f6c6f722d736368656d652220636f6e74656e743d3344226c69676874206461726b223e0d0a3c6d657461206e616d653d334422737570706f727465642d636f6c6f722d736368656d65732220636f6e74656e743d3344226c69676874206461726b223e0d0a3c7469746c653e5472616e7369742074616c6b733c2f7469746c653e0d0a3c7374796c653e0d0a3a726f6f74207b20636f6c6f722d736368656d653a206c69676874206461726b3b20737570706f727465642d636f6c6f722d736368656d65733a206c69676874206461726b3b207d0d0a406d6564696120286d61782d77696474683a20343830707829207b202e6b2d63617264207b2070616464696e673a203138707820313670782021696d706f7274616e743b20626f726465722d723d0d0a61646975733a20302021696d706f7274616e743b207d202e6b2d70616765207b2070616464696e673a20302021696d706f7274616e743b207d207d0d0a406d656469612028707265666572732d636f6c6f722d736368656d653a206461726b29207b0d0a20202e6b2d70616765207b206261636b67726f756e643a20233065313131362021696d706f7274616e743b207d0d0a20202e6b2d63617264207b206261636b67726f756e643a20233138316432342021696d706f7274616e743b20626f726465722d636f6c6f723a20233261333133622021696d706f7274616e743b3d0d0a207d0d0a20202e6b2d696e6b207b20636f6c6f723a20236539656366302021696d706f7274616e743b207d0d0a20202e6b2d736f6674207b20636f6c6f723a20236133616462612021696d706f7274616e743b207d0d0a20202e6b2d6c696e6b207b20636f6c6f723a20233863626366352021696d706f7274616e743b207d0d0a20202e6b2d6c696e65207b20626f726465722d636f6c6f723a20233261333133622021696d706f7274616e743b207d0d0a20202e6b2d626f78207b206261636b67726f756e643a20233230323632662021696d706f7274616e743b207d0d0a20202e6b2d71756f7465207b20626f726465722d636f6c6f723a20236238393532612021696d706f7274616e743b207d0d0a20202e6b2d6d61726b207b206261636b67726f756e643a20233662353531302021696d706f7274616e743b20636f6c6f723a20236666663263322021696d706f7274616e743b207d0d0a20202e6b2d63686970207b206261636b67726f756e643a20233436333930382021696d706f7274616e743b20636f6c6f723a20236666653961332021696d706f7274616e743b207d0d0a20202e6b2d627574746f6e207b206261636b67726f756e643a20233266376664362021696d706f7274616e743b20636f6c6f723a20236666666666662021696d706f7274616e743b207d0d0a20202e6b2d626c7565207b206261636b67726f756e643a20233132333034662021696d706f7274616e743b20636f6c6f723a20236139643066622021696d706f7274616e743b207d0d0a20202e6b2d616d626572207b206261636b67726f756e643a20233437333030622021696d706f7274616e743b20636f6c6f723a20236666643539362021696d706f7274616e743b207d0d0a20202e6b2d726564207b206261636b67726f756e643a20233464313531642021696d706f7274616e743b20636f6c6f723a20236666623362632021696d706f7274616e743b207d0d0a20202e6b2d677265656e207b206261636b67726f756e643a20233064336432612021696d706f7274616e743b20636f6c6f723a20236134656363392021696d706f7274616e743b207d0d0a20202e6b2d76696f6c6574207b206261636b67726f756e643a20233335323035612021696d706f7274616e743b20636f6c6f723a20236439633266662021696d706f7274616e743b207d0d0a7d0d0a3c2f7374796c653e0d0a3c2f686561643e0d0a3c626f647920636c6173733d3344226b2d7061676522207374796c653d3344226d617267696e3a303b70616464696e673a303b6261636b67726f756e643a23656566306633223e0d0a3c646976207374796c653d334422646973706c61793a6e6f6e653b6d61782d6865696768743a303b6f766572666c6f773a68696464656e3b666f6e742d73697a653a3170783b6c696e652d68653d0d0a696768743a3170783b6f7061636974793a30223e57697265203d43323d4237204d696e697374657273206d657420696e205462696c69736920746f2064697363757373207472616e7369742e3c3d0d0a2f6469763e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d33442231303025222063656c6c70616464696e673d33442230222063656c6c73706163696e673d3344223d0d0a302220626f726465723d334422302220636c6173733d3344226b2d7061676522207374796c653d3344226261636b67726f756e643a23656566306633223e3c74723e3c746420616c69676e3d0d0a3d33442263656e7465722220636c6173733d3344226b2d7061676522207374796c653d33442270616464696e673a3230707820387078223e0d0a3c212d2d5b6966206d736f5d3e3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d334422363430222063656c6c70616464696e673d33442230222063656c3d0d0a6c73706163696e673d334422302220626f726465723d33442230223e3c74723e3c74643e3c215b656e6469665d2d2d3e0d0a3c64697620636c6173733d3344226b2d6361726422207374796c653d3344226d61782d77696474683a36343070783b6d617267696e3a30206175746f3b626f782d73697a696e673a626f7264653d0d0a722d626f783b70616464696e673a3234707820323870783b6261636b67726f756e643a236666666666663b626f726465723a31707820736f6c696420236466653365383b626f726465722d72613d0d0a646975733a313270783b746578742d616c69676e3a6c6566743b666f6e742d66616d696c793a2d6170706c652d73797374656d2c426c696e6b4d616353797374656d466f6e742c275365676f653d0d0a205549272c526f626f746f2c274e6f746f2053616e73272c274e6f746f2053616e732047656f726769616e272c274e6f746f204e61736b6820417261626963272c5461686f6d612c417269616c3d0d0a2c73616e732d73657269663b6f766572666c6f772d777261703a616e797768657265223e0d0a3c7370616e20636c6173733d3344226b2d626c756522207374796c653d334422646973706c61793a696e6c696e652d626c6f636b3b70616464696e673a32707820313070783b626f726465722d3d0d0a7261646975733a313070783b666f6e742d73697a653a313370783b6c696e652d6865696768743a323070783b666f6e742d7765696768743a3630303b636f6c6f723a233062353761343b6261633d0d0a6b67726f756e643a23653365666662223e4e65773c2f7370616e3e20266e6273703b3c7370616e20636c6173733d3344226b2d736f667422207374796c653d334422666f6e742d73697a653a313d0d0a3470783b6c696e652d6865696768743a323470783b636f6c6f723a23356136343732223e3c6264693e5472616e7369743c2f6264693e3c2f7370616e3e0d0a3c6832206469723d3344226c74722220636c6173733d3344226b2d696e6b22207374796c653d334422746578742d616c69676e3a6c6566743b6d617267696e3a313070782030203670783b666f3d0d0a6e742d73697a653a323270783b6c696e652d6865696768743a312e33353b666f6e742d7765696768743a3730303b636f6c6f723a23313531393166223e3c6120687265663d33442268747470733d0d0a3a2f2f776972652e746573742f333335393838313835322220636c6173733d3344226b2d696e6b22207374796c653d334422636f6c6f723a233135313931663b746578742d6465636f726174693d0d0a6f6e3a6e6f6e65223e3c6d61726b20636c6173733d3344226b2d6d61726b22207374796c653d3344226261636b67726f756e643a236666653961333b636f6c6f723a696e68657269743b626f723d0d0a6465722d7261646975733a3370783b70616464696e673a3020327078223e5472616e7369743c2f6d61726b3e2074616c6b733c2f613e3c2f68323e0d0a3c7020636c6173733d3344226b2d736f667422207374796c653d3344226d617267696e3a303b666f6e742d73697a653a313470783b6c696e652d6865696768743a323170783b636f6c6f723a233d0d0a356136343732223e3c6220636c6173733d3344226b2d696e6b22207374796c653d334422636f6c6f723a233135313931663b666f6e742d7765696768743a363030223e3c6264693e576972653c3d0d0a2f6264693e3c2f623e20266e6273703b3d43323d4237266e6273703b203c6264693e30322e31312e323032362c2030383a30303c2f6264693e3c2f703e0d0a3c70206469723d3344226c74722220636c6173733d3344226b2d696e6b206b2d71756f746522207374796c653d334422746578742d616c69676e3a6c6566743b6d617267696e3a3134707820303d0d0a20303b70616464696e673a32707820313470783b626f726465722d696e6c696e652d73746172743a33707820736f6c696420236630633933633b666f6e742d73697a653a313670783b6c696e653d0d0a2d6865696768743a323670783b636f6c6f723a23326133303338223e4d696e697374657273206d657420696e205462696c69736920746f2064697363757373203c6d61726b20636c6173733d0d0a3d3344226b2d6d61726b22207374796c653d3344226261636b67726f756e643a236666653961333b636f6c6f723a696e68657269743b626f726465722d7261646975733a3370783b70616464693d0d0a6e673a3020327078223e7472616e7369743c2f6d61726b3e2e3c2f703e0d0a0d0a3c7020636c6173733d3344226b2d736f667422207374796c653d3344226d617267696e3a31347078203020303b666f6e742d73697a653a313470783b6c696e652d6865696768743a323670783b3d0d0a636f6c6f723a23356136343732223e57687920796f752067657420746869733a0d0a3c6220636c6173733d3344226b2d696e6b22207374796c653d334422636f6c6f723a233135313931663b666f6e742d7765696768743a363030223e3c6264693e5472616e7369743c2f6264693e3d0d0a3c2f623e203c62646920636c6173733d3344226b2d6368697022207374796c653d334422646973706c61793a696e6c696e652d626c6f636b3b6d617267696e3a30203270783b70616464696e673d0d0a3a30203870783b626f726465722d7261646975733a3670783b6261636b67726f756e643a236666663363633b636f6c6f723a233565343730303b6c696e652d6865696768743a32327078223e543d0d0a72616e7369743c2f6264693e203c62646920636c6173733d3344226b2d6368697022207374796c653d334422646973706c61793a696e6c696e652d626c6f636b3b6d617267696e3a30203270783d0d0a3b70616464696e673a30203870783b626f726465722d7261646975733a3670783b6261636b67726f756e643a236666663363633b636f6c6f723a233565343730303b6c696e652d6865696768743d0d0a3a32327078223e7472616e7369743c2f6264693e3c2f703e0d0a0d0a3c7020636c6173733d3344226b2d736f667422207374796c653d3344226d617267696e3a31347078203020303b666f6e742d73697a653a313470783b6c696e652d6865696768743a323470783b3d0d0a636f6c6f723a23356136343732223e5468652073616d65207265706f727420696e2031206d6f7265206f75746c6574733a0d0a3c6120687265663d33442268747470733a2f2f686572616c642e746573742f3438323336393632362220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723a2330623d0d0a353761343b746578742d6465636f726174696f6e3a756e6465726c696e653b77686974652d73706163653a6e6f77726170223e3c6264693e486572616c643c2f6264693e3c2f613e203c6264693d0d0a3e30383a30303c2f6264693e3c2f703e0d0a0d0a3c70207374796c653d3344226d617267696e3a31387078203020303b666f6e742d73697a653a313570783b6c696e652d6865696768743a34307078223e0d0a3c6120687265663d33442268747470733a2f2f776972652e746573742f333335393838313835322220636c6173733d3344226b2d627574746f6e22207374796c653d334422646973706c61793a3d0d0a696e6c696e652d626c6f636b3b70616464696e673a3020313870783b626f726465722d7261646975733a3870783b6261636b67726f756e643a233062353761343b636f6c6f723a2366666666663d0d0a663b746578742d6465636f726174696f6e3a6e6f6e653b666f6e742d7765696768743a363030223e526561642061742074686520736f757263653c2f613e266e6273703b203c6120687265663d0d0a3d33442268747470733a2f2f6b68616261722e746573742f6b68616261722f61727469636c652f31312220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723a23303d0d0a62353761343b746578742d6465636f726174696f6e3a756e6465726c696e653b77686974652d73706163653a6e6f77726170223e4f70656e20696e2074686520617263686976653c2f613e3c2f3d0d0a703e0d0a3c64697620636c6173733d3344226b2d6c696e65206b2d736f667422207374796c653d3344226d617267696e3a32347078203020303b70616464696e673a31347078203020303b626f726465723d0d0a2d746f703a31707820736f6c696420236466653365383b666f6e742d73697a653a313370783b6c696e652d6865696768743a323170783b636f6c6f723a23356136343732223e0d0a596f75206765742074686973206d61696c206265636175736520796f7520617265206120726563697069656e74206f66207468652077617463683a203c6220636c6173733d3344226b2d696e6b3d0d0a22207374796c653d334422636f6c6f723a233135313931663b666f6e742d7765696768743a363030223e3c6264693e5472616e7369743c2f6264693e3c2f623e2e0d0a3c62723e51756572793a203c626469206469723d3344226c747222207374796c653d334422666f6e742d66616d696c793a75692d6d6f6e6f73706163652c53464d6f6e6f2d526567756c61722c3d0d0a4d656e6c6f2c436f6e736f6c61732c274e6f746f2053616e73204d6f6e6f272c6d6f6e6f73706163653b666f6e742d73697a653a31327078223e7472616e7369743c2f6264693e3c62723e3c623d0d0a64693e54696d65733a205554433c2f6264693e203d43323d4237203c6120687265663d33442268747470733a2f2f6b68616261722e746573742f6b68616261722f77617463682f312e61746f6d3d0d0a2220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723a23306235376134223e41746f6d20666565643c2f613e203d43323d4237203c6120687265663d33442268743d0d0a7470733a2f2f6b68616261722e746573742f6b68616261722f756e7375627363726962653f743d334457794a68626d4641636d56685a4756794c6e526c633351694c4446642e6c7a43306c76573d0d0a344c71735471436e4f756d737953672220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723a23306235376134223e53746f70207468657365206d61696c733c2f613d0d0a3e3c2f6469763e0d0a3c2f6469763e0d0a3c212d2d5b6966206d736f5d3e3c2f74643e3c2f74723e3c2f7461626c653e3c215b656e6469665d2d2d3e0d0a3c2f74643e3c2f74723e3c2f7461626c653e0d0a3c2f626f64793e0d0a3c2f68746d6c3e0d0a0d0a2d2d3d5f6b68616261725f3233613734336161363438643565393932386331663338642d2d0d0a', '2026-11-02 08:00:00+00', 'sent', 1, '2000-01-01 00:00:00+00', 'sent', '', '2026-11-22 05:52:34.926267+00'),
	(4, '<9f952a64249e2e8baddc08de4cff1a40@news.test>', 'ben@reader.test', 'reader.test', 'story', '{Bridge}', '{1}', 1, NULL, 'Bridge: Council meets 4', '\x46726f6d3a204b6861626172203c6b6861626172406e6577732e746573743e0d0a546f3a2062656e407265616465722e746573740d0a5375626a6563743a204272696467653a20436f756e63696c206d6565747320340d0a446174653a204d6f6e2c203032204e6f7620323032362030383a30303a3030202b303030300d0a4d6573736167652d49443a203c3966393532613634323439653265386261646463303864653463666631613430406e6577732e746573743e0d0a4c6973742d49643a202242726964676522203c6272696467652e776174636865732e6e6577732e746573743e0d0a4c6973742d556e7375627363726962653a203c68747470733a2f2f6b68616261722e746573742f6b68616261722f756e7375627363726962653f743d57794a695a573541636d56685a4756794c6e526c633351694c444a642e6750344c5969533431346f35574870466f63545363773e0d0a4c6973742d556e7375627363726962652d506f73743a204c6973742d556e7375627363726962653d4f6e652d436c69636b0d0a4175746f2d5375626d69747465643a206175746f2d67656e6572617465640d0a582d4175746f2d526573706f6e73652d53757070726573733a20416c6c0d0a4d494d452d56657273696f6e3a20312e300d0a436f6e74656e742d547970653a206d756c7469706172742f616c7465726e61746976653b0d0a20626f756e646172793d223d5f6b68616261725f383132373338643839363839663366633931343861663537220d0a0d0a2d2d3d5f6b68616261725f3831323733386438393638396633666339313438616635370d0a436f6e74656e742d547970653a20746578742f706c61696e3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a0d0a4e45570d0a436f756e63696c206d6565747320340d0a4f6e65203d43323d42372032302e31312e323032362c2030383a30300d0a57687920796f752067657420746869733a20427269646765203d45323d38303d393420436f756e63696c2c206272696467650d0a0d0a3d45323d38303d41362049742077696c6c20646563696465206f6e20746865202a6272696467652a206e657874207765656b2e204e6f626f64792073706f6b6520616761696e73742069742e0d0a0d0a5468652073616d65207265706f727420696e2031206d6f7265206f75746c6574733a0d0a2d204f6e652c2033302e30382e2031323a30302068747470733a2f2f6f6e652e6c6f63616c686f73742f6e6577732f3330303030300d0a0d0a526561642061742074686520736f757263653a2068747470733a2f2f6f6e652e6c6f63616c686f73742f6e6577732f340d0a4f70656e20696e2074686520617263686976653a2068747470733a2f2f6b68616261722e746573742f6b68616261722f61727469636c652f310d0a0d0a2d2d0d0a596f75206765742074686973206d61696c206265636175736520796f7520617265206120726563697069656e74206f66207468652077617463683a204272696467650d0a51756572793a20627269646765204f52207469746c653a636f756e63696c0d0a54696d65733a205554430d0a53746f70207468657365206d61696c733a2068747470733a2f2f6b68616261722e746573742f6b68616261722f756e7375627363726962653f743d334457794a695a573541636d56685a4756793d0d0a4c6e526c633351694c444a642e6750344c5969533431346f35574870466f63545363770d0a0d0a2d2d3d5f6b68616261725f3831323733386438393638396633666339313438616635370d0a436f6e74656e742d547970653a20746578742f68746d6c3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a4d494d452d56657273696f6e3a20312e300d0a0d0a3c21444f43545950452068746d6c3e0d0a3c68746d6c206c616e673d334422656e22206469723d3344226c7472223e0d0a3c686561643e0d0a3c6d65746120636861727365743d3344227574662d38223e0d0a3c6d657461206e616d653d33442276696577706f72742220636f6e74656e743d33442277696474683d33446465766963652d77696474682c20696e697469616c2d7363616c653d334431223e0d0a3c6d657461206e616d653d334422636f6c6f722d736368656d652220636f6e74656e743d3344226c69676874206461726b223e0d0a3c6d657461206e616d653d334422737570706f727465642d636f6c6f722d736368656d65732220636f6e74656e743d3344226c69676874206461726b223e0d0a3c7469746c653e436f756e63696c206d6565747320343c2f7469746c653e0d0a3c7374796c653e0d0a3a726f6f74207b20636f6c6f722d736368656d653a206c69676874206461726b3b20737570706f727465642d636f6c6f722d736368656d65733a206c69676874206461726b3b207d0d0a406d6564696120286d61782d77696474683a20343830707829207b202e6b2d63617264207b2070616464696e673a203138707820313670782021696d706f7274616e743b20626f726465722d723d0d0a61646975733a20302021696d706f7274616e743b207d202e6b2d70616765207b2070616464696e673a20302021696d706f7274616e743b207d207d0d0a406d656469612028707265666572732d636f6c6f722d736368656d653a206461726b29207b0d0a20202e6b2d70616765207b206261636b67726f756e643a20233065313131362021696d706f7274616e743b207d0d0a20202e6b2d63617264207b206261636b67726f756e643a20233138316432342021696d706f7274616e743b20626f726465722d636f6c6f723a20233261333133622021696d706f7274616e743b3d0d0a207d0d0a20202e6b2d696e6b207b20636f6c6f723a20236539656366302021696d706f7274616e743b207d0d0a20202e6b2d736f6674207b20636f6c6f723a20236133616462612021696d706f7274616e743b207d0d0a20202e6b2d6c696e6b207b20636f6c6f723a20233863626366352021696d706f7274616e743b207d0d0a20202e6b2d6c696e65207b20626f726465722d636f6c6f723a20233261333133622021696d706f7274616e743b207d0d0a20202e6b2d626f78207b206261636b67726f756e643a20233230323632662021696d706f7274616e743b207d0d0a20202e6b2d71756f7465207b20626f726465722d636f6c6f723a20236238393532612021696d706f7274616e743b207d0d0a20202e6b2d6d61726b207b206261636b67726f756e643a20233662353531302021696d706f7274616e743b20636f6c6f723a20236666663263322021696d706f7274616e743b207d0d0a20202e6b2d63686970207b206261636b67726f756e643a20233436333930382021696d706f7274616e743b20636f6c6f723a20236666653961332021696d706f7274616e743b207d0d0a20202e6b2d627574746f6e207b206261636b67726f756e643a20233266376664362021696d706f7274616e743b20636f6c6f723a20236666666666662021696d706f7274616e743b207d0d0a20202e6b2d626c7565207b206261636b67726f756e643a20233132333034662021696d706f7274616e743b20636f6c6f723a20236139643066622021696d706f7274616e743b207d0d0a20202e6b2d616d626572207b206261636b67726f756e643a20233437333030622021696d706f7274616e743b20636f6c6f723a20236666643539362021696d706f7274616e743b207d0d0a20202e6b2d726564207b206261636b67726f756e643a20233464313531642021696d706f7274616e743b20636f6c6f723a20236666623362632021696d706f7274616e743b207d0d0a20202e6b2d677265656e207b206261636b67726f756e643a20233064336432612021696d706f7274616e743b20636f6c6f723a20236134656363392021696d706f7274616e743b207d0d0a20202e6b2d76696f6c6574207b206261636b67726f756e643a20233335323035612021696d706f7274616e743b20636f6c6f723a20236439633266662021696d706f7274616e743b207d0d0a7d0d0a3c2f7374796c653e0d0a3c2f686561643e0d0a3c626f647920636c6173733d3344226b2d7061676522207374796c653d3344226d617267696e3a303b70616464696e673a303b6261636b67726f756e643a23656566306633223e0d0a3c646976207374796c653d334422646973706c61793a6e6f6e653b6d61782d6865696768743a303b6f766572666c6f773a68696464656e3b666f6e742d73697a653a3170783b6c696e652d68653d0d0a696768743a3170783b6f7061636974793a30223e4f6e65203d43323d4237203d45323d38303d41362049742077696c6c20646563696465206f6e2074686520627269646765206e6578742077653d0d0a656b2e204e6f626f64792073706f6b6520616761696e73742069742e3c2f6469763e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d33442231303025222063656c6c70616464696e673d33442230222063656c6c73706163696e673d3344223d0d0a302220626f726465723d334422302220636c6173733d3344226b2d7061676522207374796c653d3344226261636b67726f756e643a23656566306633223e3c74723e3c746420616c69676e3d0d0a3d33442263656e7465722220636c6173733d3344226b2d7061676522207374796c653d33442270616464696e673a3230707820387078223e0d0a3c212d2d5b6966206d736f5d3e3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d334422363430222063656c6c70616464696e673d33442230222063656c3d0d0a6c73706163696e673d334422302220626f726465723d33442230223e3c74723e3c74643e3c215b656e6469665d2d2d3e0d0a3c64697620636c6173733d3344226b2d6361726422207374796c653d3344226d61782d77696474683a36343070783b6d617267696e3a30206175746f3b626f782d73697a696e673a626f7264653d0d0a722d626f783b70616464696e673a3234707820323870783b6261636b67726f756e643a236666666666663b626f726465723a31707820736f6c696420236466653365383b626f726465722d72613d0d0a646975733a313270783b746578742d616c69676e3a6c6566743b666f6e742d66616d696c793a2d6170706c652d73797374656d2c426c696e6b4d616353797374656d466f6e742c275365676f653d0d0a205549272c526f626f746f2c274e6f746f2053616e73272c274e6f746f2053616e732047656f726769616e272c274e6f746f204e61736b6820417261626963272c5461686f6d612c417269616c3d0d0a2c73616e732d73657269663b6f766572666c6f772d777261703a616e797768657265223e0d0a3c7370616e20636c6173733d3344226b2d626c756522207374796c653d334422646973706c61793a696e6c696e652d626c6f636b3b70616464696e673a32707820313070783b626f726465722d3d0d0a7261646975733a313070783b666f6e742d73697a653a313370783b6c696e652d6865696768743a323070783b666f6e742d7765696768743a3630303b636f6c6f723a233062353761343b6261633d0d0a6b67726f756e643a23653365666662223e4e65773c2f7370616e3e20266e6273703b3c7370616e20636c6173733d3344226b2d736f667422207374796c653d334422666f6e742d73697a653a313d0d0a3470783b6c696e652d6865696768743a323470783b636f6c6f723a23356136343732223e3c6264693e4272696467653c2f6264693e3c2f7370616e3e0d0a3c6832206469723d3344226c74722220636c6173733d3344226b2d696e6b22207374796c653d334422746578742d616c69676e3a6c6566743b6d617267696e3a313070782030203670783b666f3d0d0a6e742d73697a653a323270783b6c696e652d6865696768743a312e33353b666f6e742d7765696768743a3730303b636f6c6f723a23313531393166223e3c6120687265663d33442268747470733d0d0a3a2f2f6f6e652e6c6f63616c686f73742f6e6577732f342220636c6173733d3344226b2d696e6b22207374796c653d334422636f6c6f723a233135313931663b746578742d6465636f726174693d0d0a6f6e3a6e6f6e65223e3c6d61726b20636c6173733d3344226b2d6d61726b22207374796c653d3344226261636b67726f756e643a236666653961333b636f6c6f723a696e68657269743b626f723d0d0a6465722d7261646975733a3370783b70616464696e673a3020327078223e436f756e63696c3c2f6d61726b3e206d6565747320343c2f613e3c2f68323e0d0a3c7020636c6173733d3344226b2d736f667422207374796c653d3344226d617267696e3a303b666f6e742d73697a653a313470783b6c696e652d6865696768743a323170783b636f6c6f723a233d0d0a356136343732223e3c6220636c6173733d3344226b2d696e6b22207374796c653d334422636f6c6f723a233135313931663b666f6e742d7765696768743a363030223e3c6264693e4f6e653c2f3d0d0a6264693e3c2f623e20266e6273703b3d43323d4237266e6273703b203c6264693e32302e31312e323032362c2030383a30303c2f6264693e3c2f703e0d0a3c70206469723d3344226c74722220636c6173733d3344226b2d696e6b206b2d71756f746522207374796c653d334422746578742d616c69676e3a6c6566743b6d617267696e3a3134707820303d0d0a20303b70616464696e673a32707820313470783b626f726465722d696e6c696e652d73746172743a33707820736f6c696420236630633933633b666f6e742d73697a653a313670783b6c696e653d0d0a2d6865696768743a323670783b636f6c6f723a23326133303338223e3d45323d38303d41362049742077696c6c20646563696465206f6e20746865203c6d61726b20636c6173733d3344226b2d3d0d0a6d61726b22207374796c653d3344226261636b67726f756e643a236666653961333b636f6c6f723a696e68657269743b626f726465722d7261646975733a3370783b70616464696e673a3020323d0d0a7078223e6272696467653c2f6d61726b3e206e657874207765656b2e204e6f626f64792073706f6b6520616761696e73742069742e3c2f703e0d0a0d0a3c7020636c6173733d3344226b2d736f667422207374796c653d3344226d617267696e3a31347078203020303b666f6e742d73697a653a313470783b6c696e652d6865696768743a323670783b3d0d0a636f6c6f723a23356136343732223e57687920796f752067657420746869733a0d0a3c6220636c6173733d3344226b2d696e6b22207374796c653d334422636f6c6f723a233135313931663b666f6e742d7765696768743a363030223e3c6264693e4272696467653c2f6264693e3c3d0d0a2f623e203c62646920636c6173733d3344226b2d6368697022207374796c653d334422646973706c61793a696e6c696e652d626c6f636b3b6d617267696e3a30203270783b70616464696e673a3d0d0a30203870783b626f726465722d7261646975733a3670783b6261636b67726f756e643a236666663363633b636f6c6f723a233565343730303b6c696e652d6865696768743a32327078223e436f3d0d0a756e63696c3c2f6264693e203c62646920636c6173733d3344226b2d6368697022207374796c653d334422646973706c61793a696e6c696e652d626c6f636b3b6d617267696e3a30203270783b3d0d0a70616464696e673a30203870783b626f726465722d7261646975733a3670783b6261636b67726f756e643a236666663363633b636f6c6f723a233565343730303b6c696e652d6865696768743a3d0d0a32327078223e6272696467653c2f6264693e3c2f703e0d0a0d0a3c7020636c6173733d3344226b2d736f667422207374796c653d3344226d617267696e3a31347078203020303b666f6e742d73697a653a313470783b6c696e652d6865696768743a323470783b3d0d0a636f6c6f723a23356136343732223e5468652073616d65207265706f727420696e2031206d6f7265206f75746c6574733a0d0a3c6120687265663d33442268747470733a2f2f6f6e652e6c6f63616c686f73742f6e6577732f3330303030302220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723d0d0a3a233062353761343b746578742d6465636f726174696f6e3a756e6465726c696e653b77686974652d73706163653a6e6f77726170223e3c6264693e4f6e653c2f6264693e3c2f613e203c62643d0d0a693e33302e30382e2031323a30303c2f6264693e3c2f703e0d0a0d0a3c70207374796c653d3344226d617267696e3a31387078203020303b666f6e742d73697a653a313570783b6c696e652d6865696768743a34307078223e0d0a3c6120687265663d33442268747470733a2f2f6f6e652e6c6f63616c686f73742f6e6577732f342220636c6173733d3344226b2d627574746f6e22207374796c653d334422646973706c61793a3d0d0a696e6c696e652d626c6f636b3b70616464696e673a3020313870783b626f726465722d7261646975733a3870783b6261636b67726f756e643a233062353761343b636f6c6f723a2366666666663d0d0a663b746578742d6465636f726174696f6e3a6e6f6e653b666f6e742d7765696768743a363030223e526561642061742074686520736f757263653c2f613e266e6273703b203c6120687265663d0d0a3d33442268747470733a2f2f6b68616261722e746573742f6b68616261722f61727469636c652f312220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723a2330623d0d0a353761343b746578742d6465636f726174696f6e3a756e6465726c696e653b77686974652d73706163653a6e6f77726170223e4f70656e20696e2074686520617263686976653c2f613e3c2f703e0d0a3c64697620636c6173733d3344226b2d6c696e65206b2d736f667422207374796c653d3344226d617267696e3a32347078203020303b70616464696e673a31347078203020303b626f726465723d0d0a2d746f703a31707820736f6c696420236466653365383b666f6e742d73697a653a313370783b6c696e652d6865696768743a323170783b636f6c6f723a23356136343732223e0d0a596f75206765742074686973206d61696c206265636175736520796f7520617265206120726563697069656e74206f66207468652077617463683a203c6220636c6173733d3344226b2d696e6b3d0d0a22207374796c653d334422636f6c6f723a233135313931663b666f6e742d7765696768743a363030223e3c6264693e4272696467653c2f6264693e3c2f623e2e0d0a3c62723e51756572793a203c626469206469723d3344226c747222207374796c653d334422666f6e742d66616d696c793a75692d6d6f6e6f73706163652c53464d6f6e6f2d526567756c61722c3d0d0a4d656e6c6f2c436f6e736f6c61732c274e6f746f2053616e73204d6f6e6f272c6d6f6e6f73706163653b666f6e742d73697a653a31327078223e627269646765204f52207469746c653a636f753d0d0a6e63696c3c2f6264693e3c62723e3c6264693e54696d65733a205554433c2f6264693e203d43323d4237203c6120687265663d33442268747470733a2f2f6b68616261722e746573742f6b68613d0d0a6261722f77617463682f322e61746f6d2220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723a23306235376134223e41746f6d20666565643c2f613e203d43323d0d0a3d4237203c6120687265663d33442268747470733a2f2f6b68616261722e746573742f6b68616261722f756e7375627363726962653f743d334457794a695a573541636d56685a4756794c6e523d0d0a6c633351694c444a642e6750344c5969533431346f35574870466f63545363772220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723a23306235376134223e53743d0d0a6f70207468657365206d61696c733c2f613e3c2f6469763e0d0a3c2f6469763e0d0a3c212d2d5b6966206d736f5d3e3c2f74643e3c2f74723e3c2f7461626c653e3c215b656e6469665d2d2d3e0d0a3c2f74643e3c2f74723e3c2f7461626c653e0d0a3c2f626f64793e0d0a3c2f68746d6c3e0d0a0d0a2d2d3d5f6b68616261725f3831323733386438393638396633666339313438616635372d2d0d0a', '2026-11-02 08:00:00+00', 'sent', 1, '2000-01-01 00:00:00+00', 'sent', '', '2026-11-22 05:52:34.945122+00'),
	(5, '<ac359562b625ea892634ec8b795cf8b8@news.test>', 'ben@reader.test', 'reader.test', 'story', '{Bridge}', '{7}', 2, NULL, 'Bridge: Council meets 1', '\x46726f6d3a204b6861626172203c6b6861626172406e6577732e746573743e0d0a546f3a2062656e407265616465722e746573740d0a5375626a6563743a204272696467653a20436f756e63696c206d6565747320310d0a446174653a204d6f6e2c203032204e6f7620323032362030383a30303a3030202b303030300d0a4d6573736167652d49443a203c6163333539353632623632356561383932363334656338623739356366386238406e6577732e746573743e0d0a4c6973742d49643a202242726964676522203c6272696467652e776174636865732e6e6577732e746573743e0d0a4c6973742d556e7375627363726962653a203c68747470733a2f2f6b68616261722e746573742f6b68616261722f756e7375627363726962653f743d57794a695a573541636d56685a4756794c6e526c633351694c444a642e6750344c5969533431346f35574870466f63545363773e0d0a4c6973742d556e7375627363726962652d506f73743a204c6973742d556e7375627363726962653d4f6e652d436c69636b0d0a4175746f2d5375626d69747465643a206175746f2d67656e6572617465640d0a582d4175746f2d526573706f6e73652d53757070726573733a20416c6c0d0a4d494d452d56657273696f6e3a20312e300d0a436f6e74656e742d547970653a206d756c7469706172742f616c7465726e61746976653b0d0a20626f756e646172793d223d5f6b68616261725f626234326537353261336336656534396232613064623136220d0a0d0a2d2d3d5f6b68616261725f6262343265373532613363366565343962326130646231360d0a436f6e74656e742d547970653a20746578742f706c61696e3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a0d0a4e45570d0a436f756e63696c206d6565747320310d0a4f6e65203d43323d42372032302e31312e323032362c2031313a30300d0a57687920796f752067657420746869733a20427269646765203d45323d38303d393420436f756e63696c2c206272696467650d0a0d0a3d45323d38303d41362049742077696c6c20646563696465206f6e20746865202a6272696467652a206e657874207765656b2e204e6f626f64792073706f6b6520616761696e73742069742e203d0d0a436f7272656374696f6e3a206974206d6574206f6e204d6f6e6461792e0d0a0d0a526561642061742074686520736f757263653a2068747470733a2f2f6f6e652e6c6f63616c686f73742f6e6577732f310d0a4f70656e20696e2074686520617263686976653a2068747470733a2f2f6b68616261722e746573742f6b68616261722f61727469636c652f370d0a0d0a2d2d0d0a596f75206765742074686973206d61696c206265636175736520796f7520617265206120726563697069656e74206f66207468652077617463683a204272696467650d0a51756572793a20627269646765204f52207469746c653a636f756e63696c0d0a54696d65733a205554430d0a53746f70207468657365206d61696c733a2068747470733a2f2f6b68616261722e746573742f6b68616261722f756e7375627363726962653f743d334457794a695a573541636d56685a4756793d0d0a4c6e526c633351694c444a642e6750344c5969533431346f35574870466f63545363770d0a0d0a2d2d3d5f6b68616261725f6262343265373532613363366565343962326130646231360d0a436f6e74656e742d547970653a20746578742f68746d6c3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a4d494d452d56657273696f6e3a20312e300d0a0d0a3c21444f43545950452068746d6c3e0d0a3c68746d6c206c616e673d334422656e22206469723d3344226c7472223e0d0a3c686561643e0d0a3c6d65746120636861727365743d3344227574662d38223e0d0a3c6d657461206e616d653d33442276696577706f72742220636f6e74656e743d33442277696474683d33446465766963652d77696474682c20696e697469616c2d7363616c653d334431223e0d0a3c6d657461206e616d653d334422636f6c6f722d736368656d652220636f6e74656e743d3344226c69676874206461726b223e0d0a3c6d657461206e616d653d334422737570706f727465642d636f6c6f722d736368656d65732220636f6e74656e743d3344226c69676874206461726b223e0d0a3c7469746c653e436f756e63696c206d6565747320313c2f7469746c653e0d0a3c7374796c653e0d0a3a726f6f74207b20636f6c6f722d736368656d653a206c69676874206461726b3b20737570706f727465642d636f6c6f722d736368656d65733a206c69676874206461726b3b207d0d0a406d6564696120286d61782d77696474683a20343830707829207b202e6b2d63617264207b2070616464696e673a203138707820313670782021696d706f7274616e743b20626f726465722d723d0d0a61646975733a20302021696d706f7274616e743b207d202e6b2d70616765207b2070616464696e673a20302021696d706f7274616e743b207d207d0d0a406d656469612028707265666572732d636f6c6f722d736368656d653a206461726b29207b0d0a20202e6b2d70616765207b206261636b67726f756e643a20233065313131362021696d706f7274616e743b207d0d0a20202e6b2d63617264207b206261636b67726f756e643a20233138316432342021696d706f7274616e743b20626f726465722d636f6c6f723a20233261333133622021696d706f7274616e743b3d0d0a207d0d0a20202e6b2d696e6b207b20636f6c6f723a20236539656366302021696d706f7274616e743b207d0d0a20202e6b2d736f6674207b20636f6c6f723a20236133616462612021696d706f7274616e743b207d0d0a20202e6b2d6c696e6b207b20636f6c6f723a20233863626366352021696d706f7274616e743b207d0d0a20202e6b2d6c696e65207b20626f726465722d636f6c6f723a20233261333133622021696d706f7274616e743b207d0d0a20202e6b2d626f78207b206261636b67726f756e643a20233230323632662021696d706f7274616e743b207d0d0a20202e6b2d71756f7465207b20626f726465722d636f6c6f723a20236238393532612021696d706f7274616e743b207d0d0a20202e6b2d6d61726b207b206261636b67726f756e643a20233662353531302021696d706f7274616e743b20636f6c6f723a20236666663263322021696d706f7274616e743b207d0d0a20202e6b2d63686970207b206261636b67726f756e643a20233436333930382021696d706f7274616e743b20636f6c6f723a20236666653961332021696d706f7274616e743b207d0d0a20202e6b2d627574746f6e207b206261636b67726f756e643a20233266376664362021696d706f7274616e743b20636f6c6f723a20236666666666662021696d706f7274616e743b207d0d0a20202e6b2d626c7565207b206261636b67726f756e643a20233132333034662021696d706f7274616e743b20636f6c6f723a20236139643066622021696d706f7274616e743b207d0d0a20202e6b2d616d626572207b206261636b67726f756e643a20233437333030622021696d706f7274616e743b20636f6c6f723a20236666643539362021696d706f7274616e743b207d0d0a20202e6b2d726564207b206261636b67726f756e643a20233464313531642021696d706f7274616e743b20636f6c6f723a20236666623362632021696d706f7274616e743b207d0d0a20202e6b2d677265656e207b206261636b67726f756e643a20233064336432612021696d706f7274616e743b20636f6c6f723a20236134656363392021696d706f7274616e743b207d0d0a20202e6b2d76696f6c6574207b206261636b67726f756e643a20233335323035612021696d706f7274616e743b20636f6c6f723a20236439633266662021696d706f7274616e743b207d0d0a7d0d0a3c2f7374796c653e0d0a3c2f686561643e0d0a3c626f647920636c6173733d3344226b2d7061676522207374796c653d3344226d617267696e3a303b70616464696e673a303b6261636b67726f756e643a23656566306633223e0d0a3c646976207374796c653d334422646973706c61793a6e6f6e653b6d61782d6865696768743a303b6f766572666c6f773a68696464656e3b666f6e742d73697a653a3170783b6c696e652d68653d0d0a696768743a3170783b6f7061636974793a30223e4f6e65203d43323d4237203d45323d38303d41362049742077696c6c20646563696465206f6e2074686520627269646765206e6578742077653d0d0a656b2e204e6f626f64792073706f6b6520616761696e73742069742e20436f7272656374696f6e3a206974206d6574206f6e204d6f6e6461792e3c2f6469763e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d33442231303025222063656c6c70616464696e673d33442230222063656c6c73706163696e673d3344223d0d0a302220626f726465723d334422302220636c6173733d3344226b2d7061676522207374796c653d3344226261636b67726f756e643a23656566306633223e3c74723e3c746420616c69676e3d0d0a3d33442263656e7465722220636c6173733d3344226b2d7061676522207374796c653d33442270616464696e673a3230707820387078223e0d0a3c212d2d5b6966206d736f5d3e3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d334422363430222063656c6c70616464696e673d33442230222063656c3d0d0a6c73706163696e673d334422302220626f726465723d33442230223e3c74723e3c74643e3c215b656e6469665d2d2d3e0d0a3c64697620636c6173733d3344226b2d6361726422207374796c653d3344226d61782d77696474683a36343070783b6d617267696e3a30206175746f3b626f782d73697a696e673a626f7264653d0d0a722d626f783b70616464696e673a3234707820323870783b6261636b67726f756e643a236666666666663b626f726465723a31707820736f6c696420236466653365383b626f726465722d72613d0d0a646975733a313270783b746578742d616c69676e3a6c6566743b666f6e742d66616d696c793a2d6170706c652d73797374656d2c426c696e6b4d616353797374656d466f6e742c275365676f653d0d0a205549272c526f626f746f2c274e6f746f2053616e73272c274e6f746f2053616e732047656f726769616e272c274e6f746f204e61736b6820417261626963272c5461686f6d612c417269616c3d0d0a2c73616e732d73657269663b6f766572666c6f772d777261703a616e797768657265223e0d0a3c7370616e20636c6173733d3344226b2d626c756522207374796c653d334422646973706c61793a696e6c696e652d626c6f636b3b70616464696e673a32707820313070783b626f726465722d3d0d0a7261646975733a313070783b666f6e742d73697a653a313370783b6c696e652d6865696768743a323070783b666f6e742d7765696768743a3630303b636f6c6f723a233062353761343b6261633d0d0a6b67726f756e643a23653365666662223e4e65773c2f7370616e3e20266e6273703b3c7370616e20636c6173733d3344226b2d736f667422207374796c653d334422666f6e742d73697a653a313d0d0a3470783b6c696e652d6865696768743a323470783b636f6c6f723a23356136343732223e3c6264693e4272696467653c2f6264693e3c2f7370616e3e0d0a3c6832206469723d3344226c74722220636c6173733d3344226b2d696e6b22207374796c653d334422746578742d616c69676e3a6c6566743b6d617267696e3a313070782030203670783b666f3d0d0a6e742d73697a653a323270783b6c696e652d6865696768743a312e33353b666f6e742d7765696768743a3730303b636f6c6f723a23313531393166223e3c6120687265663d33442268747470733d0d0a3a2f2f6f6e652e6c6f63616c686f73742f6e6577732f312220636c6173733d3344226b2d696e6b22207374796c653d334422636f6c6f723a233135313931663b746578742d6465636f726174693d0d0a6f6e3a6e6f6e65223e3c6d61726b20636c6173733d3344226b2d6d61726b22207374796c653d3344226261636b67726f756e643a236666653961333b636f6c6f723a696e68657269743b626f723d0d0a6465722d7261646975733a3370783b70616464696e673a3020327078223e436f756e63696c3c2f6d61726b3e206d6565747320313c2f613e3c2f68323e0d0a3c7020636c6173733d3344226b2d736f667422207374796c653d3344226d617267696e3a303b666f6e742d73697a653a313470783b6c696e652d6865696768743a323170783b636f6c6f723a233d0d0a356136343732223e3c6220636c6173733d3344226b2d696e6b22207374796c653d334422636f6c6f723a233135313931663b666f6e742d7765696768743a363030223e3c6264693e4f6e653c2f3d0d0a6264693e3c2f623e20266e6273703b3d43323d4237266e6273703b203c6264693e32302e31312e323032362c2031313a30303c2f6264693e3c2f703e0d0a3c70206469723d3344226c74722220636c6173733d3344226b2d696e6b206b2d71756f746522207374796c653d334422746578742d616c69676e3a6c6566743b6d617267696e3a3134707820303d0d0a20303b70616464696e673a32707820313470783b626f726465722d696e6c696e652d73746172743a33707820736f6c696420236630633933633b666f6e742d73697a653a313670783b6c696e653d0d0a2d6865696768743a323670783b636f6c6f723a23326133303338223e3d45323d38303d41362049742077696c6c20646563696465206f6e20746865203c6d61726b20636c6173733d3344226b2d3d0d0a6d61726b22207374796c653d3344226261636b67726f756e643a236666653961333b636f6c6f723a696e68657269743b626f726465722d7261646975733a3370783b70616464696e673a3020323d0d0a7078223e6272696467653c2f6d61726b3e206e657874207765656b2e204e6f626f64792073706f6b6520616761696e73742069742e20436f7272656374696f6e3a206974206d6574206f6e204d3d0d0a6f6e6461792e3c2f703e0d0a0d0a3c7020636c6173733d3344226b2d736f667422207374796c653d3344226d617267696e3a31347078203020303b666f6e742d73697a653a313470783b6c696e652d6865696768743a323670783b3d0d0a636f6c6f723a23356136343732223e57687920796f752067657420746869733a0d0a3c6220636c6173733d3344226b2d696e6b22207374796c653d334422636f6c6f723a233135313931663b666f6e742d7765696768743a363030223e3c6264693e4272696467653c2f6264693e3c3d0d0a2f623e203c62646920636c6173733d3344226b2d6368697022207374796c653d334422646973706c61793a696e6c696e652d626c6f636b3b6d617267696e3a30203270783b70616464696e673a3d0d0a30203870783b626f726465722d7261646975733a3670783b6261636b67726f756e643a236666663363633b636f6c6f723a233565343730303b6c696e652d6865696768743a32327078223e436f3d0d0a756e63696c3c2f6264693e203c62646920636c6173733d3344226b2d6368697022207374796c653d334422646973706c61793a696e6c696e652d626c6f636b3b6d617267696e3a30203270783b3d0d0a70616464696e673a30203870783b626f726465722d7261646975733a3670783b6261636b67726f756e643a236666663363633b636f6c6f723a233565343730303b6c696e652d6865696768743a3d0d0a32327078223e6272696467653c2f6264693e3c2f703e0d0a0d0a0d0a3c70207374796c653d3344226d617267696e3a31387078203020303b666f6e742d73697a653a313570783b6c696e652d6865696768743a34307078223e0d0a3c6120687265663d33442268747470733a2f2f6f6e652e6c6f63616c686f73742f6e6577732f312220636c6173733d3344226b2d627574746f6e22207374796c653d334422646973706c61793a3d0d0a696e6c696e652d626c6f636b3b70616464696e673a3020313870783b626f726465722d7261646975733a3870783b6261636b67726f756e643a233062353761343b636f6c6f723a2366666666663d0d0a663b746578742d6465636f726174696f6e3a6e6f6e653b666f6e742d7765696768743a363030223e526561642061742074686520736f757263653c2f613e266e6273703b203c6120687265663d0d0a3d33442268747470733a2f2f6b68616261722e746573742f6b68616261722f61727469636c652f372220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723a2330623d0d0a353761343b746578742d6465636f726174696f6e3a756e6465726c696e653b77686974652d73706163653a6e6f77726170223e4f70656e20696e2074686520617263686976653c2f613e3c2f703e0d0a3c64697620636c6173733d3344226b2d6c696e65206b2d736f667422207374796c653d3344226d617267696e3a32347078203020303b70616464696e673a31347078203020303b626f726465723d0d0a2d746f703a31707820736f6c696420236466653365383b666f6e742d73697a653a313370783b6c696e652d6865696768743a323170783b636f6c6f723a23356136343732223e0d0a596f75206765742074686973206d61696c206265636175736520796f7520617265206120726563697069656e74206f66207468652077617463683a203c6220636c6173733d3344226b2d696e6b3d0d0a22207374796c653d334422636f6c6f723a233135313931663b666f6e742d7765696768743a363030223e3c6264693e4272696467653c2f6264693e3c2f623e2e0d0a3c62723e51756572793a203c626469206469723d3344226c747222207374796c653d334422666f6e742d66616d696c793a75692d6d6f6e6f73706163652c53464d6f6e6f2d526567756c61722c3d0d0a4d656e6c6f2c436f6e736f6c61732c274e6f746f2053616e73204d6f6e6f272c6d6f6e6f73706163653b666f6e742d73697a653a31327078223e627269646765204f52207469746c653a636f753d0d0a6e63696c3c2f6264693e3c62723e3c6264693e54696d65733a205554433c2f6264693e203d43323d4237203c6120687265663d33442268747470733a2f2f6b68616261722e746573742f6b68613d0d0a6261722f77617463682f322e61746f6d2220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723a23306235376134223e41746f6d20666565643c2f613e203d43323d0d0a3d4237203c6120687265663d33442268747470733a2f2f6b68616261722e746573742f6b68616261722f756e7375627363726962653f743d334457794a695a573541636d56685a4756794c6e523d0d0a6c633351694c444a642e6750344c5969533431346f35574870466f63545363772220636c6173733d3344226b2d6c696e6b22207374796c653d334422636f6c6f723a23306235376134223e53743d0d0a6f70207468657365206d61696c733c2f613e3c2f6469763e0d0a3c2f6469763e0d0a3c212d2d5b6966206d736f5d3e3c2f74643e3c2f74723e3c2f7461626c653e3c215b656e6469665d2d2d3e0d0a3c2f74643e3c2f74723e3c2f7461626c653e0d0a3c2f626f64793e0d0a3c2f68746d6c3e0d0a0d0a2d2d3d5f6b68616261725f6262343265373532613363366565343962326130646231362d2d0d0a', '2026-11-02 08:00:00+00', 'sent', 1, '2000-01-01 00:00:00+00', 'sent', '', '2026-11-22 05:52:34.961075+00');
INSERT INTO public.article_urls OVERRIDING SYSTEM VALUE VALUES
	(2, '10cd241c-649c-c381-2e5e-050589e6cdc7', 'https://one.localhost/news/6', 1, '2026-11-20 06:00:00+00', '2026-11-20 12:00:00+00', ''),
	(6, 'd8913b93-238a-ff0b-6bc1-41e971bb1295', 'https://one.localhost/news/5', 1, '2026-11-20 07:00:00+00', '2026-11-20 12:00:00+00', ''),
	(8, '536fee44-093e-23d7-e1ed-b8dc4f2f6bb8', 'https://one.localhost/news/900', 1, '2026-11-20 12:00:00+00', '2026-11-20 12:00:00+00', ''),
	(4, '42220dcf-6de3-700c-f8a8-d00654abd2b4', 'https://one.localhost/news/3', 1, '2026-11-20 09:00:00+00', '2026-11-20 13:00:00+00', ''),
	(5, '60a597e4-262f-8e5f-41d4-d61f08d49eec', 'https://one.localhost/news/2', 1, '2026-11-20 10:00:00+00', '2026-11-20 13:00:00+00', ''),
	(7, 'e63aa8cd-69d9-5502-da71-8c1cc09c60f0', 'https://one.localhost/news/1', 1, '2026-11-20 11:00:00+00', '2026-11-20 13:00:00+00', ''),
	(9, '286220e3-c8da-7335-758e-6ca136efa807', 'https://one.localhost/news/300000', 1, '1992-08-30 12:00:00+00', '2026-11-20 12:00:00+00', ''),
	(10, 'c1af2062-d222-95c6-8b08-476122cc3993', 'https://one.localhost/news/30000', 1, '2023-06-19 12:00:00+00', '2026-11-20 12:00:00+00', ''),
	(1, '067ff68b-5255-2e49-1e6e-cadbc1b78890', 'https://one.localhost/news/4', 1, '2026-11-20 08:00:00+00', '2026-11-20 14:00:00+00', ''),
	(11, '77110e8a-f2dd-3628-3f95-55a51543f560', 'https://wire.test/3359881852', 4, '2026-11-02 08:00:00+00', '2026-11-02 08:00:00+00', ''),
	(12, '62385df3-72d2-d480-953a-b08c1d66749e', 'https://herald.test/482369626', 5, '2026-11-02 08:00:00+00', '2026-11-02 08:00:00+00', ''),
	(13, 'c291f7e0-a418-7d1b-7915-ccdac2c182c0', 'https://wire.test/4269496418', 4, '2026-11-02 08:00:00+00', '2026-11-02 08:00:00+00', '');
INSERT INTO public.articles_2023_06 VALUES
	(10, '2023-06-19 12:00:00+00', 1, 3, 'en', 'article', 'Council meets 30000', '', 'The council met in Baku on Friday.
It will decide on the bridge next week.
Nobody spoke against it.', '', '{}', '', '{}', '2023-06-19 12:00:00+00', 0, NULL, NULL, '', '', '{}', 1, '1', 19, '27c0a5a9-f179-03d4-3c69-0c56ca973e4b', '0263ae8c-5a2b-34f9-b6f0-d44763858e8a', '2026-11-20 12:00:00+00', 1, 0, NULL, '''@c:az'' ''@l:en'' ''@o:one'' ''@t:Ecouncil'' ''@t:Emeet'' ''@t:N30000'' ''@t:~knsl/u.i'' ''Eagainst'':274 ''Ebaku'':261 ''Ebridg'':269 ''Ecouncil'':1A,258 ''Edecid'':266 ''Efriday'':263 ''Ein'':260 ''Eit'':264,275 ''Emeet'':2A,259 ''Enext'':270 ''Enobody'':272 ''Eon'':262,267 ''Espeak'':273 ''Ethe'':257,268 ''Eweek'':271 ''Ewill'':265 ''N30000'':3A ''~bk/au'':261 ''~frd/.i'':263 ''~knsl/u.i'':1A ''~nbd/uu'':272', 3);
INSERT INTO public.articles_2026_11 VALUES
	(2, '2026-11-20 06:00:00+00', 1, 1, 'en', 'article', 'Council meets 6', '', 'The council met in Baku on Friday.
It will decide on the bridge next week.
Nobody spoke against it.', '', '{}', '', '{}', '2026-11-20 06:00:00+00', 0, NULL, NULL, '', '', '{}', 1, '1', 19, '7f867d44-cc18-a36f-cece-03237d24076b', 'c333fb71-d8fa-dab0-3918-693ef23fb908', '2026-11-20 12:00:00+00', 1, 0, NULL, '''@c:az'' ''@l:en'' ''@o:one'' ''@t:Ecouncil'' ''@t:Emeet'' ''@t:N6'' ''@t:~knsl/u.i'' ''Eagainst'':274 ''Ebaku'':261 ''Ebridg'':269 ''Ecouncil'':1A,258 ''Edecid'':266 ''Efriday'':263 ''Ein'':260 ''Eit'':264,275 ''Emeet'':2A,259 ''Enext'':270 ''Enobody'':272 ''Eon'':262,267 ''Espeak'':273 ''Ethe'':257,268 ''Eweek'':271 ''Ewill'':265 ''N6'':3A ''~bk/au'':261 ''~frd/.i'':263 ''~knsl/u.i'':1A ''~nbd/uu'':272', 3),
	(6, '2026-11-20 07:00:00+00', 1, 1, 'en', 'article', 'Council meets 5', '', 'The council met in Baku on Friday.
It will decide on the bridge next week.
Nobody spoke against it.', '', '{}', '', '{}', '2026-11-20 07:00:00+00', 0, NULL, NULL, '', '', '{}', 1, '1', 19, 'f8a1eb7c-a839-0fd5-3605-c65ac119a7ea', '58d8c694-2d31-877e-6498-f65252067ddb', '2026-11-20 12:00:00+00', 1, 0, NULL, '''@c:az'' ''@l:en'' ''@o:one'' ''@t:Ecouncil'' ''@t:Emeet'' ''@t:N5'' ''@t:~knsl/u.i'' ''Eagainst'':274 ''Ebaku'':261 ''Ebridg'':269 ''Ecouncil'':1A,258 ''Edecid'':266 ''Efriday'':263 ''Ein'':260 ''Eit'':264,275 ''Emeet'':2A,259 ''Enext'':270 ''Enobody'':272 ''Eon'':262,267 ''Espeak'':273 ''Ethe'':257,268 ''Eweek'':271 ''Ewill'':265 ''N5'':3A ''~bk/au'':261 ''~frd/.i'':263 ''~knsl/u.i'':1A ''~nbd/uu'':272', 3),
	(8, '2026-11-20 12:00:00+00', 1, 2, 'en', 'article', 'Council meets 900', '', 'The council met in Baku on Friday.
It will decide on the bridge next week.
Nobody spoke against it.', '', '{}', '', '{}', NULL, NULL, NULL, NULL, '', '', '{}', 1, '1', 19, '87827aac-d7b6-e28e-cad4-2f0c42564d08', 'bb3f24f4-8047-27f2-2864-392c307a7719', '2026-11-20 12:00:00+00', 1, 0, NULL, '''@c:az'' ''@l:en'' ''@o:one'' ''@t:Ecouncil'' ''@t:Emeet'' ''@t:N900'' ''@t:~knsl/u.i'' ''Eagainst'':274 ''Ebaku'':261 ''Ebridg'':269 ''Ecouncil'':1A,258 ''Edecid'':266 ''Efriday'':263 ''Ein'':260 ''Eit'':264,275 ''Emeet'':2A,259 ''Enext'':270 ''Enobody'':272 ''Eon'':262,267 ''Espeak'':273 ''Ethe'':257,268 ''Eweek'':271 ''Ewill'':265 ''N900'':3A ''~bk/au'':261 ''~frd/.i'':263 ''~knsl/u.i'':1A ''~nbd/uu'':272', 3),
	(5, '2026-11-20 10:00:00+00', 1, 1, 'en', 'article', 'Əliyev', '', 'The council met in Baku on Friday.
It will decide on the bridge next week.
Nobody spoke against it.', '', '{}', '', '{}', '2026-11-20 10:00:00+00', 0, NULL, NULL, '', '', '{}', 1, '1', 19, '53bf5e22-ebf7-5a3b-be2f-6e94e1c6cdf6', 'f9aea5c1-057e-6e9f-d24c-63e0e55da6c2', '2026-11-20 12:00:00+00', 2, 1, NULL, '''@c:az'' ''@is:revised'' ''@is:silent'' ''@l:en'' ''@o:one'' ''@t:Ealiyev'' ''@t:~alv/aa'' ''Eagainst'':274 ''Ealiyev'':1A ''Ebaku'':261 ''Ebridg'':269 ''Ecouncil'':258 ''Edecid'':266 ''Efriday'':263 ''Ein'':260 ''Eit'':264,275 ''Emeet'':259 ''Enext'':270 ''Enobody'':272 ''Eon'':262,267 ''Espeak'':273 ''Ethe'':257,268 ''Eweek'':271 ''Ewill'':265 ''~alv/aa'':1A ''~bk/au'':261 ''~frd/.i'':263 ''~nbd/uu'':272', 3),
	(7, '2026-11-20 11:00:00+00', 1, 1, 'en', 'article', 'Council meets 1', '', 'The council met in Baku on Friday.
It will decide on the bridge next week.
Nobody spoke against it.
Correction: it met on Monday.', '', '{}', '', '{}', '2026-11-20 11:00:00+00', 0, NULL, NULL, '', '', '{}', 1, '1', 24, '65ee2011-1e05-c87f-5b1b-36951347bd6d', 'c0930dc7-b2db-a3f7-bd74-70bd2da6f5ee', '2026-11-20 12:00:00+00', 2, 1, NULL, '''@c:az'' ''@is:revised'' ''@l:en'' ''@o:one'' ''@t:Ecouncil'' ''@t:Emeet'' ''@t:N1'' ''@t:~knsl/u.i'' ''Eagainst'':274 ''Ebaku'':261 ''Ebridg'':269 ''Ecorrection'':276 ''Ecouncil'':1A,258 ''Edecid'':266 ''Efriday'':263 ''Ein'':260 ''Eit'':264,275,277 ''Emeet'':2A,259,278 ''Emonday'':280 ''Enext'':270 ''Enobody'':272 ''Eon'':262,267,279 ''Espeak'':273 ''Ethe'':257,268 ''Eweek'':271 ''Ewill'':265 ''N1'':3A ''~bk/au'':261 ''~frd/.i'':263 ''~knsl/u.i'':1A ''~krktn/ua.u'':276 ''~mnd/u.'':280 ''~nbd/uu'':272', 3),
	(4, '2026-11-20 09:00:00+00', 1, 1, 'en', 'article', 'Council meets 3', '', 'The council met in Baku on Friday.
It will decide on the bridge next week.
Nobody spoke against it.', '', '{}', '', '{}', '2026-11-20 09:00:00+00', 0, NULL, NULL, '', '', '{}', 1, '1', 19, '62bacc8f-8e36-c875-1ee2-29d636555392', '3cb9fc14-4e65-ba0d-ad48-dba167cf39b7', '2026-11-20 12:00:00+00', 2, 0, '2026-11-20 13:00:00+00', '''@c:az'' ''@is:deleted'' ''@l:en'' ''@o:one'' ''@t:Ecouncil'' ''@t:Emeet'' ''@t:N3'' ''@t:~knsl/u.i'' ''Eagainst'':274 ''Ebaku'':261 ''Ebridg'':269 ''Ecouncil'':1A,258 ''Edecid'':266 ''Efriday'':263 ''Ein'':260 ''Eit'':264,275 ''Emeet'':2A,259 ''Enext'':270 ''Enobody'':272 ''Eon'':262,267 ''Espeak'':273 ''Ethe'':257,268 ''Eweek'':271 ''Ewill'':265 ''N3'':3A ''~bk/au'':261 ''~frd/.i'':263 ''~knsl/u.i'':1A ''~nbd/uu'':272', 3),
	(1, '2026-11-20 08:00:00+00', 1, 1, 'en', 'article', 'Council meets 4', '', 'The council met in Baku on Friday.
It will decide on the bridge next week.
Nobody spoke against it.', '', '{}', '', '{}', '2026-11-20 08:00:00+00', 0, NULL, NULL, '', '', '{}', 1, '1', 19, 'c1fa87d2-d28f-2885-07ce-d0eabee4b9dc', '47a1fec6-7633-5b03-918b-4f57b70a71f7', '2026-11-20 12:00:00+00', 3, 0, NULL, '''@c:az'' ''@l:en'' ''@o:one'' ''@t:Ecouncil'' ''@t:Emeet'' ''@t:N4'' ''@t:~knsl/u.i'' ''Eagainst'':274 ''Ebaku'':261 ''Ebridg'':269 ''Ecouncil'':1A,258 ''Edecid'':266 ''Efriday'':263 ''Ein'':260 ''Eit'':264,275 ''Emeet'':2A,259 ''Enext'':270 ''Enobody'':272 ''Eon'':262,267 ''Espeak'':273 ''Ethe'':257,268 ''Eweek'':271 ''Ewill'':265 ''N4'':3A ''~bk/au'':261 ''~frd/.i'':263 ''~knsl/u.i'':1A ''~nbd/uu'':272', 3),
	(12, '2026-11-02 08:00:00+00', 5, 5, 'en', 'article', 'Transit again', '', 'Transit talks went on.', '', '{}', '', '{}', '2026-11-02 08:00:00+00', 0, NULL, NULL, '', '', '{}', 1, '1', 4, '126774a4-0096-cbdd-12db-b1eb9592413a', 'd5cfbeaa-65f0-2a67-94ac-f31f3e0dd7c6', '2026-11-02 08:00:00+00', 1, 0, NULL, '''@c:ge'' ''@l:en'' ''@o:herald'' ''@t:Eagain'' ''@t:Etransit'' ''@t:~trnst/.a.i'' ''Eagain'':2A ''Ego'':259 ''Eon'':260 ''Etalk'':258 ''Etransit'':1A,257 ''~trnst/.a.i'':1A,257', 3),
	(11, '2026-11-02 08:00:00+00', 4, 4, 'en', 'article', 'Transit talks', '', 'Ministers met in Baku to discuss transit.', '', '{}', '', '{}', '2026-11-02 08:00:00+00', 0, NULL, NULL, '', '', '{}', 1, '1', 7, '8c5f4c98-111e-4968-b172-be087617e67f', 'd5cfbeaa-65f0-2a67-94ac-f31f3e0dd7c6', '2026-11-02 08:00:00+00', 2, 0, NULL, '''@c:ge'' ''@l:en'' ''@o:wire'' ''@t:Etalk'' ''@t:Etransit'' ''@t:~trnst/.a.i'' ''Ebaku'':260 ''Ediscuss'':262 ''Ein'':259 ''Emeet'':258 ''Eminister'':257 ''Etalk'':2A ''Eto'':261 ''Etransit'':1A,263 ''~bk/au'':260 ''~mnstrs/ii.a.'':257 ''~trnst/.a.i'':1A', 3),
	(13, '2026-11-02 08:00:00+00', 4, 7, 'en', 'article', 'Transit tomorrow', '', 'More transit.', '', '{}', '', '{}', '2026-11-02 08:00:00+00', 0, NULL, NULL, '', '', '{}', 1, '1', 2, 'd2352c75-ffff-32ec-57c1-4ae0565e10d6', 'd5cfbeaa-65f0-2a67-94ac-f31f3e0dd7c6', '2026-11-02 08:00:00+00', 1, 0, NULL, '''@c:ge'' ''@l:en'' ''@o:wire'' ''@t:Etomorrow'' ''@t:Etransit'' ''@t:~trnst/.a.i'' ''Emore'':257 ''Etomorrow'':2A ''Etransit'':1A,258 ''~mr/ua'':257 ''~trnst/.a.i'':1A', 3);
INSERT INTO public.articles_before_2000 VALUES
	(9, '1992-08-30 12:00:00+00', 1, 3, 'en', 'article', 'Council meets 300000', '', 'The council met in Baku on Friday.
It will decide on the bridge next week.
Nobody spoke against it.', '', '{}', '', '{}', '1992-08-30 12:00:00+00', 0, NULL, NULL, '', '', '{}', 1, '1', 19, 'a8742a15-5c6c-44cc-d6f3-4b6bc0ac8122', '36dcb9ff-6513-c350-894e-3f5e2a6ba045', '2026-11-20 12:00:00+00', 1, 0, NULL, '''@c:az'' ''@l:en'' ''@o:one'' ''@t:Ecouncil'' ''@t:Emeet'' ''@t:N300000'' ''@t:~knsl/u.i'' ''Eagainst'':274 ''Ebaku'':261 ''Ebridg'':269 ''Ecouncil'':1A,258 ''Edecid'':266 ''Efriday'':263 ''Ein'':260 ''Eit'':264,275 ''Emeet'':2A,259 ''Enext'':270 ''Enobody'':272 ''Eon'':262,267 ''Espeak'':273 ''Ethe'':257,268 ''Eweek'':271 ''Ewill'':265 ''N300000'':3A ''~bk/au'':261 ''~frd/.i'':263 ''~knsl/u.i'':1A ''~nbd/uu'':272', 3);
INSERT INTO public.crawl_urls VALUES
	(1, '50c5a8e2-27f5-613e-9d21-f4eab1aaa440', 'https://one.localhost/1', 'https://one.localhost/1?x', '2026-11-20 12:00:00+00', '2026-11-20 12:00:00+00', 200, 'd', 0, 0, 0, NULL, '2026-11-20 13:00:00+00', '');
INSERT INTO public.deliveries VALUES
	(1, 'ana@reader.test', '2026-11-02 08:00:00+00', 'written', '', 1),
	(2, 'ana@reader.test', '2026-11-02 08:00:00+00', 'written', '', 2),
	(3, 'ana@reader.test', '2026-11-02 08:00:00+00', 'written', '', 3),
	(1, 'ben@reader.test', '2026-11-02 08:00:00+00', 'written', '', 4),
	(2, 'ben@reader.test', '2026-11-02 08:00:00+00', 'written', '', 5);
INSERT INTO public.doors VALUES
	(1, '2c29da54-9417-75a8-4c20-8e284975c0e0', 'https://one.localhost/feed', '"x"', '', '', '2026-11-20 12:00:00+00', NULL, 3600, 0, 0, 'ok', '{"page": "3"}');
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES
	(1, '2026-11-22 05:52:33.937886+00', 'forgotten', NULL, NULL, NULL, '{"reason": "on request"}');
INSERT INTO public.fingerprint_keys_2026_11_20 VALUES
	(466608567259010469, 4, '2026-11-20'),
	(3448780912494166211, 4, '2026-11-20'),
	(4852974603534310323, 4, '2026-11-20'),
	(6745379329903719136, 4, '2026-11-20'),
	(9138039634968013045, 4, '2026-11-20'),
	(466608567259010469, 1, '2026-11-20'),
	(3448780912494166211, 1, '2026-11-20'),
	(4852974603534310323, 1, '2026-11-20'),
	(6745379329903719136, 1, '2026-11-20'),
	(9138039634968013045, 1, '2026-11-20'),
	(466608567259010469, 6, '2026-11-20'),
	(3448780912494166211, 6, '2026-11-20'),
	(4852974603534310323, 6, '2026-11-20'),
	(6745379329903719136, 6, '2026-11-20'),
	(9138039634968013045, 6, '2026-11-20'),
	(466608567259010469, 2, '2026-11-20'),
	(3448780912494166211, 2, '2026-11-20'),
	(4852974603534310323, 2, '2026-11-20'),
	(6745379329903719136, 2, '2026-11-20'),
	(9138039634968013045, 2, '2026-11-20'),
	(466608567259010469, 3, '2026-11-20'),
	(3448780912494166211, 3, '2026-11-20'),
	(4852974603534310323, 3, '2026-11-20'),
	(6745379329903719136, 3, '2026-11-20'),
	(9138039634968013045, 3, '2026-11-20'),
	(466608567259010469, 8, '2026-11-20'),
	(3448780912494166211, 8, '2026-11-20'),
	(4852974603534310323, 8, '2026-11-20'),
	(6745379329903719136, 8, '2026-11-20'),
	(9138039634968013045, 8, '2026-11-20'),
	(466608567259010469, 7, '2026-11-20'),
	(1237682311240522699, 7, '2026-11-20'),
	(4852974603534310323, 7, '2026-11-20'),
	(6745379329903719136, 7, '2026-11-20'),
	(6827064491744311302, 7, '2026-11-20'),
	(-7827809908326992600, 7, '2026-11-20'),
	(-6272765598016619130, 7, '2026-11-20'),
	(466608567259010469, 5, '2026-11-20'),
	(3448780912494166211, 5, '2026-11-20'),
	(4852974603534310323, 5, '2026-11-20'),
	(6745379329903719136, 5, '2026-11-20'),
	(9138039634968013045, 5, '2026-11-20'),
	(466608567259010469, 10, '2026-11-20'),
	(3448780912494166211, 10, '2026-11-20'),
	(4852974603534310323, 10, '2026-11-20'),
	(6745379329903719136, 10, '2026-11-20'),
	(9138039634968013045, 10, '2026-11-20'),
	(466608567259010469, 9, '2026-11-20'),
	(3448780912494166211, 9, '2026-11-20'),
	(4852974603534310323, 9, '2026-11-20'),
	(6745379329903719136, 9, '2026-11-20'),
	(9138039634968013045, 9, '2026-11-20');
INSERT INTO public.fingerprints_2026_11_20 VALUES
	(4, '2026-11-20', '\x16cbc9c4b6111e7cf2423a7c7a1ea74b06da4de7108138f2c025937fc6ca7e9580f3cb31cc23c541108138f216cbc9c4b22f7efb1a5fc5aca41bf2564e6b5e395e9376666e153cd3c6ca7e95'),
	(1, '2026-11-20', '\x16cbc9c4b6111e7cf2423a7c7a1ea74b06da4de7108138f2c025937fc6ca7e9580f3cb31cc23c541108138f216cbc9c4b22f7efb1a5fc5aca41bf2564e6b5e395e9376666e153cd3c6ca7e95'),
	(6, '2026-11-20', '\x16cbc9c4b6111e7cf2423a7c7a1ea74b06da4de7108138f2c025937fc6ca7e9580f3cb31cc23c541108138f216cbc9c4b22f7efb1a5fc5aca41bf2564e6b5e395e9376666e153cd3c6ca7e95'),
	(2, '2026-11-20', '\x16cbc9c4b6111e7cf2423a7c7a1ea74b06da4de7108138f2c025937fc6ca7e9580f3cb31cc23c541108138f216cbc9c4b22f7efb1a5fc5aca41bf2564e6b5e395e9376666e153cd3c6ca7e95'),
	(8, '2026-11-20', '\x16cbc9c4b6111e7cf2423a7c7a1ea74b06da4de7108138f2c025937fc6ca7e9580f3cb31cc23c541108138f216cbc9c4b22f7efb1a5fc5aca41bf2564e6b5e395e9376666e153cd3c6ca7e95'),
	(7, '2026-11-20', '\x16cbc9c4b6111e7cf2423a7c7a1ea74b06da4de7108138f2c025937fc6ca7e9580f3cb31cc23c541108138f216cbc9c4b22f7efb1a5fc5aca41bf2564e6b5e395e9376666e153cd3c6ca7e953eeb4e3ec6ca7e95f2423a7c108138f2382aa3f5'),
	(5, '2026-11-20', '\x16cbc9c4b6111e7cf2423a7c7a1ea74b06da4de7108138f2c025937fc6ca7e9580f3cb31cc23c541108138f216cbc9c4b22f7efb1a5fc5aca41bf2564e6b5e395e9376666e153cd3c6ca7e95'),
	(10, '2026-11-20', '\x16cbc9c4b6111e7cf2423a7c7a1ea74b06da4de7108138f2c025937fc6ca7e9580f3cb31cc23c541108138f216cbc9c4b22f7efb1a5fc5aca41bf2564e6b5e395e9376666e153cd3c6ca7e95'),
	(9, '2026-11-20', '\x16cbc9c4b6111e7cf2423a7c7a1ea74b06da4de7108138f2c025937fc6ca7e9580f3cb31cc23c541108138f216cbc9c4b22f7efb1a5fc5aca41bf2564e6b5e395e9376666e153cd3c6ca7e95');
INSERT INTO public.loads VALUES
	('\x349ac58df3485cbad730728746e6964c693c0a2bc33f7d372cd7f1a9876ed5da', 1, '2026-11-22 05:52:32.761643+00', '{"run": "first", "extra": {"copies": 0, "follow_ups": 0, "stories_new": 2, "stories_grown": 0, "stories_merged": 0}, "outlets": [{"new": 7, "outlet": "one", "deleted": 0, "doubles": 0, "fetched": 7, "revised": 0, "rejected": {}, "returned": 0, "corrected": 0, "forgotten": 0, "unchanged": 0}], "repeated": false}'),
	('\x2fb8346c9fe21291aa8ead53e18e3f14b041e99fe0e9d56b98c54e959176001d', 2, '2026-11-22 05:52:33.196514+00', '{"run": "second", "extra": {"copies": 2, "follow_ups": 0, "stories_new": 0, "stories_grown": 1, "stories_merged": 0}, "outlets": [{"new": 1, "outlet": "one", "deleted": 2, "doubles": 0, "fetched": 5, "revised": 2, "rejected": {"gone": 2}, "returned": 0, "corrected": 0, "forgotten": 0, "unchanged": 0}], "repeated": false}'),
	('\x25620da28e9f076d240aaff9d00f6ecd60e39ea647c0e58aae2939cbcc886a26', 3, '2026-11-22 05:52:33.617136+00', '{"run": "third", "extra": {"copies": 2, "follow_ups": 0, "stories_new": 0, "stories_grown": 1, "stories_merged": 0}, "outlets": [{"new": 2, "outlet": "one", "deleted": 0, "doubles": 0, "fetched": 3, "revised": 0, "rejected": {}, "returned": 1, "corrected": 0, "forgotten": 0, "unchanged": 0}], "repeated": false}'),
	('\x52db2bdf20ca016cd01361f719196da72e25131f68bc9e4b0bea6f2297cea9e6', 4, '2026-11-22 05:52:34.151346+00', '{"run": "run-1", "extra": {}, "outlets": [{"new": 1, "outlet": "wire", "deleted": 0, "doubles": 0, "fetched": 1, "revised": 0, "rejected": {}, "returned": 0, "corrected": 0, "forgotten": 0, "unchanged": 0}], "repeated": false}'),
	('\x579b297894c1879e0915f43de052bb66acee9a599a088fae299bdd52496d1794', 5, '2026-11-22 05:52:34.346237+00', '{"run": "run-2", "extra": {}, "outlets": [{"new": 1, "outlet": "herald", "deleted": 0, "doubles": 0, "fetched": 1, "revised": 0, "rejected": {}, "returned": 0, "corrected": 0, "forgotten": 0, "unchanged": 0}], "repeated": false}'),
	('\x3a95ae6f24c0066d422cd2dc89e9480d2eda0456fb2724ced8abd3cf87bfcf6d', 6, '2026-11-22 05:52:35.041058+00', '{"run": "run-3", "extra": {}, "outlets": [{"new": 0, "outlet": "wire", "deleted": 0, "doubles": 0, "fetched": 1, "revised": 0, "rejected": {}, "returned": 0, "corrected": 1, "forgotten": 0, "unchanged": 0}], "repeated": false}'),
	('\xe6127977134c2144d6aea127612049fde7da2971ca175059a909c4d4632e1b90', 7, '2026-11-22 05:52:35.246232+00', '{"run": "run-4", "extra": {}, "outlets": [{"new": 1, "outlet": "wire", "deleted": 0, "doubles": 0, "fetched": 1, "revised": 0, "rejected": {}, "returned": 0, "corrected": 0, "forgotten": 0, "unchanged": 0}], "repeated": false}');
INSERT INTO public.match_queue OVERRIDING SYSTEM VALUE VALUES
	(17, 13, 1, '2026-11-22 05:52:35.246232+00');
INSERT INTO public.matches OVERRIDING SYSTEM VALUE VALUES
	(1, 2, 1, 'new', '', 1, 1, '{Council,bridge}', '… It will decide on the bridge next week. Nobody spoke against it.', '2026-11-02 08:00:00+00'),
	(2, 2, 2, 'new', '', 7, 1, '{Council,bridge}', '… It will decide on the bridge next week. Nobody spoke against it. Correction: it met on Monday.', '2026-11-02 08:00:00+00'),
	(3, 1, 3, 'new', '', 11, 1, '{Transit,transit}', 'Ministers met in Tbilisi to discuss transit.', '2026-11-02 08:00:00+00');
INSERT INTO public.notes OVERRIDING SYSTEM VALUE VALUES
	(1, 1, 'ana', 'ask again', '2026-11-22 05:52:33.977065+00');
INSERT INTO public.outlet_runs VALUES
	(1, 1, 'ok', 7, 7, 0, 0, 0, 0, 0, '{}', '{}', '2026-11-22 05:52:32.761643+00'),
	(2, 1, 'ok', 5, 1, 2, 0, 0, 2, 0, '{"gone": 2}', '{}', '2026-11-22 05:52:33.196514+00'),
	(3, 1, 'ok', 3, 2, 0, 0, 0, 0, 1, '{}', '{}', '2026-11-22 05:52:33.617136+00'),
	(4, 4, 'ok', 1, 1, 0, 0, 0, 0, 0, '{}', '{}', '2026-11-22 05:52:34.151346+00'),
	(5, 5, 'ok', 1, 1, 0, 0, 0, 0, 0, '{}', '{}', '2026-11-22 05:52:34.346237+00'),
	(6, 4, 'ok', 1, 0, 0, 1, 0, 0, 0, '{}', '{}', '2026-11-22 05:52:35.041058+00'),
	(7, 4, 'ok', 1, 1, 0, 0, 0, 0, 0, '{}', '{}', '2026-11-22 05:52:35.246232+00');
INSERT INTO public.outlets OVERRIDING SYSTEM VALUE VALUES
	(1, 'one', 'caucasus', 'One', 'https://one.localhost/', 'AZ', '{az}', 'Asia/Baku', true, NULL, '2026-11-22 05:52:32.685151+00'),
	(4, 'wire', 'test', 'Wire', 'https://wire.test/', 'GE', '{en}', 'UTC', true, NULL, '2026-11-22 05:52:34.113449+00'),
	(5, 'herald', 'test', 'Herald', 'https://herald.test/', 'GE', '{en}', 'UTC', true, NULL, '2026-11-22 05:52:34.322078+00');
INSERT INTO public.pages_2026_11 VALUES
	('2026-11-20 12:00:00+00', '067ff68b-5255-2e49-1e6e-cadbc1b78890', 1, 1, NULL, '', 'new', ''),
	('2026-11-20 12:00:00+00', '10cd241c-649c-c381-2e5e-050589e6cdc7', 1, 1, NULL, '', 'new', ''),
	('2026-11-20 12:00:00+00', '42220dcf-6de3-700c-f8a8-d00654abd2b4', 1, 1, NULL, '', 'new', ''),
	('2026-11-20 12:00:00+00', '60a597e4-262f-8e5f-41d4-d61f08d49eec', 1, 1, NULL, '', 'new', ''),
	('2026-11-20 12:00:00+00', 'd8913b93-238a-ff0b-6bc1-41e971bb1295', 1, 1, NULL, '', 'new', ''),
	('2026-11-20 12:00:00+00', 'e63aa8cd-69d9-5502-da71-8c1cc09c60f0', 1, 1, NULL, '', 'new', ''),
	('2026-11-20 13:00:00+00', '067ff68b-5255-2e49-1e6e-cadbc1b78890', 1, 2, NULL, '', 'gone', ''),
	('2026-11-20 13:00:00+00', '42220dcf-6de3-700c-f8a8-d00654abd2b4', 1, 2, NULL, '', 'gone', ''),
	('2026-11-20 12:00:00+00', '536fee44-093e-23d7-e1ed-b8dc4f2f6bb8', 1, 2, NULL, '', 'new', ''),
	('2026-11-20 13:00:00+00', '60a597e4-262f-8e5f-41d4-d61f08d49eec', 1, 2, NULL, '', 'revised', ''),
	('2026-11-20 13:00:00+00', 'e63aa8cd-69d9-5502-da71-8c1cc09c60f0', 1, 2, NULL, '', 'revised', ''),
	('2026-11-20 14:00:00+00', '067ff68b-5255-2e49-1e6e-cadbc1b78890', 1, 3, NULL, '', 'returned', ''),
	('2026-11-20 12:00:00+00', '286220e3-c8da-7335-758e-6ca136efa807', 1, 3, NULL, '', 'new', ''),
	('2026-11-20 12:00:00+00', 'c1af2062-d222-95c6-8b08-476122cc3993', 1, 3, NULL, '', 'new', ''),
	('2026-11-02 08:00:00+00', '62385df3-72d2-d480-953a-b08c1d66749e', 5, 5, NULL, '', 'new', ''),
	('2026-11-02 08:00:00+00', '77110e8a-f2dd-3628-3f95-55a51543f560', 4, 4, NULL, '', 'corrected', ''),
	('2026-11-02 08:00:00+00', 'c291f7e0-a418-7d1b-7915-ccdac2c182c0', 4, 7, NULL, '', 'new', '');
INSERT INTO public.revisions VALUES
	(7, 2, '2026-11-20 13:00:00+00', 2, 'edit', false, 'Correction: it met on Monday.', '', '{"added": ["Correction:", "it", "met", "on", "Monday."], "removed": ["The", "0th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "1th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "2th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "3th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "4th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "5th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "6th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "7th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "8th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "9th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "10th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "11th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "12th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "13th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "14th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "15th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "16th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "17th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "18th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "19th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "20th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "21th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "22th"], "headline": false, "words_added": 5, "blocks_added": 1, "words_removed": 360, "blocks_changed": 0, "blocks_removed": 1}', 'Council meets 1', '', 'The council met in Baku on Friday.
It will decide on the bridge next week.
Nobody spoke against it.
The 0th speaker in Tbilisi asked for ''more'' time. The 1th speaker in Tbilisi asked for ''more'' time. The 2th speaker in Tbilisi asked for ''more'' time. The 3th speaker in Tbilisi asked for ''more'' time. The 4th speaker in Tbilisi asked for ''more'' time. The 5th speaker in Tbilisi asked for ''more'' time. The 6th speaker in Tbilisi asked for ''more'' time. The 7th speaker in Tbilisi asked for ''more'' time. The 8th speaker in Tbilisi asked for ''more'' time. The 9th speaker in Tbilisi asked for ''more'' time. The 10th speaker in Tbilisi asked for ''more'' time. The 11th speaker in Tbilisi asked for ''more'' time. The 12th speaker in Tbilisi asked for ''more'' time. The 13th speaker in Tbilisi asked for ''more'' time. The 14th speaker in Tbilisi asked for ''more'' time. The 15th speaker in Tbilisi asked for ''more'' time. The 16th speaker in Tbilisi asked for ''more'' time. The 17th speaker in Tbilisi asked for ''more'' time. The 18th speaker in Tbilisi asked for ''more'' time. The 19th speaker in Tbilisi asked for ''more'' time. The 20th speaker in Tbilisi asked for ''more'' time. The 21th speaker in Tbilisi asked for ''more'' time. The 22th speaker in Tbilisi asked for ''more'' time. The 23th speaker in Tbilisi asked for ''more'' time. The 24th speaker in Tbilisi asked for ''more'' time. The 25th speaker in Tbilisi asked for ''more'' time. The 26th speaker in Tbilisi asked for ''more'' time. The 27th speaker in Tbilisi asked for ''more'' time. The 28th speaker in Tbilisi asked for ''more'' time. The 29th speaker in Tbilisi asked for ''more'' time. The 30th speaker in Tbilisi asked for ''more'' time. The 31th speaker in Tbilisi asked for ''more'' time. The 32th speaker in Tbilisi asked for ''more'' time. The 33th speaker in Tbilisi asked for ''more'' time. The 34th speaker in Tbilisi asked for ''more'' time. The 35th speaker in Tbilisi asked for ''more'' time. The 36th speaker in Tbilisi asked for ''more'' time. The 37th speaker in Tbilisi asked for ''more'' time. The 38th speaker in Tbilisi asked for ''more'' time. The 39th speaker in Tbilisi asked for ''more'' time.', '', '1', ''),
	(5, 2, '2026-11-20 13:00:00+00', 2, 'edit', true, '', '', '{"added": ["Əliyev"], "removed": ["Council", "meets", "2", "The", "0th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "1th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "2th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "3th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "4th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "5th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "6th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "7th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "8th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "9th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "10th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "11th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "12th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "13th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "14th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "15th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "16th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "17th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "18th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "19th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "20th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\"", "time.", "The", "21th", "speaker", "in", "Tbilisi", "asked", "for", "\"more\""], "headline": true, "words_added": 1, "blocks_added": 0, "words_removed": 363, "blocks_changed": 0, "blocks_removed": 1}', 'Council meets 2', '', 'The council met in Baku on Friday.
It will decide on the bridge next week.
Nobody spoke against it.
The 0th speaker in Tbilisi asked for ''more'' time. The 1th speaker in Tbilisi asked for ''more'' time. The 2th speaker in Tbilisi asked for ''more'' time. The 3th speaker in Tbilisi asked for ''more'' time. The 4th speaker in Tbilisi asked for ''more'' time. The 5th speaker in Tbilisi asked for ''more'' time. The 6th speaker in Tbilisi asked for ''more'' time. The 7th speaker in Tbilisi asked for ''more'' time. The 8th speaker in Tbilisi asked for ''more'' time. The 9th speaker in Tbilisi asked for ''more'' time. The 10th speaker in Tbilisi asked for ''more'' time. The 11th speaker in Tbilisi asked for ''more'' time. The 12th speaker in Tbilisi asked for ''more'' time. The 13th speaker in Tbilisi asked for ''more'' time. The 14th speaker in Tbilisi asked for ''more'' time. The 15th speaker in Tbilisi asked for ''more'' time. The 16th speaker in Tbilisi asked for ''more'' time. The 17th speaker in Tbilisi asked for ''more'' time. The 18th speaker in Tbilisi asked for ''more'' time. The 19th speaker in Tbilisi asked for ''more'' time. The 20th speaker in Tbilisi asked for ''more'' time. The 21th speaker in Tbilisi asked for ''more'' time. The 22th speaker in Tbilisi asked for ''more'' time. The 23th speaker in Tbilisi asked for ''more'' time. The 24th speaker in Tbilisi asked for ''more'' time. The 25th speaker in Tbilisi asked for ''more'' time. The 26th speaker in Tbilisi asked for ''more'' time. The 27th speaker in Tbilisi asked for ''more'' time. The 28th speaker in Tbilisi asked for ''more'' time. The 29th speaker in Tbilisi asked for ''more'' time. The 30th speaker in Tbilisi asked for ''more'' time. The 31th speaker in Tbilisi asked for ''more'' time. The 32th speaker in Tbilisi asked for ''more'' time. The 33th speaker in Tbilisi asked for ''more'' time. The 34th speaker in Tbilisi asked for ''more'' time. The 35th speaker in Tbilisi asked for ''more'' time. The 36th speaker in Tbilisi asked for ''more'' time. The 37th speaker in Tbilisi asked for ''more'' time. The 38th speaker in Tbilisi asked for ''more'' time. The 39th speaker in Tbilisi asked for ''more'' time.', '', '1', ''),
	(4, 2, '2026-11-20 13:00:00+00', 2, 'deletion', false, '', '', '{}', NULL, NULL, NULL, NULL, NULL, ''),
	(1, 2, '2026-11-20 13:00:00+00', 2, 'deletion', false, '', '', '{}', NULL, NULL, NULL, NULL, NULL, ''),
	(1, 3, '2026-11-20 14:00:00+00', 3, 'return', false, '', '', '{}', NULL, NULL, NULL, NULL, NULL, ''),
	(11, 2, '2026-11-02 08:00:00+00', 6, 'correction', false, '', '', '{"added": ["Baku"], "removed": ["Tbilisi"], "headline": false, "words_added": 1, "blocks_added": 0, "words_removed": 1, "blocks_changed": 1, "blocks_removed": 0}', 'Transit talks', '', 'Ministers met in Tbilisi to discuss transit.', '', '1', '');
INSERT INTO public.runs OVERRIDING SYSTEM VALUE VALUES
	(1, 'first', '2026-11-20 12:00:00+00', NULL, '{}'),
	(2, 'second', '2026-11-20 12:00:00+00', NULL, '{}'),
	(3, 'third', '2026-11-20 12:00:00+00', NULL, '{}'),
	(4, 'run-1', '2026-11-02 08:00:00+00', NULL, '{}'),
	(5, 'run-2', '2026-11-02 08:00:00+00', NULL, '{}'),
	(6, 'run-3', '2026-11-02 08:00:00+00', NULL, '{}'),
	(7, 'run-4', '2026-11-02 08:00:00+00', NULL, '{}');
INSERT INTO public.schema_version VALUES
	(1, '0001_archive', '2026-11-22 05:52:31.461066+00'),
	(2, '0002_fingerprints', '2026-11-22 05:52:31.871915+00'),
	(3, '0003_watches', '2026-11-22 05:52:32.005632+00'),
	(4, '0004_newest', '2026-11-22 05:52:32.177669+00');
INSERT INTO public.site_profiles VALUES
	(1, 1, '{}', 1, '2026-11-22 05:52:32.761643+00');
INSERT INTO public.skipped VALUES
	('2026-11-02', 'copy', 15);
INSERT INTO public.stories OVERRIDING SYSTEM VALUE VALUES
	(2, 7, 'the only report', '2026-11-20 12:00:00+00', '2026-11-20 12:00:00+00'),
	(1, 9, 'the first, 11250 days before the next', '2026-11-20 12:00:00+00', '2026-11-20 12:00:00+00'),
	(3, 11, 'talks', '2026-11-22 05:52:34.151346+00', '2026-11-22 05:52:34.151346+00'),
	(4, 13, 'more', '2026-11-22 05:52:35.246232+00', '2026-11-22 05:52:35.246232+00');
INSERT INTO public.story_edges VALUES
	(2, 1, 'copy_of', 1, 1, -1, -1),
	(4, 1, 'copy_of', 1, 1, -1, -1),
	(6, 1, 'copy_of', 1, 1, -1, -1),
	(4, 2, 'copy_of', 1, 1, -1, -1),
	(6, 2, 'copy_of', 1, 1, -1, -1),
	(6, 4, 'copy_of', 1, 1, -1, -1),
	(5, 1, 'copy_of', 1, 1, -1, -1),
	(8, 1, 'copy_of', 1, 1, -1, -1),
	(5, 2, 'copy_of', 1, 1, -1, -1),
	(8, 2, 'copy_of', 1, 1, -1, -1),
	(5, 4, 'copy_of', 1, 1, -1, -1),
	(8, 4, 'copy_of', 1, 1, -1, -1),
	(6, 5, 'copy_of', 1, 1, -1, -1),
	(8, 5, 'copy_of', 1, 1, -1, -1),
	(8, 6, 'copy_of', 1, 1, -1, -1),
	(9, 1, 'copy_of', 1, 1, -1, -1),
	(10, 1, 'copy_of', 1, 1, -1, -1),
	(9, 2, 'copy_of', 1, 1, -1, -1),
	(10, 2, 'copy_of', 1, 1, -1, -1),
	(9, 4, 'copy_of', 1, 1, -1, -1),
	(10, 4, 'copy_of', 1, 1, -1, -1),
	(9, 5, 'copy_of', 1, 1, -1, -1),
	(10, 5, 'copy_of', 1, 1, -1, -1),
	(9, 6, 'copy_of', 1, 1, -1, -1),
	(10, 6, 'copy_of', 1, 1, -1, -1),
	(9, 8, 'copy_of', 1, 1, -1, -1),
	(10, 8, 'copy_of', 1, 1, -1, -1),
	(10, 9, 'copy_of', 1, 1, -1, -1);
INSERT INTO public.story_follow_ups VALUES
	(4, 3, 0.5);
INSERT INTO public.story_members VALUES
	(7, 2, 'member'),
	(1, 1, 'member'),
	(2, 1, 'member'),
	(4, 1, 'member'),
	(5, 1, 'member'),
	(6, 1, 'member'),
	(8, 1, 'member'),
	(9, 1, 'member'),
	(10, 1, 'member'),
	(11, 3, 'member'),
	(12, 3, 'member'),
	(13, 4, 'member');
INSERT INTO public.subscriptions VALUES
	(1, 'ana@reader.test', '2026-11-22 05:52:34.037422+00', NULL),
	(2, 'ana@reader.test', '2026-11-22 05:52:34.100347+00', NULL),
	(2, 'ben@reader.test', '2026-11-22 05:52:34.100347+00', NULL);
INSERT INTO public.told VALUES
	('ana@reader.test', 1, 'new', '', 1, '2026-11-02 08:00:00+00'),
	('ana@reader.test', 2, 'new', '', 2, '2026-11-02 08:00:00+00'),
	('ana@reader.test', 3, 'new', '', 3, '2026-11-02 08:00:00+00'),
	('ben@reader.test', 1, 'new', '', 4, '2026-11-02 08:00:00+00'),
	('ben@reader.test', 2, 'new', '', 5, '2026-11-02 08:00:00+00');
INSERT INTO public.tombstones VALUES
	('15570d46-9a02-c3f5-f755-5514ad003c0e', NULL, 'on request', '2026-11-22 05:52:33.937886+00');
INSERT INTO public.watches OVERRIDING SYSTEM VALUE VALUES
	(1, 'Transit', 'transit', 'at_once', '{new}', '{}', '{}', '{}', 'UTC', 7, 0, NULL, NULL, 0, 60, 'en', NULL, NULL, false, '2026-11-02 08:00:00+00', '2026-11-22 05:52:34.037422+00', '2026-11-22 05:52:34.037422+00'),
	(2, 'Bridge', 'bridge OR title:council', 'at_once', '{new}', '{}', '{}', '{}', 'UTC', 7, 0, NULL, NULL, 0, 60, 'en', NULL, NULL, false, '2026-11-20 12:00:00+00', '2026-11-22 05:52:34.100347+00', '2026-11-22 05:52:34.100347+00');
SELECT pg_catalog.setval('public.alerts_id_seq', 5, true);
SELECT pg_catalog.setval('public.article_urls_id_seq', 13, true);
SELECT pg_catalog.setval('public.events_id_seq', 1, true);
SELECT pg_catalog.setval('public.match_queue_id_seq', 17, true);
SELECT pg_catalog.setval('public.matches_id_seq', 3, true);
SELECT pg_catalog.setval('public.notes_id_seq', 1, true);
SELECT pg_catalog.setval('public.outlets_id_seq', 7, true);
SELECT pg_catalog.setval('public.runs_id_seq', 7, true);
SELECT pg_catalog.setval('public.stories_id_seq', 4, true);
SELECT pg_catalog.setval('public.watches_id_seq', 2, true);
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
ALTER TABLE ONLY public.articles_2023_06
    ADD CONSTRAINT articles_2023_06_pkey PRIMARY KEY (id, at);
ALTER TABLE ONLY public.articles_2026_11
    ADD CONSTRAINT articles_2026_11_pkey PRIMARY KEY (id, at);
ALTER TABLE ONLY public.articles_before_2000
    ADD CONSTRAINT articles_before_2000_pkey PRIMARY KEY (id, at);
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
ALTER TABLE ONLY public.fingerprint_filters
    ADD CONSTRAINT fingerprint_filters_pkey PRIMARY KEY (day);
ALTER TABLE ONLY public.fingerprints
    ADD CONSTRAINT fingerprints_pkey PRIMARY KEY (article_id, day);
ALTER TABLE ONLY public.fingerprints_2026_11_20
    ADD CONSTRAINT fingerprints_2026_11_20_pkey PRIMARY KEY (article_id, day);
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
ALTER TABLE ONLY public.outlet_runs
    ADD CONSTRAINT outlet_runs_pkey PRIMARY KEY (run_id, outlet_id);
ALTER TABLE ONLY public.outlets
    ADD CONSTRAINT outlets_name_key UNIQUE (name);
ALTER TABLE ONLY public.outlets
    ADD CONSTRAINT outlets_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.pages
    ADD CONSTRAINT pages_pkey PRIMARY KEY (key, fetched_at);
ALTER TABLE ONLY public.pages_2026_11
    ADD CONSTRAINT pages_2026_11_pkey PRIMARY KEY (key, fetched_at);
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
ALTER TABLE ONLY public.story_members
    ADD CONSTRAINT story_members_pkey PRIMARY KEY (article_id, story_id);
ALTER TABLE ONLY public.story_vectors
    ADD CONSTRAINT story_vectors_pkey PRIMARY KEY (story_id);
ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT subscriptions_pkey PRIMARY KEY (watch_id, address);
ALTER TABLE ONLY public.told
    ADD CONSTRAINT told_pkey PRIMARY KEY (address, story_id, kind, occasion);
ALTER TABLE ONLY public.tombstones
    ADD CONSTRAINT tombstones_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.watches
    ADD CONSTRAINT watches_name_key UNIQUE (name);
ALTER TABLE ONLY public.watches
    ADD CONSTRAINT watches_pkey PRIMARY KEY (id);
CREATE INDEX alerts_articles ON public.alerts USING gin (articles);
CREATE INDEX alerts_due ON public.alerts USING btree (next_try_at, id) WHERE (state = 'waiting'::text);
CREATE INDEX alerts_rate ON public.alerts USING btree (sent_at, domain) WHERE (state = 'sent'::text);
CREATE INDEX alerts_thread ON public.alerts USING btree (address, story_id, id);
CREATE INDEX articles_newest ON ONLY public.articles USING btree (at DESC, id DESC);
CREATE INDEX articles_2023_06_at_id_idx ON public.articles_2023_06 USING btree (at DESC, id DESC);
CREATE INDEX articles_outlet ON ONLY public.articles USING btree (outlet_id, at DESC, id DESC);
CREATE INDEX articles_2023_06_outlet_id_at_id_idx ON public.articles_2023_06 USING btree (outlet_id, at DESC, id DESC);
CREATE INDEX articles_run ON ONLY public.articles USING btree (run_id);
CREATE INDEX articles_2023_06_run_id_idx ON public.articles_2023_06 USING btree (run_id);
CREATE INDEX articles_terms ON ONLY public.articles USING gin (terms) WITH (fastupdate='on', gin_pending_list_limit='1024');
CREATE INDEX articles_2023_06_terms_idx ON public.articles_2023_06 USING gin (terms) WITH (fastupdate='on', gin_pending_list_limit='1024');
CREATE INDEX articles_2026_11_at_id_idx ON public.articles_2026_11 USING btree (at DESC, id DESC);
CREATE INDEX articles_2026_11_outlet_id_at_id_idx ON public.articles_2026_11 USING btree (outlet_id, at DESC, id DESC);
CREATE INDEX articles_2026_11_run_id_idx ON public.articles_2026_11 USING btree (run_id);
CREATE INDEX articles_2026_11_terms_idx ON public.articles_2026_11 USING gin (terms) WITH (fastupdate='on', gin_pending_list_limit='1024');
CREATE INDEX articles_before_2000_at_id_idx ON public.articles_before_2000 USING btree (at DESC, id DESC);
CREATE INDEX articles_before_2000_outlet_id_at_id_idx ON public.articles_before_2000 USING btree (outlet_id, at DESC, id DESC);
CREATE INDEX articles_before_2000_run_id_idx ON public.articles_before_2000 USING btree (run_id);
CREATE INDEX articles_before_2000_terms_idx ON public.articles_before_2000 USING gin (terms) WITH (fastupdate='on', gin_pending_list_limit='1024');
CREATE INDEX deliveries_address ON public.deliveries USING btree (address);
CREATE INDEX deliveries_alert ON public.deliveries USING btree (alert_id);
CREATE INDEX deliveries_due ON public.deliveries USING btree (due_at) WHERE (state = 'waiting'::text);
CREATE INDEX events_article ON public.events USING btree (article_id) WHERE (article_id IS NOT NULL);
CREATE INDEX events_at ON public.events USING btree (at DESC);
CREATE INDEX fingerprint_keys_key ON ONLY public.fingerprint_keys USING hash (key);
CREATE INDEX fingerprint_keys_2026_11_20_key_idx ON public.fingerprint_keys_2026_11_20 USING hash (key);
CREATE INDEX loads_run ON public.loads USING btree (run_id);
CREATE INDEX match_queue_article ON public.match_queue USING btree (article_id);
CREATE INDEX matches_article ON public.matches USING btree (article_id);
CREATE INDEX matches_story ON public.matches USING btree (story_id);
CREATE INDEX matches_watch ON public.matches USING btree (watch_id, id DESC);
CREATE INDEX notes_article ON public.notes USING btree (article_id, id);
CREATE INDEX outlet_runs_outlet ON public.outlet_runs USING btree (outlet_id, run_id DESC);
CREATE INDEX pages_run ON ONLY public.pages USING btree (run_id, outlet_id);
CREATE INDEX pages_2026_11_run_id_outlet_id_idx ON public.pages_2026_11 USING btree (run_id, outlet_id);
CREATE INDEX revisions_run ON public.revisions USING btree (run_id);
CREATE INDEX revisions_seen ON public.revisions USING btree (seen_at DESC);
CREATE INDEX stories_lead ON public.stories USING btree (lead_id);
CREATE INDEX story_aliases_story ON public.story_aliases USING btree (story_id);
CREATE INDEX story_edges_right ON public.story_edges USING btree (right_id);
CREATE INDEX story_events_event ON public.story_events USING btree (event_id);
CREATE INDEX story_follow_ups_earlier ON public.story_follow_ups USING btree (earlier_id);
CREATE UNIQUE INDEX story_members_home ON public.story_members USING btree (article_id) WHERE (role = 'member'::text);
CREATE INDEX story_members_story ON public.story_members USING btree (story_id);
CREATE INDEX story_vectors_day ON public.story_vectors USING btree (day);
CREATE INDEX subscriptions_address ON public.subscriptions USING btree (address);
CREATE INDEX told_alert ON public.told USING btree (alert_id);
ALTER INDEX public.articles_newest ATTACH PARTITION public.articles_2023_06_at_id_idx;
ALTER INDEX public.articles_outlet ATTACH PARTITION public.articles_2023_06_outlet_id_at_id_idx;
ALTER INDEX public.articles_pkey ATTACH PARTITION public.articles_2023_06_pkey;
ALTER INDEX public.articles_run ATTACH PARTITION public.articles_2023_06_run_id_idx;
ALTER INDEX public.articles_terms ATTACH PARTITION public.articles_2023_06_terms_idx;
ALTER INDEX public.articles_newest ATTACH PARTITION public.articles_2026_11_at_id_idx;
ALTER INDEX public.articles_outlet ATTACH PARTITION public.articles_2026_11_outlet_id_at_id_idx;
ALTER INDEX public.articles_pkey ATTACH PARTITION public.articles_2026_11_pkey;
ALTER INDEX public.articles_run ATTACH PARTITION public.articles_2026_11_run_id_idx;
ALTER INDEX public.articles_terms ATTACH PARTITION public.articles_2026_11_terms_idx;
ALTER INDEX public.articles_newest ATTACH PARTITION public.articles_before_2000_at_id_idx;
ALTER INDEX public.articles_outlet ATTACH PARTITION public.articles_before_2000_outlet_id_at_id_idx;
ALTER INDEX public.articles_pkey ATTACH PARTITION public.articles_before_2000_pkey;
ALTER INDEX public.articles_run ATTACH PARTITION public.articles_before_2000_run_id_idx;
ALTER INDEX public.articles_terms ATTACH PARTITION public.articles_before_2000_terms_idx;
ALTER INDEX public.fingerprint_keys_key ATTACH PARTITION public.fingerprint_keys_2026_11_20_key_idx;
ALTER INDEX public.fingerprints_pkey ATTACH PARTITION public.fingerprints_2026_11_20_pkey;
ALTER INDEX public.pages_pkey ATTACH PARTITION public.pages_2026_11_pkey;
ALTER INDEX public.pages_run ATTACH PARTITION public.pages_2026_11_run_id_outlet_id_idx;
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
    ADD CONSTRAINT deliveries_match_id_fkey FOREIGN KEY (match_id) REFERENCES public.matches(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.doors
    ADD CONSTRAINT doors_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlets(id);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.article_urls(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlets(id);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.runs(id) ON DELETE SET NULL;
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
ALTER TABLE public.pages
    ADD CONSTRAINT pages_outlet_id_fkey FOREIGN KEY (outlet_id) REFERENCES public.outlets(id);
ALTER TABLE public.pages
    ADD CONSTRAINT pages_run_id_fkey FOREIGN KEY (run_id) REFERENCES public.runs(id);
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
ALTER TABLE ONLY public.story_members
    ADD CONSTRAINT story_members_article_id_fkey FOREIGN KEY (article_id) REFERENCES public.article_urls(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.story_members
    ADD CONSTRAINT story_members_story_id_fkey FOREIGN KEY (story_id) REFERENCES public.stories(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.story_vectors
    ADD CONSTRAINT story_vectors_story_id_fkey FOREIGN KEY (story_id) REFERENCES public.stories(id) ON DELETE CASCADE;
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
