"""Make extract/blocks/weights.json anew from ../shared/pages, or cross-validate it.

`./khabar bench extraction_weights [--cv | --leave-out] [--trees N]`.

Needs scikit-learn beside the dev environment's packages. Folds never split a publisher, so that the
figures of --cv are those of outlets the judge has not seen. --leave-out goes further: each set of
pages is read by a judge that has seen no page of it, and trafilatura reads the same pages in the
same run. The weights that ship are fitted on all pages.
"""

import argparse
import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import _extraction_metrics as metrics
import _extraction_variants as variants
import numpy as np
from extraction import peers_python, theirs, unpack

from extract.blocks import choose, columns, context, features, stated, vote
from extract.blocks.model import Model, build
from extract.page import cards, head, reading, segments, title
from extract.page.decode import decode
from extract.page.dom import parse
from extract.page.segments import tidy
from news.article import Page
from pipeline.run.sites import outlet_of

WEIGHTS = Path(__file__).resolve().parents[2] / "extract" / "blocks" / "weights.json"
NOW = datetime.now(UTC)
Sample = dict[str, Any]


def main() -> None:
    """Gather the evidence, then fit or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cv", action="store_true")
    parser.add_argument("--leave-out", action="store_true", help="leave each set out whole")
    parser.add_argument("--trees", type=int, default=220)
    parser.add_argument("--every", type=int, default=1, help="every Nth page, for a quick look")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="khabar-pages-") as folder:
        samples = gather(Path(folder), options.every)
        if options.cv:
            cross_validate(samples, options.trees)
        elif options.leave_out:
            leave_out(samples, options.trees)
        else:
            export(fit(samples, options.trees))


def gather(folder: Path, every: int = 1) -> list[Sample]:
    """Return the evidence of every page in every make, with labels (-1: unknown)."""
    samples = []
    news = unpack("fundus", folder)
    for place, row in list(enumerate(news))[::every]:
        others = [
            other
            for other in news
            if other["publisher"] != row["publisher"]
            and metrics.half(other["publisher"]) == metrics.half(row["publisher"])
        ]
        plain = place % 2 == 1
        samples.append(sample(row, "as it is", 1.0))
        samples.append(sample(row, "disguised", 0.5, edit=variants.disguise(place, tags=plain)))
        planted = variants.plant(place + 1000, others, row["body"])
        samples.append(
            sample(
                row,
                "planted and disguised",
                0.7,
                edit=variants.disguise(place + 1000, tags=plain, before=planted),
            )
        )
        samples.append(
            sample(row, "planted", 0.5, edit=variants.plant(place + 5000, others, row["body"]))
        )
        for turn in range(2):
            shorter, page = variants.bare(row, place * 7 + turn, others)
            samples.append(sample(shorter, "bare", 0.18, raw=page))
    samples += [marked(row) for row in unpack("trafilatura", folder)[::every]]
    samples += whole_articles(unpack("wcxb_dev", folder)[::every])
    return samples


def whole_articles(rows: list[dict[str, Any]]) -> list[Sample]:
    """Return the evidence of articles of many hosts, each as it is and once in disguise.

    They weigh less than news: most are guides and posts.
    """
    samples = []
    for number, row in enumerate(rows):
        named = {**row, "publisher": urlsplit(row["url"]).hostname}
        hidden = variants.disguise(number, tags=number % 2 == 1)
        for kind, weight, edit in (("whole", 0.5, None), ("whole, disguised", 0.25, hidden)):
            one = sample(named, kind, weight, edit=edit)
            samples.append({**one, "set": "wcxb"})
    return samples


def evidence(
    row: dict[str, Any], edit: Any, raw: bytes | None
) -> tuple[list[segments.Segment], Any]:
    """Return a page's segments that are judged, and their evidence, as extraction sees them."""
    decoded = decode(raw or Path(row["path"]).read_bytes())
    root = parse(decoded.text if decoded else "<p></p>")
    if edit:
        edit(root)
    runs, said = segments.segments(root), head.read(root)
    headline = title.find(said, runs, title.site_names(said, row["url"], ""))
    known = context.Evidence(
        title=headline,
        description=tidy(said.meta("og:description", "description", "twitter:description")),
        body_key="" if edit else title.key(" ".join(stated.paragraphs(stated.from_head(said)))),
        kept=vote.vote(root, runs).kept,
        cards=cards.find(runs, row["url"], headline),
    )
    wanted = [run for run in runs if run.link_share < choose.ALL_LINK or run.index in known.kept]
    return wanted, features.matrix(runs, known, wanted)


def sample(
    row: dict[str, Any], kind: str, weight: float, *, edit: Any = None, raw: bytes | None = None
) -> Sample:
    """Return a news page's evidence with labels from its gold body.

    Weighted by length within the page.
    """
    runs, found = evidence(row, edit, raw)
    wanted = np.array(variants.labels(runs, row["body"]))
    lengths = np.array([len(run.text) for run in runs])
    total = lengths[wanted == 1].sum() or 1
    return {
        "set": "fundus",
        "kind": kind,
        "group": row["publisher"],
        "row": row,
        "texts": [run.text for run in runs],
        "X": found,
        "y": wanted,
        "w": (lengths + 20) / (total + 20 * max(1, len(runs))) * 100 * weight,
    }


def marked(row: dict[str, Any]) -> Sample:
    """Return a page's evidence with labels where its marked segments tell."""
    runs, found = evidence(row, None, None)
    wanted = []
    for run in runs:
        inside, outside = (
            any(text in run.text for text in row[name]) for name in ("with", "without")
        )
        wanted.append(-1 if inside == outside else int(inside))
    return {
        "set": "trafilatura",
        "kind": "marked",
        "group": urlsplit(row["url"]).hostname,
        "row": row,
        "texts": [run.text for run in runs],
        "X": found,
        "y": np.array(wanted),
        "w": np.full(len(runs), 2.5),
    }


def fit(samples: list[Sample], trees: int) -> Any:
    """Return boosted trees over all labelled segments."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    parts = [
        (one["X"][one["y"] >= 0], one["y"][one["y"] >= 0], one["w"][one["y"] >= 0])
        for one in samples
        if len(one["y"])
    ]
    model = HistGradientBoostingClassifier(
        max_iter=trees,
        max_leaf_nodes=8,
        learning_rate=0.09,
        min_samples_leaf=40,
        l2_regularization=5.0,
        random_state=0,
    )
    return model.fit(
        np.vstack([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        sample_weight=np.concatenate([part[2] for part in parts]),
    )


def stored(model: Any) -> dict[str, Any]:
    """Return the trees as `extract.blocks.model` builds them.

    Lists of [feature or -1, threshold, left, right, value].
    """
    trees = [
        [
            [
                int(node["feature_idx"]) if not node["is_leaf"] else -1,
                float(f"{node['num_threshold']:.9g}") if not node["is_leaf"] else 0,
                int(node["left"]),
                int(node["right"]),
                round(float(node["value"]), 5),
            ]
            for node in predictor.nodes
        ]
        for (predictor,) in model._predictors
    ]
    return {
        "names": columns.NAMES,
        "base": float(model._baseline_prediction.ravel()[0]),
        "trees": trees,
    }


def export(model: Any) -> None:
    """Write the trees as `extract.blocks.model` reads them, one a line."""
    made = stored(model)
    lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in made["trees"])
    WEIGHTS.write_text(
        f'{{"names":{json.dumps(made["names"])},\n"base":{made["base"]!r},\n"trees":[\n'
        f"{lines}\n]}}\n",
        encoding="utf-8",
    )


def cross_validate(samples: list[Sample], trees: int, folds: int = 3) -> None:
    """Print the figures of whole extraction on publishers that the fold's judge has not seen."""
    groups = sorted({str(one["group"]) for one in samples})
    np.random.RandomState(0).shuffle(groups)
    fold = {name: place % folds for place, name in enumerate(groups)}
    found: dict[str, dict[str, dict[str, Any]]] = {"as it is": {}, "marked": {}}
    for turn in range(folds):
        judge = build(
            stored(fit([one for one in samples if fold[str(one["group"])] != turn], trees))
        )
        for one in samples:
            if fold[str(one["group"])] == turn and one["kind"] in found:
                found[one["kind"]][one["row"]["file"]] = {
                    "text": text(one["row"], judge),
                    "row": one["row"],
                }
    news = [metrics.overlap(one["text"], one["row"]["body"]) for one in found["as it is"].values()]
    print(
        "news pages",
        [round(sum(score[place] for score in news) / len(news), 4) for place in range(3)],
        sum(score[2] < metrics.LOW for score in news),
    )
    print(
        "marked pages",
        metrics.judge_segments([one["row"] for one in found["marked"].values()], found["marked"]),
    )


def leave_out(samples: list[Sample], trees: int) -> None:
    """Print, for each set, the figures of a judge that has not seen it, and the peer's."""
    python = peers_python()
    for name in ("fundus", "trafilatura", "wcxb"):
        judge = build(stored(fit([one for one in samples if one["set"] != name], trees)))
        rows = [
            one["row"]
            for one in samples
            if one["set"] == name and one["kind"] in {"as it is", "marked", "whole"}
        ]
        ours = {row["file"]: text(row, judge) for row in rows}
        peer = {file: found["text"] for file, found in theirs(python, "trafilatura", rows).items()}
        print(name, len(rows), "pages")
        print("  left out   ", figures(rows, ours))
        print("  trafilatura", figures(rows, peer))
        print("  difference ", metrics.difference(rows, ours, peer))


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


def text(row: dict[str, Any], judge: Model) -> str:
    """Return the text that extraction finds with this judge."""
    page = Page(
        url=row["url"],
        final_url=row["url"],
        status=200,
        headers=(),
        body=Path(row["path"]).read_bytes(),
        fetched_at=NOW,
    )
    read = reading.read(page, outlet_of(row["url"]))
    return choose.choose(read, None, judge=judge).text if read else ""


if __name__ == "__main__":
    sys.exit(main())
