"""Bodies that only scripts know, in the forms that sites keep their state in."""

import json

import pytest

from extract.blocks import scripted
from extract.page import dom

LINES = [
    f"Line {number} of the report says that the quay is open and that the ferries run every hour."
    for number in range(6)
]
HTML = "".join(f"<p>{line}</p>" for line in LINES)
STATE = {"data": {"detail": {"title": "x", "contentHtml": HTML}}}
FLIGHT = json.dumps(f'0:["$","div",null,{{}}]\n1a:T{len(HTML):x},{HTML}2:{{"a":1}}\n')
HALF = len(FLIGHT) // 2
FORMS = {
    "assigned": f"window.__STATE__ = {json.dumps(STATE)};",
    "after other state": f"var a = {{b: 1}}; window['x'] = window['x'] || []; "
    f"window.__DATA__={json.dumps(STATE)}; start();",
    "pushed": f'window["q"] = window["q"] || [];window["q"].push({json.dumps(STATE)});',
    "handed over": f"hydrate(document.body, {json.dumps(STATE)})",
    "a string to parse": f"window.s = JSON.parse({json.dumps(json.dumps(STATE))})",
    "json in json": f"window.s = {json.dumps({'page': json.dumps(STATE)})}",
    "streamed rows": f"self.__next_f.push([1,{FLIGHT}])",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_body_is_found(form):
    root = dom.parse(f"<html><body><div id=app></div><script>{FORMS[form]}</script></body></html>")
    assert [block.text for block in scripted.blocks(scripted.find(root))] == LINES


def test_a_body_in_a_script_of_json():
    root = dom.parse(
        f'<html><body><script id=__NEXT_DATA__ type="application/json">{json.dumps(STATE)}'
        "</script></body></html>"
    )
    assert scripted.find(root) == HTML


def test_a_stream_cut_into_chunks_is_joined():
    whole = json.loads(FLIGHT)
    chunks = "".join(
        f"<script>self.__next_f.push([1,{json.dumps(whole[start : start + 100])}])</script>"
        for start in range(0, len(whole), 100)
    )
    assert scripted.find(dom.parse(f"<html><body>{chunks}</body></html>")) == HTML


def test_mark_up_keeps_its_structure_and_loses_its_captions():
    text = (
        "<h2>The quay</h2>$$AD$$<figure><figcaption>A ferry. Photo: Kanar</figcaption>"
        f"</figure><p>{LINES[0]}</p><ul><li>One</li><li>Two</li></ul>"
    )
    assert [(block.kind.value, block.text) for block in scripted.blocks(text)] == [
        ("h", "The quay"),
        ("p", LINES[0]),
        ("li", "One"),
        ("li", "Two"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "x = {" * 2000,
        "x = [" * 50_000,
        'x = {"body":"' + "a" * 300 + '"}',
        "JSON.parse(" * 500,
        '__next_f.push([1,"' * 50,
    ],
)
def test_what_is_no_body_is_none(source):
    root = dom.parse("<html><body><script></script></body></html>")
    root.find(".//script").text = source.encode("utf-8", "ignore").decode()
    assert scripted.find(root) == ""
