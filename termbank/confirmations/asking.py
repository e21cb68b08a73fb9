"""Who is told that a region is asked whether its statements hold: a wording that they are said of has got another meaning."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.events import Happening
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from registry.messages.telling import holders
from termbank.confirmations.services import MAY_CONFIRM
from termbank.notions import APPLICATION, CONCEPT


def asked(session: Session, happening: Happening) -> list[str]:
    """Whom to tell that a version was published by itself (`asked_of_set` for those that were published together)."""
    if "change_set" in happening.data:
        return []
    return _who_confirm(session, [session.get_one(Version, str(happening.data["version"]))])


def asked_of_set(session: Session, happening: Happening) -> list[str]:
    """Whom to tell that a change set was published."""
    members = select(Version).where(Version.change_set_id == happening.subject.partition(":")[2])
    return _who_confirm(session, list(session.scalars(members)))


def _who_confirm(session: Session, published: list[Version]) -> list[str]:
    """Who confirms for the regions that have stated how they apply these concepts, as far as their meaning changed."""
    changed = {
        one.item.slug for one in published if one.item.kind == CONCEPT and one.published_at and one.changes_meaning
    }
    if not changed:
        return []
    stated = (
        select(Item.slug, Version.organisation_id)
        .join(Version)
        .where(Item.kind == APPLICATION, Version.state == State.PUBLISHED)
    )
    regions = {region for slug, region in session.execute(stated) if slug.partition(".")[0] in changed}
    return sorted({person for region in sorted(regions) for person in holders(session, region, *MAY_CONFIRM)})
