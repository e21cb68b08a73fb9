"""The addresses of concepts: ``<number>-<name>``, and what else leads there; and the days that addresses name."""

import re
from datetime import date
from typing import NamedTuple

from flask import abort, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry.actors import Actor
from registry.errors import NotFound
from registry.items.tables import Item, Version
from registry.web.problems import problem, readable
from termbank.bank import past
from termbank.bank.numbers import items_named, versions_named

_NUMBERED = re.compile(r"^([1-9]\d{0,8})(?:-[^/]*)?$")


class ConceptAt(NamedTuple):
    """A concept that an address leads to, with its number."""

    item: Item
    number: int


def concept_at(session: Session, named: str) -> ConceptAt:
    """The concept that an address names: by its key, which never changes, or by its number with any name after it.

    One statement. Raises `NotFound`, also where nobody may see the concept yet: that is the page's to ask.
    """
    numbered = _NUMBERED.match(named)
    found = items_named(session, named, int(numbered[1]) if numbered else None)
    if not found:
        raise NotFound("concept")
    return ConceptAt(*found[0])


def versions_at(session: Session, actor: Actor, named: str) -> tuple[ConceptAt, list[Version]]:
    """The concept that an address names, with those of its versions that ``actor`` may see, oldest first.

    Raises `NotFound` where there are none, which says nothing about why.
    """
    numbered = _NUMBERED.match(named)
    found = versions_named(session, actor, named, int(numbered[1]) if numbered else None)
    if not found:
        raise NotFound("concept")
    first, number = found[0]
    return ConceptAt(first.item, number), [version for version, _ in found if version.item_id == first.item_id]


def to_own_address(name: str) -> Response:
    """The reader sent on to a concept's own address. Terms change, so nobody keeps the answer without asking."""
    asked = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    answer = redirect(url_for("termbank.concept", slug=name) + asked, 301)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def day_gone_by(written: str) -> date:
    """The day that an address names, up to today. Ends the request with status 400 and what to mend where it names none."""
    day = past.day_written(written)
    if not isinstance(day, date):
        told = readable(day)
        abort(problem(400, told.title, told.body, told.mend, (day,)))
    return day
