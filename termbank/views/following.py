"""What somebody follows, and what was published of it."""

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry import clock
from registry.db import db, transaction
from registry.errors import NotFound
from registry.i18n import read
from registry.items import queries as items
from registry.items.lifecycle import CHANGE_LABELS, Change
from registry.items.tables import Item, Version
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from termbank.news import following
from termbank.views.blueprint import blueprint


@blueprint.get("/foljer/")
@access.signed_in
def followed() -> str:
    """What was published of what one follows, and all that one follows."""
    actor = current_actor()
    news = following.news(db.session, actor, page_asked_for())
    mine = following.followed(db.session, actor, 1)
    return render_template(
        "termbank/following.html",
        page=news.of(_news_row),
        mine=mine.of(_followed_row),
    )


@blueprint.get("/foljer/allt")
@access.signed_in
def all_followed() -> str:
    """All that one follows, in pages."""
    page = following.followed(db.session, current_actor(), page_asked_for())
    return render_template("termbank/followed.html", page=page.of(_followed_row))


@blueprint.post("/foljer/<item_id>")
@access.signed_in
def follow(item_id: str) -> Response:
    """Follow an item, or stop following it."""
    with transaction() as session:
        item = items.item_by_id(session, item_id)
        if item is None:
            raise NotFound("item")
        is_begun = request.form.get("act") != "stop"
        act = following.follow if is_begun else following.unfollow
        act(session, current_actor(), clock.now(), item)
        address = items.kind_named(item.kind).url(item)
    flash(_("You follow this now.") if is_begun else _("You no longer follow this."), "ok")
    return redirect(address)


def _followed_row(item: Item) -> tuple[Item, str, str]:
    return (item, *_named(item))


def _named(item: object) -> tuple[str, str]:
    """What an item is called now, and its page."""
    version = items.foremost(items.versions_of(db.session, item, current_actor()))  # type: ignore[arg-type]
    return read(items.titled(version)), items.kind_named(version.item.kind).url(version.item)


def _news_row(version: Version) -> tuple[str, str, str, Version]:
    kind = items.kind_named(version.item.kind)
    change = read(CHANGE_LABELS[Change(version.change)]) if version.change else ""
    return (
        read(items.titled(version)),
        kind.url(version.item),
        ", ".join(filter(None, (read(kind.label), change))),
        version,
    )
