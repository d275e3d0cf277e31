"""A daily brief: the day's events of all watches that have this rhythm, by weight, in one mail."""

from news.watch import Rhythm


def brief(world):
    """Let the day pass."""
    world.match()
    world.later(days=1)
    return world.mails()


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def test_a_brief_is_one_mail_of_all_watches_the_weightiest_event_first(world):
    world.watch(rhythm=Rhythm.BRIEF)
    world.watch("Ports", "poti", rhythm=Rhythm.BRIEF)
    world.publish(title="Transit talks", story="a")
    for outlet in ("daily", "third", "fourth"):
        world.publish(outlet, title="Poti harbour shut", text="Storm in Poti.", story="b")
    (mail,) = brief(world)
    assert str(mail["subject"]).startswith("Daily brief: Ports +1 (2): Poti harbour shut")
    text = text_of(mail)
    assert text.index("Poti harbour shut") < text.index("Transit talks")
    assert "== Transit, Ports (2) ==" in text


def test_an_event_that_fits_two_watches_stands_in_the_brief_once(world):
    world.watch(rhythm=Rhythm.BRIEF)
    world.watch("Ports", "tbilisi", rhythm=Rhythm.BRIEF)
    world.publish(story="a")
    (mail,) = brief(world)
    assert "1 story" in text_of(mail)


def test_a_brief_names_what_weighs_most_and_counts_the_rest(world):
    world.watch(rhythm=Rhythm.BRIEF)
    for number in range(25):
        world.publish(title=f"Transit {number}")
    (mail,) = brief(world)
    assert "5 more in the archive" in text_of(mail)


def test_a_watch_with_another_rhythm_keeps_it(world):
    world.watch(rhythm=Rhythm.BRIEF)
    world.watch("Ports", "poti", rhythm=Rhythm.DAILY)
    world.publish(title="Transit talks")
    world.publish(title="Poti harbour shut", text="Storm in Poti.")
    subjects = sorted(str(mail["subject"]) for mail in brief(world))
    assert [subject.split(":")[0] for subject in subjects] == ["Daily brief", "Daily digest"]


def test_a_day_without_events_has_no_brief(world):
    world.watch(rhythm=Rhythm.BRIEF)
    assert brief(world) == []
