"""Proposing a line, and changing one: forms that keep a draft, and send nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from information_models.presentation import PERIOD_LABELS
from information_models.queries import load_versions
from registry import clock, dependants
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.i18n import read as in_language
from registry.i18n import show_date
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items.steps import ChangedMeanwhile
from registry.items.tables import Item, Version
from registry.pages import drafts
from registry.web.guards import access, current_actor
from registry.web.page_addresses import address_of_all
from registry.web.problems import readable
from submission_portal.flows import content, division, pages, queries, services
from submission_portal.flows.channels import Channel
from submission_portal.flows.forms import LineForm, mark
from submission_portal.flows.views.blueprint import blueprint


@blueprint.route("/floden/foresla/", methods=["GET", "POST"])
@access.roles(Role.DATA_OFFICER)
def propose() -> Response | str | tuple[str, int]:
    """Propose a line; it begins as a draft that only the region sees."""
    session, actor = db.session, current_actor()
    form = LineForm()
    models = _offer(session, actor, form)
    if request.method == "GET":
        _suggest(session, form, models)
    refused = None
    if form.validate_on_submit():
        slugs = {version.content_hash: version.item.slug for version in models}
        try:
            with transaction() as session:
                version = services.propose(
                    session, actor, clock.now(), content=form.content(slugs), reason=form.reason.data or ""
                )
                slug, number = version.item.slug, version.number
        except Refused as refusal:
            refused = refusal.finding
        else:
            flash(_("The line is kept as a draft. Read it through, and send it to review."), "ok")
            return redirect(url_for("flows.version", slug=slug, number=number))
    page = render_template(
        "flows/edit.html",
        form=form,
        item=None,
        version=None,
        carried=None,
        affected=None,
        refusal=readable(refused) if refused else None,
    )
    return (page, 422) if request.method == "POST" else page


@blueprint.route("/floden/<slug>/andra/", methods=["GET", "POST"])
@access.roles(Role.DATA_OFFICER)
def edit(slug: str) -> Response | str | tuple[str, int]:
    """Change a draft, or begin the line's next version from the one in force; what rests on that one is shown first."""
    session, actor = db.session, current_actor()
    item = _own_item(session, actor, slug)
    draft = items.open_version(session, item)
    if draft is not None and not draft.is_being_written and request.method == "GET":
        return redirect(url_for("flows.version", slug=slug, number=draft.number))
    base = draft or queries.approved_version(session, item) or items.versions_of(session, item, actor)[-1]
    form, refused = LineForm(), None
    status, start = 422 if request.method == "POST" else 200, drafts.start_of(drafts.base_of(item))
    models = _offer(session, actor, form, keep=base)
    if request.method == "GET":
        stated = content.read(base.content)
        form.fill(stated, pages.part_names(session, stated))
        form.reason.data = draft.reason if draft else ""
        mark(form, content.parse(content.SCHEMA.lift(base.content))[1] if draft else [])
    elif form.validate_on_submit():
        slugs = {version.content_hash: version.item.slug for version in models}
        written = form.content(slugs, content.read(base.content).provenance) | {"discloser": item.organisation_id}
        try:
            number = _keep(actor, slug, written, form.reason.data or "")
        except Refused as refusal:
            refused = refusal.finding
            if isinstance(refusal, ChangedMeanwhile):
                status = 409
                start = drafts.after(refusal, start, item, services.as_kept(db.session, base, written))
        else:
            flash(_("The draft is kept. Read it through, and send it to review."), "ok")
            return redirect(url_for("flows.version", slug=slug, number=number))
    in_force = queries.approved_version(session, item)
    affected = dependants.affected(session, actor, [in_force.ref], implied=True) if in_force else None
    page = render_template(
        "flows/edit.html",
        form=form,
        item=item,
        version=base,
        start=start,
        is_draft=draft is not None,
        carried=pages.carried_use(base) if draft is not None else None,
        affected=affected,
        url_of=address_of_all(item.id, version=in_force.number) if in_force else None,
        refusal=readable(refused) if refused else None,
    )
    return (page, status) if status != 200 else page


def _keep(actor: Actor, slug: str, stated: Mapping[str, Any], reason: str) -> int:
    """Keep what the form states as the line's draft; gives back the version's number."""
    with transaction() as session:
        item = _own_item(session, actor, slug)
        draft = items.open_version(session, item)
        if draft is None:
            saved = services.propose_successor(
                session, actor, clock.now(), item=item, content=stated, reason=reason, start=drafts.start()
            )
        else:
            saved = services.revise(
                session, actor, clock.now(), draft, content=stated, reason=reason, start=drafts.start()
            )
        return saved.number


def _own_item(session: Session, actor: Actor, slug: str) -> Item:
    """The line, if the actor is a data officer of its discloser. Raises `Forbidden`."""
    item = queries.flow_item(session, slug)
    actor.require(Role.DATA_OFFICER, organisation_id=item.organisation_id, is_known=True)
    return item


def _offer(session: Session, actor: Actor, form: LineForm, keep: Version | None = None) -> list[Version]:
    """Fill the form's choices; gives back the model versions on offer.

    ``keep``: the version being changed, whose own model version stays on offer though a newer one is in force.
    """
    own = [one for one in identity.organisations(session) if actor.has_role(Role.DATA_OFFICER, organisation_id=one.id)]
    if keep is not None:
        own = [one for one in own if one.id == keep.organisation_id]
    models = items.published_versions(session, "model")
    if keep is not None and content.read(keep.content).model_version not in {one.content_hash for one in models}:
        bound = items.version_by_hash(session, content.read(keep.content).model_version)
        models = [*models, bound] if bound else models
    recipients = identity.organisations(session, "recipient")
    form.offer(
        [(one.id, in_language(one.name)) for one in own],
        [(one.content_hash, _name(one)) for one in models],
        [(one.id, in_language(one.name)) for one in recipients],
        _dividing(session, models),
        [(one.value, in_language(label).capitalize()) for one, label in PERIOD_LABELS.items()],
        [(one.value, in_language(one.label).capitalize()) for one in Channel],
    )
    return models


def _dividing(session: Session, models: Sequence[Version]) -> list[tuple[str, str]]:
    """The elements of the models on offer that a period may be divided by, each once; the chosen model has to have it."""
    found: dict[str, str] = {}
    for loaded in load_versions(session, models):
        for element in division.dividing_elements(loaded):
            label = in_language(element.label).lower()
            found.setdefault(element.name, str(_("In parts: one file for each %(element)s", element=label)))
    return list(found.items())


def _name(model: Version) -> str:
    """A model version as it is chosen: one that is not in force yet says from when."""
    name = in_language(items.titled(model))
    if not model.is_coming(clock.today()):
        return name
    return str(_("%(name)s (applies from %(day)s)", name=name, day=show_date(model.valid_from)))


def _suggest(session: Session, form: LineForm, models: Sequence[Version]) -> None:
    """Begin the form with what is known: the model that the reader came from, today, and every channel."""
    wanted = request.args.get("modell")
    form.model_version.data = next((one.content_hash for one in models if one.item.slug == wanted), None)
    form.channels.data = [one.value for one in Channel]
    form.valid_from.data = clock.today()
