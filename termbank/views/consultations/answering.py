"""Answers to a consultation: written by an organisation, or recorded from a letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry import clock, storage
from registry.actors import Role
from registry.db import db
from registry.errors import Forbidden, NotFound
from registry.i18n import current_language, read
from registry.web.downloads import file_answer
from registry.web.forms import Form
from registry.web.guards import access, current_actor
from termbank.consultations import answers, queries
from termbank.consultations.tables import Consultation, ConsultationState, ConsultationText
from termbank.consultations.tally import Part
from termbank.forms.consultations import AnswerForm, LetterForm, answer_data, asked, field_name, with_parts, written
from termbank.presentation import consultations as shown
from termbank.views.blueprint import blueprint
from termbank.views.consultations.acts import Answer, filled_in, own_consultation, writes_for


@blueprint.route("/remisser/<consultation_id>/svara", methods=["GET", "POST"])
@access.roles(*queries.MAY_WRITE)
def answer_consultation(consultation_id: str) -> Answer:
    """An organisation's answer: written by many, sent by one with the mandate."""
    actor = current_actor()
    one = queries.consultation_for(db.session, actor, consultation_id)
    own = writes_for(actor)
    if one.state != ConsultationState.OPEN and request.method == "GET":
        return redirect(url_for("termbank.consultation", consultation_id=one.id))
    if not own:
        raise Forbidden("consultation")
    chosen = next((place for place in own if place.id == request.args.get("for")), own[0])
    data = {
        **answer_data(queries.draft_of(one, chosen.id)),
        "organisation": chosen.id,
        "started_from": queries.stamp(one, chosen.id),
    }
    form = with_parts(AnswerForm, one.texts, current_language())(data=data)
    form["organisation"].choices = [(place.id, read(place.name)) for place in own]
    is_sent = request.form.get("action") == "send"

    def keep(session: Session, mine: Consultation) -> None:
        place = next(place for place in own if place.id == form["organisation"].data)
        said = written(form, mine.texts)
        is_free = place is not chosen and queries.draft_of(mine, place.id) is None
        seen = None if is_free else form["started_from"].data
        form["started_from"].data = queries.stamp(mine, place.id)
        answers.save_opinion(session, actor, clock.now(), mine, place, said, is_sent=is_sent, seen=seen)

    told = _("The answer is sent.") if is_sent else _("The answer is kept, and not sent yet.")
    is_asked = any(addressee.organisation_id == chosen.id for addressee in one.addressees)
    return filled_in(
        one, form, keep, told, "termbank/consultation_answer.html", parts=_asked_parts(one, form), has_questions=any(text.question for text in one.texts), contents=shown.contents(one), before=[form["started_from"], form["organisation"]], corrected=None,
        may_send=any(actor.may(*queries.MAY_SEND, organisation_id=place.id) for place in own), is_letter=False,
        is_asked=is_asked, has_answered=queries.has_answered(one, chosen.id),
    )  # fmt: skip


@blueprint.route("/remisser/<consultation_id>/brev", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def record_letter(consultation_id: str) -> Answer:
    """Record an answer that came as a letter."""
    actor, one = own_consultation(consultation_id)
    if one.state != ConsultationState.OPEN and request.method == "GET":
        return redirect(url_for("termbank.consultation", consultation_id=one.id))
    corrects = request.args.get("rattar")
    before = next((other for other in one.opinions if other.id == corrects and other.is_letter), None)
    if corrects and before is None:
        raise NotFound("opinion")
    data = {**answer_data(before), "received_on": before.received_on} if before else {}
    form = with_parts(LetterForm, one.texts, current_language())(data=data)
    form.is_correction = before is not None
    form["addressee"].choices = [
        ("", _("Nobody of those who were asked")),
        *((each.id, each.name) for each in one.addressees),
    ]

    def keep(session: Session, mine: Consultation) -> None:
        answers.record_letter(
            session, actor, clock.now(), mine, written(form, mine.texts), addressee_id=form["addressee"].data or None,
            name=form["name"].data or "", received_on=form["received_on"].data, file=form.letter,
            corrects_id=before.id if before else None,
        )  # fmt: skip

    return filled_in(
        one, form, keep, _("The letter is recorded."), "termbank/consultation_answer.html", parts=_asked_parts(one, form), has_questions=any(text.question for text in one.texts), contents=shown.contents(one),
        before=[*([] if before else [form["addressee"], form["name"]]), form["received_on"], form["file"]], may_send=True, is_letter=True,
        corrected=before, is_asked=True, has_answered=False,
    )  # fmt: skip


@blueprint.get("/remisser/<consultation_id>/svar/<opinion_id>/brev")
@access.signed_in
def letter_file(consultation_id: str, opinion_id: str) -> Response:
    """The letter as it came, for whoever sent the consultation out and whoever wrote the letter."""
    actor = current_actor()
    one = queries.consultation_for(db.session, actor, consultation_id)
    opinion = next((other for other in one.opinions if other.id == opinion_id), None)
    if opinion is None or opinion.file_key is None or not queries.may_open_letter(actor, one, opinion):
        raise NotFound("letter")
    return file_answer(storage.read(db.session, opinion.file_key), answers.LETTER_TYPE, opinion.file_name)


@dataclass(frozen=True, slots=True)
class AskedPart:
    """What the form asks of one part: the text it is of, its wording in each language, the position and the words."""

    text: ConsultationText
    wordings: Sequence[tuple[str, str]]
    position: Any
    more: Sequence[Any]
    is_aside: bool
    """Whether the part only says what the questions are about, so that a position on it is seldom meant."""

    @property
    def is_open(self) -> bool:
        """Whether its fields are shown without being asked for."""
        return not self.is_aside or any(field.data or field.errors for field in (self.position, *self.more))


def _asked_parts(one: Consultation, form: Form) -> list[AskedPart]:
    """Each part of the form, in order. A question is its heading, in the reader's language, and is not said twice."""
    texts = {text.number: text for text in one.texts}
    aside = queries.asides(db.session, one)
    return [
        AskedPart(
            texts[number], [] if part is Part.QUESTION else shown.in_order(texts[number].texts[part]), form[f"position_{name}"],
            [form[f"{of}_{name}"] for of in ("quoted", "reason", "proposed") if f"{of}_{name}" in form], number in aside,
        )
        for number, part in asked(one.texts)
        for name in [field_name((number, part))]
    ]  # fmt: skip
