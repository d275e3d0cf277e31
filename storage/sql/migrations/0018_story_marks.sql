-- What each person has read, starred and noted.

create table story_marks (
    person text not null references people (name) on delete cascade,
    story_id bigint not null,
    read_at timestamptz,
    starred_at timestamptz,
    note text not null default '',
    primary key (person, story_id)
);
comment on table story_marks is 'A person''s own marks on stories: read, starred, a note. Nobody else is shown them.';
comment on column story_marks.person is 'Whose they are.';
comment on column story_marks.story_id is 'stories.id; one that was taken up by another story is found by its alias.';
comment on column story_marks.read_at is 'Up to when she has read it: what came later is unread.';
comment on column story_marks.starred_at is 'Since when it is kept for later; null: it is not.';
comment on column story_marks.note is 'What she wrote to it.';
create index story_marks_starred on story_marks (person, starred_at desc) where starred_at is not null;
