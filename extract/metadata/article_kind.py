"""What kind of article a page carries."""

from extract.blocks.choose import Choice
from extract.metadata import page_words
from extract.page.head import types
from extract.page.reading import Reading
from news.article import Kind

BRIEF = 500  # characters below which an article is a brief


def kind(read: Reading, choice: Choice) -> Kind:
    """Return what kind of article it is."""
    said: set[str] = set()
    sections = [read.head.meta("article:section")]

    for item in read.head.articles[:2]:
        said |= types(item)
        sections.append(str(item.get("articleSection", "")))

    section = " ".join(sections)[:200]
    if "interview" in said or page_words.INTERVIEW.search(f"{section} {read.headline}"):
        return Kind.INTERVIEW

    if said & {"opinionnewsarticle", "analysisnewsarticle"} or page_words.OPINION.search(section):
        return Kind.OPINION

    if len(choice.text) < BRIEF:
        return Kind.BRIEF

    return Kind.ARTICLE
