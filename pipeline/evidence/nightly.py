"""What housekeeping does for the evidence: notes, signs, has stamped, checks."""

from datetime import datetime

from evidence.errors import EvidenceError
from pipeline import database
from pipeline.evidence import check, days, noting, stamping
from pipeline.settings import Settings
from storage import Archive


def keep_evidence(
    settings: Settings,
    now: datetime,
    *,
    everything: bool = False,
) -> dict[str, int]:
    """Note what was left out, sign days that are over, have them stamped, check; return counts.

    `everything`: every byte that is there is read again, not a seventh of it. What is wrong is
    kept for the operator, and counted here; a key that is missing keeps days from being signed.
    """
    with Archive(database.url(settings)) as archive:
        noted = noting.note_missed(archive, settings)
        signed = 0
        try:
            signed = days.close_days(archive, settings, now)
        except EvidenceError:
            signed = 0  # `check` finds why, and keeps it

        stamped = stamping.stamp_days(archive, settings)
        faults = check.check(
            archive,
            settings,
            now,
            everything=everything,
        )

    return {
        "records_noted": noted,
        "days_signed": signed,
        **stamped,
        "evidence_faults": len(faults),
    }
