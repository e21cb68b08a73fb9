"""The page on which a received delivery is reviewed, as each reader sees it: put together from queries for the template."""

from dataclasses import dataclass

from flask import render_template, request
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from information_models.queries import load_model
from legal_checks.secrecy.questions import Side
from registry import clock
from registry.actors import Actor, Role
from registry.db import db
from registry.errors import NotFound
from registry.findings import Finding
from registry.i18n import read
from registry.identity import queries as identity
from registry.items import queries as items
from registry.web.guards import current_actor
from registry.web.problems import readable
from submission_portal.comments.services import comments_on
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.pages.kept_explanations import kept_explanations
from submission_portal.deliveries.pages.standing_disclosures import values_of
from submission_portal.deliveries.pages.view import DeliveryView, view_of
from submission_portal.deliveries.part_names import part_name, period_label
from submission_portal.deliveries.queries import delivery_for
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.uses.suspended import suspension
from submission_portal.flows.pages import decisions, organisation_names
from submission_portal.legal_questions import words
from submission_portal.legal_questions.question_pages import question_rows
from submission_portal.review import judging, pages, queries
from submission_portal.review.checklist_pages import checklist_rows
from submission_portal.review.claim_pages import shown_claim
from submission_portal.review.forms import AnswerForm, CompletionForm, DeliveryDecisionForm, PointForm
from submission_portal.review.point_pages import answer_form, point_form, shown_points

REGION = (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)


@dataclass(frozen=True, slots=True)
class Forms:
    """What was filled in and could not be kept: shown again. ``answered``: the number of the point that ``answer`` is to."""

    decision: DeliveryDecisionForm | None = None
    completion: CompletionForm | None = None
    point: PointForm | None = None
    answer: AnswerForm | None = None
    answered: int = 0


def received(session: Session, actor: Actor, reference: str) -> Delivery:
    """A delivery that was sent, for its region and its recipient's reviewers. Raises `NotFound` for everybody else."""
    found = delivery_for(session, actor, reference)
    if found.number is None:
        raise NotFound("delivery")
    return found


def delivery_page(
    delivery: Delivery, forms: Forms | None = None, *, refusal: Finding | None = None, kept: str | None = None
) -> str:
    """The page; with what was filled in and what stopped it. ``kept`` is the text that was written."""
    session, actor, forms = db.session, current_actor(), forms or Forms()
    loaded = load_model(session, delivery.model_version_hash)
    view = view_of(delivery, loaded, kept=kept_explanations(session, delivery))
    decision = queries.decision_of(session, delivery.id)
    is_reviewer = judging.may_review(actor, delivery)
    objection = judging.objection(session, actor, delivery, clock.now())
    is_region = actor.has_role(*REGION, organisation_id=delivery.organisation_id)
    waits = suspension(session, delivery) if delivery.state == DeliveryState.IN_REVIEW else None
    return render_template(
        "review/delivery.html",
        delivery=delivery,
        period=period_label(delivery, part_name(session, delivery)),
        release=pages.release_in_words(delivery, decision),
        view=view,
        findings=pages.findings(view),
        corrected=session.get(Delivery, delivery.corrects_delivery_id) if delivery.corrects_delivery_id else None,
        changes=pages.compared(delivery, loaded),
        judged=values_of(delivery, loaded),
        decision=decision,
        form=(forms.decision or DeliveryDecisionForm(formdata=None)) if is_reviewer and objection is None else None,
        objection=readable(objection) if is_reviewer and objection and delivery.state == "in_review" else None,
        refusal=readable(refusal) if refusal else None,
        suspended=readable(waits) if waits and not refusal else None,
        kept=kept,
        is_region=is_region,
        checklist=[] if is_region else checklist_rows(session, actor, delivery, loaded, view),
        comments=comments_on(session, delivery, 1).total,
        claim=shown_claim(session, actor, delivery),
        titled=items.titled,
        **_sides(session, delivery),
        **_asked(session, delivery, forms, is_region=is_region),
        **_pointed(session, actor, delivery, loaded, view, forms, may_write=is_reviewer and objection is None),
    )


def _sides(session: Session, delivery: Delivery) -> dict[str, object]:
    """What each side has decided, and on what."""
    versions = items.versions_by_hash(session, [delivery.flow_version_hash, delivery.model_version_hash])
    names = organisation_names(session)
    disclosure = delivery.disclosure
    assessment = disclosure.assessment if disclosure else None
    flow = versions[delivery.flow_version_hash]
    return {
        "flow": flow,
        "model": versions[delivery.model_version_hash],
        "names": names,
        "source": read(names[delivery.organisation_id].name),
        "disclosure": disclosure,
        "flow_decisions": decisions(flow),
        "rows": question_rows(session, [(Side.DISCLOSER, assessment)]) if assessment else [],
        "replies": words.shown(session, assessment).replies(assessment) if assessment else [],
    }


def _asked(session: Session, delivery: Delivery, forms: Forms, *, is_region: bool) -> dict[str, object]:
    """Questions in words, and everybody who is named on the page."""
    requests = queries.requests_of(session, delivery.id)
    asked = next((one for one in requests if one.answered_at is None), None)
    decision, disclosure = queries.decision_of(session, delivery.id), delivery.disclosure
    people = [
        delivery.sent_by,
        disclosure.person_id if disclosure else None,
        decision.person_id if decision else None,
        *(one.asked_by for one in requests),
        *(one.answered_by for one in requests),
    ]
    return {
        "requests": requests,
        "asked": asked,
        "answer_form": (forms.completion or CompletionForm(formdata=None)) if is_region and asked else None,
        "people": identity.person_labels(session, people),
    }


def _pointed(
    session: Session,
    actor: Actor,
    delivery: Delivery,
    loaded: LoadedModel,
    view: DeliveryView,
    forms: Forms,
    *,
    may_write: bool,
) -> dict[str, object]:
    """The points, what the reader may do with them, and the forms for that."""
    points = shown_points(session, actor, delivery, loaded, view)
    may_answer = actor.has_role(*REGION, organisation_id=delivery.organisation_id) and delivery.state == "in_review"
    answers = {
        one.number: forms.answer if forms.answer and forms.answered == one.number else None
        for one in points
        if may_answer and one.is_open
    }
    return {
        "points": points,
        "point_form": (forms.point or point_form(delivery, loaded, view, row=request.args.get("rad", type=int)))
        if may_write
        else None,
        "answer_forms": {number: given or answer_form(session, delivery, number) for number, given in answers.items()},
        "failed": forms.point or forms.answer,
        "may_write": may_write,
        "unread": sum(one.is_unread for one in points),
        "open_points": sum(one.is_open for one in points),
    }
