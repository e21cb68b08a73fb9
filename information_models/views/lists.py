"""The lists of models, measures and code lists: the beginning of each on one page, and each by itself, page by page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from information_models import queries
from information_models.kinds import CODE_LIST, MEASURE, MODEL
from information_models.presentation import PERIOD_LABELS
from information_models.views.blueprint import blueprint
from registry.actors import Role
from registry.db import db
from registry.errors import NotFound
from registry.findings import Text
from registry.i18n import current_language, read, show_date
from registry.items import queries as items
from registry.items.tables import Version
from registry.paging import Page
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for

Coming = Mapping[str, Version]
"""By item the version that is published and not yet in force."""


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A model, a measure or a code list as one row."""

    title: Text
    url: str
    description: Text
    facts: str = ""
    """Its version and size, or how it is summed, in words."""
    count: str = ""
    """How many codes it has."""
    to_come: str = ""
    """From which day a version that is coming applies."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One of the lists. ``name`` is its part of the address."""

    name: str
    heading: str
    lead: str
    page: Page[ListedRow]


@blueprint.get("/")
@access.public
def index() -> str:
    """The beginning of each list; for a modeller also what is being worked on."""
    session, actor = db.session, current_actor()
    coming = queries.coming_versions(session)
    return render_template(
        "information_models/index.html",
        lists=[make(session, coming, 1) for make in LISTS.values()],
        open_versions=queries.open_versions(session, actor) if actor.has_role(Role.MODELLER) else [],
        kinds={kind: items.kind_named(kind) for kind in (MODEL, MEASURE, CODE_LIST)},
        may_write=actor.has_role(Role.MODELLER),
    )


@blueprint.get("/alla/<name>/")
@access.public
def whole_list(name: str) -> str:
    """All of one list, page by page. Raises `NotFound`."""
    if name not in LISTS:
        raise NotFound("list")
    listed = LISTS[name](db.session, queries.coming_versions(db.session), page_asked_for())
    return render_template("information_models/listed.html", listed=listed)


def _models(session: Session, coming: Coming, number: int) -> Listed:
    def row(version: Version) -> ListedRow:
        model = queries.model_of(version)
        facts = (
            _("Version %(number)s", number=version.number),
            ngettext("one column", "%(num)d columns", len(model.elements)),
            ngettext("one rule", "%(num)d rules", len(model.rules)),
            _("partly about persons") if model.concerns_persons else _("not about persons"),
        )
        url = url_for("information_models.model", slug=model.slug)
        return ListedRow(model.title, url, model.description, " · ".join(facts), "", _to_come(version, coming))

    return Listed("modeller", _("Models"), "", _page(session, MODEL, number).of(row))


def _measures(session: Session, coming: Coming, number: int) -> Listed:
    def row(version: Version) -> ListedRow:
        measure = queries.measure_of(version)
        periods = [_("per %(period)s", period=read(PERIOD_LABELS[kind])) for kind in measure.period_kinds]
        facts = f"{', '.join(periods)} · {read(measure.unit)}"
        url = url_for("information_models.measure", slug=measure.slug)
        return ListedRow(measure.title, url, measure.description, facts, "", _to_come(version, coming))

    lead = _(
        "A measure says which figures the follow-up shows, how they are summed, and what must be known to read them."
    )
    return Listed("matt", _("Measures"), lead, _page(session, MEASURE, number).of(row))


def _code_lists(session: Session, coming: Coming, number: int) -> Listed:
    def row(version: Version) -> ListedRow:
        codes = queries.code_list_of(version)
        count = ngettext("one code", "%(num)d codes", len(codes.real))
        url = url_for("information_models.code_list", slug=codes.slug)
        return ListedRow(codes.title, url, codes.description, "", count, _to_come(version, coming))

    return Listed("kodlistor", _("Code lists"), "", _page(session, CODE_LIST, number).of(row))


LISTS: Mapping[str, Callable[[Session, Coming, int], Listed]] = {
    "modeller": _models,
    "matt": _measures,
    "kodlistor": _code_lists,
}


def _page(session: Session, kind: str, number: int) -> Page[Version]:
    return queries.page_of_standing(session, kind, current_language(), number)


def _to_come(version: Version, coming: Coming) -> str:
    following = coming.get(version.item_id)
    if following is None:
        return ""
    day = show_date(following.valid_from)
    applies = _("Applies from %(day)s", day=day)
    return str(applies if following.id == version.id else _("A new version applies from %(day)s", day=day))
