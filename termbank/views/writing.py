"""The form of a concept: what is written, what is said of it meanwhile, and the draft that is kept. Review and publication are the item pages'."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.findings import Language, Severity
from registry.i18n import current_language
from registry.items import queries as items
from registry.items.tables import Item, Version
from registry.pages import drafts
from registry.provenance import Provenance
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from termbank import checking, services
from termbank.bank.queries import published_schemes, term_banks
from termbank.bank.search.searching import search
from termbank.concepts.concept import Concept
from termbank.concepts.content import parse as parse_concept
from termbank.concepts.schemes import Scheme
from termbank.concepts.settling import keys_by_id
from termbank.concepts.wordings import text_of
from termbank.forms.concept import ConceptForm, concept_data, defined_in, named_in
from termbank.forms.named import Named, named
from termbank.forms.naming import ConceptNames
from termbank.notions import Origin
from termbank.presentation.advice import Advice, advice_by_field, beside, changed_definitions, linked_definitions
from termbank.views.addresses import concept_at
from termbank.views.blueprint import blueprint

NOT_KEPT_YET = "-"
"""Stands for the key of a concept that has none yet, and can be nobody's."""
LOOK, FIND, PICK = "look", "find", "pick"
"""What the form is sent for besides being checked and saved: to see what is said of it so far, to find concepts, to add them."""
MOST_FOUND = 20
Answer = Response | str | tuple[str, int]


@blueprint.route("/nytt", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def create() -> Answer:
    """A new concept."""
    return _concept_form(None, None)


@blueprint.route("/begrepp/<slug>/andra", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def edit(slug: str) -> Answer:
    """The open draft of a concept, or a new version of the one in force."""
    item = concept_at(db.session, slug).item
    current_actor().require(Role.TERMINOLOGIST, organisation_id=item.organisation_id, is_known=True)
    return _concept_form(item, drafts.base_of(item))


@dataclass(frozen=True, slots=True)
class _Begun:
    """What a form of a concept begins from."""

    item: Item | None
    base: Version | None
    before: Concept | None
    """The content of ``base``, with keys."""
    in_force: Version | None
    found: list[str]
    """The keys of what was searched for."""
    here: Named

    @property
    def slug(self) -> str:
        return self.item.slug if self.item else NOT_KEPT_YET

    @property
    def worded(self) -> Concept | None:
        """The content of the version in force."""
        return term_banks.concept_of(self.in_force) if self.in_force else None


def _concept_form(item: Item | None, base: Version | None) -> Answer:
    schemes = published_schemes.schemes(db.session)
    begun = _begun(item, base, schemes)
    form = _form(begun, schemes)
    action, added = request.form.get("action", ""), request.form.get("add", "")
    is_changed = bool(added) or action in (FIND, PICK)
    is_valid = not is_changed and form.validate_on_submit()
    form.offer_picks(begun.here.linker, item.slug if item else None)
    if is_changed:
        form.add_row(added)
        if action == PICK:
            form.add_found()
        if action == FIND:
            _offer_found(form, begun)
        return _concept_page(form, begun, begun.before, is_searched=action == FIND)
    if not is_valid and action != LOOK:
        status = 422 if request.method == "POST" else 200
        return _concept_page(form, begun, begun.before, status=status)
    concept = form.concept(_provenance(base), begun.before)
    status, start = 200, None
    if action == "save":
        try:
            return _kept(form, begun, concept)
        except Refused as refusal:
            form.form_errors.append(readable(refusal.finding).in_full)
            status, start = 409, drafts.after(refusal, drafts.start_of(base), item, concept.as_content())
    advice = _advice(form, begun, concept, is_valid=is_valid)
    return _concept_page(
        form, begun, concept, advice=advice, status=status, start=start,
        was_checked=action == "check", is_looked_at=action == LOOK,
    )  # fmt: skip


def _begun(item: Item | None, base: Version | None, schemes: Sequence[Scheme]) -> _Begun:
    session = db.session
    before = term_banks.located_by_id(session, term_banks.concept_of(base), schemes) if base else None
    found = _found(session, request.form.get("find", ""), current_language()) if request.method == "POST" else []
    here = named(session, current_actor(), before, [*named_in(request.form), *found], defined_in(request.form, before))
    return _Begun(item, base, before, items.current(session, item) if item else None, found, here)


def _form(begun: _Begun, schemes: Sequence[Scheme]) -> ConceptForm:
    form = ConceptForm(data=_begin_concept(begun.base, begun.before, begun.here.names, schemes))
    form.names = begun.here.names
    form.offer_relations()
    form.scheme.choices = [(one.slug, one.title.in_language(current_language())) for one in schemes]
    worded = begun.worded
    form.rendered_before = text_of(worded.definitions) if worded and worded.origin is Origin.OFFICIAL else None
    return form


def _offer_found(form: ConceptForm, begun: _Begun) -> None:
    """Show what the search found, to be ticked."""
    names = begun.here.names
    keys = dict.fromkeys([*begun.found, *names.containing(form.find.data or "", MOST_FOUND)])
    form.offer_found((key, names.label(key)) for key in keys if key != begun.slug and names.knows(key))


def _kept(form: ConceptForm, begun: _Begun, concept: Concept) -> Response:
    """The draft is written, and its page comes next. Raises `Refused`."""
    actor = current_actor()
    with transaction() as session:
        item = session.get(Item, begun.item.id) if begun.item else None
        version = services.draft_concept(
            session, actor, clock.now(), item=item, concept=concept,
            organisation_id=item.organisation_id if item else stewardship(actor), reason=form.reason.data or "",
            start=drafts.start(),
        )  # fmt: skip
        identifier = version.id
    flash(_("The draft is kept. Read it through, then send it to review."), "ok")
    return redirect(url_for("items.review", version_id=identifier))


def _advice(form: ConceptForm, begun: _Begun, concept: Concept, *, is_valid: bool) -> Advice:
    """What is found of the content as it is written, at the fields that it is about."""
    wrong = list(parse_concept(concept.as_content())[1])
    if is_valid or all(finding.severity is not Severity.ERROR for finding in wrong):
        wrong += checking.concept_findings(
            db.session, begun.slug, concept,
            writer=begun.item.organisation_id if begun.item else stewardship(current_actor()),
        )  # fmt: skip
    return advice_by_field(map(readable, wrong), (one.name for one in form))


def _concept_page(
    form: ConceptForm, begun: _Begun, concept: Concept | None, *, advice: Advice | None = None, status: int = 200,
    start: drafts.FormStart | None = None, is_searched: bool = False, was_checked: bool = False,
    is_looked_at: bool = False,
) -> Answer:  # fmt: skip
    language, linker, item, worded, current = (
        current_language(),
        begun.here.linker,
        begun.item,
        begun.worded,
        begun.in_force,
    )
    page = render_template(
        "termbank/concept_form.html", form=form, item=item, base=begun.base, start=start or drafts.start_of(begun.base),
        before=begun.before, advice=advice or Advice(), is_searched=is_searched, was_checked=was_checked and status == 200,
        is_looked_at=is_looked_at,
        url=url_for("termbank.concept", slug=item.slug) if item else None,
        in_force=beside(worded, begun.slug, current.number, linker, language) if worded and current else None,
        linked=linked_definitions(concept, linker, begun.slug) if concept else {},
        changed=changed_definitions(worded, concept) if concept else {},
    )  # fmt: skip
    return (page, status) if status != 200 else page


def _found(session: Session, sought: str, language: Language) -> list[str]:
    """The keys of published concepts that a search finds by their terms."""
    results = search(session, sought, language, most=MOST_FOUND, with_texts=False)
    hits = [*results.hits, *results.meant][:MOST_FOUND]
    keys = keys_by_id(session, [hit.found.item for hit in hits]) if hits else {}
    return [keys[hit.found.item] for hit in hits]


def _begin_concept(
    base: Version | None, before: Concept | None, names: ConceptNames, schemes: Sequence[Scheme]
) -> dict[str, Any]:
    """A form begins with the draft as it is, or with the version in force."""
    if base is None or before is None:
        return {"origin": Origin.PROPOSAL.value, "scheme": schemes[0].slug if schemes else ""}
    data = concept_data(before, names.label)
    if base.is_being_written:
        data["reason"] = base.reason
    return data


def _provenance(base: Version | None) -> Provenance:
    """What a person writes is the registry's own work; only an example in a draft stays an example."""
    if base is not None and base.is_being_written:
        return term_banks.concept_of(base).provenance
    return Provenance.OWN


def stewardship(actor: Actor) -> str:
    """The organisation for which a terminologist writes a new concept."""
    return sorted(actor.organisations(Role.TERMINOLOGIST))[0]
