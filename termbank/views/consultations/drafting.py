"""A consultation before it goes out: written, revised, thrown away or sent to everybody who is asked."""

from collections.abc import Collection, Mapping
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.i18n import current_language, read
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items.tables import Item, Version
from registry.swedish import folded, sort_key
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from termbank.bank.queries import statements, term_banks
from termbank.bank.queries.versions import open_versions
from termbank.bank.search.searching import search
from termbank.consultations import queries, question_guide, services
from termbank.consultations.services import AskedText, Wording
from termbank.consultations.tables import MOST_TEXTS, Consultation, ConsultationState
from termbank.consultations.tally import Part
from termbank.forms.consultations import ConsultationForm
from termbank.forms.fields import lines
from termbank.notions import CONCEPT
from termbank.presentation.texts import term
from termbank.views.blueprint import blueprint
from termbank.views.consultations.acts import Answer, act_on, own_consultation

MOST_OFFERED = 2 * MOST_TEXTS
"""Wordings that the form offers; a search finds the others."""


@blueprint.route("/remisser/ny", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def create_consultation() -> Answer:
    """A new consultation, as a draft."""
    return _consultation_form(None)


@blueprint.route("/remisser/<consultation_id>/andra", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def edit_consultation(consultation_id: str) -> Answer:
    """A draft as it is, to be changed."""
    _actor, one = own_consultation(consultation_id)
    if one.state != ConsultationState.DRAFT and request.method == "GET":
        return redirect(url_for("termbank.consultation", consultation_id=one.id))
    return _consultation_form(one)


@blueprint.post("/remisser/<consultation_id>/skicka-ut")
@access.roles(Role.TERMINOLOGIST)
def open_consultation(consultation_id: str) -> Response:
    """Send a draft to everybody who is asked."""

    def send_out(session: Session, actor: Actor, now: datetime, mine: Consultation) -> None:
        wordings = {text.version_id: _wording(session.get_one(Version, text.version_id)) for text in mine.texts}
        services.open_consultation(session, actor, now, mine, wordings=wordings)

    return act_on(consultation_id, send_out, _("The consultation has gone out."))


@blueprint.post("/remisser/<consultation_id>/ta-bort")
@access.roles(Role.TERMINOLOGIST)
def remove_consultation(consultation_id: str) -> Response:
    """Throw a draft away."""
    return act_on(consultation_id, services.remove, _("The draft is removed."), after=url_for("termbank.consultations"))


def _consultation_form(one: Consultation | None) -> Answer:
    actor = current_actor()
    own = sorted(actor.organisations(Role.TERMINOLOGIST))
    organisation_id = next(
        (place.organisation_id for place in (one, _begun_from()) if place and place.organisation_id in own), own[0]
    )
    sought = _sought(request.form.get("find", ""))
    versions = _askable(actor, organisation_id, one, sought)
    places = [place for place in identity.organisations(db.session) if place.kind in ("region", "recipient")]
    form = ConsultationForm(data={**_consultation_data(one), "started_from": queries.stamp_of_draft(one)})
    form.texts.choices = _offered(versions, {*(form.texts.data or ())}, form.find.data or "", sought)
    is_search = request.form.get("action") == "find"
    form.organisations.choices = [(place.id, read(place.name)) for place in places]
    status = 200
    if not is_search and form.validate_on_submit():
        chosen = [
            text
            for each in form.texts.data
            for text in _asked_on(versions[each], with_questions=bool(form.asks_application.data))
        ]
        try:
            with transaction() as session:
                kept = services.draft(
                    session, actor, clock.now(), organisation_id=organisation_id, letter=form.letter_written(), asked=chosen,
                    organisations=[place for place in places if place.id in form.organisations.data], others=lines(form.others.data),
                    draft_of=queries.consultation_for(session, actor, one.id) if one else None, seen=form.started_from.data if one else None,
                )  # fmt: skip
                identifier = kept.id
            flash(_("The draft is kept."), "ok")
            return redirect(url_for("termbank.consultation", consultation_id=identifier))
        except Refused as refusal:
            form.form_errors.append(readable(refusal.finding).in_full)
            form.started_from.data, status = queries.stamp_of_draft(one), 409
    elif request.method == "POST" and not is_search:
        status = 422
    return render_template(
        "termbank/consultation_form.html", form=form, one=one, is_cut=len(form.texts.choices) < len(versions)
    ), status


def _asked_on(version: Version, *, with_questions: bool) -> list[AskedText]:
    """What is asked of a wording: itself, and right after it how it is applied, where that is asked too."""
    questions = statements.questions_on(db.session, version)[1].questions if with_questions else ()
    return [
        AskedText(version, _wording(version)),
        *(AskedText(version, {Part.QUESTION: one.text.as_dict()}, one.id) for one in questions),
    ]


def _consultation_data(one: Consultation | None) -> Mapping[str, object]:
    if one is None and request.args.get("mall") == question_guide.NAME:
        language = current_language()
        return {
            "title": question_guide.TITLE.in_language(language), "letter": question_guide.LETTER.in_language(language),
            "texts": [version.id for version in _guided()], "asks_application": True,
        }  # fmt: skip
    if one is None:
        preset = request.args.get("version")
        return {"texts": [preset] if preset else []}
    return {
        "title": one.title, "registry_number": one.registry_number, "letter": one.letter, "closes_on": one.closes_on,
        "texts": [text.version_id for text in one.texts if not text.question],
        "asks_application": any(text.question for text in one.texts),
        "organisations": [addressee.organisation_id for addressee in one.addressees if addressee.organisation_id],
        "others": "\n".join(addressee.name for addressee in one.addressees if not addressee.organisation_id),
    }  # fmt: skip


def _offered(
    versions: Mapping[str, Version], chosen: set[str], wanted: str, sought: Collection[str]
) -> list[tuple[str, str]]:
    """The wordings that the form offers: what is chosen, and then what a search wants (``sought``: items that it found), in Swedish
    order."""
    titled = sorted(((id_, _titled(version)) for id_, version in versions.items()), key=lambda pair: sort_key(pair[1]))
    kept = [pair for pair in titled if pair[0] in chosen]
    found = [
        (id_, title)
        for id_, title in titled
        if id_ not in chosen and (versions[id_].item_id in sought or folded(wanted.strip()) in folded(title))
    ]
    return [*kept, *found[: max(0, MOST_OFFERED - len(kept))]]


def _askable(
    actor: Actor, organisation_id: str, one: Consultation | None, sought: Collection[str]
) -> dict[str, Version]:
    """What may be asked about: the versions that an organisation works on, those that a draft has already, the one that the way here
    began from, and wordings in force that a search finds or that are ticked."""
    begun_from = _begun_from()
    found = [
        *(db.session.get_one(Version, text.version_id) for text in (one.texts if one else ())),
        *([begun_from] if begun_from else []),
        *(_guided() if request.args.get("mall") == question_guide.NAME else []),
        *open_versions(db.session, actor).values(),
        *_ticked_or_sought(actor, sought),
    ]
    return {version.id: version for version in found if version.organisation_id == organisation_id}


def _sought(wanted: str) -> set[str]:
    """The concepts (ids of items) that a search of the term bank finds by their terms."""
    results = search(db.session, wanted, current_language(), most=MOST_TEXTS, with_texts=False)
    return {hit.found.item for hit in (*results.hits, *results.meant)}


def _ticked_or_sought(actor: Actor, sought: Collection[str]) -> list[Version]:
    """The versions that are ticked, where they may be asked about, and those in force of what was found; one statement."""
    ticked = request.form.getlist("texts")[:MOST_OFFERED]
    if not ticked and not sought:
        return []
    query = (
        select(Version)
        .join(Item)
        .where(
            Item.kind == CONCEPT,
            items.visible(actor),
            or_(
                and_(Version.id.in_(ticked), or_(items.is_open(), items.in_force())),
                and_(Version.item_id.in_(sought), items.in_force()),
            ),
        )
    )
    return list(db.session.scalars(query))


def _guided() -> list[Version]:
    """The versions in force of the concepts that the pilot's question guide asks about."""
    found = (items.current_by_slug(db.session, CONCEPT, slug) for slug in question_guide.CONCEPTS)
    return [version for version in found if version is not None]


def _begun_from() -> Version | None:
    """The version of a concept that the way here began from, if any. Whose it is, is for the caller to heed."""
    version = db.session.get(Version, request.args.get("version", ""))
    return version if version and version.item.kind == CONCEPT else None


def _wording(version: Version) -> Wording:
    """The preferred term and the definition, in every language that has one, as they stand in a version now."""
    concept = term_banks.concept_of(version)
    terms = {language: said for language in concept.languages if (said := concept.preferred(language))}
    definitions = {language: one.text for language in concept.languages if (one := concept.defined_in(language))}
    return {part: said for part, said in ((Part.TERM, terms), (Part.DEFINITION, definitions)) if said}


def _titled(version: Version) -> str:
    return str(
        _(
            "%(term)s, version %(number)s",
            term=term(term_banks.concept_of(version), current_language()),
            number=version.number,
        )
    )
