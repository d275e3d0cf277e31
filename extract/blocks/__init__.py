"""Which of a page's segments are the article: evidence, the judge, what neighbours say."""
