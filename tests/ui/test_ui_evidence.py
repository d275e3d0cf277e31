"""The button under an article and a story: a package of evidence, for who may edit."""

import re
from io import BytesIO

from evidence.verify import verify


def csrf_of(page: str) -> str:
    return re.search(r'name="csrf" value="(\w+)"', page)[1]


def button_of(page: str) -> str:
    return re.search(r'action="([^"]+/evidence/[^"]+)"', page)[1]


def first(client, kind: str) -> str:
    story = re.search(r"/khabar/story/(\d+)", client.get("/khabar/").text)[0]
    if kind == "story":
        return story
    return re.search(r"/khabar/article/(\d+)", client.get(story).text)[0]


def test_the_buttons_of_an_article_and_a_story_give_packages_that_hold(client):
    for kind in ("article", "story"):
        page = client.get(first(client, kind)).text
        answer = client.post(button_of(page), data={"csrf": csrf_of(page)})
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/wacz"
        assert f'filename="{kind}-' in answer.headers["content-disposition"]
        found = list(verify(BytesIO(answer.content)))
        assert [item.sentence for item in found if item.outcome == "no"] == []


def test_what_is_not_there_a_form_of_others_and_a_reader_get_none(client):
    page = client.get(first(client, "article")).text
    csrf = {"csrf": csrf_of(page)}
    assert client.post("/khabar/evidence/article/999999", data=csrf).status_code == 404
    assert client.post("/khabar/evidence/story/99999999999999999999", data=csrf).status_code == 404
    assert client.post("/khabar/evidence/watch/1", data=csrf).status_code in {404, 422}
    assert client.post(button_of(page), data={"csrf": "x"}).status_code == 403
