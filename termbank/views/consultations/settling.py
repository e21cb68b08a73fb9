"""What the sender does while a consultation is out and after it: more time, a response to each answer, and the compilation."""

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Role
from registry.errors import NotFound
from registry.i18n import current_language
from registry.web.guards import access
from termbank.consultations import queries, services
from termbank.consultations.tables import Consultation, Opinion
from termbank.consultations.tally import Part
from termbank.forms.consultations import ExtensionForm, field_name, verdicts_in, with_verdicts
from termbank.presentation import consultations as shown
from termbank.views.blueprint import blueprint
from termbank.views.consultations.acts import Answer, act_on, filled_in, own_consultation


@blueprint.route("/remisser/<consultation_id>/forlang", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def extend_consultation(consultation_id: str) -> Answer:
    """Give an addressee more time."""
    actor, one = own_consultation(consultation_id)
    form = ExtensionForm()
    form.addressee.choices = [(addressee.id, addressee.name) for addressee in one.addressees]

    def keep(session: Session, mine: Consultation) -> None:
        services.extend(session, actor, clock.now(), mine, form.addressee.data, until=form.until.data)

    return filled_in(one, form, keep, _("The addressee has more time."), "termbank/consultation_extension.html")


@blueprint.route("/remisser/<consultation_id>/svar/<opinion_id>/bemot", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def judge_opinion(consultation_id: str, opinion_id: str) -> Answer:
    """Say what came of an answer, part by part."""
    actor, one = own_consultation(consultation_id)
    opinion = next((other for other in queries.sent(one) if other.id == opinion_id), None)
    if opinion is None or clock.today() <= one.hidden_until:
        raise NotFound("opinion")
    form = with_verdicts(opinion, current_language())(data=_verdicts_data(opinion))

    def keep(session: Session, mine: Consultation) -> None:
        seen, form["started_from"].data = (
            form["started_from"].data,
            queries.stamp_of_verdicts(next(other for other in mine.opinions if other.id == opinion_id)),
        )
        services.judge(session, actor, clock.now(), mine, opinion_id, verdicts_in(form, opinion), seen=seen)

    asked = shown.asked_rows(one)
    rows = [
        (
            asked[part.number, Part(part.part)], shown.said_row(opinion, part, ()),
            form[f"verdict_{name}"], form[f"reason_{name}"],
        )
        for part in queries.to_judge(opinion)
        for name in [field_name((part.number, Part(part.part)))]
    ]  # fmt: skip
    return filled_in(
        one, form, keep, _("The response is kept."), "termbank/consultation_verdicts.html", opinion=opinion, rows=rows
    )


@blueprint.post("/remisser/<consultation_id>/avsluta")
@access.roles(Role.TERMINOLOGIST)
def settle_consultation(consultation_id: str) -> Response:
    """Publish the compilation."""
    return act_on(consultation_id, services.settle, _("The compilation is published."))


def _verdicts_data(opinion: Opinion) -> Mapping[str, str]:
    data = {"started_from": queries.stamp_of_verdicts(opinion)}
    for part in opinion.parts:
        name = field_name((part.number, Part(part.part)))
        data |= {f"verdict_{name}": part.verdict or "", f"reason_{name}": part.verdict_reason}
    return data
