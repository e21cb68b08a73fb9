"""Files that people take with them: what is offered on a page, the options in an address, and the answer itself."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from flask import Response, request

from registry.finding_catalogue import ReadableFinding
from registry.findings import Finding, Language
from registry.formats import Family, Format, Options
from registry.i18n import current_language
from registry.web.problems import readable

S = TypeVar("S")


class Offer(NamedTuple):
    """A row of ``ui.downloads``: the link, what is said beside it, and what the file cannot carry."""

    label: str
    href: str
    about: str | None = None
    losses: tuple[ReadableFinding, ...] = ()


def offers(
    formats: Iterable[Format[S]], source: S, address: Callable[[Format[S]], str], *, options: Options | None = None
) -> list[Offer]:
    """The formats of a source as rows in the reader's language; ``address`` says where a format's file is."""
    language = current_language()
    chosen = options or Options(language)
    return [
        Offer(
            one.label.in_language(language),
            address(one),
            one.purpose.in_language(language) or None,
            tuple(readable(loss) for loss in one.losses(source, chosen)),
        )
        for one in formats
    ]


class Row(NamedTuple):
    """A family of formats: its files as (label, address), what is said of them, and what they cannot carry."""

    label: str
    files: list[tuple[str, str]]
    about: str | None
    losses: tuple[ReadableFinding, ...]


class Group(NamedTuple):
    """The rows for one kind of reader, for ``ui.download_groups``."""

    label: str
    rows: list[Row]


Losses = Mapping[str, Sequence[Finding]]
"""What each format, by its name, cannot carry of a source."""


def losses_of(formats: Iterable[Format[S]], source: S, language: Language) -> Losses:
    """What each of the formats cannot carry. Of a large source this takes long."""
    return {one.name: one.losses(source, Options(language)) for one in formats}


def grouped(formats: Iterable[Format[S]], losses: Losses, address: Callable[[Format[S]], str]) -> list[Group]:
    """The formats that have a family, in the reader's language: what is for people first, then in the order of the formats.

    What all of a family leave out is said once; of the others it is said which they are.
    """
    language = current_language()
    members: dict[Family, list[Format[S]]] = {}
    for one in formats:
        if one.family is not None:
            members.setdefault(one.family, []).append(one)
    groups: dict[str, list[Row]] = {}
    for family, own in sorted(members.items(), key=lambda one: not one[0].is_for_people):
        names = [(one.syntax or one.label).in_language(language) for one in own]
        files = list(zip(names, map(address, own), strict=True))
        said = _losses(names, [losses.get(one.name, ()) for one in own])
        about = family.purpose.in_language(language) if family.purpose else None
        row = Row(family.label.in_language(language), files, about, said)
        groups.setdefault(family.group.in_language(language), []).append(row)
    return [Group(label, rows) for label, rows in groups.items()]


def _losses(names: Sequence[str], losses: Sequence[Sequence[Finding]]) -> tuple[ReadableFinding, ...]:
    """What several files leave out; where only some do, their names are before it."""
    found: dict[tuple[str, str], tuple[ReadableFinding, list[str]]] = {}
    for name, own in zip(names, losses, strict=True):
        for loss in map(readable, own):
            found.setdefault((loss.title, loss.body), (loss, []))[1].append(name)
    return tuple(
        loss if len(those) == len(names) else replace(loss, title=f"{', '.join(those)}: {loss.title}")
        for loss, those in found.values()
    )


def options_asked_for() -> Options:
    """The options in the address that was asked for; the language is the reader's."""
    return Options(current_language(), request.args.get("region"), request.args.get("period"))


def file_answer(data: bytes, media_type: str, name: str) -> Response:
    """The answer that a browser keeps as the file ``name``."""
    answer = Response(data, mimetype=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
