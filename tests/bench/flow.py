"""The flow: many outlets through Airflow, and how soon a page that was fetched is a mail.

khabar bench flow outlets --count 200 [--write]   a first run over so many small outlets
khabar bench flow mail [--watches 10000] [--write]   13 outlets, one hangs, one drips
khabar bench flow killed [--write]   the scheduler and all its tasks are killed in the middle
khabar bench flow week [--days 7] [--write]   a simulated week of runs at quarter hours
"""

import argparse
import contextlib
import email
import json
import os
import resource
import statistics
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
# This folder and tests/ hold names of our packages: they come last.
sys.path[:] = [
    str(ROOT),
    *(path for path in sys.path if path != str(Path(__file__).parent)),
    str(ROOT / "tests"),
    str(Path(__file__).parent),
]

from _flow_house import House, Meter, Press, moment, opened, wait  # noqa: E402
from _table import machine, markdown, section  # noqa: E402

from service.airflow_api import GATHER  # noqa: E402

_HUNG, _DRIPS = "goriposta", "stepnoykurier"
_EARLIER = timedelta(hours=6)  # what the press publishes between the first run and the measured one


def outlets(count: int) -> str:
    """Read a fleet for the first time; say what it took."""
    now = datetime.now(UTC)
    loads: list[float] = []
    with opened(f"fleet-{count}", now, KHABAR_LIGHT_SCHEDULE="off") as (house, press):
        house.up()
        with Meter(house) as meter:
            run = _followed(house, loads)
        return _told(count, run, house, press, meter, loads)


def _followed(house: House, loads: list[float]) -> dict:
    """Return the first run when it has ended; the machine's load is noted meanwhile."""
    cockpit = house.cockpit

    def ended() -> dict | None:
        loads.append(os.getloadavg()[0])
        try:
            runs = cockpit.runs(GATHER)
        except Exception as error:  # noqa: BLE001 - a loaded api-server may be slow
            print(f"the api-server: {error}", file=sys.stderr)
            return None
        if runs and runs[0]["state"] in {"success", "failed"}:
            return runs[0]
        return None

    found = wait(ended, "the end of the first run", 30_000)
    assert isinstance(found, dict)
    return found


def _told(  # noqa: PLR0917
    count: int, run: dict, house: House, press: Press, meter: Meter, loads: list[float]
) -> str:
    done = next(house.home.glob("runs/2*/done.json"), None)
    assert done is not None, house.cockpit.failed_tasks(GATHER, run["dag_run_id"])
    report = json.loads(done.read_text())
    states = Counter(row["state"] for row in report["outlets"].values())
    read = {
        name for (name,) in house.rows("select name from outlets where first_seen_at is not null")
    }
    ((articles,),) = house.rows("select count(*) from articles")
    wall = (moment(run["end_date"]) - moment(run["start_date"])).total_seconds()
    asked = {line["host"] for line in press.log()}
    parts = meter.seconds()
    rows = [(name, seconds, round(seconds / count, 2)) for name, seconds in parts.items()]
    rows.append(("all", round(sum(parts.values())), round(sum(parts.values()) / count, 2)))
    return "\n".join(
        [
            f"### {count} outlets through Airflow\n\n{machine()}; load of the machine "
            f"{statistics.median(loads):.1f} (median).\n",
            f"The run ended {run['state']} after {wall:.0f} s: {len(asked)} of {count} outlets "
            f"asked, {len(read)} in the archive, {articles} articles; states "
            f"{dict(states)}; most memory {meter.most_memory / 1e9:.2f} GB in "
            f"{meter.most_processes} processes.\n",
            markdown(("part", "CPU s", "CPU s an outlet"), rows),
        ]
    )


def mail(watches: int) -> str:
    """Measure from the page fetched to the mail accepted, while one outlet hangs and one drips."""
    begin = datetime.now(UTC) - _EARLIER
    with opened("tour", begin, KHABAR_MAILS_AN_HOUR="10000") as (house, press):
        house.up()
        _watch(house, press, watches)
        house.wait_for_run()
        mails = house.home / "mail"
        wait(lambda: list(mails.glob("*.eml")), "the first mails")
        time.sleep(30)
        before = {path.name for path in mails.glob("*.eml")}
        press.tell("clock", {"now": datetime.now(UTC).isoformat(), "speed": 1})
        press.tell("fault", {"outlet": _HUNG, "fault": "timeout", "scope": "pages"})
        press.tell("fault", {"outlet": _DRIPS, "fault": "slow_body", "scope": "pages"})
        since = time.time()
        earlier = set(house.home.glob("runs/2*"))
        load = [os.getloadavg()[0]]
        cockpit = house.cockpit
        run = cockpit.trigger(GATHER, {"all_doors": True, "outlets": []})
        wait(lambda: _others_done(house, earlier), "the outlets that do not hang", 1800)
        load.append(os.getloadavg()[0])
        time.sleep(60)
        state = cockpit.run(GATHER, run)["state"]
        return _delays(house, press, before, since, watches, load, state)


def _watch(house: House, press: Press, count: int) -> None:
    """Save a watch of every outlet, each to its own reader, and so many further ones."""
    names = [site.name for site in press.roster.sites]
    house.rows(
        "insert into addresses (address, domain) select 'r' || n || '@reader.test', "
        "'reader.test' from generate_series(0, %s) n",
        len(names),
    )
    house.rows(
        "insert into watches (name, query, pace_minutes) "
        "select 'bench ' || name, 'outlet:' || name, 0 from unnest(%s) name",
        names,
    )
    house.rows(
        "insert into subscriptions (watch_id, address) select id, 'r' || row_number() over "
        "(order by id) || '@reader.test' from watches where name like 'bench %'"
    )
    if not count:
        return
    # Names that do not occur, each in a pair with a common word, as most watches match nothing.
    house.rows(
        "insert into watches (name, query) select 'idle ' || n, "
        "'pipeline \"nobody' || n || ' knows\"' from generate_series(1, %s) n",
        count,
    )
    house.rows(
        "insert into subscriptions (watch_id, address) select id, 'r0@reader.test' "
        "from watches where starts_with(name, 'idle ')"
    )


def _others_done(house: House, earlier: set[Path]) -> bool:
    """Tell whether a run that was not there before has read all outlets but those that hang."""
    for run in set(house.home.glob("runs/2*")) - earlier:
        folders = [path.parent for path in run.glob("*/*/outlet.json")]
        free = [path for path in folders if path.name not in {_HUNG, _DRIPS}]
        if len(free) > 10 and all((path / "load.json").exists() for path in free):
            return True
    return False


def _delays(  # noqa: PLR0917
    house: House,
    press: Press,
    before: set[str],
    since: float,
    watches: int,
    load: list[float],
    state: str,
) -> str:
    fetched: dict[str, float] = {}
    for line in press.log():
        if line["real"] >= since and line["method"] == "GET" and line["status"] == 200:
            name = f"http://{line['host']}:{press.port}{line['path']}"
            fetched.setdefault(name, line["real"])
    accepted: dict[str, float] = {}
    for path in (house.home / "mail").glob("*.eml"):
        if path.name not in before:
            message = email.message_from_bytes(path.read_bytes())
            accepted[message["Message-ID"].strip("<>")] = path.stat().st_mtime
    addresses: dict[int, list[str]] = {}
    for article, url in house.rows("select id, url from article_urls"):
        addresses.setdefault(article, []).append(url)
    loaded = dict(
        house.rows(
            "select a.id, extract(epoch from x.loaded_at)::float8 from articles a "
            "join outlet_runs x on x.run_id = a.run_id and x.outlet_id = a.outlet_id"
        )
    )
    delays: dict[int, float] = {}
    parts: dict[int, tuple[float, float, float]] = {}
    sent = house.rows(
        "select message_id, articles, extract(epoch from made_at)::float8 "
        "from alerts where state = 'sent'"
    )
    for message, articles, made in sent:
        at = accepted.get(message.strip("<>"))
        for article in articles:
            seen = [fetched[url] for url in addresses.get(article, ()) if url in fetched]
            if at is None or not seen or at - min(seen) > delays.get(article, 1e9):
                continue
            delays[article] = at - min(seen)
            parts[article] = (loaded[article] - min(seen), made - loaded[article], at - made)
    told = sorted(delays.values())
    middle = [statistics.median(part[number] for part in parts.values()) for number in range(3)]
    assert told, (len(accepted), len(sent), len(fetched))
    p = lambda share: told[min(len(told) - 1, int(share * len(told)))]  # noqa: E731
    return (
        f"### From a page fetched to its mail accepted\n\n{machine()}; load of the machine "
        f"{load[0]:.1f} to {load[-1]:.1f}.\n\n"
        f"13 sample outlets, `{_HUNG}` hangs, `{_DRIPS}` drips (run {state} meanwhile), "
        f"{watches} idle watches and one of each outlet: {len(told)} articles in "
        f"{len(accepted)} mails; median {statistics.median(told):.1f} s, p95 {p(0.95):.1f} s, "
        f"most {told[-1]:.1f} s (goal: p95 20 s). Medians of the parts: to the load "
        f"{middle[0]:.1f} s, to the mail written {middle[1]:.1f} s, to its acceptance "
        f"{middle[2]:.1f} s."
    )


def killed() -> str:
    """Kill the scheduler with all its tasks in a run's middle; say when they went on."""
    now = datetime.now(UTC)
    with opened("fleet-13", now, KHABAR_LIGHT_SCHEDULE="off") as (house, press):
        for path in (house.home.parent / "outlets").glob("*/*.toml"):
            path.write_text(path.read_text().replace("delay = 0.0", "delay = 5.0"))
        house.up()
        runs = house.home / "runs"
        wait(lambda: len(list(runs.glob("*/*/*/job.json"))) > 2, "crawls under way")
        before = {path.parent.name for path in runs.glob("*/*/*/job.json")}
        leader = psutil.Process(house.state()["parts"]["scheduler"]["process"]["pid"])
        family = [leader, *leader.children(recursive=True)]
        at = time.time()
        for process in family:
            with contextlib.suppress(psutil.Error):
                process.kill()
        done = {path.parent.name for path in runs.glob("*/*/*/load.json")}
        cut = before - done
        _gone, alive = psutil.wait_procs(family, timeout=60)
        run = _followed(house, [])
        later: dict[str, float] = {}
        for line in press.log():
            name = line["host"].removesuffix(".localhost")
            if name in cut and line["real"] > at + 6:
                later.setdefault(name, line["real"] - at)
        ((articles,),) = house.rows("select count(*) from articles")
        ((addresses,),) = house.rows("select count(distinct url) from article_urls")
        return (
            f"### A killed scheduler\n\n{machine()}; load of the machine "
            f"{os.getloadavg()[0]:.1f}.\n\n"
            f"Scheduler and all its {len(family) - 1} processes killed while {len(cut)} crawls "
            f"were under way; {len(alive)} of them outlived it by a minute. Their hosts were asked "
            f"again after {', '.join(f'{value:.0f}' for value in sorted(later.values()))} s (goal: "
            f"120 s). The run ended {run['state']}, {articles} articles, {addresses} addresses."
        )


def week(days: float) -> str:
    """Play so many days of runs at quarter hours; say what was asked and what it cost."""
    import crawl_month

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    rows = crawl_month.run(days, seconds=20_000, every=15)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    names = ("published", "missed", "twice", "requests", "unchanged", "allowed", "crawls")
    total = {name: sum(row[name] for row in rows.values()) for name in names}
    table = [
        (name, *(row[column] for column in names)) for name, row in [*rows.items(), ("all", total)]
    ]
    above = [name for name, row in rows.items() if row["requests"] > row["allowed"]]
    without = [
        name for name, row in rows.items() if row["requests"] - row["unchanged"] > row["allowed"]
    ]
    return "\n".join(
        [
            f"### A simulated week at quarter hours\n\n{machine()}.\n",
            markdown(("outlet", *names), table),
            f"\n{days:g} days, a run every 15 minutes reads what is due; `allowed` is 1.3 requests "
            f"an article and 30 a day, `unchanged` are requests answered 304. Above it: "
            f"{', '.join(above) or 'none'}; 304s apart: {', '.join(without) or 'none'}. "
            f"CPU of crawls and press {cpu:.0f} s, {cpu / days:.1f} s a day; a crawl's own process "
            f"adds about 0.6 s: {total['crawls'] / days:.0f} crawls a day, together "
            f"{100 * (cpu + 0.6 * total['crawls']) / days / 86_400 / 2:.2f}% of two cores.",
        ]
    )


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("outlets", "mail", "week", "killed"))
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--watches", type=int, default=0)
    parser.add_argument("--days", type=float, default=7)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.what == "outlets":
        name = f"flow-outlets-{options.count}"
        section(name, outlets(options.count), write=options.write)
    elif options.what == "killed":
        section("flow-killed", killed(), write=options.write)
    elif options.what == "week":
        section("flow-week", week(options.days), write=options.write)
    else:
        section(f"flow-mail-{options.watches}", mail(options.watches), write=options.write)


if __name__ == "__main__":
    main()
