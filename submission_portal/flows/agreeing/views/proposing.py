"""Proposing a use, and changing one: forms that keep a draft, and send nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from information_models.definitions import read as read_model
from information_models.needs import answer
from information_models.starter.loading import assignments
from registry import clock
from registry.actors import Actor
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid, NotFound, Refused
from registry.findings import Finding
from registry.hands import Side
from registry.i18n import read as in_language
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items.steps import ChangedMeanwhile
from registry.items.tables import Item, Version
from registry.pages import drafts
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from submission_portal.flows import pages as line_pages
from submission_portal.flows.agreeing import pages, services
from submission_portal.flows.agreeing.forms import UseForm, fields_of
from submission_portal.flows.agreeing.register import taken_over
from submission_portal.flows.agreeing.views.blueprint import blueprint
from submission_portal.flows.agreeing.views.reading import use_item
from submission_portal.flows.content import read as read_line
from submission_portal.flows.forms import mark
from submission_portal.flows.queries import flow_item
from submission_portal.flows.uses.content import parse
from submission_portal.flows.uses.queries import uses_of_line
from submission_portal.flows.uses.standing import StandingUse


@blueprint.route("/anvandningar/foresla/", methods=["GET", "POST"])
@access.roles(*services.AUTHORS_OF_EITHER)
def propose() -> Response | str | tuple[str, int]:
    """Propose a use of a line; without one in the address, choose it first. It begins as a draft of the reader's side."""
    session, actor = db.session, current_actor()
    slug = request.args.get("linje", "")
    if not slug:
        return _choose_line(session, actor)
    line = _line(session, slug)
    succeeded = _succeeded(session, line, request.args.get("ersatter", ""))
    form = UseForm()
    _offer(session, actor, form, line)
    if request.method == "GET":
        _suggest(form, line, succeeded)
    stopped: Sequence[Finding] = ()
    if form.validate_on_submit():
        base = {
            "line": line.item_id,
            "succeeds": succeeded.ref if succeeded else "",
            "provenance": line.content["provenance"],
        }
        try:
            with transaction() as session:
                version = services.propose(
                    session, actor, clock.now(), content=form.content(base), reason=form.reason.data or ""
                )
                made, number = version.item.slug, version.number
        except Refused as refusal:
            stopped = [refusal.finding]
        except Invalid as invalid:
            stopped = invalid.findings
        else:
            flash(_("The use is kept as a draft. Read it through, and send it to be decided."), "ok")
            return redirect(url_for("uses.version", slug=made, number=number))
    page = _form_page(form, line, stopped, succeeded=succeeded)
    return (page, 422) if request.method == "POST" else page


@blueprint.route("/anvandningar/<slug>/andra/", methods=["GET", "POST"])
@access.roles(*services.AUTHORS_OF_EITHER)
def edit(slug: str) -> Response | str | tuple[str, int]:
    """Change a draft, or begin the use's next version from the one in force."""
    session, actor = db.session, current_actor()
    item = _own_item(session, actor, slug)
    draft = items.open_version(session, item)
    if draft is not None and not draft.is_being_written and request.method == "GET":
        return redirect(url_for("uses.version", slug=slug, number=draft.number))
    base = draft or items.foremost(items.versions_of(session, item, actor))
    line = items.standing_version(session, session.get_one(Item, base.content["line"]))
    if line is None:
        raise NotFound("flow")
    form = UseForm()
    _offer(session, actor, form, line, base)
    stopped: Sequence[Finding] = ()
    status, start = 422 if request.method == "POST" else 200, drafts.start_of(drafts.base_of(item))
    if request.method == "GET":
        form.fill(base.content)
        form.reason.data = draft.reason if draft else ""
        mark(form, parse(base.content)[1] if draft else [], fields_of)
    elif form.validate_on_submit():
        stated = form.content({"line": line.item_id, "provenance": base.content["provenance"]})
        try:
            number = _keep(actor, slug, stated, form.reason.data or "")
        except Refused as refusal:
            stopped = [refusal.finding]
            if isinstance(refusal, ChangedMeanwhile):
                status = 409
                start = drafts.after(refusal, start, item, services.as_kept(db.session, base, stated))
        except Invalid as invalid:
            stopped = invalid.findings
        else:
            flash(_("The draft is kept. Read it through, and send it to be decided."), "ok")
            return redirect(url_for("uses.version", slug=slug, number=number))
    page = _form_page(form, line, stopped, item=item, version=base, is_draft=draft is not None, start=start)
    return (page, status) if status != 200 else page


def _form_page(
    form: UseForm,
    line: Version,
    stopped: Sequence[Finding],
    *,
    succeeded: StandingUse | None = None,
    item: Item | None = None,
    version: Version | None = None,
    is_draft: bool = False,
    start: drafts.FormStart | None = None,
) -> str:
    return render_template(
        "uses/edit.html",
        form=form,
        line=line,
        line_title=read_line(line.content).title,
        discloser=line_pages.name_of(line_pages.organisation_names(db.session), line.organisation_id),
        succeeded=pages.title_of(succeeded) if succeeded is not None else None,
        item=item,
        version=version,
        is_draft=is_draft,
        start=start,
        stopped=[readable(one) for one in stopped],
    )


def _choose_line(session: Session, actor: Actor) -> str:
    """The lines that the reader may propose a use of, by who delivers."""
    names = line_pages.organisation_names(session)
    lines = [one for one in pages.all_lines(session) if services.may_propose(actor, one)]
    return render_template(
        "uses/choose.html", lines=[(one, read_line(one.content).title) for one in lines], names=names
    )


def _line(session: Session, slug: str) -> Version:
    line = items.standing_version(session, flow_item(session, slug))
    if line is None:
        raise NotFound("flow")
    if not services.may_propose(current_actor(), line):
        raise Forbidden("use")
    return line


def _succeeded(session: Session, line: Version, kind: str) -> StandingUse | None:
    """What the proposal would take the place of, if it is there and nothing has."""
    uses = uses_of_line(session, line.item_id)
    free = [one for one in uses if one.is_carried_over and one.ref not in taken_over(uses)]
    return next((one for one in free if one.ref == f"{kind}:{line.item_id}"), None)


def _own_item(session: Session, actor: Actor, slug: str) -> Item:
    """The use, if the actor writes for the side that proposed it. Raises `Forbidden`."""
    item = use_item(session, slug)
    actor.require(*services.AUTHORS_OF_EITHER, organisation_id=item.organisation_id, is_known=True)
    return item


def _keep(actor: Actor, slug: str, stated: Mapping[str, Any], reason: str) -> int:
    """Keep what the form states as the use's draft, bound to the line's version in force; gives back the version's number."""
    with transaction() as session:
        item = _own_item(session, actor, slug)
        draft = items.open_version(session, item)
        if draft is None:
            made = services.propose_successor(
                session, actor, clock.now(), item=item, content=stated, reason=reason, start=drafts.start()
            )
        else:
            made = services.revise(
                session, actor, clock.now(), draft, content=stated, reason=reason, start=drafts.start()
            )
        return made.number


def _offer(session: Session, actor: Actor, form: UseForm, line: Version, base: Version | None = None) -> None:
    """Fill the form's choices. Whoever writes for a recipient only proposes for that one; a use keeps its recipient."""
    recipients = identity.organisations(session, "recipient")
    if base is not None:
        recipients = [one for one in recipients if one.id == base.content["recipient"]]
    elif services.proposer_of(actor, line.organisation_id, "") is None:
        own = actor.organisations(*services.AUTHORS[Side.RECIPIENT])
        recipients = [one for one in recipients if one.id in own]
    form.offer(
        [(one.id, in_language(one.name)) for one in recipients],
        _needs_of(session, line, base.content["needs"] if base is not None else ()),
    )
    if base is not None:
        form.audience.choices = [one for one in form.audience.choices if one[0] == base.content["audience"]]


def _needs_of(session: Session, line: Version, chosen: Sequence[str]) -> list[tuple[str, str]]:
    """The needs that the line's model answers, and those that are chosen already: key and words."""
    bound = items.version_by_hash(session, read_line(line.content).model_version)
    model = read_model(bound.content) if bound is not None else None
    return [
        (need.key, f"{in_language(need.what)} – {in_language(one.title)}")
        for one in assignments()
        for need in one.needs
        if need.key in chosen or (model is not None and answer(need, model) is not None)
    ]


def _suggest(form: UseForm, line: Version, succeeded: StandingUse | None) -> None:
    """Begin the form with what is known: what it takes the place of, or the line's own recipient and a usual threshold."""
    today = clock.today()
    if succeeded is None:
        form.recipient.data = read_line(line.content).recipient
        form.threshold.data = 5
        form.valid_from.data, form.valid_to.data = today, read_line(line.content).valid_to
        return
    use = succeeded.use
    form.recipient.data, form.audience.data = use.recipient, use.audience.value
    form.title_sv.data, form.title_en.data = use.title.sv, use.title.en
    form.purpose_sv.data, form.purpose_en.data = use.purpose.sv, use.purpose.en
    form.ground_title_sv.data, form.ground_title_en.data = use.ground.title.sv, use.ground.title.en
    form.ground_reference.data, form.ground_valid_to.data = use.ground.reference, use.ground.valid_to
    form.threshold.data, form.zeros.data = use.policy.threshold, use.policy.zeros.value
    form.policy_source.data, form.policy_source_en.data = use.policy.source.sv, use.policy.source.en
    form.covers_from.data = use.valid_from
    form.valid_from.data, form.valid_to.data = max(today, use.valid_from), use.valid_to
