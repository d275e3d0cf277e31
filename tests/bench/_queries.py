"""A mix of queries over the bench's articles.

Rare and common words, phrases that occur, OR, NOT, NEAR, prefixes, titles, fields, dates.
"""

import random

from _articles import END, chunk, outlets, vocabulary

KINDS = (
    "rare",
    "middling",
    "common",
    "two words",
    "phrase",
    "or",
    "not",
    "near",
    "prefix",
    "title",
    "outlet",
    "lang",
    "country",
    "author",
    "dates",
    "mixed",
)


def queries(size: int, each: int = 25) -> list[tuple[str, str]]:
    """Return (kind, query) pairs, `each` of every kind, seeded."""
    chance = random.Random(7)
    of = outlets()
    articles = [
        article
        for number in range(0, max(1, size // 1000), max(1, size // 8000))
        for article in chunk(number, size, of)
    ]
    found = []
    for kind in KINDS:
        for _ in range(each):
            article = chance.choice(articles)
            words = [word.strip(".,") for block in article.blocks for word in block.text.split()]
            found.append((kind, _query(kind, chance, article, words)))
    return found


def _query(kind, chance, article, words):  # noqa: C901, PLR0911, PLR0912
    ranked, _ = vocabulary(article.language)
    common, middling, rare = (
        str(chance.choice(ranked[2:60])),
        str(chance.choice(ranked[300:3000])),
        str(chance.choice(ranked[20_000:100_000])),
    )
    place = chance.randrange(len(words) - 8)
    after = END.replace(year=END.year - chance.randrange(1, 5), month=chance.randrange(1, 12))
    match kind:
        case "rare":
            return rare
        case "middling":
            return middling
        case "common":
            return common
        case "two words":
            return f"{words[place]} {words[place + 3]}"
        case "phrase":
            return '"' + " ".join(words[place : place + chance.choice((2, 2, 3))]) + '"'
        case "or":
            return f"{rare} OR {middling}"
        case "not":
            return f"{middling} NOT {common}"
        case "near":
            return f"{words[place]} NEAR/5 {words[place + 2]}"
        case "prefix":
            return f"{middling[:4]}*"
        case "title":
            return f"title:{article.title.split()[3]}"
        case "outlet":
            return f"outlet:{article.outlet} {middling}"
        case "lang":
            return f"lang:{article.language} {common} {middling}"
        case "country":
            return f"country:{chance.choice(('az', 'am', 'ge'))} {middling}"
        case "author":
            return f'author:"{article.authors[0]}"'
        case "dates":
            return (
                f"{middling} after:{after:%Y-%m-01} "
                f"before:{after.replace(month=after.month + 1):%Y-%m-01}"
            )
        case _:
            return f"({middling} OR {rare}) {words[place]} -{common} lang:{article.language}"
