-- A host is asked by one crawl at a time, whichever run, task or machine it belongs to; and what is due is found without reading all that is remembered.

create table host_leases (
    host text primary key,
    holder text not null,
    run text not null,
    expires timestamptz not null
);
comment on table host_leases is 'Who asks which host at the moment. One that is not renewed in time is anybody''s: its holder was killed.';
comment on column host_leases.host is 'The host, without www.';
comment on column host_leases.holder is 'The crawl that holds it, unique among all.';
comment on column host_leases.run is 'The run and outlet it is held for, in words.';
comment on column host_leases.expires is 'From this moment on it is anybody''s.';

create index crawl_urls_next_check on crawl_urls (outlet_id, next_check) where next_check is not null;
