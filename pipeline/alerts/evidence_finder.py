"""What the operator hears of the evidence: what is wrong with it, and the days that were signed."""

from evidence.head import SignedHead
from pipeline.alerts.finders import Finding, Look
from storage import evidence
from watches.delivery import Trouble


def broken_evidence(look: Look) -> list[Finding]:
    """Find what is not as it was received and signed; what is found anew is told anew."""
    with look.archive.transaction() as cursor:
        faults = evidence.faults(cursor)

    found: list[Finding] = []
    for fault in faults:
        trouble = Trouble(
            subject=fault.subject,
            said=fault.said,
        )
        found.append(Finding(trouble, fault.said))

    return found


def signed_day(look: Look) -> list[Finding]:
    """Find the last day that was signed, where the operator wishes to keep its head."""
    if not look.settings.evidence_mail:
        return []

    with look.archive.transaction() as cursor:
        text = evidence.last_head(cursor)

    if text is None:
        return []

    signed = SignedHead.parsed(text.encode())
    head = signed.head
    said = f"{head.day}, {head.count} records, root {head.root.hex()}, head {signed.hash.hex()}"

    return [Finding(Trouble(said=said), head.day.isoformat())]
