"""Why an article did not come, or when and how it did: step by step from the door to the mail.

Nothing is guessed: each step says what crawl, archive and outbox have written down, and the first
that fails says what to change.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from news.article import Reason
from news.outlet import Outlet
from news.query import Document, Query, evaluate
from news.query.nodes import And, Node, Not
from news.text.aliases import Aliases
from news.urls import canonical
from news.watch import Watch
from pipeline.run.sites import whose
from storage import pages
from storage.pages import AddressTrace, ArticlePage, MatchTrace, PageTrace
from watches.matching import Matcher, Subject, parsed

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_LOOKED_BACK = timedelta(days=400)  # pages' outcomes are kept no longer


class Verdict(StrEnum):
    """How a step went."""

    DONE = "ok"
    WAITS = "waiting"
    ENDS = "failed"  # the article went no further


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an article's way: what happened, and what to change where it went no further."""

    name: str
    verdict: Verdict
    sentence: str
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The way of one article. `article` and `story` are its numbers, where it has come so far."""

    url: str
    steps: tuple[Step, ...]
    title: str = ""
    article: int | None = None
    story: int | None = None

    @property
    def end(self) -> Step:
        """Where it stands: the first step that failed or waits, else the last."""
        for step in self.steps:
            if step.verdict is not Verdict.DONE:
                return step

        return self.steps[-1]


# What to change where a page was read as no article.
_ADVICE = {
    Reason.PAYWALL: "give the outlet a login, if you have a subscription (`login` in its file)",
    Reason.LOGIN: "give the outlet a login, if you have an account (`login` in its file)",
    Reason.NEEDS_BROWSER: "set `render = true` in the outlet's file",
    Reason.LISTING: "where it is an article all the same, give the file a layout (`body`)",
    Reason.EMPTY: "give the outlet's file a layout (`body`), and try it: ./khabar outlets try",
    Reason.TOO_SHORT: "give the outlet's file a layout (`body`), and try it: ./khabar outlets try",
    Reason.CHALLENGE: "the outlet wants no programs; ask it for leave, or follow another door",
    Reason.BROKEN: "a defect of ours: please report the address",
    Reason.OVER_BUDGET: "it is read again by ./khabar extract; report the address if that fails",
    Reason.CRASHED: "it is read again by ./khabar extract; report the address if that fails",
}
# What to change where a match was kept back.
_KEPT_BACK = {
    "kind_not_wanted": "edit the watch: what it tells of is chosen under its kinds",
    "watch_paused": "let the watch run again",
    "muted": "end the watch's mute",
    "too_old": "it was three days old when it was found; poll the outlet's doors more often",
    "copy": "nothing: another outlet's copy of the same text had been told",
}
_LEFT = {
    "deleted": "the outlet has deleted it since",
    "gone": "the outlet has deleted it",
    "unknown": "it was gone before it could be read",
    "forgotten": "it was removed from this archive on request",
}


def explain(
    cursor: "Cursor",
    address: str,
    outlets: Sequence[Outlet],
    *,
    now: datetime,
    watch: Watch | None = None,
    aliases: Aliases | None = None,
    shown: Callable[[str], str] = str,
) -> Why:
    """Return the way of the article at an address, for one watch or for all.

    `outlets`: those that are followed. `shown`: how a receiver's address may be written. Raises
    news.urls.UrlError for what is no address.
    """
    url = canonical(address)
    (trace,) = pages.trace_addresses(cursor, [url])
    steps = list(_found(trace, outlets))
    if trace.article is None:
        fetched = pages.trace_pages(cursor, url, now - _LOOKED_BACK)
        steps += _read(trace, fetched)
        return Why(url=url, steps=tuple(steps))

    article = pages.article(cursor, trace.article)
    if article is None:
        steps.append(_gone(trace))
        return Why(url=url, steps=tuple(steps))

    story = pages.stories_of(cursor, [trace.article]).get(trace.article)
    steps.append(_archived(article))
    if story is not None:
        steps.append(_told_with(cursor, article, story))

    matches = pages.trace_matches(cursor, article.id, [] if story is None else [story])
    if pages.is_waiting_to_be_matched(cursor, article.id):
        words = "it has not been held against the watches yet"
        steps.append(Step(name="Matched", verdict=Verdict.WAITS, sentence=words))
    else:
        steps += _matched(article, matches, watch, aliases, shown)

    return Why(
        url=url,
        steps=tuple(steps),
        title=article.title,
        article=article.id,
        story=story,
    )


def _found(trace: AddressTrace, outlets: Sequence[Outlet]) -> Iterator[Step]:
    """Yield how the address came to be known."""
    owner = whose(trace.url, outlets)
    name = trace.outlet or (owner.name if owner else "")
    if trace.buried_at is not None:
        words = f"it was removed on request on {trace.buried_at:%-d %b %Y}: {trace.buried_for}"
        yield Step(name="Announced", verdict=Verdict.ENDS, sentence=words)
    elif trace.first_seen is not None:
        door = trace.door or "a page of the outlet, no door"
        words = f"{name} named it at {_when(trace.first_seen)}, first at {door}"
        yield Step(name="Announced", verdict=Verdict.DONE, sentence=words)
    elif trace.article is not None:
        words = f"it is known to {name}; by which door is not kept any more"
        yield Step(name="Announced", verdict=Verdict.DONE, sentence=words)
    elif owner is None:
        yield Step(
            name="Announced",
            verdict=Verdict.ENDS,
            sentence="no outlet that is followed lies at this address",
            advice="add the outlet: ./khabar outlets add ADDRESS",
        )
    elif not owner.active:
        words = f"{name} is not active: its doors are not asked"
        yield Step(
            name="Announced",
            verdict=Verdict.ENDS,
            sentence=words,
            advice="set `active = true` in its file",
        )
    else:
        yield Step(
            name="Announced",
            verdict=Verdict.ENDS,
            sentence=f"none of the {len(owner.doors)} doors of {name} has named it",
            advice=(
                "fetch the past with ./khabar backfill, or give the file the section or feed that"
                " links to it; the outlet's page says how its doors fare"
            ),
        )


def _read(trace: AddressTrace, fetched: Sequence[PageTrace]) -> Iterator[Step]:
    """Yield what became of an address that is no article."""
    if trace.first_seen is None or trace.buried_at is not None:
        return

    if trace.last_fetched is None:
        yield _not_fetched(trace)
        return

    words = f"it answered {trace.status} at {_when(trace.last_fetched)}"
    yield Step(name="Fetched", verdict=Verdict.DONE, sentence=words)
    newest = fetched[0] if fetched else None
    if newest is None:
        yield Step(
            name="Read",
            verdict=Verdict.WAITS,
            sentence="its page has not been loaded yet, or what became of it is not kept any more",
        )
    elif newest.outcome in _LEFT:
        yield Step(name="Read", verdict=Verdict.ENDS, sentence=_LEFT[newest.outcome])
    else:
        reason = newest.outcome.replace("_", " ")
        detail = f" ({newest.detail})" if newest.detail else ""
        yield Step(
            name="Read",
            verdict=Verdict.ENDS,
            sentence=f"its page was read as no article: {reason}{detail}, in run {newest.run}",
            advice=_advice(newest.outcome),
        )


def _advice(outcome: str) -> str:
    """Return what to change where a page was rejected."""
    is_reason = outcome in {reason.value for reason in Reason}
    known = _ADVICE.get(Reason(outcome), "") if is_reason else ""

    return known or "see it block by block: ./khabar explain ADDRESS"


def _not_fetched(trace: AddressTrace) -> Step:
    """Return how an address stands that never answered with a page."""
    failed = f"{trace.failures} tries failed" if trace.failures else "it has not been asked for yet"
    if trace.next_check is None:
        return Step(
            name="Fetched",
            verdict=Verdict.ENDS,
            sentence=f"{failed}, and it is not asked for again",
            advice="its outlet's page says what the server answers; ./khabar outlets check asks",
        )

    words = f"{failed}; it is due at {_when(trace.next_check)}"
    return Step(name="Fetched", verdict=Verdict.WAITS, sentence=words)


def _gone(trace: AddressTrace) -> Step:
    words = f"article {trace.article} is not in the archive any more"
    return Step(name="Archived", verdict=Verdict.ENDS, sentence=words)


def _archived(article: ArticlePage) -> Step:
    """Return how the article stands in the archive."""
    words = f"archived at {_when(article.first_seen_at)} as “{article.title}”"
    if article.deleted_at is not None:
        words += f"; deleted by the outlet at {_when(article.deleted_at)}"
    elif article.edits:
        words += f"; edited {article.edits} times since"

    return Step(name="Archived", verdict=Verdict.DONE, sentence=words)


def _told_with(cursor: "Cursor", article: ArticlePage, story: int) -> Step:
    """Return in which story the article is told."""
    page = pages.story(cursor, story)
    size = pages.story_sizes(cursor, [story]).get(story)
    others = size.members - 1 if size else 0
    is_lead = page is None or page.lead_id == article.id
    if not others:
        words = "it is a story of its own"
    elif is_lead:
        words = f"it leads a story of {others + 1} articles"
    else:
        words = f"it is one of {others + 1} articles that tell one story; another leads it"

    return Step(name="Story", verdict=Verdict.DONE, sentence=words)


def _matched(
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
    words = f"{found.watch} matched at {_when(found.at)} ({kind}: {', '.join(found.terms)})"
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
        sentence = f"{words}; mailed to {whom} at {_when(found.sent_at)}"
        return Step(name="Mailed", verdict=Verdict.DONE, sentence=sentence)

    if found.mail == "dropped":
        return Step(
            name="Mailed",
            verdict=Verdict.ENDS,
            sentence=f"{words}; the mail to {whom} was given up: {found.last_outcome}",
            advice="./khabar mail failed says why, and tries again",
        )

    sentence = f"{words}; the mail to {whom} is due at {_when(found.due_at)}"
    return Step(name="Mailed", verdict=Verdict.WAITS, sentence=sentence)


def _when(moment: datetime | None) -> str:
    """Return a moment for people, in UTC."""
    return f"{moment:%-d %b %Y, %H:%M} UTC" if moment else "an unknown time"
