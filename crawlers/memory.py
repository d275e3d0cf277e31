"""What a crawl is given to know and what it learns: memory.jsonl in, crawl.jsonl out.

A hundred thousand known URLs stay lines of text; only those that are asked for become nouns. While
the crawl runs, a journal is appended to after a page is safely in the WARC, so that after a kill at
any moment the next start knows what is kept and fetches nothing twice.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from crawlers.errors import CrawlError
from news import codec
from news.crawl import DoorState, Known


class Memory:
    """Known URLs and doors of one outlet.

    `folder` holds memory.jsonl (may be absent) and gets crawl.jsonl.
    """

    def __init__(self, folder: Path, outlet: str) -> None:
        self.folder = folder
        self.outlet = outlet
        self._lines: dict[str, bytes] = {}
        self._due: list[tuple[str, str]] = []  # (next_check, url): ISO 8601 in UTC sorts as text
        self._doors: dict[str, DoorState] = {}
        self.changed: dict[str, Known] = {}
        self._changed_doors: dict[str, DoorState] = {}
        self._journal: IO[str] | None = None

    @property
    def journal_path(self) -> Path:
        """The journal of a crawl that is under way or was killed."""
        return self.folder / ".crawl.jsonl.part"

    def load(self) -> None:
        """Read memory.jsonl, then what an interrupted crawl wrote down.

        Raises CrawlError naming a line that cannot be read.
        """
        path = self.folder / "memory.jsonl"
        if path.exists():
            with path.open("rb") as file:
                for number, line in enumerate(file, 1):
                    self._read_line(line, f"{path}:{number}")

        # crawl.jsonl is there when a crawl was killed at its very end.
        for interrupted in (self.folder / "crawl.jsonl", self.journal_path):
            if interrupted.exists():
                self._replay(interrupted)

    def _read_line(self, line: bytes, where: str) -> None:
        """Take one line of memory.jsonl; raises CrawlError for what is none."""
        if not line.strip():
            return

        try:
            held = json.loads(line)
            known = held.get("known")
            door = held.get("door")

            if known:
                self._hold_known(known, line)
            elif door:
                state = codec.build(DoorState, door, where)
                self._doors[door["url"]] = state
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CrawlError(f"{where}: not a line of crawl memory: {error}") from error

    def _hold_known(self, known: dict[str, Any], line: bytes) -> None:
        """Take an article's line, which stays text until the article is asked for."""
        url = known["url"]
        next_check = known.get("next_check")
        self._lines[url] = line

        if next_check:
            self._due.append((next_check, url))

    def _replay(self, path: Path) -> None:
        """Take what an interrupted crawl had learnt; its last line may be torn."""
        with path.open("rb") as file:
            for line in file:
                try:
                    self._replay_line(json.loads(line))
                except (ValueError, KeyError, TypeError):
                    continue

    def _replay_line(self, held: Any) -> None:
        """Take one line of the journal."""
        if "known" in held:
            known = codec.build(Known, held["known"], "journal")
            self.changed[known.url] = known

            return

        door = codec.build(DoorState, held["door"], "journal")
        self._doors[door.url] = door
        self._changed_doors[door.url] = door

    def open_journal(self) -> None:
        """Start to write down what is learnt."""
        self._journal = self.journal_path.open(
            "a",
            encoding="utf-8",
            newline="\n",
        )

        self._journal.write("\n")  # a torn last line ends here

    def __len__(self) -> int:
        return len(self._lines.keys() | self.changed.keys())

    def __contains__(self, url: str) -> bool:
        return url in self.changed or url in self._lines

    def get(self, url: str) -> Known | None:
        """Return what is known of a canonical URL."""
        if url in self.changed:
            return self.changed[url]

        line = self._lines.get(url)

        if line is None:
            return None

        known: Known = codec.build(Known, json.loads(line)["known"], url)

        return known

    def put(self, known: Known) -> None:
        """Remember a URL."""
        self.changed[known.url] = known
        self._write(_line_of(known))

    def door(self, url: str) -> DoorState:
        """Return what is remembered of a door; a fresh state for one not met before."""
        return self._doors.get(url) or DoorState(outlet=self.outlet, url=url)

    def put_door(self, state: DoorState) -> None:
        """Remember a door."""
        self._doors[state.url] = state
        self._changed_doors[state.url] = state
        self._write(_line_of(state))

    def _write(self, line: str) -> None:
        """Write a line to the journal at once, if one is open."""
        if self._journal is not None:
            self._journal.write(line)
            self._journal.flush()

    def due(self, now: datetime) -> Iterator[Known]:
        """Yield the known URLs whose time has come.

        As they were when the crawl began, or as it left them.
        """
        for text, url in self._due:
            if url in self.changed or datetime.fromisoformat(text) > now:
                continue

            known = self.get(url)
            if known is not None:
                yield known

        for known in list(self.changed.values()):
            if known.next_check is None:
                continue

            # What an interrupted crawl had discovered is due, whatever its clock said.
            is_untouched = known.last_fetched is None and not known.failures
            if is_untouched or known.next_check <= now:
                yield known

    def finish(self) -> None:
        """Write crawl.jsonl under a temporary name, then rename; the journal goes."""
        path = self.folder / "crawl.jsonl"
        temporary = path.with_name(".crawl.jsonl.new")

        with temporary.open(
            "w",
            encoding="utf-8",
            newline="\n",
        ) as file:
            file.writelines(map(_line_of, self.changed.values()))
            file.writelines(map(_line_of, self._changed_doors.values()))

        temporary.replace(path)

        if self._journal is not None:
            self._journal.close()
            self._journal = None

        self.journal_path.unlink(missing_ok=True)


def _line_of(noun: Known | DoorState) -> str:
    """Return a noun as a line of crawl.jsonl and of the journal."""
    name = "known" if isinstance(noun, Known) else "door"
    held = {name: codec.plain(noun)}

    return (
        json.dumps(
            held,
            ensure_ascii=False,
            separators=(",", ":"),
        )
        + "\n"
    )
