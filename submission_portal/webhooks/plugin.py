"""What this sub-package gives to the house."""

from collections.abc import Mapping

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.events import Happening
from registry.findings import Text
from registry.messages.telling import holders
from registry.plugin import Begin, Plugin, WayOn
from registry.references import Described
from submission_portal.webhooks import event_texts, queries, sending
from submission_portal.webhooks.cli import webhooks
from submission_portal.webhooks.finding_texts import TEXTS
from submission_portal.webhooks.noticing import HANDLERS
from submission_portal.webhooks.services import SEND
from submission_portal.webhooks.tables import Webhook
from submission_portal.webhooks.views import blueprint


def describe(session: Session, actor: Actor, ids: list[str]) -> Mapping[str, Described]:
    """Webhooks as references, for who administers them."""
    own = [one.id for one in queries.administered(session, actor)]
    rows = session.scalars(select(Webhook).where(Webhook.id.in_(ids), Webhook.organisation_id.in_(own))).unique()
    kind = Text("Webhook", "Webhook")
    return {
        one.id: Described(kind, Text(one.url, one.url), url_for("webhooks.show", webhook_id=one.id)) for one in rows
    }


def the_administrators(session: Session, happening: Happening) -> list[str]:
    """Whom to tell that a webhook does not work: who administers its region."""
    return holders(session, happening.organisation_id or "", Role.REGION_ADMINISTRATOR)


plugin = Plugin(
    name="webhooks",
    blueprints=(blueprint,),
    commands=(webhooks,),
    job_handlers={SEND: sending.run, sending.FORGET: sending.forget},
    daily_jobs=(sending.FORGET,),
    event_handlers=HANDLERS,
    tells={"WebhookGaveUp": (the_administrators,), "WebhookTurnedOff": (the_administrators,)},
    resolvers={"webhook": describe},
    finding_texts=TEXTS,
    event_texts=event_texts.TEXTS,
    begin=(
        Begin(
            (Role.REGION_ADMINISTRATOR,),
            _l("Webhooks"),
            "webhooks.index",
            _l("Systems of your region that are told of what happens to its deliveries."),
        ),
    ),
    ways_on=(WayOn("clients.index", _l("Webhooks: tell a system what happens to deliveries"), "webhooks.index"),),
    unseen_events=tuple(event_texts.TEXTS),
)
