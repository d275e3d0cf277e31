"""Signed days are stamped by others, where settings name them: RFC 3161, OpenTimestamps."""

import logging
from collections import Counter
from datetime import date
from urllib.parse import urljoin

from evidence import ots, rfc3161
from evidence.errors import EvidenceError
from evidence.head import SignedHead
from evidence.judge_stamps import OPENTIMESTAMPS, RFC3161
from pipeline.evidence.asking import AbsentError, ask
from pipeline.settings import Settings
from storage import Archive
from storage import evidence as kept

_LOG = logging.getLogger(__name__)
_AT_ONCE = 7  # days that an authority is asked for in one round: what it missed is made good
_PROMISES = 50  # that are asked for again in one round
_OTS_TYPE = "application/vnd.opentimestamps.v1"


def stamp_days(archive: Archive, settings: Settings) -> dict[str, int]:
    """Have days stamped that are not, and ask for promises; return counts.

    `stamps_failed`: who did not answer is named in the log, and asked in the next round.
    """
    counts: Counter[str] = Counter(stamped=0, upgraded=0, stamps_failed=0)
    for authority in settings.tsa_urls.split():
        counts.update(_stamp_missing(archive, settings, RFC3161, authority))

    for authority in settings.ots_calendars.split():
        counts.update(_stamp_missing(archive, settings, OPENTIMESTAMPS, authority))

    if settings.ots_calendars:
        counts.update(_upgrade(archive, settings))

    return dict(counts)


def _stamp_missing(
    archive: Archive,
    settings: Settings,
    kind: str,
    authority: str,
) -> Counter[str]:
    counts: Counter[str] = Counter()
    with archive.transaction() as cursor:
        days = kept.unstamped_days(cursor, kind, authority, _AT_ONCE)

    for day in days:
        try:
            head = _head(archive, day)
            stamp = _asked(settings, kind, authority, head)
        except EvidenceError as error:
            _LOG.warning("day %s is not stamped: %s", day, error)
            counts["stamps_failed"] += 1
            break  # of one who does not answer, nothing more is asked now

        with archive.transaction() as cursor:
            kept.keep_stamp(cursor, stamp)

        counts["stamped"] += 1

    return counts


def _head(archive: Archive, day: date) -> SignedHead:
    with archive.transaction() as cursor:
        text, *_ = kept.heads(cursor, day)

    return SignedHead.parsed(text.encode())


def _asked(
    settings: Settings,
    kind: str,
    authority: str,
    head: SignedHead,
) -> kept.KeptStamp:
    """Return an authority's stamp of a head; raises EvidenceError, for one of another text too."""
    if kind == RFC3161:
        answer = ask(
            authority,
            rfc3161.request(head.text),
            kind=rfc3161.REQUEST_TYPE,
            loopback=settings.allow_loopback,
        )
        _require_theirs(settings, answer, head)

        return kept.KeptStamp(head.head.day, kind, authority, answer, is_final=True)

    answer = ask(
        _below(authority, "digest"),
        head.hash,
        kind=_OTS_TYPE,
        loopback=settings.allow_loopback,
    )
    proof = ots.begin(head.text, answer)
    is_final = bool(ots.claims(proof, head.text).blocks)

    return kept.KeptStamp(
        head.head.day,
        kind,
        authority,
        proof,
        is_final=is_final,
    )


def _require_theirs(settings: Settings, answer: bytes, head: SignedHead) -> None:
    """Refuse a stamp of another text, or one that is not signed under the roots that are set."""
    rfc3161.read(answer, head.text)
    if settings.tsa_roots is None:
        return

    try:
        roots = settings.tsa_roots.read_text(encoding="ascii")
    except (OSError, ValueError) as error:
        raise EvidenceError(f"KHABAR_TSA_ROOTS cannot be read: {error}") from error

    fault = rfc3161.is_vouched_for(answer, head.text, [roots])
    if fault:
        raise EvidenceError(f"its stamp is not signed under KHABAR_TSA_ROOTS: {fault}")


def _below(calendar: str, path: str) -> str:
    return urljoin(calendar.rstrip("/") + "/", path)


def _upgrade(archive: Archive, settings: Settings) -> Counter[str]:
    """Ask calendars whether what they promised is in a block by now."""
    counts: Counter[str] = Counter()
    with archive.transaction() as cursor:
        promised = kept.promised_stamps(cursor, _PROMISES)

    for stamp in promised:
        try:
            better = _upgraded(archive, settings, stamp)
        except AbsentError:
            continue
        except EvidenceError as error:
            _LOG.warning("the promise of %s is not asked for: %s", stamp.day, error)
            counts["stamps_failed"] += 1
            continue

        if better.is_final:
            with archive.transaction() as cursor:
                kept.keep_stamp(cursor, better)

            counts["upgraded"] += 1

    return counts


def _upgraded(archive: Archive, settings: Settings, stamp: kept.KeptStamp) -> kept.KeptStamp:
    """Return a stamp with what its calendars say now. Only those that are set are asked."""
    text = _head(archive, stamp.day).text
    proof = stamp.stamp
    known = {_below(calendar, "") for calendar in settings.ots_calendars.split()}
    for promise in ots.claims(proof, text).promises:
        if _below(promise.calendar, "") not in known:
            continue

        path = f"timestamp/{promise.commitment.hex()}"
        answer = ask(
            _below(promise.calendar, path),
            loopback=settings.allow_loopback,
        )
        proof = ots.upgrade(
            proof,
            text,
            promise,
            answer,
        )

    is_final = bool(ots.claims(proof, text).blocks)

    return stamp._replace(stamp=proof, is_final=is_final)
