"""What only a person can mend: the table of causes, how each is found, and what to do about it.

`notices` tells the operator of what is found, once, and once more when it is well again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.alerts import evidence_finder, finders
from pipeline.alerts.finders import Finding, Look


@dataclass(frozen=True, slots=True)
class Cause:
    """A kind of trouble. The name stands in the archive (operator_causes.cause)."""

    name: str
    title: str
    well: str  # the title when it is mended
    advice: str
    page: str  # of the archive's pages, where it is seen
    find: Callable[[Look], Sequence[Finding]]
    is_daily: bool = False  # looked for by the upkeep only: it takes long, or changes slowly


CAUSES = (
    Cause(
        "run_failed",
        "a run failed",
        "runs go well again",
        "read the run's page and `khabar logs`; clear its failed tasks, or `khabar run` goes on",
        "runs",
        finders.failed_runs,
    ),
    Cause(
        "run_late",
        "a run is late",
        "runs begin in time again",
        "`khabar status` shows whether the scheduler lives and the DAG gather_news is not paused",
        "runs",
        finders.late_runs,
    ),
    Cause(
        "outlet_ill",
        "outlets are not well",
        "outlets are well again",
        "each line says it; `khabar outlets check` looks again",
        "outlets",
        finders.ill_outlets,
    ),
    Cause(
        "layout_changed",
        "outlets changed their layout",
        "no outlet changed its layout in three days",
        "look whether their articles still come whole",
        "outlets",
        finders.redesigns,
    ),
    Cause(
        "mail_stuck",
        "mail does not get out",
        "mail gets out again",
        "`khabar mail failed` names it; look at KHABAR_SMTP_URL, then `khabar mail retry`",
        "watches",
        finders.stuck_mail,
    ),
    Cause(
        "receiver_given_up",
        "mail to readers is paused",
        "mail to readers goes again",
        "ask the reader for another address; when it is mended: `khabar mail resume ADDRESS`",
        "watches",
        finders.given_up_receivers,
    ),
    Cause(
        "sender_refused",
        "the mail server refuses our mail",
        "the mail server takes our mail again",
        "look at KHABAR_SMTP_URL and KHABAR_MAIL_FROM and at what the server asks for (SPF, DKIM, "
        "DMARC, a blocklist); when it is mended: `khabar mail retry`",
        "watches",
        finders.refused_sender,
    ),
    Cause(
        "disk_filling",
        "the disk fills up",
        "the disk has room again",
        "`khabar archive forecast` names the largest tables; see KHABAR_WARC_GB, KHABAR_KEEP_RUNS "
        "and `khabar archive retention`",
        "",
        finders.filling_disk,
        is_daily=True,
    ),
    Cause(
        "evidence_broken",
        "the evidence is not as it was",
        "the evidence is as it was",
        "`khabar evidence check --all` looks again; docs/evidence.md says what each fault means",
        "",
        evidence_finder.broken_evidence,
    ),
    Cause(
        "day_signed",
        "a day of evidence was signed",
        "heads of days are not mailed any more",
        "keep this mail: who has the head of a day can show that no day before it was changed",
        "",
        evidence_finder.signed_day,
        is_daily=True,
    ),
    Cause(
        "part_restarts",
        "parts of the house keep restarting",
        "the parts of the house stay up again",
        "each line names its log",
        "",
        finders.restarting_parts,
    ),
)


def looked_for(*, daily: bool) -> Iterable[Cause]:
    """Return the causes that a look is for; `daily`: the upkeep's, which takes its time."""
    return [cause for cause in CAUSES if daily or not cause.is_daily]
