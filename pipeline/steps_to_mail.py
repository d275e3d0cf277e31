"""An archived article's way to the mail: which watches it matched, what became of each delivery."""

from collections.abc import Callable, Iterator, Sequence

from news.query import Document, Query, evaluate
from news.query.nodes import And, Node, Not
from news.text.aliases import Aliases
from news.watch import Watch
from pipeline.why_steps import Step, Verdict, written
from storage.pages import ArticlePage, MatchTrace
from watches.matching import Matcher, Subject, parsed

# What to change where a match was kept back.
_KEPT_BACK = {
    "kind_not_wanted": "edit the watch: what it tells of is chosen under its kinds",
    "watch_paused": "let the watch run again",
    "muted": "end the watch's mute",
    "too_old": "it was three days old when it was found; poll the outlet's doors more often",
    "copy": "nothing: another outlet's copy of the same text had been told",
}


def matched(
    article: ArticlePage,
    matches: Sequence[MatchTrace],
    watch: Watch | None,
    aliases: Aliases | None,
    shown: Callable[[str], str],
) -> Iterator[Step]:
    """Yield which watches it has matched, and what became of the mails."""
    wanted = [match for match in matches if watch is None or match.watch == watch.name]
    if wanted:
        for match in wanted:
            yield _delivery(match, shown)
    elif watch is None:
        yield Step(
            name="Matched",
            verdict=Verdict.ENDS,
            sentence="no watch has matched it",
            advice="make a watch of its words, or ask here for one watch to see what it lacks",
        )
    else:
        yield _missed(article, watch, aliases)


def _missed(article: ArticlePage, watch: Watch, aliases: Aliases | None) -> Step:
    """Return what an article lacks for a watch that has not matched it."""
    document = _document(article)
    query = parsed(watch.query, aliases)
    subject = Subject(document=document, region=article.region)
    if any(True for _ in Matcher([watch], aliases).run([subject])):
        return Step(
            name="Matched",
            verdict=Verdict.ENDS,
            sentence=f"{watch.name} fits it as it reads now, and had not when it came",
            advice="a watch tells what comes after it was saved, or changed; its preview shows it",
        )

    failed = [part for part in _parts(query.root) if _fails(part, query, document)]
    lacks = [f"“{part}”" for part in failed]
    limits = list(_limits(article, watch))
    said = [f"it does not answer {', '.join(lacks)}"] if lacks else []
    return Step(
        name="Matched",
        verdict=Verdict.ENDS,
        sentence=f"{watch.name} does not fit: {'; '.join((*said, *limits))}",
        advice="edit the watch; its preview shows what the change would bring",
    )


def _parts(root: Node) -> tuple[Node, ...]:
    return root.parts if isinstance(root, And) else (root,)


def _fails(part: Node, query: Query, document: Document) -> bool:
    """Tell whether a part of a query is what an article fails by."""
    asked = part.part if isinstance(part, Not) else part
    answers = evaluate(Query(root=asked, aliases=query.aliases), document) is not None

    return answers if isinstance(part, Not) else not answers


def _limits(article: ArticlePage, watch: Watch) -> Iterator[str]:
    """Yield the limits of a watch, beside its query, that leave an article out."""
    for name, value, allowed in (
        ("outlet", article.outlet, watch.outlets),
        ("region", article.region, watch.regions),
        ("language", article.language, watch.languages),
    ):
        if allowed and value not in allowed:
            yield f"its {name} is {value}, and the watch wants {', '.join(allowed)}"


def _document(article: ArticlePage) -> Document:
    """Return an article as queries see it."""
    text = "\n".join(part for part in (article.standfirst, article.body) if part)
    return Document(
        title=article.title,
        text=text,
        language=article.language,
        outlet=article.outlet,
        authors=tuple(article.authors),
        country=article.country,
        section=article.section,
        url=article.url,
        published=article.published_at or article.first_seen_at,
        flags=frozenset({"deleted"} if article.deleted_at else ()),
    )


def _delivery(found: MatchTrace, shown: Callable[[str], str]) -> Step:
    """Return what became of one match for one address."""
    kind = found.kind.replace("_", " ")
    words = f"{found.watch} matched at {written(found.at)} ({kind}: {', '.join(found.terms)})"
    if found.address is None:
        return Step(
            name="Mailed",
            verdict=Verdict.ENDS,
            sentence=f"{words}; it was told to nobody",
            advice="give the watch a receiver",
        )

    whom = shown(found.address)
    if found.state == "skipped":
        reason = (found.reason or "").replace("_", " ")
        return Step(
            name="Mailed",
            verdict=Verdict.ENDS,
            sentence=f"{words}; kept back from {whom}: {reason}",
            advice=_KEPT_BACK.get(found.reason or "", "docs/watches.md says what that means"),
        )

    if found.mail == "sent":
        sentence = f"{words}; mailed to {whom} at {written(found.sent_at)}"
        return Step(name="Mailed", verdict=Verdict.DONE, sentence=sentence)

    if found.mail == "dropped":
        return Step(
            name="Mailed",
            verdict=Verdict.ENDS,
            sentence=f"{words}; the mail to {whom} was given up: {found.last_outcome}",
            advice="./khabar mail failed says why, and tries again",
        )

    sentence = f"{words}; the mail to {whom} is due at {written(found.due_at)}"
    return Step(name="Mailed", verdict=Verdict.WAITS, sentence=sentence)
