-- The archive: outlets, runs, pages, articles in monthly partitions, their revisions, the crawl's memory, site profiles.
-- Partitions of months are made by the program (storage/partitions.py): a migration has no clock.

create function url_key(url text) returns uuid
language sql immutable strict parallel safe
as $$ select pg_catalog.encode(pg_catalog.substring(pg_catalog.sha256(pg_catalog.convert_to(url, 'UTF8')), 1, 16), 'hex')::pg_catalog.uuid $$;
comment on function url_key(text) is 'The identity of a canonical URL: the first 128 bits of its SHA-256. URLs may be longer than an index row; this never is.';

create table outlets (
    id int generated always as identity primary key,
    name text not null unique check (name ~ '^[a-z0-9][a-z0-9._-]{0,99}$'),
    region text not null default '',
    title text not null default '',
    home text not null default '',
    country text not null default '',
    languages text[] not null default '{}',
    timezone text not null default 'UTC',
    active boolean not null default true,
    keep_days int check (keep_days > 0),
    first_seen_at timestamptz not null default now()
);
comment on table outlets is 'News outlets that were ever loaded. The outlet files are the source; this is what the archive needs of them.';
comment on column outlets.id is 'Internal number.';
comment on column outlets.name is 'Stem of the outlet file.';
comment on column outlets.region is 'Folder of the outlet file.';
comment on column outlets.title is 'The name people know.';
comment on column outlets.home is 'Absolute URL of the front page.';
comment on column outlets.country is 'ISO 3166-1 alpha-2, or the name of a region; empty when unknown.';
comment on column outlets.languages is 'ISO 639-1 codes of the languages it publishes in.';
comment on column outlets.timezone is 'IANA name; the zone of dates without one.';
comment on column outlets.active is 'False once its file says so; what it published stays.';
comment on column outlets.keep_days is 'Retention in days counted from an article''s own time; null: for ever.';
comment on column outlets.first_seen_at is 'When the archive first heard of it.';

create table runs (
    id int generated always as identity primary key,
    name text not null unique check (name <> ''),
    started_at timestamptz not null,
    finished_at timestamptz check (finished_at >= started_at),
    report jsonb not null default '{}'
);
comment on table runs is 'Passes of the pipeline; each is a run folder of the same name.';
comment on column runs.id is 'Internal number.';
comment on column runs.name is 'Name of the run folder: the UTC time it began.';
comment on column runs.started_at is 'When the run began.';
comment on column runs.finished_at is 'When the run was done, mails included; null while it is under way or was cut short.';
comment on column runs.report is 'The run''s own JSON report.';

create table loads (
    digest bytea primary key check (length(digest) = 32),
    run_id int not null references runs,
    loaded_at timestamptz not null default now(),
    report jsonb not null
);
create index loads_run on loads (run_id);
comment on table loads is 'Batches that are in the archive. A batch that comes a second time finds itself here and changes nothing.';
comment on column loads.digest is 'SHA-256 over everything in the batch.';
comment on column loads.run_id is 'The run whose pages it held.';
comment on column loads.loaded_at is 'When its transaction began.';
comment on column loads.report is 'What the load counted, given again to whoever repeats it.';

create table outlet_runs (
    run_id int not null references runs on delete cascade,
    outlet_id int not null references outlets,
    state text not null default 'ok',
    fetched int not null default 0 check (fetched >= 0),
    new int not null default 0 check (new >= 0),
    revised int not null default 0 check (revised >= 0),
    corrected int not null default 0 check (corrected >= 0),
    unchanged int not null default 0 check (unchanged >= 0),
    deleted int not null default 0 check (deleted >= 0),
    returned int not null default 0 check (returned >= 0),
    rejected jsonb not null default '{}',
    report jsonb not null default '{}',
    loaded_at timestamptz not null default now(),
    primary key (run_id, outlet_id)
);
create index outlet_runs_outlet on outlet_runs (outlet_id, run_id desc);
comment on table outlet_runs is 'How each outlet fared in each run: the basis of health, expectations and silence.';
comment on column outlet_runs.run_id is 'The run.';
comment on column outlet_runs.outlet_id is 'The outlet.';
comment on column outlet_runs.state is 'The crawl''s verdict: ok, blocked, challenged, rate_limited, disallowed, unreachable, broken, gone, moved, parked, paywalled, silent.';
comment on column outlet_runs.fetched is 'Pages that came in.';
comment on column outlet_runs.new is 'Articles the archive did not know.';
comment on column outlet_runs.revised is 'Articles the outlet edited.';
comment on column outlet_runs.corrected is 'Articles whose text changed because our extraction did.';
comment on column outlet_runs.unchanged is 'Articles seen again as they were, noise aside.';
comment on column outlet_runs.deleted is 'Known articles that answered 404 or 410.';
comment on column outlet_runs.returned is 'Deleted articles that were there again.';
comment on column outlet_runs.rejected is 'Pages that were no articles, counted by reason.';
comment on column outlet_runs.report is 'The crawl''s report.json.';
comment on column outlet_runs.loaded_at is 'When this row was last written.';

create table article_urls (
    id bigint generated always as identity primary key,
    key uuid not null unique,
    url text not null,
    outlet_id int not null references outlets,
    at timestamptz not null,
    checked_at timestamptz not null,
    page_digest text not null default '',
    unique (id, at),
    check (key = url_key(url))
) with (fillfactor = 90);
comment on table article_urls is 'The identity of every article: one row per canonical URL, and the way into the right partition. Unique over all months, which a partitioned table alone cannot be.';
comment on column article_urls.id is 'The article''s id everywhere.';
comment on column article_urls.key is 'url_key(url).';
comment on column article_urls.url is 'Canonical URL.';
comment on column article_urls.outlet_id is 'The outlet that published it.';
comment on column article_urls.at is 'The article''s own time, as in articles.at: names its partition.';
comment on column article_urls.checked_at is 'Fetch time of the newest page that was taken into account; older pages change nothing.';
comment on column article_urls.page_digest is 'Digest of that page''s body as received; empty when unknown.';

create table articles (
    id bigint not null,
    at timestamptz not null,
    outlet_id int not null references outlets,
    run_id int not null references runs,
    language text not null check (language ~ '^[a-z]{2,3}$'),
    kind text not null default 'article' check (kind in ('article', 'brief', 'interview', 'opinion')),
    title text not null,
    standfirst text not null default '',
    body text not null,
    shape text not null default '',
    authors text[] not null default '{}',
    section text not null default '',
    tags text[] not null default '{}',
    published_at timestamptz,
    published_offset smallint check (published_offset between -1080 and 1080),
    modified_at timestamptz,
    modified_offset smallint check (modified_offset between -1080 and 1080),
    lead_image text not null default '',
    credit text not null default '',
    details jsonb not null default '{}',
    confidence real not null default 1 check (confidence between 0 and 1),
    extractor text not null default '',
    words int not null check (words >= 0),
    text_key uuid not null,
    meta_key uuid not null,
    first_seen_at timestamptz not null,
    revision int not null default 1 check (revision >= 1),
    edits int not null default 0 check (edits >= 0),
    deleted_at timestamptz,
    terms tsvector not null,
    analyser smallint not null,
    primary key (id, at),
    foreign key (id, at) references article_urls (id, at) on delete cascade deferrable initially deferred,
    check (edits < revision),
    check ((published_at is null) or (published_offset is not null))
) partition by range (at);
-- A tsvector hardly shrinks: trying costs a load more than the space is worth, and every look at positions would have to undo it.
alter table articles alter terms set storage external;
create index articles_newest on articles (at desc, id desc);
create index articles_outlet on articles (outlet_id, at desc, id desc);
create index articles_run on articles (run_id);
create index articles_terms on articles using gin (terms) with (fastupdate = on, gin_pending_list_limit = 1024);
comment on table articles is 'Every article as it reads now, in monthly partitions by its own time. Earlier texts stand in revisions.';
comment on column articles.id is 'article_urls.id.';
comment on column articles.at is 'The article''s own time: its publication; its first sighting where the page names none, or one in the future.';
comment on column articles.outlet_id is 'The outlet that published it.';
comment on column articles.run_id is 'The run that found it.';
comment on column articles.language is 'ISO 639-1 (639-3 where there is no shorter code); und when unknown.';
comment on column articles.kind is 'article, brief, interview or opinion.';
comment on column articles.title is 'Headline.';
comment on column articles.standfirst is 'The lead-in, where the page sets one apart.';
comment on column articles.body is 'The text, one block a line, captions left out.';
comment on column articles.shape is 'What each line of the body is (p, h2, li1, quote, row), separated by spaces; empty: all are paragraphs.';
comment on column articles.authors is 'Bylines in the page''s order.';
comment on column articles.section is 'The outlet''s section.';
comment on column articles.tags is 'The outlet''s tags.';
comment on column articles.published_at is 'Publication as the page says; null when it does not say.';
comment on column articles.published_offset is 'Minutes east of UTC of the zone the page named or the outlet has.';
comment on column articles.modified_at is 'Last change as the page says.';
comment on column articles.modified_offset is 'Minutes east of UTC of modified_at.';
comment on column articles.lead_image is 'Absolute URL of the lead image.';
comment on column articles.credit is 'The agency the text itself names as its source.';
comment on column articles.details is 'What is shown but never searched: captions, links, images, published_raw, published_source, chosen, pruned (counts by rule).';
comment on column articles.confidence is 'The extractor''s own, 0 to 1.';
comment on column articles.extractor is 'Version of the rules that made this text.';
comment on column articles.words is 'Words of the body.';
comment on column articles.text_key is 'Hash of title, standfirst and body without noise: equal keys are the same text.';
comment on column articles.meta_key is 'Hash of what else is searched or shown: byline, section, tags, dates, language, kind, credit, extractor.';
comment on column articles.first_seen_at is 'When it was first fetched.';
comment on column articles.revision is 'Number of the present version; 1 is the first.';
comment on column articles.edits is 'How many times the outlet changed the text.';
comment on column articles.deleted_at is 'Since when the page is gone; null while it stands.';
comment on column articles.terms is 'Index terms with positions, made by news.text: A title, B standfirst, C authors and section, D body, and marks for outlet, language and country.';
comment on column articles.analyser is 'Version of the analysis that made `terms`; an older one is due for re-indexing.';

create table articles_before_2000 partition of articles for values from (minvalue) to ('2000-01-01 00:00:00+00');
comment on table articles_before_2000 is 'Articles of before the year 2000, in one partition.';

create table revisions (
    article_id bigint not null references article_urls on delete cascade,
    number int not null check (number >= 2),
    seen_at timestamptz not null,
    run_id int references runs,
    kind text not null check (kind in ('edit', 'correction', 'deletion', 'return')),
    silent boolean not null default false,
    note text not null default '',
    signed text not null default '',
    changes jsonb not null default '{}',
    before_title text,
    before_standfirst text,
    before_body text,
    before_shape text,
    before_extractor text,
    page_digest text not null default '',
    primary key (article_id, number),
    check ((kind in ('deletion', 'return')) = (before_body is null)),
    check ((before_body is null) = (before_title is null)),
    check (kind = 'edit' or not silent)
);
create index revisions_seen on revisions (seen_at desc);
create index revisions_run on revisions (run_id);
comment on table revisions is 'Every change of an article after its first version. Each row keeps the text that was replaced; the present text stands in articles, so no text is kept twice.';
comment on column revisions.article_id is 'The article.';
comment on column revisions.number is 'Number of the version that this change made; the first change makes version 2.';
comment on column revisions.seen_at is 'Fetch time of the page that showed the change.';
comment on column revisions.run_id is 'The run that saw it.';
comment on column revisions.kind is 'edit: by the outlet; correction: ours, the page was the same or only the choice of blocks changed; deletion: 404 or 410; return: there again.';
comment on column revisions.silent is 'An edit without any note of correction in the text.';
comment on column revisions.note is 'The note of correction, as the text has it.';
comment on column revisions.signed is 'By whom, as far as the page says: names that joined the byline.';
comment on column revisions.changes is 'Words added and removed, whether the headline changed, blocks touched.';
comment on column revisions.before_title is 'The headline that was replaced; null for deletion and return.';
comment on column revisions.before_standfirst is 'The standfirst that was replaced.';
comment on column revisions.before_body is 'The body that was replaced.';
comment on column revisions.before_shape is 'The shape of that body.';
comment on column revisions.before_extractor is 'The extraction that had made it.';
comment on column revisions.page_digest is 'Digest of the page that showed the change.';

create table pages (
    fetched_at timestamptz not null,
    key uuid not null,
    outlet_id int not null references outlets,
    run_id int not null references runs,
    status int,
    digest text not null default '',
    outcome text not null check (outcome <> ''),
    detail text not null default '',
    primary key (key, fetched_at)
) partition by range (fetched_at);
create index pages_run on pages (run_id, outlet_id);
comment on table pages is 'What became of each fetched page. The page itself lies in the run folder''s WARC file. Monthly partitions, dropped whole.';
comment on column pages.fetched_at is 'When it was fetched.';
comment on column pages.key is 'url_key of the canonical URL; crawl_urls has the URL.';
comment on column pages.outlet_id is 'The outlet.';
comment on column pages.run_id is 'The run, and with it the folder of the WARC file.';
comment on column pages.status is 'HTTP status; null when the crawl did not say.';
comment on column pages.digest is 'Digest of the body as received; empty when the crawl did not say.';
comment on column pages.outcome is 'new, revised, corrected, unchanged, returned, stale, forgotten, or the reason of rejection (gone: a deletion, where the article was known).';
comment on column pages.detail is 'The rejection''s own words.';

create table crawl_urls (
    outlet_id int not null references outlets,
    key uuid not null,
    url text not null,
    address text,
    first_seen timestamptz not null,
    last_fetched timestamptz,
    status smallint,
    digest text not null default '',
    checks int not null default 0 check (checks >= 0),
    changes int not null default 0 check (changes >= 0),
    failures int not null default 0 check (failures >= 0),
    published timestamptz,
    next_check timestamptz,
    door text not null default '',
    primary key (outlet_id, key),
    check (key = url_key(url))
) with (fillfactor = 85);
comment on table crawl_urls is 'The crawl''s memory: every article URL an outlet has shown, and the plan to look at it again.';
comment on column crawl_urls.outlet_id is 'The outlet.';
comment on column crawl_urls.key is 'url_key(url).';
comment on column crawl_urls.url is 'Canonical URL.';
comment on column crawl_urls.address is 'The URL as it is fetched; null: the canonical one.';
comment on column crawl_urls.first_seen is 'When a door first showed it.';
comment on column crawl_urls.last_fetched is 'Null: discovered, not yet fetched.';
comment on column crawl_urls.status is 'HTTP status of the last fetch.';
comment on column crawl_urls.digest is 'Digest of the body as received: the judge of "unchanged".';
comment on column crawl_urls.checks is 'Re-checks so far.';
comment on column crawl_urls.changes is 'How many of them found another body.';
comment on column crawl_urls.failures is 'Fetches failed in a row.';
comment on column crawl_urls.published is 'Publication by the door.';
comment on column crawl_urls.next_check is 'When to look again; null: never.';
comment on column crawl_urls.door is 'URL of the door that showed it first.';

create table doors (
    outlet_id int not null references outlets,
    key uuid not null,
    url text not null,
    etag text not null default '',
    last_modified text not null default '',
    digest text not null default '',
    last_polled timestamptz,
    next_poll timestamptz,
    interval_seconds double precision not null default 3600 check (interval_seconds > 0),
    failures int not null default 0 check (failures >= 0),
    lies int not null default 0 check (lies >= 0),
    state text not null default 'ok',
    data jsonb not null default '{}',
    primary key (outlet_id, key),
    check (key = url_key(url))
) with (fillfactor = 80);
comment on table doors is 'The crawl''s memory of feeds, sitemaps and listings.';
comment on column doors.outlet_id is 'The outlet.';
comment on column doors.key is 'url_key(url).';
comment on column doors.url is 'URL of the door.';
comment on column doors.etag is 'Validator of the last answer.';
comment on column doors.last_modified is 'Validator of the last answer.';
comment on column doors.digest is 'Digest of the last body.';
comment on column doors.last_polled is 'When it was last asked.';
comment on column doors.next_poll is 'When to ask again.';
comment on column doors.interval_seconds is 'The present pause between two polls, in seconds.';
comment on column doors.failures is 'Polls failed in a row.';
comment on column doors.lies is 'Validators that said "unchanged" and were wrong.';
comment on column doors.state is 'How the door stands, in the words of outlet_runs.state.';
comment on column doors.data is 'The door''s own notes, such as the cursor of a backfill.';

create table site_profiles (
    outlet_id int not null references outlets,
    version int not null check (version >= 1),
    profile text not null,
    run_id int references runs,
    made_at timestamptz not null default now(),
    primary key (outlet_id, version)
);
comment on table site_profiles is 'What extraction has learnt of an outlet''s pages, version by version: learning can be undone.';
comment on column site_profiles.outlet_id is 'The outlet.';
comment on column site_profiles.version is 'Counts up from 1; the highest is in use.';
comment on column site_profiles.profile is 'The profile as extraction writes it.';
comment on column site_profiles.run_id is 'The run it was learnt in; null when set by hand.';
comment on column site_profiles.made_at is 'When it was stored.';

create table tombstones (
    key uuid primary key,
    outlet_id int references outlets,
    reason text not null default '',
    buried_at timestamptz not null default now()
);
comment on table tombstones is 'Articles removed at the owner''s request. Only a hash is kept, and it is enough to keep them from ever coming back.';
comment on column tombstones.key is 'url_key of the canonical URL.';
comment on column tombstones.outlet_id is 'The outlet, where known.';
comment on column tombstones.reason is 'Why, in the words of whoever removed it.';
comment on column tombstones.buried_at is 'When.';

create table events (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    kind text not null check (kind <> ''),
    outlet_id int references outlets,
    run_id int references runs on delete set null,
    article_id bigint references article_urls on delete cascade,
    detail jsonb not null default '{}'
);
create index events_at on events (at desc);
create index events_article on events (article_id) where article_id is not null;
comment on table events is 'The archive''s journal: outlets changing state, retention, forgetting, re-indexing, restores.';
comment on column events.id is 'Internal number.';
comment on column events.at is 'When it happened.';
comment on column events.kind is 'What happened, in one word: state, retention, forgotten, reindexed, restored...';
comment on column events.outlet_id is 'The outlet it concerns.';
comment on column events.run_id is 'The run it happened in.';
comment on column events.article_id is 'The article it concerns.';
comment on column events.detail is 'The particulars.';

create table notes (
    id bigint generated always as identity primary key,
    article_id bigint not null references article_urls on delete cascade,
    author text not null default '',
    body text not null check (body <> ''),
    written_at timestamptz not null default now()
);
create index notes_article on notes (article_id, id);
comment on table notes is 'What analysts write beside an article.';
comment on column notes.id is 'Internal number.';
comment on column notes.article_id is 'The article.';
comment on column notes.author is 'Who wrote it.';
comment on column notes.body is 'The note, plain text.';
comment on column notes.written_at is 'When.';

create view readable as
    select articles.id, articles.at, outlets.name as outlet, outlets.country, articles.language, articles.title, articles.standfirst,
           articles.body, articles.authors, articles.section, articles.published_at, articles.revision, articles.edits,
           articles.deleted_at, article_urls.url
    from articles join article_urls using (id, at) join outlets on outlets.id = articles.outlet_id;
comment on view readable is 'Articles with their outlet and URL by name: for people at a prompt.';
comment on column readable.id is 'The article''s id.';
comment on column readable.at is 'The article''s own time.';
comment on column readable.outlet is 'Name of the outlet.';
comment on column readable.country is 'Country of the outlet.';
comment on column readable.language is 'ISO 639-1.';
comment on column readable.title is 'Headline.';
comment on column readable.standfirst is 'The lead-in.';
comment on column readable.body is 'The text, one block a line.';
comment on column readable.authors is 'Bylines.';
comment on column readable.section is 'The outlet''s section.';
comment on column readable.published_at is 'Publication as the page says.';
comment on column readable.revision is 'Number of the present version.';
comment on column readable.edits is 'How many times the outlet changed the text.';
comment on column readable.deleted_at is 'Since when the page is gone.';
comment on column readable.url is 'Canonical URL.';

create function newest(
    query tsquery, condition text, recheck text, since timestamptz, until timestamptz, until_id bigint, wanted int, common boolean
) returns table (id bigint, at timestamptz)
language plpgsql volatile parallel unsafe
as $$
declare
    month name;
    prepared text;
    known text[] := array(select p.name from pg_prepared_statements p where p.name like 'newest of %');
    first_month text := case when since < '2000-01-01' then 'articles_' else to_char(since at time zone 'UTC', '"articles_"YYYY_MM') end;
    last_month text := case when until > '9999-01-01' then 'articles_9' else to_char(until at time zone 'UTC', '"articles_"YYYY_MM') end;
    bounds text;
    found_so_far int := 0;
    step int;
begin
    -- The index of times is right for what stands in many articles, the text index for what stands in few. The planner cannot know what
    -- reading a long tsvector costs, so the caller says which. Only the months at the two ends are asked for their bounds.
    perform set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', case when common then 'on' else 'off' end, true),
            set_config('enable_bitmapscan', case when common then 'off' else 'on' end, true), set_config('plan_cache_mode', 'force_generic_plan', true);
    for month in
        select c.relname from pg_inherits h join pg_class c on c.oid = h.inhrelid
        where h.inhparent = 'articles'::regclass and c.relname::text collate "C" <= last_month and c.relname::text collate "C" >= first_month
           or h.inhparent = 'articles'::regclass and c.relname = 'articles_before_2000' and since < '2000-01-01'
        order by c.relname = 'articles_before_2000', c.relname desc
    loop
        bounds := case when month = first_month then ' and at >= $2' when month = 'articles_before_2000' then ' and at >= $2' else '' end
            || case when month = last_month or month = 'articles_before_2000' then ' and (at, id) < ($3, $4)' else '' end;
        -- Planning costs more than most months' answers: a whole month is asked by a statement that the session keeps, made when it is first needed.
        if recheck is null and bounds = '' then
            prepared := 'newest of ' || month || case when common then ' by time: ' else ' by terms: ' end || condition;
            if length(prepared) < 64 then
                if not prepared = any (known) then
                    execute format('prepare %I (tsquery, int) as select id, at from %I where ', prepared, month) || condition || ' order by at desc, id desc limit $2';
                end if;
                return query execute format('execute %I (%L, %s)', prepared, query, wanted - found_so_far);
                get diagnostics step = row_count;
                found_so_far := found_so_far + step;
                exit when found_so_far >= wanted;
                continue;
            end if;
        end if;
        -- What needs a look at the positions of words, or at more than the index has, is asked in the order of time and no further than needed.
        return query execute 'select id, at from ' || case when recheck is null then month || ' where ' || condition || bounds || ' order by at desc, id desc'
                else '(select id, at, terms, published_at from ' || month || ' where ' || condition || bounds
                    || ' order by at desc, id desc offset 0) as candidate where ' || recheck end || ' limit $5'
            using query, since, until, until_id, wanted - found_so_far;
        get diagnostics step = row_count;
        found_so_far := found_so_far + step;
        exit when found_so_far >= wanted;
    end loop;
end
$$;
comment on function newest(tsquery, text, text, timestamptz, timestamptz, bigint, int, boolean) is 'The newest articles that meet a condition: months are walked from the newest to the oldest, no further than needed.';
