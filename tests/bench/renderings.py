"""Pictures of every kind of mail: each in each language, as text, in light and in dark.

`python -P tests/bench/renderings.py --out FOLDER` writes one sheet a kind, KIND.html and KIND.png,
drawn by a Chromium (--browser) that needs no network. They are for eyes: nothing is judged here.
"""

import argparse
import html
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import sampleletters

from watches.delivery import operator, render
from watches.delivery.rendered import Rendered

_DARK = "@media (prefers-color-scheme: dark)"
_WIDTH, _PHONE, _HEIGHT = 660, 380, 900
_STYLE = """
body { margin: 12px; font: 14px/1.4 sans-serif; background: #777; width: max-content }
.row { display: flex; gap: 12px; margin: 0 0 12px }
iframe { border: 0; background: #fff }
pre { margin: 0; padding: 12px; width: 460px; background: #fff; overflow: hidden;
      white-space: pre-wrap; unicode-bidi: plaintext; font: 12px/1.45 monospace }
"""


def sheet(rendered: dict[str, Rendered], height: int) -> str:
    """Return a page with a row a language: text, light, dark, and as a telephone shows it."""
    rows = []
    for mail in rendered.values():
        light = mail.html.replace(_DARK, "@media not all")
        dark = mail.html.replace(_DARK, "@media all").replace(
            "color-scheme: light dark", "color-scheme: dark"
        )
        frames = [
            _frame(light, _WIDTH, height),
            _frame(dark, _WIDTH, height),
            _frame(light, _PHONE, height),
        ]
        text = html.escape(f"{mail.subject}\n\n{mail.text}")
        pre = f'<pre style="height:{height - 24}px">{text}</pre>'
        rows.append(f'<div class="row">{pre}{"".join(frames)}</div>')

    return f'<meta charset="utf-8"><style>{_STYLE}</style>{"".join(rows)}'


def _frame(page: str, width: int, height: int) -> str:
    source = html.escape(page, quote=True)

    return f'<iframe srcdoc="{source}" width="{width}" height="{height}"></iframe>'


def draw(browser: str, page: Path, rows: int, height: int) -> None:
    """Have the browser draw a page beside it, as PNG."""
    width = 484 + 2 * _WIDTH + _PHONE + 60
    size = f"{width},{rows * (height + 12) + 24}"
    subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--window-size={size}",
            f"--screenshot={page.with_suffix('.png')}",
            page.resolve().as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )


def operator_mails() -> dict[str, Rendered]:
    """Return what the operator gets."""
    troubles = [
        operator.Trouble(subject="gazette", said="the last three crawls met a wall"),
        operator.Trouble(subject="herald", said="silent for 9 days, it used to write daily"),
    ]
    notice = operator.Notice(
        title="outlets are not well",
        troubles=troubles,
        known=troubles[:1],
        advice="look at each outlet's page, and try `khabar outlets check NAME`",
        link="https://khabar.test/khabar/outlets",
    )

    return {"troubles": operator.tell_troubles(notice), "well": operator.tell_well(notice)}


def main() -> None:
    """Write and draw all sheets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--browser", default="chromium")
    parser.add_argument("--kinds", nargs="*", help="only these")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    by_language = {name: sampleletters.letters(name) for name in sampleletters.LANGUAGES}
    sheets = {}
    for kind in by_language["en"]:
        sheets[kind] = {name: render.render(letters[kind]) for name, letters in by_language.items()}
    sheets["operator"] = operator_mails()
    for kind, rendered in sheets.items():
        if options.kinds and kind not in options.kinds:
            continue
        is_long = kind in ("digest", "first", "brief", "picked_up")
        height = int(_HEIGHT * (1.9 if is_long else 1))
        page = options.out / f"{kind}.html"
        page.write_text(sheet(rendered, height), encoding="utf-8")
        draw(options.browser, page, len(rendered), height)
        print(f"{kind}: {len(rendered) * 3} renderings, {page.with_suffix('.png')}")


if __name__ == "__main__":
    main()
