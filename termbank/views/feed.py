"""The feed of what was published."""

from uuid import UUID

from flask import current_app, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry import clock
from registry.db import db
from registry.i18n import current_language, read
from registry.identity.queries import REGISTRY_NAMES
from registry.items import queries as items
from registry.items.lifecycle import CHANGE_LABELS, Change
from registry.items.tables import Version
from registry.web.guards import access
from termbank.bank.queries.versions import newest_published
from termbank.news.feed import MEDIA_TYPE, Entry, Feed, atom
from termbank.notions import APPLICATION, CONCEPT
from termbank.views.blueprint import blueprint

NEWEST = 50


@blueprint.get("/publicerat.atom")
@access.public
def published_feed() -> Response:
    """The newest published versions of concepts and of statements on how regions apply them."""
    base, language = str(current_app.config["BASE_ADDRESS"]).rstrip("/"), current_language()
    versions = newest_published(db.session, (CONCEPT, APPLICATION), NEWEST)
    feed = Feed(
        id=f"{base}{url_for('termbank.published_feed')}", title=_("Published in the term bank"), language=language,
        url=f"{base}{url_for('termbank.published_feed')}", publisher=REGISTRY_NAMES[0],
        updated=versions[0].published_at or clock.now() if versions else clock.now(),
        entries=[_entry(base, version) for version in versions],
    )  # fmt: skip
    return Response(atom(feed), mimetype=MEDIA_TYPE)


def _entry(base: str, version: Version) -> Entry:
    kind = items.kind_named(version.item.kind)
    said = [
        read(kind.label),
        *([read(CHANGE_LABELS[Change(version.change)]).capitalize()] if version.change else []),
        version.reason,
    ]
    return Entry(
        id=UUID(version.id).urn,
        title=read(items.titled(version)),
        url=f"{base}{kind.url(version.item)}",
        published=version.published_at or version.created_at,
        summary=". ".join(part for part in said if part),
    )
