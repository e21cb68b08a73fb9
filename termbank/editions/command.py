"""`termbank import FILE --as edition`: what the file would be as an edition, and with --apply, a draft of one."""

import json
from dataclasses import dataclass
from typing import Any, NoReturn

import click

from registry import clock
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.findings import Finding, Text
from registry.items import queries as items
from registry.items.tables import Item, Version
from registry.terminal.commands import read_finding
from registry.terminal.speech import fail, read, say, terminal_language, these
from termbank.editions import content, files, queries, services
from termbank.editions.comparing import Difference
from termbank.editions.content import COUNTS, Edition, FileNamed
from termbank.editions.planning import Planned, plan
from termbank.editions.tables import EditionFile, Reading
from termbank.file_texts.searching import SearchedFile
from termbank.notions import EDITION

_DIFFERENCES = {
    Difference.NEW: Text("nya", "new"),
    Difference.CHANGED: Text("ändrade", "changed"),
    Difference.GONE: Text("borttagna", "gone"),
}


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of the edition on the command line; what is empty is taken from the file, or the edition before."""

    title: str = ""
    source: str = ""
    url: str = ""
    date: str = ""
    licence: str = ""
    base: str = ""
    of: str = ""
    """The key of the edition that it is a newer one of."""


def mirror(searched: SearchedFile, said: Described, actor: Actor | None, *, as_json: bool) -> None:
    """Tell what the file would be; with an ``actor``, make the draft."""
    item = _item(said.of)
    now = items.standing_version(db.session, item) if item else None
    before = queries.file_of(db.session, now) if now else None
    done = plan(db.session, searched.data, searched.name, said.base, before)
    version_id = _draft(searched, said, actor, item) if actor is not None and done.unreadable is None else None
    if as_json:
        click.echo(json.dumps(_as_plan(done, version_id), ensure_ascii=False, indent=1))
    else:
        _tell(done, version_id)
        if version_id:
            _tell_what_is_missing(version_id)
    if done.unreadable is not None:
        raise SystemExit(1)


def _draft(searched: SearchedFile, said: Described, actor: Actor, item: Item | None) -> str:
    organisations = sorted(actor.organisations(Role.TERMINOLOGIST))
    organisation_id = item.organisation_id if item else organisations[0] if organisations else ""
    item_id = item.id if item else None
    with transaction(bookkeeping=True) as session:
        file_id = files.receive(
            session, actor, clock.now(), organisation_id=organisation_id, file=searched, base=said.base,
            item_id=item_id, later=False,
        ).id  # fmt: skip
    if files.read(file_id) is not Reading.READY:
        file = db.session.get_one(EditionFile, file_id)
        _end_with(Finding.from_dict(file.fault or {}))
    edition = _edition(db.session.get_one(EditionFile, file_id), said, item)
    with transaction() as session:
        version = services.draft_edition(
            session, actor, clock.now(), item=session.get(Item, item_id) if item_id else None, edition=edition,
            organisation_id=organisation_id, reason="",
        )  # fmt: skip
        return version.id


def _edition(file: EditionFile, said: Described, item: Item | None) -> Edition:
    own = queries.described(db.session, file)
    base = items.begun_from(items.versions_of(db.session, item)) if item else None
    was = content.read(base.content) if base else None
    title = Text(said.title, "") if said.title or was is None else was.title
    counts = {kind: (file.counts or {}).get(kind, 0) for kind in COUNTS}
    return Edition(
        FileNamed(file.sha256, file.name, file.size, counts),
        title if title.sv or title.en else Text(own.get("title", ""), ""),
        was.description if was else Text("", ""),
        said.source or (was.source if was else own.get("source", "")),
        said.url or (was.url if was else ""),
        said.date or own.get("date", "")[:10],
        said.licence or (was.licence if was else own.get("licence", "")),
        file.base,
    )


def _item(slug: str) -> Item | None:
    if not slug:
        return None
    item = items.item_by_slug(db.session, EDITION, slug)
    if item is None:
        found = these(one.item.slug for one in queries.published(db.session, 1).rows)
        fail(Text(f"Det finns ingen utgåva {slug}. {found.sv}", f"There is no edition {slug}. {found.en}"))
    return item


def _tell(done: Planned, version_id: str | None) -> None:
    language = terminal_language()
    if done.unreadable is not None:
        _end_with(done.unreadable)
    click.echo(
        ", ".join(f"{done.counts[kind]} {label.in_language(language).lower()}" for kind, label in COUNTS.items())
    )
    if done.differences is not None:
        click.echo(", ".join(f"{number} {read(_DIFFERENCES[one])}" for one, number in done.differences.items()))
    if version_id:
        say(Text(f"\nUtkast: /granskning/version/{version_id}", f"\nDraft: /granskning/version/{version_id}"))
    else:
        say(Text("\nIngenting är skrivet. --apply gör ett utkast.", "\nNothing is written. --apply makes a draft."))


def _tell_what_is_missing(version_id: str) -> None:
    """What keeps the draft from being sent to review: it is kept, and mended in the form."""
    _edition_read, findings = content.parse(db.session.get_one(Version, version_id).content)
    for finding in findings:
        told = read_finding(finding)
        click.echo(f"{told.code}: {told.title}. {told.mend}")


def _as_plan(done: Planned, version_id: str | None) -> dict[str, Any]:
    return {
        "counts": dict(done.counts),
        "differences": {one.value: number for one, number in done.differences.items()} if done.differences else None,
        "unreadable": done.unreadable.as_dict() if done.unreadable else None,
        "draft": version_id,
    }


def _end_with(finding: Finding) -> NoReturn:
    told = read_finding(finding)
    fail(Text(*(f"{told.code}: {told.title}. {told.body} {told.mend}",) * 2), 1)
