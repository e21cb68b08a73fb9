"""The page of a file that was refused for identity numbers, and the same as a text to hand on."""

from flask import Response, render_template, url_for
from flask_babel import gettext as _

from registry.actors import Actor
from registry.db import db
from registry.i18n import current_language
from registry.web.downloads import Offer
from registry.web.guards import access, current_actor
from submission_portal.deliveries.identity_refusals import READERS, refusal_for
from submission_portal.deliveries.pages.identity_refusal import HAPPENED, TITLE, TO_JUDGE, Fact, as_text, facts_of
from submission_portal.deliveries.views.blueprint import blueprint


@blueprint.get("/leveranser/avvisad/<identifier>/")
@access.roles(*READERS)
def refused(identifier: str) -> str:
    """What a data protection officer needs to judge a file that was refused. Officers of the region read it."""
    language = current_language()
    return render_template(
        "deliveries/refused.html",
        title=TITLE.in_language(language),
        facts=[
            (one.name.in_language(language), one.value.in_language(language))
            for one in _facts(current_actor(), identifier)
        ],
        happened=HAPPENED.in_language(language),
        to_judge=[one.in_language(language) for one in TO_JUDGE],
        downloads=[Offer(_("As text"), url_for("deliveries.refused_as_text", identifier=identifier), _("to send on"))],
    )


@blueprint.get("/leveranser/avvisad/<identifier>/underlag.txt")
@access.roles(*READERS)
def refused_as_text(identifier: str) -> Response:
    """The same as a text."""
    text = as_text(_facts(current_actor(), identifier), current_language())
    headers = {"Content-Disposition": 'attachment; filename="underlag.txt"'}
    return Response(text, headers=headers, content_type="text/plain; charset=utf-8")


def _facts(actor: Actor, identifier: str) -> tuple[Fact, ...]:
    return facts_of(db.session, refusal_for(db.session, actor, identifier))
