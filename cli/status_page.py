"""How the status looks on a terminal."""

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

_FULL = (
    "the disk is full: what stands here is of the time before;"
    " what has died starts again when there is room"
)


def show(status: dict[str, Any]) -> None:
    """Print what service.status.collect has returned."""
    console = Console()
    for line in _lines_above(status):
        console.print(
            line,
            highlight=False,
            soft_wrap=True,
        )
    if status["phase"] == "stopped":
        return
    console.print(_table(status))
    for line in _lines_below(status):
        console.print(
            line,
            highlight=False,
            soft_wrap=True,
        )


def _lines_above(status: dict[str, Any]) -> list[str]:
    """Return the lines before the table, in rich's mark-up."""
    home = escape(status["home"])
    if status["phase"] == "stopped":
        lines = [f"Khabar does not run in {home}."]
        left = status.get("left_behind")
        if left:
            parts = ", ".join(left)
            lines.append(f"Left behind by an interrupted one: {parts}; `khabar down` stops them.")

        return lines

    archive = f"archive: {status['archive']}"
    login = f"login: {escape(status['login_file'])}"
    lines = [f"[bold]{status['address']}[/bold]   {archive}   {login}"]
    if status["kind"]:
        lines.append(f"home: {home}, {status['kind']}")

    database = str(status["database"]["url"])
    lines.append(f"database: {escape(database)}")

    if status["disk"]["full"]:
        lines.append(f"[red]{_FULL}[/red]")

    return lines


def _lines_below(status: dict[str, Any]) -> list[str]:
    """Return the lines after the table, in rich's mark-up."""
    from pipeline import renew_prints
    from pipeline.alerts import mail_health

    lines = []
    if status["mail"] is not None:
        lines += [escape(line) for line in mail_health.lines(status["mail"])]
    if status["fingerprints"] is not None:
        lines += renew_prints.waiting_lines(status["fingerprints"])
    run = status["last_run"]
    if run:
        ended = run["end"] or "not yet"
        lines.append(f"last run: {run['state']}, began {run['start']}, ended {ended}")
        lines += [f"  failed: {escape(name)}" for name in run["failed"]]
    if status["sentry"]:
        lines.append("errors go to Sentry")
    return lines


def _table(status: dict[str, Any]) -> Table:
    """Return the parts as a table."""
    table = Table(
        box=None,
        pad_edge=False,
    )
    for heading in ("part", "health", "process", "port", "restarts", "since"):
        table.add_column(heading)
    for part in status["parts"]:
        health = "[green]well[/green]" if part["healthy"] else "[red]not well[/red]"
        table.add_row(
            part["name"],
            health,
            str(part["pid"] or ""),
            str(part["port"] or ""),
            str(part["restarts"]),
            f"{part['seconds']} s",
        )
    return table
