-- What people have said about two articles: one report, or not, whatever their texts look like.

create table story_verdicts (
    left_id bigint not null references article_urls on delete cascade,
    right_id bigint not null references article_urls on delete cascade,
    same boolean not null,
    said_at timestamptz not null,
    primary key (left_id, right_id),
    check (left_id < right_id)
);
create index story_verdicts_right on story_verdicts (right_id);
comment on table story_verdicts is 'Pairs of articles of which a person has said that they are the same report, or that they are not. Stories obey it.';
comment on column story_verdicts.left_id is 'The article with the smaller id.';
comment on column story_verdicts.right_id is 'The other one.';
comment on column story_verdicts.same is 'True: one story holds both. False: no story does.';
comment on column story_verdicts.said_at is 'When it was said; a later word on the same pair takes its place.';
