"""What is remembered of a host's robots.txt."""

from dataclasses import dataclass, replace

from news.crawl import DoorState


@dataclass(
    frozen=True,
    slots=True,
    kw_only=True,
)
class RobotsNotes:
    """A host's robots.txt: its text, or the name of the fault that closes the host."""

    text: str | None = None
    fault: str = ""


def read(state: DoorState) -> RobotsNotes:
    """Return what is remembered of a robots.txt."""
    return RobotsNotes(text=state.data.get("text"), fault=state.data.get("fault", ""))


def write(state: DoorState, notes: RobotsNotes) -> DoorState:
    """Return a robots.txt's state with these notes."""
    if notes.text is not None:
        return replace(state, data={"text": notes.text})

    return replace(state, data={"fault": notes.fault})
