"""Boundary cases: the rounds, writing and sending out one, a region's answers, and how they agree."""

from collections.abc import Callable, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Forbidden, NotFound, Refused
from registry.i18n import current_language
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from registry.items import queries as items
from registry.items.lifecycle import State
from registry.items.tables import Version
from registry.swedish import sort_key
from registry.web.forms import Form
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from termbank.bank.queries import term_banks
from termbank.boundary_cases import queries, services
from termbank.boundary_cases.services import WrittenCase
from termbank.boundary_cases.tables import MOST_CASES, MOST_WAYS, BoundaryAnswer, BoundaryRound, RoundState
from termbank.finding_texts.all import FINDINGS
from termbank.forms.boundary_cases import (
    ExplanationForm,
    OpenForm,
    WaysForm,
    counts_of,
    with_answers,
    with_counts,
)
from termbank.forms.fields import lines
from termbank.notions import CONCEPT
from termbank.presentation import boundary_cases as shown
from termbank.presentation.texts import term
from termbank.views.blueprint import blueprint
from termbank.views.one_step import one_step

Answer = Response | str | tuple[str, int]


@blueprint.get("/gransfall/")
@access.public
def boundary_rounds() -> str:
    """All rounds, the newest first."""
    actor, day = current_actor(), clock.today()
    page = queries.rounds(db.session, actor, page_asked_for())
    answered, cases = queries.answered_by(db.session, page.rows), queries.number_of_cases(db.session, page.rows)
    rows = [
        (_title(one), one, shown.state_text(one, day), cases.get(one.id, 0), answered.get(one.id, 0))
        for one in page.rows
    ]
    waiting = {one.id for region in _own_regions(actor) for one in queries.unanswered(db.session, region.id, day)}
    return render_template("termbank/boundary_rounds.html", rows=rows, page=page, waiting=waiting)


@blueprint.get("/gransfall/<round_id>/")
@access.public
def boundary_round(round_id: str) -> str:
    """A round: its cases, what has been counted as far as this reader may see it, and how far it agrees."""
    actor, day = current_actor(), clock.today()
    one = queries.round_for(db.session, actor, round_id)
    regions = identity.organisations(db.session, "region")
    reader = shown.reader_of(actor, one, day, frozenset(region.id for region in regions))
    names, state = _names(), queries.state_on(one, day)
    is_closed = state is RoundState.CLOSED
    sent = {answer.organisation_id for answer in queries.sent(one)}
    return render_template(
        "termbank/boundary_round.html", one=one, title=_title(one), term=_term(one.version), state=state.value, status=shown.state_text(one, day),
        wording=_wording(one), cases=shown.case_rows(one, reader, names), head=[_("Who"), *shown.way_names(one), _("Why")],
        ways=shown.way_rows(one) if is_closed else [], differs=is_closed and queries.is_disagreement(one), may_write=reader.is_author_side,
        answered=sorted((names[one] for one in sent), key=sort_key), is_reworded=one.wording_hash not in (None, one.version.content_hash),
        silent=[names[region.id] for region in regions if region.id not in sent], sees_author=reader.sees_author(one),
        waiting=[region for region in _own_regions(actor) if region.id not in sent], most=MOST_CASES,
        may_explain=is_closed and actor.may_decide(Role.TERMINOLOGIST, organisation_id=one.organisation_id) and _may_explain(actor, one),
        people=identity.person_labels(db.session, [one.explained_by]),
    )  # fmt: skip


@blueprint.route("/gransfall/ny/<version_id>", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def create_boundary_round(version_id: str) -> Answer:
    """A new round on a version of a concept: which ways of counting it tries."""
    actor = current_actor()
    version = items.version_for(db.session, actor, version_id)
    if version.item.kind != CONCEPT:
        raise NotFound("concept")
    actor.require(Role.TERMINOLOGIST, organisation_id=version.organisation_id, is_known=True)
    form = WaysForm()
    form.most = MOST_WAYS
    if form.validate_on_submit():
        with transaction() as session:
            made = services.draft(
                session, actor, clock.now(), version=session.get_one(Version, version.id),
                ways=lines(form.ways.data) or ("",), cases=(),
            )  # fmt: skip
            identifier = made.id
        return redirect(url_for("termbank.edit_boundary_case", round_id=identifier, number=1))
    return _form_page(
        form, _("Boundary cases for %(term)s", term=_term(version)), _("Go on to the first case"),
        url_for("termbank.concept", slug=version.item.slug), version=version, rows=3,
        lead=_("Short cases that regions count by a wording before it is decided. Where they count differently, the wording says too little."),
    )  # fmt: skip


@blueprint.route("/gransfall/<round_id>/fall/<int:number>", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def edit_boundary_case(round_id: str, number: int) -> Answer:
    """A case of a draft, or its next one."""
    actor, one = _own_round(round_id)
    written = services.written(one)
    if not 1 <= number <= len(written) + 1:
        raise NotFound("case")
    names = [f"count_{place}" for place in range(len(one.ways))]
    kind = with_counts(shown.way_names(one))
    before = written[number - 1] if number <= len(written) else None
    data = (
        {"text": before.text, "reason": before.reason, **dict(zip(names, before.counts, strict=False))}
        if before
        else {}
    )
    stamp = services.stamp_of(before)
    form = kind(data={**data, "started_from": stamp})
    is_as_seen, is_new = form.started_from.data == stamp, form.started_from.data == queries.NOTHING
    action = request.form.get("action", "")
    if request.method == "POST" and action == "remove" and before and is_as_seen:
        _rewrite(actor, one, written, [case for place, case in enumerate(written, 1) if place != number])
        flash(_("The case is removed."), "ok")
        return redirect(url_for("termbank.boundary_round", round_id=one.id))
    if form.validate_on_submit():
        case = services.tidied(WrittenCase(form.text.data or "", counts_of(form, names), form.reason.data or ""))
        if is_as_seen or is_new:
            place = number if is_as_seen else len(written) + 1  # another's new case has that number by now
            if is_as_seen or case != before:
                _rewrite(actor, one, written, [*written[: place - 1], case, *written[place:]])
            if action == "next":
                following = max(place, len(written)) + 1
                return redirect(url_for("termbank.edit_boundary_case", round_id=one.id, number=following))
            flash(_("The case is kept."), "ok")
            return redirect(url_for("termbank.boundary_round", round_id=one.id))
        form.form_errors.append(readable(FINDINGS.found("CASE-011")).in_full)
        form.started_from.data = stamp
    return _form_page(
        form, _("Case %(number)s of %(title)s", number=number, title=_title(one)), _("Keep the case"),
        url_for("termbank.boundary_round", round_id=one.id), version=one.version, rows=4, removable=before is not None,
        another=number < MOST_CASES,
    )  # fmt: skip


@blueprint.route("/gransfall/<round_id>/skicka-ut", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def open_boundary_round(round_id: str) -> Answer:
    """Send a draft to all regions, with the last day for answers."""
    actor, one = _own_round(round_id)
    form = OpenForm()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                mine = queries.round_for(session, actor, one.id)
                wording = term_banks.concept_of(mine.version).definition
                services.open_round(session, actor, clock.now(), mine, wording=wording, closes_on=form.closes_on.data)
            flash(_("The cases are with the regions."), "ok")
            return redirect(url_for("termbank.boundary_round", round_id=one.id))
        except Refused as refusal:
            form.form_errors.append(readable(refusal.finding).in_full)
    return _form_page(
        form, _("Send out %(title)s", title=_title(one)), _("Send to all regions"),
        url_for("termbank.boundary_round", round_id=one.id), version=one.version,
        lead=_("The cases and the wording as it stands now go to all regions. After that neither the cases nor the ways of counting change."),
    )  # fmt: skip


@blueprint.post("/gransfall/<round_id>/avsluta")
@access.roles(Role.TERMINOLOGIST)
def close_boundary_round(round_id: str) -> Answer:
    """Close a round before its last day."""
    return _act(round_id, services.close, _("The round is closed. All answers are shown."))


@blueprint.post("/gransfall/<round_id>/ta-bort")
@access.roles(Role.TERMINOLOGIST)
def remove_boundary_round(round_id: str) -> Answer:
    """Throw a draft away."""
    return _act(round_id, services.remove, _("The draft is removed."), after=url_for("termbank.boundary_rounds"))


@blueprint.route("/gransfall/<round_id>/forklara", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def explain_boundary_round(round_id: str) -> Answer:
    """Say why the wording is decided on although regions count differently."""
    actor, one = _own_round(round_id)
    form = ExplanationForm(data={"reason": one.explanation})
    if form.validate_on_submit():
        try:
            with transaction() as session:
                mine = queries.round_for(session, actor, one.id)
                services.explain(session, actor, clock.now(), mine, reason=form.reason.data or "")
            flash(_("The explanation is kept, and shown beside the answers."), "ok")
            return redirect(url_for("termbank.boundary_round", round_id=one.id))
        except Refused as refusal:
            form.form_errors.append(readable(refusal.finding).in_full)
    return _form_page(
        form, _("Regions count differently: %(title)s", title=_title(one)), _("Keep the explanation"),
        url_for("termbank.boundary_round", round_id=one.id), version=one.version, rows=5,
    )  # fmt: skip


@blueprint.route("/gransfall/<round_id>/svara", methods=["GET", "POST"])
@access.roles(Role.DATA_OFFICER)
def answer_boundary_round(round_id: str) -> Answer:
    """A region counts the cases: kept as often as wanted, sent once."""
    actor = current_actor()
    one = queries.round_for(db.session, actor, round_id)
    sent = {answer.organisation_id for answer in queries.sent(one)}
    regions = [region for region in _own_regions(actor) if region.id not in sent]
    if not _own_regions(actor):
        raise Forbidden("boundary cases")
    if not regions or queries.state_on(one, clock.today()) is not RoundState.OPEN:
        return redirect(url_for("termbank.boundary_round", round_id=one.id))
    chosen = next((region for region in regions if region.id == request.args.get("region")), regions[0])
    kept = next((answer for answer in one.answers if answer.organisation_id == chosen.id), None)
    form = with_answers(shown.way_names(one), [case.number for case in one.cases])(
        data={**_answers_data(one, kept, chosen), "started_from": queries.stamp(one, chosen.id)}
    )
    form.organisation.choices = [(region.id, region.name.in_language(current_language())) for region in regions]
    if form.validate_on_submit():
        region = next(region for region in regions if region.id == form.organisation.data)
        is_sent = request.form.get("action") == "send"
        try:
            with transaction() as session:
                services.answer(
                    session, actor, clock.now(), queries.round_for(session, actor, one.id), region,
                    counts={case.id: counts_of(form, _count_names(one, case.number)) for case in one.cases},
                    reasons={case.id: form[f"reason_{case.number}"].data or "" for case in one.cases}, is_sent=is_sent,
                    seen=form.started_from.data,
                )  # fmt: skip
            flash(_("The answers are sent.") if is_sent else _("The answers are kept, and not sent yet."), "ok")
            return redirect(url_for("termbank.boundary_round", round_id=one.id))
        except Refused as refusal:
            form.form_errors.append(readable(refusal.finding).in_full)
            db.session.expire_all()
            form.started_from.data = queries.stamp(one, form.organisation.data)
    fields = [
        (case, [form[name] for name in _count_names(one, case.number)], form[f"reason_{case.number}"])
        for case in one.cases
    ]
    page = render_template(
        "termbank/boundary_answers.html", one=one, title=_title(one), form=form, fields=fields, wording=_wording(one), term=_term(one.version)
    )  # fmt: skip
    return page if request.method == "GET" else (page, 422)


def _act(round_id: str, act: Callable[..., object], said: str, *, after: str | None = None) -> Response:
    """One step with a round of one's own, and back to its page (or to ``after``); a step that is refused says why there."""
    actor, one = _own_round(round_id)

    def do(session: Session) -> None:
        act(session, actor, clock.now(), queries.round_for(session, actor, one.id))

    return one_step(do, said, url_for("termbank.boundary_round", round_id=one.id), after=after)


def _rewrite(actor: Actor, one: BoundaryRound, seen: Sequence[WrittenCase], cases: Sequence[WrittenCase]) -> None:
    with transaction() as session:
        mine = queries.round_for(session, actor, one.id)
        services.draft(
            session, actor, clock.now(), version=mine.version, ways=mine.ways, cases=cases, draft_of=mine, seen=seen
        )


def _own_round(round_id: str) -> tuple[Actor, BoundaryRound]:
    """A round whose concept the actor writes. Raises `NotFound` or `Forbidden`."""
    actor = current_actor()
    one = queries.round_for(db.session, actor, round_id)
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    return actor, one


def _own_regions(actor: Actor) -> list[Organisation]:
    own = actor.organisations(Role.DATA_OFFICER)
    return [one for one in identity.organisations(db.session, "region") if one.id in own] if own else []


def _may_explain(actor: Actor, one: BoundaryRound) -> bool:
    """Whether the actor is neither who wrote the cases nor had a hand in the wording, and it is still to be decided."""
    versions = queries.versions_tried(db.session, one)
    is_another = actor.person_id != one.author_id and not any(
        items.has_contributed(db.session, version, actor.person_id) for version in versions
    )
    is_undecided = any(version.state == State.IN_REVIEW for version in versions)
    return is_another and is_undecided and queries.is_disagreement(one)


def _form_page(
    form: Form, title: str, label: str, back: str, *, version: Version, lead: str = "", rows: int | None = None,
    removable: bool = False, another: bool = False,
) -> Answer:  # fmt: skip
    page = render_template(
        "termbank/boundary_form.html", form=form, title=title, label=label, back=back, lead=lead, rows=rows, removable=removable,
        another=another, term=_term(version), slug=version.item.slug, wording=term_banks.concept_of(version).definition,
    )  # fmt: skip
    return page if request.method == "GET" else (page, 422)


def _answers_data(one: BoundaryRound, kept: BoundaryAnswer | None, region: Organisation) -> dict[str, str]:
    data = {"organisation": region.id}
    for case in one.cases if kept else ():
        data |= dict(zip(_count_names(one, case.number), kept.counts.get(case.id, ()), strict=False))  # type: ignore[union-attr]
        data[f"reason_{case.number}"] = kept.reasons.get(case.id, "")  # type: ignore[union-attr]
    return data


def _count_names(one: BoundaryRound, case: int) -> list[str]:
    return [f"count_{case}_{place}" for place in range(len(one.ways))]


def _wording(one: BoundaryRound) -> str:
    """The wording that is tried: as it went out, or of a draft, as it is."""
    if one.wording:
        return one.wording.get(current_language()) or one.wording["sv"]
    definition = term_banks.concept_of(one.version).definition
    return definition.in_language(current_language()) if definition else ""


def _term(version: Version) -> str:
    return term(term_banks.concept_of(version), current_language())


def _title(one: BoundaryRound) -> str:
    return str(_("Boundary cases for %(term)s", term=_term(one.version)))


def _names() -> dict[str, str]:
    language = current_language()
    return {one.id: one.name.in_language(language) for one in identity.organisations(db.session)}
