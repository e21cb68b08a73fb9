"""Standing disclosure decisions on the start page, where one soon ends, and as references that the log names."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor, Role
from registry.findings import Text
from registry.i18n import read, show_date
from registry.items import queries as items
from registry.plugin import Task
from registry.references import Described
from submission_portal.deliveries.pages.standing_disclosures import line_title
from submission_portal.deliveries.standing_disclosures.queries import ending_soon, visible
from submission_portal.deliveries.tables import StandingDisclosure

LABEL = Text("Stående beslut", "Standing decision")


def reminders(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """One line for each decision of the officer's region that ends within thirty days, and that none follows; two statements."""
    deciding = actor.organisations(Role.DISCLOSING_OFFICER)
    if not deciding:
        return []
    soon = ending_soon(session, deciding, clock.today(now))
    versions = items.versions_by_hash(session, [one.line_version_hash for one in soon]) if soon else {}
    return [
        Task(
            "mine",
            "decision",
            read(line_title(versions.get(one.line_version_hash))),
            url_for("deliveries.standing_disclosure", decision_id=one.id),
            _(
                "The standing decision on disclosure ends %(day)s. Renew it, or let it end.",
                day=show_date(one.valid_to),
            ),
            ("warn", _("Ends soon")),
            one.decided_at,
        )
        for one in soon
    ]


def describe(session: Session, actor: Actor, ids: Sequence[str]) -> Mapping[str, Described]:
    """Standing decisions as references, for those who may see them."""
    query = select(StandingDisclosure).where(StandingDisclosure.id.in_(ids), visible(actor))
    return {
        one.id: Described(
            LABEL,
            Text(f"Stående beslut {one.registry_number}", f"Standing decision {one.registry_number}"),
            url_for("deliveries.standing_disclosure", decision_id=one.id),
            "decision",
        )
        for one in session.scalars(query)
    }
