"""Make extract/blocks/weights.json anew from ../shared/pages, or cross-validate it.

`./khabar bench extraction_weights [--cv | --leave-out] [--parts 0,3 --of 15] [--keep FOLDER]`.

Pages are read in this environment, trees are fitted in that of requirements/bench.txt, made on
first use. Folds never split a publisher, so that the figures of --cv are those of outlets the
judges have not seen. --leave-out goes further: each set of pages is read by judges that have seen
no page of it, and trafilatura reads the same pages in the same run. --parts takes a sample of the
pages: those whose place in their set, divided by --of, leaves one of these remainders. --keep
names a folder that each part's evidence is kept in. The file says what it was made of.
"""

import argparse
import json
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import _extraction_metrics as metrics
import numpy as np
from _extraction_evidence import AS_IT_IS, NOW, Sample, samples_of
from extraction import peers_python, theirs

from extract.blocks import choose, columns
from extract.blocks.model import Judges, build
from extract.page import reading
from news.article import Page
from pipeline.run.sites import outlet_of

WEIGHTS = Path(__file__).resolve().parents[2] / "extract" / "blocks" / "weights.json"
FITTER = Path(__file__).with_name("_extraction_trees.py")
SETS = ("fundus", "trafilatura", "wcxb")


def main() -> None:
    """Gather the evidence, then fit, cross-validate or leave sets out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cv", action="store_true")
    parser.add_argument("--leave-out", action="store_true", help="leave each set out whole")
    parser.add_argument("--trees", type=int, default=400)
    parser.add_argument("--parts", default="0", help="which parts of the pages, with commas")
    parser.add_argument("--of", type=int, default=1, help="how many parts there are")
    parser.add_argument("--keep", type=Path, help="a folder to keep the evidence in")
    options = parser.parse_args()
    parts = [int(part) for part in options.parts.split(",")]
    with tempfile.TemporaryDirectory(prefix="khabar-pages-") as temporary:
        folder = options.keep or Path(temporary)
        samples = []
        for part in parts:
            samples += gather(folder, part, options.of)
        if options.cv:
            cross_validate(samples, options.trees)
        elif options.leave_out:
            leave_out(samples, options.trees)
        else:
            made = f"parts {options.parts} of {options.of}, {len(samples)} pages in all makes"
            export({"made_of": made, **fit(samples, options.trees)})


def gather(folder: Path, part: int, count: int) -> list[Sample]:
    """Return the evidence of one part of the pages, read now or kept in the folder before."""
    kept = folder / f"part{part}of{count}.pkl"
    if not kept.exists():
        samples = list(samples_of(folder, part, count))
        kept.write_bytes(pickle.dumps(samples))
    found: list[Sample] = pickle.loads(kept.read_bytes())  # noqa: S301 - written by the line above
    return found


def fit(samples: list[Sample], trees: int) -> dict[str, Any]:
    """Return two judges as `extract.blocks.model` reads them: without the vote, and with it."""
    own, both = [], []
    for one in samples:
        plain = one["plain"] & (one["y"] >= 0)
        told = one["y"] >= 0
        own.append((one["own"][plain], one["y"][plain], one["w"][plain]))
        rows = np.hstack([one["own"], one["votes"]])
        both.append((rows[told], one["y"][told], one["w"][told]))
    return {
        "first": _trees(own, columns.NAMES, trees),
        "second": _trees(both, columns.SECOND, trees),
    }


def _trees(parts: list[tuple[Any, Any, Any]], names: tuple[str, ...], trees: int) -> dict[str, Any]:
    """Return boosted trees over labelled segments, fitted in the peers' environment."""
    with tempfile.TemporaryDirectory(prefix="khabar-trees-") as folder:
        source, target = Path(folder) / "rows.npz", Path(folder) / "trees.json"
        X, y, w = (np.concatenate([part[place] for part in parts]) for place in range(3))  # noqa: N806
        np.savez(source, X=X, y=y, w=w)
        command = [peers_python(), str(FITTER), str(source), str(target), str(trees)]
        subprocess.run(command, check=True)
        made = json.loads(target.read_text(encoding="utf-8"))
    return {"names": list(names), **made}


def judges_of(made: dict[str, Any]) -> Judges:
    """Return fitted judges as extraction asks them."""
    return Judges(first=build(made["first"]), second=build(made["second"]))


def export(made: dict[str, Any]) -> None:
    """Write the judges as `extract.blocks.model` reads them, one tree a line."""
    parts = [f'"made_of":{json.dumps(made["made_of"])}']
    for name in ("first", "second"):
        judge = made[name]
        lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in judge["trees"])
        names = json.dumps(judge["names"])
        parts.append(
            f'"{name}":{{"names":{names},\n"base":{judge["base"]!r},\n"trees":[\n{lines}\n]}}'
        )
    text = ",\n".join(parts)
    WEIGHTS.write_text(f"{{{text}}}\n", encoding="utf-8")


def cross_validate(samples: list[Sample], trees: int, folds: int = 3) -> None:
    """Print the figures of whole extraction on publishers that the fold's judges have not seen."""
    groups = sorted({one["group"] for one in samples})
    np.random.RandomState(0).shuffle(groups)
    fold = {name: place % folds for place, name in enumerate(groups)}
    texts: dict[str, str] = {}
    for turn in range(folds):
        judges = judges_of(fit([one for one in samples if fold[one["group"]] != turn], trees))
        for one in as_they_are(samples):
            if fold[one["group"]] == turn:
                texts[one["row"]["file"]] = text(one["row"], judges)
    for name in SETS:
        rows = [one["row"] for one in as_they_are(samples) if one["set"] == name]
        print(name, len(rows), "pages", figures(rows, texts))


def leave_out(samples: list[Sample], trees: int) -> None:
    """Print, for each set, the figures of judges that have not seen it, and the peer's."""
    python = peers_python()
    for name in SETS:
        judges = judges_of(fit([one for one in samples if one["set"] != name], trees))
        rows = [one["row"] for one in as_they_are(samples) if one["set"] == name]
        ours = {row["file"]: text(row, judges) for row in rows}
        peer = {file: found["text"] for file, found in theirs(python, "trafilatura", rows).items()}
        print(name, len(rows), "pages")
        print("  left out   ", figures(rows, ours))
        print("  trafilatura", figures(rows, peer))
        print("  difference ", metrics.difference(rows, ours, peer), flush=True)


def as_they_are(samples: list[Sample]) -> list[Sample]:
    """Return the samples that are real pages, unchanged."""
    return [one for one in samples if one["kind"] in AS_IT_IS]


def figures(rows: list[dict[str, Any]], texts: dict[str, str]) -> dict[str, float]:
    """Return a set's figures: over marked sentences, and over whole bodies where it has them."""
    found = {}
    if "with" in rows[0]:
        answers = {file: {"text": text} for file, text in texts.items()}
        found |= {
            f"marked {key}": value for key, value in metrics.judge_segments(rows, answers).items()
        }
    if "body" in rows[0]:
        scores = [metrics.shingle_overlap(texts[row["file"]], row["body"]) for row in rows]
        for place, key in enumerate(("P", "R", "F1")):
            found[key] = sum(score[place] for score in scores) / len(scores)
    return {key: round(value, 4) for key, value in found.items()}


def text(row: dict[str, Any], judges: Judges) -> str:
    """Return the text that extraction finds with these judges."""
    page = Page(
        url=row["url"],
        final_url=row["url"],
        status=200,
        headers=(),
        body=Path(row["path"]).read_bytes(),
        fetched_at=NOW,
    )
    read = reading.read(page, outlet_of(row["url"]))
    return choose.choose(read, None, judges=judges).text if read else ""


if __name__ == "__main__":
    sys.exit(main())
