"""The command line: one table of commands, each imported only when it is called.

So `khabar --help` is instant.
"""

import importlib
import sys

import click

# Command -> (module in cli, the click command's name there, one line of help).
COMMANDS: dict[str, tuple[str, str, str]] = {
    "up": (
        "up",
        "up",
        "Start everything: database, Airflow, mailbox (--sample: over our own sample outlets).",
    ),
    "down": ("up", "down", "Stop what `up --detach` started."),
    "status": ("status", "status", "Addresses, health of each part, last run."),
    "logs": ("logs", "logs", "Show the parts' logs."),
    "run": ("run", "run", "One whole pass in the foreground, without Airflow."),
    "crawl": ("stages", "crawl", "Stage 1: fetch the outlets' pages into a run folder."),
    "extract": (
        "extract",
        "extract",
        "Stage 2: pages to articles; also a filter for files and JSON lines.",
    ),
    "dedupe": ("stages", "dedupe", "Stage 3: copies and stories."),
    "load": ("stages", "load", "Stage 4: into the archive."),
    "match": ("stages", "match", "Stage 5: stories against watches, mails into the outbox."),
    "alert": ("stages", "alert", "Stage 6: send what is due."),
    "events": ("stages", "events", "Apart: link stories of one event across languages."),
    "explain": ("explain", "explain", "Show a page block by block: kept, pruned, by which rule."),
    "outlets": ("outlets", "outlets", "Add, list, check and try outlets."),
    "scrapy": ("scrapy", "scrapy", "Scrapy's own commands: list, crawl, shell, check ..."),
    "backfill": ("backfill", "backfill", "Fetch an outlet's past."),
    "import": ("import_warcs", "import_", "Take WARC files as a source."),
    "cluster": ("cluster", "cluster", "Filter: JSON lines of texts to stories."),
    "story": ("story", "story", "Who tells a story and why; say: not a copy, the same."),
    "search": ("search", "search", "Search the archive."),
    "aliases": ("aliases", "aliases", "Names that queries take for one thing: list, add, remove."),
    "why": ("why", "why", "Why an article did not come: from the door to the mail."),
    "diff": ("diff", "diff", "What an outlet changed in an article."),
    "export": ("export", "export", "Search results as CSV, JSONL or Parquet."),
    "evidence": (
        "evidence",
        "evidence",
        "Packages that prove what was received when: export, verify, key, check.",
    ),
    "sql": ("sql", "sql", "psql on the archive."),
    "backup": ("backup", "backup", "Write the archive into one file."),
    "restore": ("restore", "restore", "Read a backup into an empty archive."),
    "archive": (
        "archive",
        "archive",
        "Housekeeping: migrate, re-index, retention, forecast, forget.",
    ),
    "watch": ("watch", "watch", "Saved queries: add, edit, test, list, history, match."),
    "mail": ("mail", "mail", "The local mailbox: list and show what arrived."),
    "settings": ("settings_docs", "show", "Every setting, what it does, its default."),
    "test": ("develop", "test", "All checks and tests."),
    "lint": ("develop", "lint", "The checks alone."),
    "lock": ("develop", "lock", "Make the hash-locked requirements anew from pyproject.toml."),
    "bench": ("develop", "bench", "Benchmarks by name, results into docs/benchmarks.md."),
    "mutants": (
        "mutants",
        "mutants",
        "Plant faults in the laws and count those that the tests see.",
    ),
}


class Lazy(click.Group):
    """A group that imports a command's module only when the command is called."""

    def list_commands(
        self,
        ctx: click.Context,
    ) -> list[str]:
        """Return the names in the order of the pipeline."""
        del ctx
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,
        cmd_name: str,
    ) -> click.Command | None:
        """Import and return one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(f"cli.{module}"), attribute)
        return command if isinstance(command, click.Command) else None

    def format_commands(
        self,
        ctx: click.Context,
        formatter: click.HelpFormatter,
    ) -> None:
        """Write the table of commands without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry[2]) for name, entry in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
def khabar() -> None:
    """Khabar, a regional news monitor."""


def main() -> None:
    """Run the command line. An expected error is one sentence on standard error and exit code 1."""
    from pipeline.errors import explain

    try:
        khabar.main(
            prog_name="khabar",
            standalone_mode=False,
        )
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    except Exception as error:
        sentence = explain(error)
        if sentence is None:
            from pipeline.sentry import report

            report(error, stage=_command_named(sys.argv[1:]))
            raise
        click.echo(f"khabar: {sentence}", err=True)
        sys.exit(1)


def _command_named(arguments: list[str]) -> str:
    """Return the command of a command line."""
    for word in arguments:
        if not word.startswith("-"):
            return word
    return "khabar"


if __name__ == "__main__":
    main()
