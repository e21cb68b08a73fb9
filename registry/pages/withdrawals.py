"""The page on which a published version is withdrawn: what rests on it, the proposal, the check, and the decision."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from registry import clock, dependants
from registry.actors import Actor
from registry.db import db, transaction
from registry.errors import Forbidden, NotFound, Refused
from registry.findings import Finding
from registry.i18n import current_language, read
from registry.identity import queries as identity
from registry.items import queries, withdrawing
from registry.items.kinds import ItemKind
from registry.items.lifecycle import State, WithdrawalOutcome
from registry.items.tables import Item, Version, Withdrawal
from registry.items.withdrawal_notices import notice_of
from registry.pages.items import blueprint
from registry.pages.touched import TouchedRows, touched_rows
from registry.swedish import sort_key
from registry.web.forms import Form, required, said_of_found
from registry.web.guards import access, current_actor
from registry.web.page_addresses import address_of_all
from registry.web.problems import readable

WITHDRAW, KEEP = "withdraw", "keep"
CHECK, CHANGE, FIND = "check", "change", "find"
"""Which button was pressed: on to the check, back to what was written, or to find something. The fourth one acts."""


class ProposalForm(Form):
    """Proposing that a published version be withdrawn."""

    reason = TextAreaField(
        _l("Why should it be withdrawn?"),
        [DataRequired(_l("Write the reasons.")), Length(max=5000)],
        description=_l("Shown to everyone who may see the version, and on its page once it is withdrawn."),
    )
    sought = StringField(
        _l("Find what is to be used instead"),
        [Length(max=200)],
        description=_l("What is found can then be chosen."),
    )
    replaced_by = SelectField(_l("What is to be used instead, if anything"), choices=[])

    @property
    def chosen_replacement(self) -> str:
        """What was chosen to be used instead, as its choice says it; empty where nothing that is offered was chosen."""
        return next((label for value, label in self.replaced_by.choices if value == self.replaced_by.data), "")


class WithdrawalDecisionForm(Form):
    """Deciding on a proposal."""

    outcome = RadioField(
        _l("Decision"),
        [required(_l("Choose a decision."))],
        choices=[(WITHDRAW, _l("Withdraw the version")), (KEEP, _l("Keep it in force"))],
    )
    reason = TextAreaField(
        _l("Reasons"),
        [DataRequired(_l("Write the reasons.")), Length(max=5000)],
        description=_l("Shown to everyone who may see the version."),
    )


@blueprint.route("/granskning/version/<version_id>/atertagande/", methods=["GET", "POST"])
@access.signed_in
def withdrawal(version_id: str) -> Response | str | tuple[str, int]:
    """What rests on a published version, and the proposal to withdraw it: written, checked, and then proposed."""
    version = _version(version_id)
    form = _proposal_form(version)
    if request.method == "GET" or request.form.get("step") in (CHANGE, FIND):
        return _page(version, proposal=form)
    if not form.validate_on_submit():
        return _page(version, proposal=form), 422
    if request.form.get("step") == CHECK:
        return _page(version, proposal=form, checks="proposal")
    try:
        with transaction() as session:
            version, actor = queries.version_for(session, current_actor(), version_id), current_actor()
            instead = queries.item_by_id(session, form.replaced_by.data) if form.replaced_by.data else None
            withdrawing.propose(
                session, actor, clock.now(), version, reason=form.reason.data or "", replaced_by=instead
            )
    except Refused as refusal:
        return _page(_version(version_id), proposal=form, refusal=refusal.finding), 409
    flash(_("The withdrawal is proposed. The version stays in force until somebody else has decided."), "ok")
    return redirect(url_for("items.withdrawal", version_id=version_id))


@blueprint.post("/granskning/version/<version_id>/atertagande/besluta")
@access.signed_in
def decide_withdrawal(version_id: str) -> Response | str | tuple[str, int]:
    """Withdraw, or keep in force. A withdrawal is checked once more before it is done."""
    version, form = _version(version_id), WithdrawalDecisionForm(ids="beslut-")
    if request.form.get("step") == CHANGE:
        return _page(version, decision=form)
    if not form.validate_on_submit():
        return _page(version, decision=form), 422
    is_granted = form.outcome.data == WITHDRAW
    if is_granted and request.form.get("step") == CHECK:
        return _page(version, decision=form, checks="decision")
    try:
        with transaction() as session:
            entry = _latest(session, queries.version_for(session, current_actor(), version_id))
            withdrawing.decide(
                session, current_actor(), clock.now(), entry, is_granted=is_granted, reason=form.reason.data or ""
            )
    except Refused as refusal:
        return _page(_version(version_id), decision=form, refusal=refusal.finding), 409
    flash(_("The version is withdrawn.") if is_granted else _("The version stays in force."), "ok")
    return redirect(url_for("items.withdrawal", version_id=version_id))


@blueprint.post("/granskning/version/<version_id>/atertagande/ta-tillbaka")
@access.signed_in
def take_back_withdrawal(version_id: str) -> Response:
    """The proposer takes the proposal back."""
    with transaction() as session:
        entry = _latest(session, queries.version_for(session, current_actor(), version_id))
        withdrawing.take_back(session, current_actor(), clock.now(), entry)
    flash(_("The proposal is taken back. The version stays in force."), "ok")
    return redirect(url_for("items.withdrawal", version_id=version_id))


def _version(version_id: str) -> Version:
    """The version, where its kind is withdrawn by two. Raises `NotFound`."""
    version = queries.version_for(db.session, current_actor(), version_id)
    if queries.kind_named(version.item.kind).is_withdrawn_alone:
        raise NotFound("withdrawal")
    return version


def _latest(session: Session, version: Version) -> Withdrawal:
    entries = queries.withdrawals_of(session, version)
    if not entries:
        raise NotFound("withdrawal")
    return entries[-1]


def _page(
    version: Version,
    *,
    proposal: ProposalForm | None = None,
    decision: WithdrawalDecisionForm | None = None,
    checks: str = "",
    refusal: Finding | None = None,
) -> str:
    """The page as its reader may use it. Raises `Forbidden` and `Refused` where there is nothing here for them."""
    session, actor = db.session, current_actor()
    kind = queries.kind_named(version.item.kind)
    entries = queries.withdrawals_of(session, version)
    entry = next((one for one in entries if one.outcome is None), None)
    may_propose = withdrawing.may_propose(actor, version, kind) and entry is None
    if not entries:
        if not may_propose:
            raise Forbidden("propose_withdrawal")
        if refusal is None and (stopped := withdrawing.objection(version)):
            raise Refused(stopped)
    is_open = entry is not None and version.state == State.PUBLISHED
    is_alone = entry is None or entry.change_set_id is None
    may_decide = is_open and is_alone and entry is not None and _may_decide(actor, version, kind, entry)
    affected = dependants.affected(session, actor, [version.ref])
    people = [person for one in entries for person in (one.proposed_by, one.decided_by)]
    is_proposing = may_propose and version.state == State.PUBLISHED
    if decision is None and may_decide:
        decision = WithdrawalDecisionForm(formdata=None, ids="beslut-")
    touched = touched_rows([version.item]) if version.state == State.PUBLISHED else TouchedRows()
    return render_template(
        "items/withdrawal.html",
        version=version,
        touched=touched.rows,
        is_touched_cut=touched.is_cut,
        kind=kind,
        name=kind.title(version.content),
        item_url=kind.url(version.item),
        affected=affected,
        url_of=address_of_all(version.item_id, version=version.number),
        count=sum(group.total + group.unseen for group in affected),
        entry=entry if is_open else None,
        settled=[one for one in reversed(entries) if one.outcome is not None],
        outcome_labels=_outcome_labels(),
        people=identity.person_labels(session, people),
        organisations={one.id: one for one in identity.organisations(session)},
        replacement=_named(session, kind, entry.replaced_by) if entry and entry.replaced_by else None,
        proposal=(proposal or _proposal_form(version)) if is_proposing else None,
        decision=decision if may_decide else None,
        is_mine=entry is not None and is_alone and actor.person_id == entry.proposed_by,
        change_set_url=None if is_alone or entry is None else url_for("items.change_set", set_id=entry.change_set_id),
        deciders=", ".join(read(need.role.label) for need in kind.requirements_for(version.content)),
        checks=checks if (is_proposing if checks == "proposal" else may_decide) else "",
        kept=_kept(refusal, proposal if not is_proposing else None, decision if not may_decide else None),
        notice=notice_of(session, actor, version) if version.state == State.WITHDRAWN else None,
        refusal=readable(refusal) if refusal else None,
    )


def _kept(refusal: Finding | None, *forms: ProposalForm | WithdrawalDecisionForm | None) -> str:
    """What was written in a form that is shown no more because somebody else was first."""
    written = [form.reason.data or "" for form in forms if form is not None]
    return next((text for text in written if text.strip()), "") if refusal else ""


def _may_decide(actor: Actor, version: Version, kind: ItemKind, entry: Withdrawal) -> bool:
    return withdrawing.may_decide(actor, version, kind) and actor.person_id != entry.proposed_by


def _proposal_form(version: Version) -> ProposalForm:
    kind = queries.kind_named(version.item.kind)
    form = ProposalForm()
    if kind.offered is None:
        named = [
            (one.item_id, read(kind.title(one.content))) for one in queries.current_versions(db.session, kind.name)
        ]
        found, are_all = sorted(named, key=lambda one: sort_key(one[1])), True
    else:
        chosen = request.form.get("replaced_by", "")
        sought = form.sought.data or ""
        rows, are_all = kind.offered(db.session, current_language(), [chosen] if chosen else [], sought)
        found = list(rows)
        if sought.strip():
            form.sought.description = said_of_found(sum(one[0] not in (chosen, version.item_id) for one in found))
    form.replaced_by.choices = [("", _("Nothing")), *(one for one in found if one[0] != version.item_id)]
    if are_all:
        del form.sought
    return form


def _named(session: Session, kind: ItemKind, item: Item) -> tuple[str, str] | None:
    """An item's title and address."""
    version = queries.latest_published(session, kind.name, item.slug)
    return (read(kind.title(version.content)), kind.url(item)) if version else None


def _outcome_labels() -> dict[WithdrawalOutcome, tuple[str, str]]:
    """The status and the words of what came of a proposal."""
    return {
        WithdrawalOutcome.WITHDRAWN: ("stop", _("Withdrawn")),
        WithdrawalOutcome.KEPT: ("ok", _("Kept in force")),
        WithdrawalOutcome.TAKEN_BACK: ("idle", _("Taken back by the proposer")),
    }
