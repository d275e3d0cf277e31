"""What mark-up says of an element.

Whether it is a block, whether it is shown, whether a row is data.
"""

import re

from lxml.html import HtmlElement

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
        "optgroup",
        "option",
        "select",
        "button",
    ],
)
SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "canvas",
        "map",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "input",
        "textarea",
        "select",
        "datalist",
        "noframes",
        "frame",
        "frameset",
        "picture",
        "source",
        "track",
    ],
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:visually-?hidden|sr-only|screen-reader(?:-text)?|a11y-hidden|print-only|"
    r"visible-print)(?:$|[\s_-])"
)
# What a cell of a layout table holds, and a cell of data does not hold twice.
_CELL_BLOCKS = ("p", "div", "table", "ul", "h1", "h2", "h3", "li")


def is_hidden(element: HtmlElement) -> bool:
    """Tell whether mark-up says that a reader does not see this element."""
    attributes = element.attrib
    if not attributes:
        return False

    if "hidden" in attributes:
        return True

    style = attributes.get("style")
    if style and _HIDDEN_STYLE.search(style):
        return True

    names = attributes.get("class")

    return bool(names and _HIDDEN_CLASS.search(names.lower()))


def is_data_row(row: HtmlElement) -> bool:
    """Tell a table's row from a layout table's: cells that hold blocks of text are layout."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    if len(cells) < 2:  # noqa: PLR2004 - one cell is no row
        return False

    return all(_is_data(cell) for cell in cells)


def _is_data(cell: HtmlElement) -> bool:
    """Tell whether a cell holds no more than one block of text."""
    blocks = sum(1 for _ in cell.iter(*_CELL_BLOCKS))
    return blocks <= 1
