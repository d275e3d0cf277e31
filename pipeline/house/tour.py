"""`khabar up` in the foreground, and the tour over the sample press: first run, first mail, how to go on."""

from dataclasses import dataclass, field
from pathlib import Path

from rich.markup import escape

from pipeline.house import up
from pipeline.house.cockpit import GATHER
from pipeline.house.errors import HouseError
from pipeline.house.progress import Voice, voice
from pipeline.house.secrets import USER
from pipeline.house.up import House
from pipeline.settings import Settings

READY = "everything runs"
GREEN = "the first run is green"
MAIL = "the first mail has arrived"


def hold(settings: Settings, *, sample: bool) -> None:
    """Start the house and keep it until somebody stops it."""
    say = voice(settings.home)
    say(f"Khabar starts in {settings.home}")
    try:
        with up.opened(settings, sample=sample, say=say) as house:
            if sample:
                add_watches(house, say)
            say("waiting for Airflow")
            up.wait_ready(house)
            say(READY)
            say.block(welcome(house))
            tour = Tour(house, say, mails_before=len(mails(settings.home))) if sample else None
            up.watch_over(house, tour.step if tour else None)
    except KeyboardInterrupt:
        pass


def welcome(house: House) -> str:
    """Return what a person needs to know now."""
    login = house.secrets.login_file
    lines = [
        "",
        f"  Airflow and the archive   [bold]{house.wiring.address}[/bold]  (archive: {house.wiring.address}/khabar/)",
        f"  Login                     {USER} / {house.secrets.password}   [dim](kept in {escape(str(login))})[/dim]",
    ]
    if house.settings.smtp_url is None:
        lines.append("  Mail                      stays on this machine: [bold]khabar mail[/bold] lists and shows it")
    lines.append(f"  Next                      {'the sample outlets are read now' if house.wiring.sample else next_run()}")
    lines.append("  Stop                      Ctrl-C here, or [bold]khabar down[/bold]")
    return "\n".join([*lines, ""])


def next_run() -> str:
    """Say when the outlets are read."""
    return f"the outlets are read every day; [bold]{GATHER}[/bold] in Airflow starts a run at once"


def add_watches(house: House, say: Voice) -> None:
    """Save the sample's watches, those that are not there yet."""
    from pipeline.house.sample import add

    added = add(house.wiring.archive_url)
    if added:
        say(f"watches saved: {', '.join(added)}")


def mails(home: Path) -> list[Path]:
    """Return the mails that have arrived in the local mailbox, oldest first."""
    return sorted((home / "mail").glob("*.eml"))


@dataclass(slots=True)
class Tour:
    """Follows the first run, and says once when it is green and once when the first mail is there."""

    house: House
    say: Voice
    mails_before: int = 0
    run_id: str = ""
    told: set[str] = field(default_factory=set)
    beats: int = 0

    def step(self) -> None:
        """Look again, about once a second."""
        self.beats += 1
        if len(self.told) == 2 or self.beats % 2:  # noqa: PLR2004
            return
        try:
            self._look()
        except HouseError as error:
            self.say(str(error))

    def _look(self) -> None:
        cockpit = self.house.cockpit
        if not self.run_id:
            if cockpit.knows(GATHER):
                self.run_id = cockpit.trigger(GATHER)
                self.say(f"first run started: {self.house.wiring.address}/dags/{GATHER}/runs")
            return
        if GREEN not in self.told:
            run = cockpit.run(GATHER, self.run_id)
            if run["state"] == "success":
                self._tell(GREEN, GREEN)
            elif run["state"] == "failed":
                failed = "; ".join(cockpit.failed_tasks(GATHER, self.run_id))
                self._tell(GREEN, f"the first run failed in: {failed}. Airflow shows each task's log; `khabar logs scheduler` may help")
        if MAIL not in self.told and len(mails(self.house.settings.home)) > self.mails_before:
            self._tell(MAIL, f"{MAIL}; read it with: khabar mail show latest")

    def _tell(self, what: str, sentence: str) -> None:
        self.told.add(what)
        self.say(sentence)
