-- Which version of dedupe made a fingerprint: what an earlier one read otherwise is made anew by the upkeep.

alter table fingerprints add column version smallint not null default 1 check (version > 0);
alter table fingerprints add column compared smallint not null default 1 check (compared > 0);
comment on column fingerprints.version is 'The version of dedupe that made the words and keys.';
comment on column fingerprints.compared is 'The version of dedupe whose fingerprints it was last compared with.';
