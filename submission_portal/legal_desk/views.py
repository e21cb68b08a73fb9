"""Pages of the legal desk: small numbers, and the review of a table in which some are hidden."""

from collections.abc import Sequence
from itertools import zip_longest

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from legal_checks.finding_texts import FINDINGS
from legal_checks.secrecy.questions import Side
from registry import clock, references
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Invalid, Refused
from registry.findings import Finding, Text
from registry.i18n import read
from registry.identity import queries as identity
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from registry.web.revalidation import revalidate
from submission_portal.flows.pages import organisation_names
from submission_portal.followup.charts import short_period
from submission_portal.followup.evidence import Cell, EvidenceTable, evidence
from submission_portal.followup.services import assess_table
from submission_portal.followup.tables import TableState
from submission_portal.followup.versions import REVIEWERS, version_to_review
from submission_portal.legal_desk import services
from submission_portal.legal_desk.forms import TableDecisionForm
from submission_portal.legal_desk.practice import PRACTICES
from submission_portal.legal_questions.question_pages import question_rows

blueprint = Blueprint("legal_desk", __name__, template_folder="templates")
revalidate(blueprint)
SHOWN_DELIVERIES = 12


@blueprint.get("/rattsfragor/smatal/")
@access.public
def small_numbers() -> str:
    """What small numbers are, how they are protected here, and what is known about practice elsewhere."""
    return render_template("legal_desk/small_numbers.html", practices=PRACTICES)


@blueprint.get("/granskning/tabell/<table_id>/")
@access.roles(*REVIEWERS)
def table(table_id: str) -> str:
    """A table before and after hiding, with the proof and the questions. That somebody read it is logged first."""
    actor = current_actor()
    with transaction() as session:
        found = version_to_review(session, actor, table_id)
        services.log_reading(session, actor, clock.now(), found)
    return _table_page(table_id)


@blueprint.post("/granskning/tabell/<table_id>/besluta")
@access.roles(Role.LEGAL_REVIEWER)
def decide(table_id: str) -> Response | tuple[str, int]:
    """Publish or refuse. What was written comes back with the page, whatever stops it."""
    form = TableDecisionForm()
    if not form.validate_on_submit():
        left = () if form.lets_nothing_through() else assess_table(clock.now(), form.answers(), form.replies()).findings
        return _table_page(table_id, form=form, asked=form.ask(left)), 422
    try:
        with transaction() as session:
            services.decide_table(
                session,
                current_actor(),
                clock.now(),
                version_to_review(session, current_actor(), table_id),
                outcome=form.outcome.data,
                reason=form.reason.data or "",
                answers=form.answers(),
                replies=form.replies(),
            )
    except Invalid as invalid:
        asked = form.ask(invalid.findings)
        return _table_page(table_id, form=form, asked=asked), 422
    except Refused as refusal:
        return _table_page(table_id, form=form, refusal=refusal.finding), 409
    flash(_("Your decision is recorded."), "ok")
    return redirect(url_for("legal_desk.table", table_id=table_id))


def _table_page(
    table_id: str,
    *,
    form: TableDecisionForm | None = None,
    asked: Sequence[Finding] = (),
    refusal: Finding | None = None,
) -> str:
    session, actor = db.session, current_actor()
    found = version_to_review(session, actor, table_id)
    seen = evidence(session, actor, found, page_asked_for())
    decision = services.decision_on(session, table_id)
    disclosers = services.disclosers_of(session, found)
    is_legal = actor.has_role(Role.LEGAL_REVIEWER, organisation_id=found.organisation_id)
    is_open = found.state == TableState.AWAITING_REVIEW
    objection = services.objection(session, actor, found) if is_legal and is_open else None
    may_decide = is_legal and is_open and objection is None
    kept = form
    if may_decide and form is None:
        form = TableDecisionForm(formdata=None)
    assessment = decision.assessment if decision else None
    theirs = services.discloser_assessment(session, found)
    given = [(Side.DISCLOSER, theirs)] if theirs else []
    refs = [f"delivery:{one}" for one in seen.deliveries[:SHOWN_DELIVERIES]]
    described = references.describe(session, actor, refs)
    names = organisation_names(session)
    return render_template(
        "legal_desk/table.html",
        table=found,
        seen=seen,
        tables=list(zip_longest(map(_shown, seen.before), map(_shown, seen.after))),
        disclosers=[one for one in names.values() if one.id in disclosers],
        recipient=names[found.organisation_id],
        deliveries=[described[ref] for ref in refs if ref in described],
        more_deliveries=seen.delivery_count - len(refs),
        decision=decision,
        people=identity.person_labels(session, [decision.person_id if decision else None, found.decided_by]),
        form=form if may_decide else None,
        kept=kept if not may_decide else None,
        refusal=readable(refusal) if refusal else None,
        objection=readable(objection) if objection else None,
        asked=asked,
        ask_rows=question_rows(given, form, Side.RECIPIENT) if may_decide and form else [],
        rows=question_rows([*given, (Side.RECIPIENT, assessment)]) if assessment and assessment.answers else [],
        replies=[
            (readable(FINDINGS.found(result.code)), result.reply)
            for result in (assessment.asks if assessment else ())
            if result.reply
        ],
        is_open=is_open,
    )


def _shown(part: EvidenceTable) -> dict[str, object]:
    """One region's table in the reader's language, as the component takes it."""
    return {
        "region": read(part.region),
        "columns": [short_period(period) for period in part.columns],
        "rows": [(read(heading), _cells(cells)) for heading, cells in part.rows],
        "foot": (read(part.foot[0]), _cells(part.foot[1])),
    }


def _cells(cells: Sequence[Cell]) -> list[tuple[str, str, str]]:
    return [(_said(value), mark, _said(made_of)) for value, mark, made_of in cells]


def _said(words: str | Text) -> str:
    return words if isinstance(words, str) else read(words)
