"""Deliveries on the start page, and as references that other pages describe."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor, Role
from registry.findings import Text
from registry.i18n import read
from registry.identity import queries as identity
from registry.items import queries as items
from registry.plugin import Task
from registry.references import Described
from submission_portal.deliveries import fingerprints, listing, queries
from submission_portal.deliveries.assessment.remaining import remaining
from submission_portal.deliveries.lifecycle import WORKING, DeliveryState
from submission_portal.deliveries.part_names import NONE, part_names, period_label
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.standing_disclosures.judging import going
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows import content as flow_content

RECENT = timedelta(days=31)
SHOWN = 30
DESCRIBED_BY = (
    Delivery.id, Delivery.number, Delivery.organisation_id, Delivery.model_version_hash, Delivery.period, Delivery.period_last,
    Delivery.file_sha256, Delivery.content_hash, Delivery.sent_at,
)  # fmt: skip
"""What a reference to a delivery tells: a page of the log names a hundred, and what was found in each file is long."""


def tasks(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """What waits for data officers and disclosing officers; a bounded number of statements."""
    preparing = actor.organisations(Role.DATA_OFFICER)
    deciding = actor.organisations(Role.DISCLOSING_OFFICER)
    if not preparing and not deciding:
        return []
    recent = and_(Delivery.changed_at > now - RECENT, Delivery.number.is_not(None))
    rows = session.scalars(
        select(Delivery)
        .where(
            Delivery.organisation_id.in_(preparing | deciding),
            or_(Delivery.state.in_((*WORKING, DeliveryState.IN_REVIEW)), recent),
        )
        .order_by(Delivery.changed_at.desc())
        .limit(SHOWN)
    ).all()
    versions = items.versions_by_hash(session, list({one.flow_version_hash for one in rows}))
    titles = {key: read(flow_content.read(version.content).title) for key, version in versions.items()}
    found, names = [], part_names(session, rows)
    go = going(session, rows, clock.today(now))
    for delivery in rows:
        title = titles.get(delivery.flow_version_hash, "")
        period = period_label(delivery, names.get(delivery.id, NONE))
        named = f"{title}, {period}" if period else title
        task = _task(delivery, named, actor, preparing, deciding, goes=delivery.id in go)
        if task is not None:
            found.append(task)
    return found


def _task(
    delivery: Delivery,
    title: str,
    actor: Actor,
    preparing: frozenset[str],
    deciding: frozenset[str],
    *,
    goes: bool,
) -> Task | None:
    """What a delivery is to a reader; ``goes``: nobody has to decide on it, since a standing decision covers it."""
    prepares, decides = delivery.organisation_id in preparing, queries.may_disclose(actor, delivery)
    url = url_for("deliveries.show", reference=delivery.number or delivery.id)
    when = delivery.changed_at
    match delivery.state:
        case DeliveryState.DRAFT if prepares:
            left = len(remaining(delivery.assessment, delivery.explanations))
            text = ngettext(
                "One thing remains before it can be sent.", "%(num)d things remain before it can be sent.", left
            )
            return Task("mine", "delivery", title, url, f"{delivery.file_name}. {text}", ("idle", _("Draft")), when)
        case DeliveryState.CHECKING if prepares:
            text = _("The file is long, so the check goes on by itself.")
            return Task("others", "delivery", title, url, text, ("wait", _("Being checked")), when)
        case DeliveryState.CHECKED if goes and prepares:
            url = url_for("receiving.send", reference=delivery.id)
            text = _("It goes under the region's standing decision. Check the answers and send.")
            return Task("mine", "delivery", title, url, text, ("info", _("May be sent")), when)
        case DeliveryState.CHECKED if goes:
            return None
        case DeliveryState.CHECKED if decides and delivery.organisation_id in deciding:
            url = url_for("deliveries.disclose", reference=delivery.id)
            text = _("Decide whether the figures may be handed out.")
            return Task("mine", "decision", title, url, text, ("wait", _("Waits for you")), when)
        case DeliveryState.CHECKED if prepares:
            text = _("The region's disclosing officer decides.")
            return Task("others", "delivery", title, url, text, ("wait", _("Waits for the region's decision")), when)
        case DeliveryState.DISCLOSED if prepares:
            url = url_for("receiving.send", reference=delivery.id)
            return Task(
                "mine", "delivery", title, url, _("Check the answers and send."), ("info", _("May be sent")), when
            )
        case DeliveryState.IN_REVIEW:
            text = _("A reviewer at the recipient reads your explanations.")
            return Task("others", "delivery", title, url, text, ("wait", _("In review")), delivery.sent_at)
        case DeliveryState.REFUSED if prepares:
            text = _("The recipient did not accept it. Read why, and deliver anew.")
            return Task("mine", "delivery", title, url, text, ("stop", _("Not accepted")), when)
        case DeliveryState.RELEASED:
            text = _("Received as %(number)s and released.", number=delivery.number)
            return Task("done", "delivery", title, url, text, ("ok", _("Released")), delivery.sent_at)
    return None


def describe(session: Session, actor: Actor, ids: Sequence[str]) -> Mapping[str, Described]:
    """Deliveries as references: those that the actor may see, and those that anybody may know of."""
    rows = session.execute(select(*DESCRIBED_BY).where(Delivery.id.in_(ids), queries.may_be_named(actor))).all()
    senders = {one.id: one.name for one in identity.organisations(session)} if rows else {}
    public = fingerprints.public_among(session, rows)
    return {
        one.id: Described(
            listing.LABEL,
            Text(
                f"{one.number or 'Utkast'}, {senders[one.organisation_id].sv}, {span_label(one.period, 'sv')}",
                f"{one.number or 'Draft'}, {senders[one.organisation_id].en}, {span_label(one.period, 'en')}",
            ),
            url_for("deliveries.show", reference=one.number or one.id),
            "delivery",
            (
                *(
                    (
                        (Text("Filens kontrollsumma", "Hash of the file"), one.file_sha256),
                        (Text("Innehållets kontrollsumma", "Hash of the content"), one.content_hash or ""),
                    )
                    if one.id in public
                    else ()
                ),
                *(
                    ((Text("Mottagen", "Received"), one.sent_at.isoformat(timespec="seconds")),)
                    if one.sent_at is not None
                    else ()
                ),
            ),
        )
        for one in rows
    }
