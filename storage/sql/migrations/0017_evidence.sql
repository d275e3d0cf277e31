-- What was received when: a leaf for each exchange in a WARC file, a signed root for each day, what is kept for long.

create table evidence_files (
    id int generated always as identity primary key,
    path text not null unique check (path <> ''),
    bytes bigint not null check (bytes >= 0),
    records int not null check (records >= 0),
    damage text not null default '',
    noted_at timestamptz not null default now(),
    day date,
    first_leaf int check (first_leaf >= 0),
    removed_at timestamptz,
    kept boolean not null default false,
    check ((day is null) = (first_leaf is null))
);
comment on table evidence_files is 'WARC files whose exchanges were hashed, each once and whole: those of runs, and those into which records are copied to outlive them.';
comment on column evidence_files.id is 'Counts them.';
comment on column evidence_files.path is 'Below the home, as runs/2026-11-27T050000Z/caspian/kanar/pages.warc.gz.';
comment on column evidence_files.bytes is 'Its size.';
comment on column evidence_files.records is 'How many exchanges it has.';
comment on column evidence_files.damage is 'Why what stands behind the last of them could not be read; empty: it was read to its end.';
comment on column evidence_files.noted_at is 'When they were hashed: names the day in whose tree they stand.';
comment on column evidence_files.day is 'The day (UTC) in whose tree they stand; null: that day is not over, or not signed yet; always null for a file of copies.';
comment on column evidence_files.first_leaf is 'The index of its first exchange in that tree.';
comment on column evidence_files.removed_at is 'When retention removed the file; null: it is there.';
comment on column evidence_files.kept is 'Whether it is a file of copies.';
create index evidence_files_open on evidence_files (id) where day is null;
create index evidence_files_day on evidence_files (day);

create table evidence_records (
    file_id int not null references evidence_files (id),
    place int not null check (place >= 0),
    at_byte bigint not null,
    bytes int not null,
    fetched_at timestamptz not null,
    key uuid not null,
    status smallint not null,
    revisit boolean not null,
    digest bytea not null check (length(digest) = 32),
    primary key (file_id, place)
);
comment on table evidence_records is 'The exchanges: all that a leaf says. It stays when the file is gone, and tells that something was received, and what its hash was.';
comment on column evidence_records.file_id is 'The file.';
comment on column evidence_records.place is 'Counts the exchanges of the file from 0; first_leaf and this are the leaf''s index.';
comment on column evidence_records.at_byte is 'Where in the file it begins.';
comment on column evidence_records.bytes is 'How many bytes it takes there, compressed.';
comment on column evidence_records.fetched_at is 'When it was fetched.';
comment on column evidence_records.key is 'url_key of the article''s canonical URL.';
comment on column evidence_records.status is 'HTTP status; 0 when the answer says none.';
comment on column evidence_records.revisit is 'Whether it says that the page was unchanged.';
comment on column evidence_records.digest is 'SHA-256 of the response and request records, without compression.';
create index evidence_records_key on evidence_records (key);

create table evidence_copies (
    file_id int not null,
    place int not null,
    copy_id int not null references evidence_files (id),
    at_byte bigint not null,
    primary key (file_id, place),
    foreign key (file_id, place) references evidence_records (file_id, place)
);
comment on table evidence_copies is 'Where records lie that were copied before their file was removed.';
comment on column evidence_copies.file_id is 'The file it was in.';
comment on column evidence_copies.place is 'Its place there.';
comment on column evidence_copies.copy_id is 'The file of copies.';
comment on column evidence_copies.at_byte is 'Where in that file it begins.';
create index evidence_copies_copy on evidence_copies (copy_id);

create table evidence_days (
    day date primary key,
    head text not null,
    leaves bytea not null check (length(leaves) % 32 = 0)
);
comment on table evidence_days is 'Each day''s tree: its signed head, and the hashes of its leaves.';
comment on column evidence_days.day is 'The day, UTC.';
comment on column evidence_days.head is 'The signed head, as docs/evidence.md has it.';
comment on column evidence_days.leaves is 'The hashes of its leaves, 32 bytes each, in their order.';
alter table evidence_days alter column leaves set storage external;

create table evidence_keys (
    number int primary key check (number >= 1),
    statement text not null
);
comment on table evidence_keys is 'The keys that signed, as the house stated each.';
comment on column evidence_keys.number is 'Counts them.';
comment on column evidence_keys.statement is 'The statement: the public key, the one before it, and the signatures of both.';

create table evidence_stamps (
    day date not null references evidence_days (day),
    kind text not null check (kind in ('rfc3161', 'opentimestamps')),
    authority text not null,
    stamp bytea not null,
    made_at timestamptz not null default now(),
    is_final boolean not null,
    primary key (day, kind, authority)
);
comment on table evidence_stamps is 'What others have said of a day''s head: that it was there.';
comment on column evidence_stamps.day is 'The day.';
comment on column evidence_stamps.kind is 'rfc3161 or opentimestamps.';
comment on column evidence_stamps.authority is 'The address that was asked.';
comment on column evidence_stamps.stamp is 'The authority''s answer; the proof as the program ots reads it.';
comment on column evidence_stamps.made_at is 'When it came.';
comment on column evidence_stamps.is_final is 'False: a calendar''s promise that is to be asked for again.';

create table evidence_holds (
    key uuid not null,
    reason text not null check (reason <> ''),
    held_at timestamptz not null default now(),
    primary key (key, reason)
);
comment on table evidence_holds is 'Articles whose pages are kept for long because somebody said so. Those that were edited, deleted or matched are kept besides.';
comment on column evidence_holds.key is 'url_key of the canonical URL.';
comment on column evidence_holds.reason is 'exported, starred, cited...';
comment on column evidence_holds.held_at is 'Since when.';

create table evidence_faults (
    subject text primary key,
    said text not null,
    seen_at timestamptz not null
);
comment on table evidence_faults is 'What the last check of the evidence found wrong; empty when all is well.';
comment on column evidence_faults.subject is 'What is not as it was: a day, a file, a key.';
comment on column evidence_faults.said is 'What is wrong with it, in a sentence.';
comment on column evidence_faults.seen_at is 'When that was first seen.';
