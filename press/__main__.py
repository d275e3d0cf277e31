"""`python -m press`: serve the sample outlets, write their outlet files, print the truth."""

import argparse
import asyncio
import contextlib
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from press import outlet_files
from press.application import Application, Settings
from press.errors import PressError
from press.faults import FAULTS
from press.rosters import roster
from press.server import Served, Server


def main(arguments: list[str] | None = None) -> int:
    """Run one command; an expected error is one sentence and exit code 1."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (PressError, OSError) as error:
        sys.stderr.write(f"press: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m press", description="A small press of our own, on loopback."
    )
    commands = parser.add_subparsers(required=True)
    serve = commands.add_parser("serve", help="serve all outlets of a roster on 127.0.0.1")
    serve.add_argument("--port", type=int, required=True)
    serve.add_argument(
        "--home", type=Path, required=True, help="folder of press.json and access.jsonl"
    )
    serve.add_argument("--roster", default="tour", help="tour (default), month, or fleet-NUMBER")
    serve.add_argument("--seed", type=int, default=1)
    serve.add_argument(
        "--now",
        help="ISO 8601 with zone: the clock shows this and stands still, unless --speed is given",
    )
    serve.add_argument("--speed", type=float, help="virtual seconds per real second")
    serve.set_defaults(run=_serve)
    drawn = commands.add_parser("drawn", help="serve a world of outlets drawn from a seed")
    drawn.add_argument("--port", type=int, required=True)
    drawn.add_argument("--home", type=Path, required=True, help="folder of access.jsonl")
    drawn.add_argument("--seed", type=int, required=True)
    drawn.add_argument("--now", required=True, help="ISO 8601 with zone: the clock stands there")
    drawn.add_argument("--only", nargs="*", default=[], help="these kinds alone")
    drawn.set_defaults(run=_drawn)
    outlets = commands.add_parser("outlets", help="write outlet files FOLDER/<region>/<name>.toml")
    outlets.add_argument("folder", type=Path)
    outlets.add_argument("--port", type=int, required=True)
    outlets.add_argument("--roster", default="tour")
    outlets.set_defaults(run=_outlets)
    commands.add_parser("faults", help="list the faults that can be switched on").set_defaults(
        run=_faults
    )

    return parser


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None

    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise PressError(f"--now {text!r} is not ISO 8601") from error

    if at.tzinfo is None:
        raise PressError(f"--now {text!r} names no zone: add Z or an offset")

    return at.astimezone(UTC)


def _serve(options: argparse.Namespace) -> int:
    settings = Settings(
        home=options.home,
        port=options.port,
        roster=options.roster,
        seed=options.seed,
        now=_instant(options.now),
        speed=options.speed,
    )

    application = Application(settings)
    sys.stdout.write(
        f"press: {len(application.world.sites)} outlets on http://127.0.0.1:{settings.port}/ "
        f"since {application.world.start.isoformat()}\n"
    )
    return _run(application, settings.home)


def _drawn(options: argparse.Namespace) -> int:
    from press.drawn.application import DrawnApplication, DrawnSettings

    now = _instant(options.now)
    if now is None:
        raise PressError("--now is needed: a drawn world begins there")
    settings = DrawnSettings(
        port=options.port,
        home=options.home,
        seed=options.seed,
        now=now,
        only=tuple(options.only),
    )
    settings.home.mkdir(parents=True, exist_ok=True)
    application = DrawnApplication(settings)
    count = len(application.desks)
    sys.stdout.write(f"press: {count} drawn outlets on http://127.0.0.1:{settings.port}/\n")
    return _run(application, settings.home)


def _run(application: Served, home: Path) -> int:
    """Serve until stopped."""
    sys.stdout.flush()
    with (
        (home / "access.jsonl").open("a", encoding="utf-8") as log,
        contextlib.suppress(asyncio.CancelledError),
    ):
        asyncio.run(_until_stopped(Server(application, log)))

    return 0


async def _until_stopped(server: Server) -> None:
    task = asyncio.current_task()
    if task is not None:
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)

    await server.run()


def _outlets(options: argparse.Namespace) -> int:
    for path in outlet_files.write(
        roster(options.roster),
        options.folder,
        options.port,
    ):
        sys.stdout.write(f"{path}\n")

    return 0


def _faults(_options: argparse.Namespace) -> int:
    width = max(len(name) for name in FAULTS)
    for fault in FAULTS.values():
        sys.stdout.write(f"{fault.name:<{width}}  {fault.sentence}\n")

    return 0


if __name__ == "__main__":
    sys.exit(main())
