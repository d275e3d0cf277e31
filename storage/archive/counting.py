"""The counts of a load: what became of each outlet's pages. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from storage.archive.batch import Batch, OutletCounts
from storage.archive.seen import Outcome, Seen


def count_outcomes(
    batch: Batch,
    seen: Sequence[Seen],
    outcomes: Mapping[int, Outcome],
    doubles: Mapping[str, int],
) -> dict[str, OutletCounts]:
    """Return the counts of each outlet; `outcomes` are by ordinal, `doubles` by outlet."""
    by_outlet: defaultdict[str, Counter[Outcome]] = defaultdict(Counter)
    for item in seen:
        outcome = outcomes[item.ordinal]
        if outcome is Outcome.STALE and not item.gone:
            outcome = Outcome.UNCHANGED

        by_outlet[item.outlet.name][outcome] += 1

    counts = {}
    for part in batch.outlets:
        name = part.outlet.name
        became = by_outlet[name]
        reasons = Counter(item.reason.value for item in part.rejected)

        counts[name] = OutletCounts(
            outlet=name,
            fetched=part.fetched,
            new=became[Outcome.NEW],
            revised=became[Outcome.REVISED],
            corrected=became[Outcome.CORRECTED],
            unchanged=became[Outcome.UNCHANGED],
            deleted=became[Outcome.DELETED],
            returned=became[Outcome.RETURNED],
            forgotten=became[Outcome.FORGOTTEN],
            doubles=doubles.get(name, 0),
            rejected=dict(reasons),
        )

    return counts
