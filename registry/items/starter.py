"""Loading the content that ships with the registry.

It goes through the same services as everybody's work. Two identities of the registry itself stand in for author and
decider, and the record says so: nobody pretends that a person decided.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from registry.actors import SYSTEM, SYSTEM_DECIDER
from registry.items import queries, services
from registry.items.lifecycle import Change, Outcome
from registry.items.outlines import Content
from registry.items.tables import Version

REASON = "Startinnehåll som följer med registret. / Starter content that ships with the registry."


def load_published(
    session: Session,
    now: datetime,
    *,
    kind: str,
    slug: str,
    content: Content,
    organisation_id: str,
    valid_from: date | None,
    reason: str = REASON,
) -> Version:
    """Create, decide and publish an item in one go; where the item exists already, its first version is returned."""
    item = queries.item_by_slug(session, kind, slug)
    if item is not None:
        return queries.versions_of(session, item)[0]
    version = services.create_item(
        session, SYSTEM, now, kind=kind, slug=slug, content=content, organisation_id=organisation_id, reason=reason
    )
    return publish_loaded(session, now, version, change=Change.NEW, valid_from=valid_from, reason=reason)


def publish_loaded(
    session: Session, now: datetime, version: Version, *, change: Change, valid_from: date | None, reason: str = REASON
) -> Version:
    """Take a draft that the registry loaded through review and publication."""
    services.submit(session, SYSTEM, now, version, change=change, overruling=reason)
    for requirement in queries.kind_named(version.item.kind).requirements_for(version.content):
        services.decide(
            session,
            SYSTEM_DECIDER,
            now,
            version,
            requirement=requirement.aspect,
            outcome=Outcome.APPROVE,
            reason=reason,
        )
    return services.publish(session, SYSTEM_DECIDER, now, version, valid_from=valid_from)


def load_proposal(
    session: Session,
    now: datetime,
    *,
    kind: str,
    slug: str,
    content: Content,
    change: Change = Change.MEANING,
    reason: str = REASON,
) -> Version:
    """A successor that is put to review and left there: a proposal beside what is in force. Idempotent."""
    item = queries.item_by_slug(session, kind, slug)
    if item is None:
        raise LookupError(f"{kind} {slug} does not exist")
    if len(versions := queries.versions_of(session, item)) > 1:
        return versions[1]
    version = services.draft_successor(session, SYSTEM, now, item=item, content=content, reason=reason)
    return services.submit(session, SYSTEM, now, version, change=change)
