"""Pages that make and change watches, with a look at what a watch would have sent before it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from news.query import Document
from news.watch import MatchKind, Rhythm, Watch
from pipeline.alerts import preview, saving
from pipeline.alerts.preview import Preview
from pipeline.settings import Settings
from storage import Archive, alerts, people
from ui import watch_forms
from ui.archives import Archives
from ui.look import Look
from ui.pages.numbers import Text, can_exist, not_there
from ui.people import Role, needs
from ui.watch_forms import Typed
from ui.writes import Posted, Visit, Visiting, text_of
from watches import WatchError, checked, mail_languages
from watches.delivery import check_recipients
from watches.matching import Matcher, Subject

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor

_EDITOR = [Depends(needs(Role.EDITOR))]
_WEEK = timedelta(days=7)
_MUTES = {"day": timedelta(days=1), "week": _WEEK, "month": timedelta(days=30)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the form's page shows beside the fields."""

    typed: Typed
    number: int | None  # of the watch; None: it is new
    error: WatchError | None = None
    found: Preview | None = None
    notes: Sequence[str] = ()
    terms: Sequence[str] | None = None  # of the pasted text; empty: it does not fit


def add(routes: APIRouter, archives: Archives, look: Look, settings: Settings) -> None:
    """Add the pages; all of them need an editor."""
    _form_routes(routes, archives, look, settings)
    _switch_routes(routes, archives, look)


def _form_routes(
    routes: APIRouter,
    archives: Archives,
    look: Look,
    settings: Settings,
) -> None:
    @routes.get("/watch/new", dependencies=_EDITOR)
    def new(visit: Visiting, q: Text = "") -> HTMLResponse:
        """Show the form of a new watch; `q` is its query."""
        with archives.archive() as archive, archive.transaction() as cursor:
            record = people.person(cursor, visit.person.name)

        watch = Watch(
            name=q[:60],
            query=q,
            recipients=tuple(record.addresses),
            timezone=record.zone,
            mail_language=record.language,
        )
        typed = watch_forms.of_watch(watch, record.addresses)

        return _page(look, visit, Sheet(typed=typed, number=None))

    @routes.post("/watch/new", dependencies=_EDITOR)
    def make(visit: Visiting, form: Posted) -> Response:
        """Preview a new watch, or save it."""
        empty = Watch(name="", query="", recipients=())
        return _answer(archives, look, settings, visit, form=form, base=empty)

    @routes.get("/watch/{number}/edit", dependencies=_EDITOR)
    def edit(number: int, visit: Visiting, q: Text = "") -> HTMLResponse:
        """Show the form of a watch; `q` is a query to put in the place of its own."""
        with archives.archive() as archive, archive.transaction() as cursor:
            watch = _watch(cursor, number)
            own = people.person(cursor, visit.person.name).addresses

        proposed = replace(watch, query=q or watch.query)
        typed = watch_forms.of_watch(proposed, own)
        sheet = Sheet(typed=typed, number=number)

        return _page(look, visit, sheet)

    @routes.post("/watch/{number}/edit", dependencies=_EDITOR)
    def change(number: int, visit: Visiting, form: Posted) -> Response:
        """Preview a changed watch, or save it."""
        with archives.archive() as archive, archive.transaction() as cursor:
            watch = _watch(cursor, number)

        return _answer(
            archives,
            look,
            settings,
            visit,
            form=form,
            base=watch,
            number=number,
        )


def _answer(
    archives: Archives,
    look: Look,
    settings: Settings,
    visit: Visit,
    *,
    form: FormData,
    base: Watch,
    number: int | None = None,
) -> Response:
    """Save what a form means, or show what it would have sent, or what is wrong in it."""
    with archives.archive() as archive, archive.transaction() as cursor:
        own = people.person(cursor, visit.person.name).addresses
        typed = watch_forms.of_form(form, base, own)
        try:
            watch = _meant(cursor, archive, typed, base, number)
            if text_of(form, "do") == "save":
                _require_recipients(watch, base, settings)
                _save(cursor, archive, watch, visit)
                return _to_watch(look, watch.name, "saved")
        except WatchError as error:
            wrong = Sheet(
                typed=typed,
                number=number,
                error=error,
            )
            return _page(look, visit, wrong)

        now = datetime.now(UTC)
        sheet = Sheet(
            typed=typed,
            number=number,
            found=preview.preview(cursor, watch, now, archive.aliases),
            notes=[str(note) for note in archive.parse(watch.query).notes],
            terms=_terms_in(archive, watch, typed.pasted),
        )

    return _page(look, visit, sheet)


def _meant(
    cursor: "Cursor",
    archive: Archive,
    typed: Typed,
    base: Watch,
    number: int | None,
) -> Watch:
    """Return the checked watch of a form; raises WatchError naming the field."""
    watch = checked(watch_forms.meant(typed, base), archive.aliases)
    if number is not None:
        return replace(watch, name=base.name)

    if alerts.load_watches(cursor, watch.name):
        sentence = f"there is a watch {watch.name!r} already"
        raise WatchError(sentence, field="name")

    return watch


def _require_recipients(watch: Watch, base: Watch, settings: Settings) -> None:
    """Raise WatchError if a watch would tell nobody, or somebody who cannot be told."""
    if not watch.recipients:
        raise WatchError("a watch needs somebody to tell: name@example.org", field="recipients")

    added = set(watch.recipients) - set(base.recipients)
    try:
        check_recipients(
            sorted(added),
            smtp_url=settings.smtp_url,
            mail_from=settings.mail_from,
        )
    except WatchError as error:
        raise WatchError(error.sentence, field="recipients") from error


def _save(
    cursor: "Cursor",
    archive: Archive,
    watch: Watch,
    visit: Visit,
) -> None:
    now = datetime.now(UTC)
    saving.save_with_preview(cursor, watch, now, archive.aliases)
    people.record_change(cursor, visit.person.name, "watch saved", watch.name)


def _terms_in(archive: Archive, watch: Watch, text: str) -> Sequence[str] | None:
    """Return by which words a pasted text fits the query; None without a text."""
    if not text:
        return None

    title, _, body = text.partition("\n")
    document = Document(
        title=title.strip(),
        text=body.strip(),
        language="und",
        outlet="",
        url="",
        published=None,
    )
    anywhere = replace(watch, outlets=(), regions=(), languages=())
    matcher = Matcher([anywhere], archive.aliases)
    for fit in matcher.run([Subject(document=document, region="")]):
        return fit.terms

    return ()


def _page(look: Look, visit: Visit, sheet: Sheet) -> HTMLResponse:
    status = HTTPStatus.BAD_REQUEST if sheet.error else HTTPStatus.OK

    return look.answer(
        "watch_form.html",
        status=status,
        section="Watches",
        visit=visit,
        sheet=sheet,
        texts=sheet.typed.texts,
        kinds=list(MatchKind),
        rhythms=[rhythm.value for rhythm in Rhythm],
        languages=mail_languages(),
    )


def _switch_routes(routes: APIRouter, archives: Archives, look: Look) -> None:
    def switched(number: int, visit: Visit, action: str, **fields: object) -> RedirectResponse:
        """Save a watch with some fields changed, and say so."""
        with archives.archive() as archive, archive.transaction() as cursor:
            saved = _watch(cursor, number)
            watch = replace(saved, **fields)  # type: ignore[arg-type]
            saving.save_watch(cursor, watch, datetime.now(UTC))
            people.record_change(cursor, visit.person.name, f"watch {action}", watch.name)

        return _to_watch(look, watch.name, action)

    @routes.post("/watch/{number}/pause", dependencies=_EDITOR)
    def pause(number: int, visit: Visiting) -> RedirectResponse:
        """Keep matches, send nothing."""
        return switched(number, visit, "paused", paused=True)

    @routes.post("/watch/{number}/resume", dependencies=_EDITOR)
    def resume(number: int, visit: Visiting) -> RedirectResponse:
        """Send mail again."""
        return switched(number, visit, "resumed", paused=False)

    @routes.post("/watch/{number}/mute", dependencies=_EDITOR)
    def mute(number: int, visit: Visiting, form: Posted) -> RedirectResponse:
        """Send no mail for a day, a week or a month."""
        span = _MUTES.get(text_of(form, "span"), _WEEK)
        return switched(number, visit, "muted", mute_until=datetime.now(UTC) + span)

    @routes.post("/watch/{number}/unmute", dependencies=_EDITOR)
    def unmute(number: int, visit: Visiting) -> RedirectResponse:
        """End a mute."""
        return switched(number, visit, "unmuted", mute_until=None)

    @routes.get("/watch/{number}/remove", dependencies=_EDITOR)
    def ask(number: int, visit: Visiting) -> HTMLResponse:
        """Ask whether a watch is to be removed."""
        with archives.archive() as archive, archive.transaction() as cursor:
            watch = _watch(cursor, number)

        return look.answer(
            "watch_remove.html",
            section="Watches",
            visit=visit,
            watch=watch,
            number=number,
        )

    @routes.post("/watch/{number}/remove", dependencies=_EDITOR)
    def remove(number: int, visit: Visiting) -> RedirectResponse:
        """Remove a watch with its matches."""
        with archives.archive() as archive, archive.transaction() as cursor:
            name = _watch(cursor, number).name
            alerts.remove_watch(cursor, name)
            people.record_change(cursor, visit.person.name, "watch removed", name)

        return RedirectResponse(f"{look.url('watches')}?notice=removed", HTTPStatus.SEE_OTHER)


def _watch(cursor: "Cursor", number: int) -> Watch:
    """Return the watch of a number; raises 404."""
    names = alerts.watch_names(cursor, [number]) if can_exist(number) else []
    if not names:
        raise not_there("There is no such watch.")

    return alerts.load_watches(cursor, names[0])[0].watch


def _to_watch(look: Look, name: str, notice: str) -> RedirectResponse:
    path = look.url("watches", name)
    return RedirectResponse(f"{path}?notice={notice}", HTTPStatus.SEE_OTHER)
