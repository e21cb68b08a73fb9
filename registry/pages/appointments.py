"""Who holds which roles in a region, what was given and taken, and how it gets an administrator of its own."""

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from registry import clock
from registry.actors import ROLE_LABELS, Role
from registry.db import db, transaction
from registry.errors import Invalid, NotFound, Refused
from registry.events import Event
from registry.finding_texts import FINDINGS
from registry.identity import appointing, authority, password_links, queries
from registry.identity.tables import Appointment, Organisation
from registry.paging import page_of
from registry.web.forms import Form, required
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable

blueprint = Blueprint("appointments", __name__, url_prefix="/behorigheter")
PAGE = 50
TOLD = (
    "RoleGiven", "RoleTaken", "AdministratorProposed", "AdministratorAppointed", "AdministratorProposalWithdrawn",
)  # fmt: skip
"""What is told of a region's roles."""
TOLD_OF_ACCOUNTS = ("PersonDisabled", "PersonReopened", "PasswordLinkMade", "PersonNameErased")
"""What is told of the accounts that hold them."""


class ProposalForm(Form):
    """Somebody who is to be a region's administrator."""

    login = StringField(
        _l("User name"),
        [required(_l("Write a user name.")), Length(max=120)],
        render_kw={"autocomplete": "off"},
        description=_l("Of an account that exists. Make one without a role first, if there is none."),
    )
    reason = TextAreaField(
        _l("Reasons"),
        [required(_l("Write why.")), Length(max=appointing.LONGEST_REASON)],
        description=_l("Why this person, and how you know that the region wants it. The region reads it."),
    )


@blueprint.get("/")
@access.signed_in
def index() -> str | Response:
    """Every region with who administers it, for central administrators; others are led to their own region."""
    session, actor = db.session, current_actor()
    regions = queries.organisations(session, authority.REGION)
    if not authority.is_central(actor):
        own = [one for one in regions if actor.belongs_to(one.id)]
        if not own:
            raise NotFound("region")
        if len(own) == 1:
            return redirect(url_for("appointments.region", code=own[0].code))
        regions = own
    found = queries.administrators_of(session, [one.id for one in regions])
    names = {key: [one.named.name if one.named else one.login for one in people] for key, people in found.items()}
    proposed = {one.organisation_id for one in appointing.open_ones(session, clock.now())}
    rows = [(one, names.get(one.id, []), one.id in proposed) for one in regions]
    return render_template("identity/regions.html", rows=rows)


@blueprint.get("/<code>/")
@access.signed_in
def region(code: str) -> str:
    """A region's people and roles, and what happened to them: for its own people and for central administrators."""
    return _page(_region(db.session, code))


@blueprint.post("/<code>/forslag")
@access.roles(Role.ADMINISTRATOR)
def propose(code: str) -> Response | tuple[str, int]:
    """Propose somebody; where they will need a link, the answer shows the code that it needs, and nothing else does."""
    form, organisation = ProposalForm(), _region(db.session, code)
    if not form.validate_on_submit():
        return _page(organisation, form), 422
    if queries.person_by_login(db.session, form.login.data or "") is None:
        form.login.errors = [_("There is no user %(login)s.", login=form.login.data)]
        return _page(organisation, form), 422
    try:
        with transaction() as session:
            person = queries.person_by_login(session, form.login.data or "")
            if person is None:
                raise NotFound("person")
            second = appointing.propose(
                session, current_actor(), clock.now(), organisation=_region(session, code), person=person,
                reason=form.reason.data or "",
            ).code  # fmt: skip
            login, name = person.login, person.named.name if person.named else ""
    except Invalid as error:
        form.reason.errors = [readable(one).in_full for one in error.findings]
        return _page(_region(db.session, code), form), 422
    except Refused as refusal:
        return _page(_region(db.session, code), form, refusal), 409
    flash(_("The proposal is made. Another administrator confirms it."), "ok")
    if second is None:
        return redirect(url_for("appointments.region", code=code))
    return _shown_once(
        "identity/second_code.html", code, login=login, name=name, second=second, hours=password_links.HOURS
    )


@blueprint.post("/<code>/forslag/bekrafta")
@access.roles(Role.ADMINISTRATOR)
def confirm(code: str) -> Response | tuple[str, int]:
    """Appoint who was proposed; where they need a link to choose a password, the answer shows it, and nothing else does. It
    needs the code that was shown to who proposed."""
    now = clock.now()
    try:
        with transaction() as session:
            proposal = _proposal(session, code)
            person = proposal.person
            given = appointing.confirm(session, current_actor(), now, proposal)
            name, proposer = person.named.name if person.named else "", proposal.proposed_by
    except Refused as refusal:
        return _page(_region(db.session, code), refusal=refusal), 409
    flash(_("The region has an administrator."), "ok")
    if given is None:
        return redirect(url_for("appointments.region", code=code))
    return _shown_once(
        "identity/link.html",
        code,
        login=person.login,
        name=name,
        link=password_links.address(request.host_url, given),
        until=now + password_links.LASTS,
        proposer=queries.person_labels(db.session, [proposer])[proposer],
    )


@blueprint.post("/<code>/forslag/ta-tillbaka")
@access.roles(Role.ADMINISTRATOR, Role.REGION_ADMINISTRATOR, Role.DISCLOSING_OFFICER)
def withdraw(code: str) -> Response | tuple[str, int]:
    try:
        with transaction() as session:
            appointing.withdraw(session, current_actor(), clock.now(), _proposal(session, code))
    except Refused as refusal:
        return _page(_region(db.session, code), refusal=refusal), 409
    flash(_("The proposal is taken back."), "ok")
    return redirect(url_for("appointments.region", code=code))


def _page(organisation: Organisation, form: ProposalForm | None = None, refusal: Refused | None = None) -> str:
    session, actor, now = db.session, current_actor(), clock.now()
    members = queries.members_of(session, organisation.id)
    administrators = queries.administrators_of(session, [organisation.id]).get(organisation.id, [])
    proposal = appointing.open_for(session, organisation)
    if proposal is not None and not proposal.is_open(now):
        proposal = None
    is_central = authority.is_central(actor)
    stopped = appointing.objection(session, actor, now, proposal) if proposal and is_central else None
    told = select(Event).where(
        or_(
            Event.type.in_(TOLD) & (Event.organisation_id == organisation.id),
            Event.type.in_(TOLD_OF_ACCOUNTS) & Event.subject.in_([f"person:{one.id}" for one in members]),
        )
    )
    page = page_of(session, told.order_by(Event.number.desc()), page_asked_for(), PAGE)
    about = [row.subject.removeprefix("person:") for row in page.rows]
    acting = [row.person_id for row in page.rows]
    return render_template(
        "identity/region.html",
        region=organisation,
        members=members,
        administrators=administrators,
        held={one.id: [held for held in one.memberships if held.organisation_id == organisation.id] for one in members},
        roles=ROLE_LABELS,
        page=page,
        people=queries.person_labels(
            session, [*about, *acting, *([proposal.proposed_by, proposal.person_id] if proposal else [])]
        ),
        event_texts=current_app.extensions["registry"].event_texts,
        proposal=proposal,
        may_confirm=proposal is not None and is_central and stopped is None,
        stopped=readable(stopped) if stopped else None,
        may_withdraw=proposal is not None and appointing.may_withdraw(actor, proposal),
        is_central=is_central,
        administers=authority.may_give_roles(actor, organisation),
        form=form or ProposalForm(formdata=None),
        refusal=readable(refusal.finding) if refusal else None,
        label_of=lambda value: ROLE_LABELS[Role(value)] if value in set(Role) else None,
    )


def _shown_once(template: str, code: str, **shown: object) -> Response:
    """A page with what is shown now and never again: as in `administration`, no cookie carries it, and no browser keeps it."""
    answer = make_response(render_template(template, onwards=url_for("appointments.region", code=code), **shown))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _region(session: Session, code: str) -> Organisation:
    """A region that the reader belongs to, or any for a central administrator. Raises `NotFound`."""
    actor, found = current_actor(), queries.organisation_by_code(session, code)
    if found is None or not (authority.is_central(actor) or actor.belongs_to(found.id)):
        raise NotFound("region")
    return found


def _proposal(session: Session, code: str) -> Appointment:
    """The region's proposal that is not settled. Raises `Refused` where there is none (any more): somebody else was first."""
    found = appointing.open_for(session, _region(session, code))
    if found is None:
        raise Refused(FINDINGS.found("USER-018"))
    return found
