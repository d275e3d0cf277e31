"""Articles that a door names by an address which only leads on, found among those known by name."""

from dataclasses import dataclass, replace

from crawlers import redirectors
from crawlers.discovery import hints
from crawlers.session import Session
from news.crawl import Known


@dataclass(slots=True)
class LedArticles:
    """What one crawl knows of addresses that lead on. Belongs to one spider."""

    session: Session

    def note_answer(self, known: Known, *, leads_on: bool) -> None:
        """Note whether the first answer at a new address was a redirect to another one."""
        if not known.was_fetched:
            self.session.change_outlet_notes(
                lambda notes: replace(
                    notes,
                    redirectors=redirectors.enter(notes.redirectors, known.url, leads_on=leads_on),
                )
            )

    def note_target(self, known: Known, url: str) -> None:
        """Remember which known article an address leads to."""
        self.session.change_outlet_notes(
            lambda notes: replace(
                notes,
                leads=redirectors.latest({**notes.leads, hints.short(known.url): url}),
            )
        )

    def unnamed(self) -> list[Known]:
        """Return the new articles of which nothing but an address that leads on is known."""
        counts = self.session.outlet_notes().redirectors
        if not counts:
            return []

        wanted = self.session.wanted.values()
        new = [known for known in wanted if not known.was_fetched]

        return [known for known in new if redirectors.leads_on(counts, known.url)]

    def name_by_headline(self) -> None:
        """Take new articles for those that another door names by the same headline."""
        session = self.session
        notes = session.outlet_notes()
        if not notes.redirectors:
            return

        leading = {known.url for known in self.unnamed()}
        headlines = dict(notes.headlines)

        for url, title in session.titles.items():
            key = redirectors.headline(title)
            is_own = not redirectors.leads_on(notes.redirectors, url)
            if key and is_own:
                headlines[key] = url

        for url in leading:
            self._name(session.wanted[url], headlines)

        session.change_outlet_notes(
            lambda notes: replace(notes, headlines=redirectors.latest(headlines))
        )

    def _name(self, known: Known, headlines: dict[str, str]) -> None:
        """Take a new article for the one of its headline, if that is of the same day."""
        session = self.session
        title = session.titles.get(known.url, "")
        key = redirectors.headline(title)
        url = headlines.get(key, "")
        other = session.memory.get(url)

        if other is None:
            return

        between = known.first_seen - other.first_seen
        if not redirectors.is_same_day(between):
            return

        # One headline, one article: the next of the same words is another.
        del headlines[key]
        self.note_target(known, other.url)
        session.record_double(known)
