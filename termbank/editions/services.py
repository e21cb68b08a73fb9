"""Writing editions: a draft that names a file, and what must be true before it is reviewed or published."""

from datetime import datetime

from sqlalchemy.orm import Session

from registry import storage
from registry.actors import Actor
from registry.errors import Invalid
from registry.events import Happening
from registry.items import queries as items
from registry.items import services as lifecycle
from registry.items.services import Start
from registry.items.tables import Item, Version
from registry.storage import Retention
from termbank.concepts.concept import slug_of
from termbank.editions import content, queries
from termbank.editions.content import Edition
from termbank.finding_texts.all import FINDINGS
from termbank.notions import EDITION


def draft_edition(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    item: Item | None,
    edition: Edition,
    organisation_id: str,
    reason: str,
    start: Start | None = None,
) -> Version:
    """Keep what is said of an edition: a new one (``item`` is ``None``), a newer one, or a change to its draft."""
    if item is None:
        return lifecycle.create_item(
            session, actor, now, kind=EDITION, slug=_free_key(session, edition), content=edition.as_content(),
            organisation_id=organisation_id, reason=reason,
        )  # fmt: skip
    return lifecycle.keep_draft(session, actor, now, item, content=edition.as_content(), reason=reason, start=start)


def check_edition(session: Session, happening: Happening) -> None:
    """Handler of ``VersionSubmitted`` and ``VersionPublished``: an edition without its rows is none. Raises `Invalid`."""
    if happening.data.get("kind") != EDITION:
        return
    version = session.get_one(Version, str(happening.data["version"]))
    file = queries.file_of(session, version)
    if file is None:
        named = content.read(version.content).file.name
        raise Invalid([FINDINGS.found("EDITION-013", {"name": named})])
    if version.published_at is not None:
        storage.keep_as(session, file.object_key, Retention.PUBLISHED)


def _free_key(session: Session, edition: Edition) -> str:
    named = slug_of(edition.title.sv) or slug_of(edition.title.en) or EDITION
    key, number = named, 1
    while items.item_by_slug(session, EDITION, key):
        number += 1
        key = f"{named}-{number}"
    return key
