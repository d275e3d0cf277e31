"""What the nightly check of the evidence found wrong, for the operator."""

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
