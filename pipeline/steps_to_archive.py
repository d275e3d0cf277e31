"""An address's way to the archive: announced, fetched, read as an article or as none."""

from collections.abc import Iterator, Sequence

from news.article import Reason
from news.outlet import Outlet
from pipeline.run.sites import whose
from pipeline.why_steps import Step, Verdict, written
from storage.pages import AddressTrace, PageTrace

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
_LEFT = {
    "deleted": "the outlet has deleted it since",
    "gone": "the outlet has deleted it",
    "unknown": "it was gone before it could be read",
    "forgotten": "it was removed from this archive on request",
}


def announced(trace: AddressTrace, outlets: Sequence[Outlet]) -> Iterator[Step]:
    """Yield how the address came to be known."""
    owner = whose(trace.url, outlets)
    name = trace.outlet or (owner.name if owner else "")
    if trace.buried_at is not None:
        words = f"it was removed on request on {trace.buried_at:%-d %b %Y}: {trace.buried_for}"
        yield Step(name="Announced", verdict=Verdict.ENDS, sentence=words)
    elif trace.first_seen is not None:
        door = trace.door or "a page of the outlet, no door"
        words = f"{name} named it at {written(trace.first_seen)}, first at {door}"
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


def read(trace: AddressTrace, fetched: Sequence[PageTrace]) -> Iterator[Step]:
    """Yield what became of an address that is no article."""
    if trace.first_seen is None or trace.buried_at is not None:
        return

    if trace.last_fetched is None:
        yield _not_fetched(trace)
        return

    words = f"it answered {trace.status} at {written(trace.last_fetched)}"
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

    words = f"{failed}; it is due at {written(trace.next_check)}"
    return Step(name="Fetched", verdict=Verdict.WAITS, sentence=words)
