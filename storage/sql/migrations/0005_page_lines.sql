-- What stood on each article's page when it was seen last: a change of our reading alone is no edit by the outlet.

create table page_lines (
    article_id bigint primary key references article_urls on delete cascade,
    lines bytea not null
);
alter table page_lines alter column lines set storage external;
comment on table page_lines is 'All lines of an article''s page, in the article or not, as it was seen last. An article without a row was read before this was kept.';
comment on column page_lines.article_id is 'article_urls.id.';
comment on column page_lines.lines is 'Hashes of the lines in their plain form, 4 bytes each, little-endian, ascending (news.page_lines).';
