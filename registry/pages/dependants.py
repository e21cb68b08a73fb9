"""What rests on an item's versions, kind by kind and page by page: where the lists on other pages lead."""

from collections.abc import Sequence

from flask import render_template, request
from flask_babel import gettext as _

from registry import dependants
from registry.db import db
from registry.errors import NotFound
from registry.i18n import read
from registry.items import queries
from registry.items.tables import Version
from registry.pages.items import blueprint
from registry.web.forms import whole_number
from registry.web.guards import access, current_actor
from registry.web.page_addresses import address_of_all, page_asked_for


@blueprint.get("/granskning/sak/<item_id>/vilar-pa/<kind>")
@access.public
def resting_on(item_id: str, kind: str) -> str:
    """Everything of one kind that rests on a version, on those before it, or on any version of an item.

    ``?version=2`` asks about that one, ``?fore=3`` about those that version 3 follows.
    """
    session, actor = db.session, current_actor()
    item = queries.item_by_id(session, item_id)
    versions = queries.versions_of(session, item, actor) if item else []
    chosen = _chosen(versions)
    if item is None or not chosen:
        raise NotFound("version")
    refs = [one.ref for one in chosen]
    described = queries.kind_named(item.kind)
    name = read(described.title(queries.foremost(versions).content))
    return render_template(
        "items/resting.html",
        kind=dependants.kind_named(kind),
        key=kind,
        page=dependants.page_resting_on(session, actor, refs, kind, page_asked_for()),
        counts=dependants.counted(session, actor, refs),
        url_of=address_of_all(item_id, version=_asked("version"), before=_asked("fore")),
        name=name,
        whose=_("%(name)s, version %(number)s", name=name, number=chosen[0].number) if len(chosen) == 1 else name,
        item_url=described.url(item),
        item_kind=described,
        numbers={one.ref: one.number for one in chosen},
    )


def _chosen(versions: Sequence[Version]) -> list[Version]:
    number, before = _asked("version"), _asked("fore")
    if number is not None:
        return [one for one in versions if one.number == number]
    return [one for one in versions if one.published_at and (before is None or one.number < before)]


def _asked(name: str) -> int | None:
    return request.args.get(name, type=whole_number)
