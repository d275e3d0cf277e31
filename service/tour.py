"""`khabar up` in the foreground, and the tour over the sample press.

First run, first mail, how to go on.
"""

import sys
from dataclasses import dataclass, field
from pathlib import Path

from rich.markup import escape

from pipeline.errors import HouseError
from pipeline.settings import Settings
from service import up
from service.airflow_api import GATHER
from service.assemble import House
from service.console import Voice, voice

READY = "everything runs"
RUN = "run"
GREEN = "the first run is green"
NEXT = (
    "the outlets are read now, and then every day (KHABAR_SCHEDULE);"
    " `gather_news` in Airflow starts a run at any time"
)
MAIL = "the first mail has arrived"
_BEATS = 6  # of the supervisor, half a second each: a look costs the api-server some work


def run_house(settings: Settings, *, sample: bool) -> None:
    """Start the house and keep it until somebody stops it."""
    say = voice(settings.home)
    try:
        with up.opened(
            settings,
            sample=sample,
            say=say,
        ) as house:
            if sample:
                add_watches(house, say)
            say("waiting for Airflow")
            up.wait_ready(house)
            say(READY)
            say.block(welcome(house))
            up.watch_over(
                house,
                Tour(
                    house,
                    say,
                    mails_before=len(mails(settings.home)),
                ).step,
            )
    except KeyboardInterrupt:
        pass


def welcome(house: House) -> str:
    """Return what a person needs to know now."""
    address = house.wiring.address
    lines = [
        "",
        f"  Airflow and the archive   [bold]{address}[/bold]  (archive: {address}/khabar/)",
        f"  Login                     {login_line(house.secrets.login_file)}",
    ]
    if house.settings.smtp_url is None:
        mail = "stays on this machine: [bold]khabar mail[/bold] lists and shows it"
        lines.append(f"  Mail                      {mail}")
    stop = "Ctrl-C here, or " if sys.stdout.isatty() else ""
    lines += [
        f"  Next                      {NEXT}",
        f"  Stop                      {stop}[bold]khabar down[/bold]",
        "",
    ]
    return "\n".join(lines)


def login_line(file: Path) -> str:
    """Return user and password for a terminal.

    Where the words go into a file or a pipe, only where the password is.
    """
    user, password = file.read_text(encoding="ascii").split()
    where = escape(str(file))
    if sys.stdout.isatty():
        return f"{user} / {password}   [dim](kept in {where})[/dim]"
    return f"{user}, the password is in {where}"


def add_watches(house: House, say: Voice) -> None:
    """Save the sample's watches, those that are not there yet."""
    from service.sample_watches import add

    added = add(house.wiring.archive_url)
    if added:
        say(f"watches saved: {', '.join(added)}")


def mails(home: Path) -> list[Path]:
    """Return the mails that have arrived in the local mailbox, oldest first."""
    return sorted((home / "mail").glob("*.eml"))


@dataclass(slots=True)
class Tour:
    """Starts a first run if there has never been one, and follows it.

    Says once how it ended, and when its first mail is there.

    Over the sample press every start begins a run. The outlets of the world have their schedule,
    and are read at once only the first time.
    """

    house: House
    say: Voice
    mails_before: int = 0
    run_id: str = ""
    reported: set[str] = field(default_factory=set)
    beats: int = 0

    def step(self) -> None:
        """Look again, about every three seconds."""
        self.beats += 1
        if len(self.reported) == 2 or self.beats % _BEATS:  # noqa: PLR2004
            return
        try:
            self._look()
        except HouseError as error:
            self.say(str(error))

    def _look(self) -> None:
        cockpit = self.house.cockpit
        if not self.run_id:
            self._begin()
            return
        if RUN not in self.reported:
            run = cockpit.run(GATHER, self.run_id)
            if run["state"] == "success":
                self._report(RUN, GREEN)
            elif run["state"] == "failed":
                failed = "; ".join(cockpit.failed_tasks(GATHER, self.run_id))
                self._report(
                    RUN, f"the first run failed in: {failed}. Airflow shows each task's log"
                )
        if MAIL not in self.reported and len(mails(self.house.settings.home)) > self.mails_before:
            self._report(MAIL, f"{MAIL}; read it with: khabar mail show")

    def _begin(self) -> None:
        """Start the run, once Airflow has read the DAG in."""
        cockpit = self.house.cockpit
        if not cockpit.knows(GATHER):
            return
        if not self.house.wiring.sample and cockpit.runs(GATHER):
            self.reported.update({RUN, MAIL})
            return
        self.run_id = cockpit.trigger(GATHER)
        self.say(f"a run has started: {self.house.wiring.address}/dags/{GATHER}/runs/{self.run_id}")

    def _report(
        self,
        what: str,
        sentence: str,
    ) -> None:
        self.reported.add(what)
        self.say(sentence)
