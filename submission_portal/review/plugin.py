"""What this sub-package gives to the house."""

from collections.abc import Mapping

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.findings import Text
from registry.plugin import Begin, Plugin
from registry.references import Described
from submission_portal.comments.services import both_sides, the_region, the_reviewers
from submission_portal.deliveries.acts import for_discloser, for_recipient
from submission_portal.review import claim_views, difference_views, event_texts, point_views
from submission_portal.review.finding_texts import TEXTS
from submission_portal.review.panels import asked_of_region, panel
from submission_portal.review.points import reopen
from submission_portal.review.queries import decisions_by_id
from submission_portal.review.tables import DeliveryOutcome
from submission_portal.review.views import blueprint

OUTCOMES = {
    DeliveryOutcome.RELEASE: Text("Frisläppt efter granskning", "Released after review"),
    DeliveryOutcome.REFUSE: Text("Inte godtagen", "Not accepted"),
}


def describe_decisions(session: Session, actor: Actor, ids: list[str]) -> Mapping[str, Described]:
    """Decisions as references: that one was taken is public, the page is for the two sides."""
    found = {}
    for identifier, decision in decisions_by_id(session, ids).items():
        is_inside = actor.belongs_to(decision.organisation_id) or actor.belongs_to(decision.discloser_id)
        url = url_for("review.delivery", reference=decision.delivery_id) if is_inside else None
        details = ((Text("Datum", "Date"), decision.decided_at.date().isoformat()),)
        label = OUTCOMES[DeliveryOutcome(decision.outcome)]
        found[identifier] = Described(
            Text("Beslut om leverans", "Decision on a delivery"), label, url, "decision", details
        )
    return found


VIEWS = (claim_views, difference_views, point_views)
"""Read so that their routes are on the blueprint."""

plugin = Plugin(
    name="review",
    blueprints=(blueprint,),
    acts={
        "DeliveryDecided": for_recipient,
        "CompletionAsked": for_recipient,
        "DeliveryCompleted": for_discloser,
        "DeliveryClaimed": for_recipient,
        "DeliveryClaimLetGo": for_recipient,
        "ReviewPointWritten": for_recipient,
        "ReviewPointTakenBack": for_recipient,
        "DeliveryReturned": for_recipient,
        "ReviewPointAnswered": for_discloser,
    },
    event_handlers={"DeliveryWithdrawn": (reopen,), "DeliveryRefused": (reopen,)},
    tells={
        "DeliveryReturned": (the_region,),
        "ReviewPointAnswered": (the_reviewers,),
        "ReviewPointReopened": (both_sides,),
    },
    unseen_events=(
        "DeliveryClaimed",
        "DeliveryClaimLetGo",
        "ReviewPointWritten",
        "ReviewPointTakenBack",
        "DeliveryReturned",
        "ReviewPointAnswered",
        "ReviewPointReopened",
    ),
    panels=(panel,),
    asides=(asked_of_region,),
    resolvers={"decision": describe_decisions},
    finding_texts=TEXTS,
    event_texts=event_texts.TEXTS,
    begin=(
        Begin(
            (Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER),
            _l("Review queue"),
            "review.index",
            _l("Everything that waits at the recipient, the oldest first, and what was decided lately."),
        ),
    ),
)
