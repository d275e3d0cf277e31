"""Outlet files: crawlers/outlets/<region>/<name>.toml, one outlet each, read strictly.

An unknown key, a wrong type, a zone that does not exist, an expression that does not compile: each
is an error that names file, line and key. A file that is silently half understood would lose
articles without anybody seeing it.
"""

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import pydantic

from crawlers import outlet_values as values
from crawlers.errors import OutletFileError
from crawlers.login import is_safe
from news.outlet import Door, DoorKind, Expectation, Layout, Outlet, Pace

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_HEADER = re.compile(r"\s*\[\[?\s*([\w.-]+)\s*\]")
OUTLETS = Path(__file__).parent / "outlets"


def load_outlets(folder: Path) -> list[Outlet]:
    """Return the outlets of all files region/name.toml, by region and name.

    Raises OutletFileError on the first wrong one.
    """
    outlets, broken = load_all(folder)
    if broken:
        raise broken[0]

    return outlets


def load_all(folder: Path) -> tuple[list[Outlet], list[OutletFileError]]:
    """Return the outlets that can be read and an error for each file that cannot.

    One typo must not stop the others.
    """
    if not folder.is_dir():
        raise OutletFileError(f"{folder}: there is no such folder of outlet files")

    outlets: list[Outlet] = []
    broken: list[OutletFileError] = []
    path_of: dict[str, Path] = {}

    for path in sorted(folder.glob("*/*.toml")):
        try:
            outlet = load_outlet(path)
        except OutletFileError as error:
            broken.append(OutletFileError(str(error), outlet=path.stem))
            continue

        first = path_of.setdefault(outlet.name, path)
        if first is path:
            outlets.append(outlet)
        else:
            words = f"{path}: the name {outlet.name} is taken by {first}"
            broken.append(OutletFileError(words))

    return outlets, broken


def names_of_broken(
    outlets: Iterable[Outlet],
    broken: Iterable[OutletFileError],
) -> dict[str, str]:
    """Return the outlets that only a wrong file has, each with what is wrong in it."""
    taken = {outlet.name for outlet in outlets}
    return {error.outlet: str(error) for error in broken if error.outlet not in {"", *taken}}


def load_outlet(path: Path) -> Outlet:
    """Return the outlet of one file; raises OutletFileError naming file and line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OutletFileError(f"{path}: cannot be read: {error}") from error

    return parse_outlet(text, path)


def parse_outlet(text: str, path: Path) -> Outlet:
    """Return the outlet that a file's text describes; `path` gives its name and region."""
    for part in (path.stem, path.parent.name):
        if not _NAME.fullmatch(part):
            letters = "small letters, digits, dot, dash, underscore"
            raise OutletFileError(f"{path}: {part!r} is no name for an outlet or region: {letters}")

    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OutletFileError(f"{path}: not TOML: {error}") from error

    try:
        return _File.model_validate(raw).outlet(path.stem, path.parent.name)
    except pydantic.ValidationError as error:
        raise OutletFileError(_sentence(error, text, path)) from error


def _sentence(error: pydantic.ValidationError, text: str, path: Path) -> str:
    """Return the first of the errors as one sentence."""
    # A misspelt key explains a missing one, so it is named first.
    first = min(error.errors(), key=lambda item: item["type"] != "extra_forbidden")
    where = [part for part in first["loc"] if _is_of_file(part)]
    words = map(str, where)
    key = ".".join(words) or "the file"

    match first["type"]:
        case "extra_forbidden":
            known = ", ".join(_known(where))
            fault = f"unknown key {key!r}; known here are {known}"
        case "missing":
            fault = f"{key!r} is missing"
        case _:
            said = first["msg"].removeprefix("Value error, ")
            fault = f"{key}: {said}"

    line = _line(text, where)

    return f"{path}:{line}: {fault}"


def _is_of_file(part: int | str) -> bool:
    """Tell whether a part of an error's place is a key or an index, not a name of pydantic's."""
    return isinstance(part, int) or not part.startswith(("function-", "constrained-"))


def _known(where: list[Any]) -> list[str]:
    """Return the keys that may stand beside the one at this place."""
    models: dict[str, type[_Strict]] = {
        "doors": _DoorFile,
        "pace": _PaceFile,
        "expects": _ExpectsFile,
        "layouts": _LayoutFile,
    }

    model = models.get(str(where[0]), _File) if len(where) > 1 else _File

    return sorted(model.model_fields)


def _line(text: str, where: list[Any]) -> int:
    """Return the number of the line that holds a key.

    The table's header where the key itself is missing.
    """
    names = [part for part in where if isinstance(part, str)]
    if not names:
        return 1

    index = next((part for part in where if isinstance(part, int)), 0)
    key = re.compile(rf"\s*[\"']?{re.escape(names[-1])}[\"']?\s*=")
    best, count = 1, -1
    is_inside = len(names) == 1

    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            is_ours = header[1] == names[0]
            count += is_ours
            is_inside = is_ours and (count == index or "[[" not in line)
            best = number if is_inside else best
        elif is_inside and key.match(line):
            return number

    return best


class _Strict(pydantic.BaseModel):
    """No unknown key, no conversion between types."""

    model_config = pydantic.ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
    )


class _DoorFile(_Strict):
    kind: values.Kind
    url: values.Url
    language: values.Language | None = None
    links: values.Selector | None = None
    next_page: values.Selector | None = None
    pages: Annotated[int, pydantic.Field(ge=1, le=1000)] = 1
    articles: values.Expression | None = None
    never: values.Expression | None = None

    @pydantic.model_validator(mode="after")
    def _dated(self) -> "_DoorFile":
        """Refuse an archive whose address has no place for a day."""
        if self.kind is DoorKind.ARCHIVE and not re.search(r"%[dejY]", self.url):
            msg = f"the url of an archive needs a date pattern such as /%Y/%m/%d/: {self.url}"
            raise ValueError(msg)

        return self


class _PaceFile(_Strict):
    delay: values.Seconds = 2.0
    concurrency: Annotated[int, pydantic.Field(ge=1, le=64)] = 1
    budget: Annotated[int, pydantic.Field(ge=1)] = 500
    shortest: values.Seconds = 600.0
    longest: values.Seconds = 86_400.0


class _ExpectsFile(_Strict):
    least: values.Count = 0
    most: values.Count | None = None
    quiet_days: list[values.Day] = []


class _LayoutFile(_Strict):
    since: date | None = None
    until: date | None = None
    body: list[values.Selector] = []
    drop: list[values.Selector] = []
    title: values.Selector | None = None
    author: values.Selector | None = None
    published: values.Selector | None = None
    date_format: str | None = None


class _File(_Strict):
    title: Annotated[str, pydantic.Field(min_length=1)]
    home: values.Url
    country: Annotated[str, pydantic.Field(min_length=2)] | Literal[""] = ""
    languages: Annotated[list[values.Language], pydantic.Field(min_length=1)]
    timezone: values.Zone
    source: str = ""  # an outlet of one's own needs no reference; ours are tested to have one
    verified: str = ""
    hosts: list[str] = []
    render: bool = False
    active: bool = True
    must_have: bool = False
    find_doors: bool = False
    spider: values.SpiderName | Literal[""] = ""
    login: values.LoginName | Literal[""] = ""
    pace: _PaceFile = _PaceFile()
    expects: _ExpectsFile = _ExpectsFile()
    doors: Annotated[list[_DoorFile], pydantic.Field(min_length=1)]
    layouts: list[_LayoutFile] = []

    @pydantic.model_validator(mode="after")
    def _fit_for_login(self) -> "_File":
        """Refuse a login that a browser would have to tell, or that others could read."""
        if self.login and self.render:
            msg = "a login cannot be told by the browser: not both `login` and `render`"
            raise ValueError(msg)

        if self.login and not is_safe(self.home):
            msg = f"a login is told over https alone, and the home is {self.home}"
            raise ValueError(msg)

        return self

    def outlet(self, name: str, region: str) -> Outlet:
        """Return the noun."""
        return Outlet(
            name=name,
            region=region,
            title=self.title,
            home=self.home,
            country=self.country,
            languages=tuple(self.languages),
            timezone=self.timezone,
            hosts=tuple(self.hosts),
            render=self.render,
            active=self.active,
            must_have=self.must_have,
            find_doors=self.find_doors,
            spider=self.spider,
            login=self.login,
            source=self.source,
            verified=self.verified,
            doors=tuple(Door(**dict(door)) for door in self.doors),
            pace=Pace(**dict(self.pace)),
            expects=Expectation(**_tuples(self.expects)),
            layouts=tuple(Layout(**_tuples(layout)) for layout in self.layouts),
        )


def _tuples(model: _Strict) -> dict[str, Any]:
    """Return a model's fields with tuples for lists."""
    fields: dict[str, Any] = {}
    for name, value in dict(model).items():
        fields[name] = tuple(value) if isinstance(value, list) else value

    return fields
