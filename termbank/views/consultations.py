"""Consultations: what is asked, of whom, the answers, and what came of them; as pages and as Word files."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry import clock, storage
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Forbidden, NotFound, Refused
from registry.i18n import current_language, read
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from registry.items import queries as items
from registry.items.tables import Version
from registry.paging import page_of_sequence
from registry.swedish import folded, sort_key
from registry.web.downloads import file_answer
from registry.web.forms import Form, whole_number
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from termbank.bank.queries import statements, term_banks
from termbank.bank.queries.versions import open_versions
from termbank.consultations import documents, queries, question_guide, services
from termbank.consultations.services import AskedText, Wording
from termbank.consultations.tables import MOST_TEXTS, Consultation, ConsultationState, ConsultationText, Opinion
from termbank.consultations.tally import POSITION_TEXTS, Part, Position
from termbank.forms.consultations import (
    AnswerForm,
    ConsultationForm,
    ExtensionForm,
    LetterForm,
    answer_data,
    asked,
    field_name,
    verdicts_in,
    with_parts,
    with_verdicts,
    written,
)
from termbank.forms.fields import lines
from termbank.notions import CONCEPT
from termbank.presentation import consultations as shown
from termbank.presentation.texts import term
from termbank.views.blueprint import blueprint

Answer = Response | str | tuple[str, int]
TEXTS_ON_A_PAGE, ANSWERS_ON_A_PAGE, GENERAL_SHOWN = 10, 20, 3
MOST_OFFERED = 2 * MOST_TEXTS
"""Wordings that the form offers; a search finds the others."""


@blueprint.get("/remisser/")
@access.public
def consultations() -> str:
    """All consultations, the newest first."""
    actor, day = current_actor(), clock.today()
    page = queries.consultations(db.session, actor, page_asked_for())
    waiting = {one.id for own in _writes_for(actor) for one, _addressee in queries.waiting_for(db.session, own.id)}
    return render_template(
        "termbank/consultations.html", page=page, rows=[(one, shown.state_text(one, day)) for one in page.rows],
        waiting=waiting, may_write=actor.has_role(Role.TERMINOLOGIST),
    )  # fmt: skip


@blueprint.get("/remisser/<consultation_id>/")
@access.public
def consultation(consultation_id: str) -> str:
    """A consultation: letter, texts, and the answers that this reader may see."""
    actor, day = current_actor(), clock.today()
    one = queries.consultation_for(db.session, actor, consultation_id)
    opinions = queries.shown(one, actor, day)
    is_author_side = actor.has_role(Role.TERMINOLOGIST, organisation_id=one.organisation_id)
    is_over = one.state == ConsultationState.SETTLED or day > one.hidden_until
    chosen = next((text for text in one.texts if text.number == request.args.get("text", type=whole_number)), None)
    page = page_of_sequence([chosen] if chosen else one.texts, 1 if chosen else page_asked_for(), TEXTS_ON_A_PAGE)
    position = next((each.value for each in Position if each.value == request.args.get("stallning")), "")
    wanted = shown.Wanted(position, page_asked_for(), ANSWERS_ON_A_PAGE) if chosen else shown.Wanted(position)
    rows = shown.text_rows(one, page.rows, opinions if is_over else [], _changed(one, page.rows), wanted)
    answered = [(opinion, shown.marks(one, opinion), _unjudged(opinion)) for opinion in queries.counted(one)]
    most = max((part.total for row in rows for part in row.parts), default=0)
    return render_template(
        "termbank/consultation.html", page=page, chosen=chosen, position=position, positions=[(each.value, read(text)) for each, text in POSITION_TEXTS.items()],
        said_page=page_of_sequence(range(most), page_asked_for(), ANSWERS_ON_A_PAGE) if chosen else None, one=one, status=shown.state_text(one, day), letter=[line for line in one.letter.splitlines() if line.strip()], texts=rows,
        overview=shown.overview(one) if is_over and not chosen and page.pages > 1 else [],
        own=[] if is_over else [(opinion, shown.marks(one, opinion)) for opinion in opinions], is_over=is_over,
        tally=documents.counted(queries.tally_of(one)) if is_over else None, addressees=shown.addressee_rows(one),
        general=page_of_sequence(_general(one, opinions) if is_over and not chosen and page.number == 1 else [], 1, GENERAL_SHOWN),
        answered=answered if is_author_side and is_over else [], waiting=sum(unjudged for _opinion, _marks, unjudged in answered),
        letters=[(opinion, shown.marks(one, opinion), queries.is_corrected(one, opinion)) for opinion in queries.sent(one) if opinion.is_letter] if is_author_side else [],
        to_state=_to_state(one, actor), may_write=is_author_side, is_open=one.state == ConsultationState.OPEN, is_draft=one.state == ConsultationState.DRAFT,
        writes_for=_writes_for(actor) if one.state == ConsultationState.OPEN else [], sender=identity.organisation(db.session, one.organisation_id),
    )  # fmt: skip


@blueprint.get("/remisser/<consultation_id>/allmant")
@access.public
def general_opinions(consultation_id: str) -> str:
    """All that was said in general, in pages."""
    one = queries.consultation_for(db.session, current_actor(), consultation_id)
    if one.state != ConsultationState.SETTLED and clock.today() <= one.hidden_until:
        raise NotFound("opinions")
    said = _general(one, queries.shown(one, current_actor(), clock.today()))
    page = page_of_sequence(said, page_asked_for(), ANSWERS_ON_A_PAGE)
    return render_template("termbank/consultation_general.html", one=one, page=page)


@blueprint.get("/remisser/<consultation_id>/<any(remiss, sammanstallning):which>.docx")
@access.public
def consultation_document(consultation_id: str, which: str) -> Response:
    """The letter, or the compilation once answers may be shown, as a Word file."""
    one = queries.consultation_for(db.session, current_actor(), consultation_id)
    if which == "sammanstallning" and one.state != ConsultationState.SETTLED and clock.today() <= one.hidden_until:
        raise NotFound("compilation")
    write = documents.letter if which == "remiss" else documents.compilation
    return file_answer(write(one, current_language()), documents.MEDIA_TYPE, f"{which}.docx")


@blueprint.route("/remisser/ny", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def create_consultation() -> Answer:
    """A new consultation, as a draft."""
    return _consultation_form(None)


@blueprint.route("/remisser/<consultation_id>/andra", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def edit_consultation(consultation_id: str) -> Answer:
    """A draft as it is, to be changed."""
    _actor, one = _own(consultation_id)
    if one.state != ConsultationState.DRAFT:
        return redirect(url_for("termbank.consultation", consultation_id=one.id))
    return _consultation_form(one)


@blueprint.post("/remisser/<consultation_id>/skicka-ut")
@access.roles(Role.TERMINOLOGIST)
def open_consultation(consultation_id: str) -> Response:
    """Send a draft to everybody who is asked."""
    actor, one = _own(consultation_id)
    with transaction() as session:
        mine = queries.consultation_for(session, actor, one.id)
        wordings = {text.version_id: _wording(session.get_one(Version, text.version_id)) for text in mine.texts}
        services.open_consultation(session, actor, clock.now(), mine, wordings=wordings)
    flash(_("The consultation has gone out."), "ok")
    return redirect(url_for("termbank.consultation", consultation_id=one.id))


@blueprint.post("/remisser/<consultation_id>/ta-bort")
@access.roles(Role.TERMINOLOGIST)
def remove_consultation(consultation_id: str) -> Response:
    """Throw a draft away."""
    actor, one = _own(consultation_id)
    with transaction() as session:
        services.remove(session, actor, clock.now(), queries.consultation_for(session, actor, one.id))
    flash(_("The draft is removed."), "ok")
    return redirect(url_for("termbank.consultations"))


@blueprint.post("/remisser/<consultation_id>/avsluta")
@access.roles(Role.TERMINOLOGIST)
def settle_consultation(consultation_id: str) -> Response:
    """Publish the compilation."""
    actor, one = _own(consultation_id)
    with transaction() as session:
        services.settle(session, actor, clock.now(), queries.consultation_for(session, actor, one.id))
    flash(_("The compilation is published."), "ok")
    return redirect(url_for("termbank.consultation", consultation_id=one.id))


@blueprint.route("/remisser/<consultation_id>/forlang", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def extend_consultation(consultation_id: str) -> Answer:
    """Give an addressee more time."""
    actor, one = _own(consultation_id)
    form = ExtensionForm()
    form.addressee.choices = [(addressee.id, addressee.name) for addressee in one.addressees]

    def keep(session: Session, mine: Consultation) -> None:
        services.extend(session, actor, clock.now(), mine, form.addressee.data, until=form.until.data)

    return _filled_in(one, form, keep, _("The addressee has more time."), "termbank/consultation_extension.html")


@blueprint.route("/remisser/<consultation_id>/svara", methods=["GET", "POST"])
@access.roles(*queries.MAY_WRITE)
def answer_consultation(consultation_id: str) -> Answer:
    """An organisation's answer: written by many, sent by one with the mandate."""
    actor = current_actor()
    one = queries.consultation_for(db.session, actor, consultation_id)
    own = _writes_for(actor)
    if one.state != ConsultationState.OPEN:
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
        services.save_opinion(session, actor, clock.now(), mine, place, said, is_sent=is_sent, seen=seen)

    told = _("The answer is sent.") if is_sent else _("The answer is kept, and not sent yet.")
    return _filled_in(
        one, form, keep, told, "termbank/consultation_answer.html", parts=_part_fields(one, form), before=[form["started_from"], form["organisation"]], corrected=None,
        may_send=any(actor.may(*queries.MAY_SEND, organisation_id=place.id) for place in own), is_letter=False,
    )  # fmt: skip


@blueprint.route("/remisser/<consultation_id>/brev", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def record_letter(consultation_id: str) -> Answer:
    """Record an answer that came as a letter."""
    actor, one = _own(consultation_id)
    if one.state != ConsultationState.OPEN:
        return redirect(url_for("termbank.consultation", consultation_id=one.id))
    before = next((other for other in one.opinions if other.id == request.args.get("rattar") and other.is_letter), None)
    data = {**answer_data(before), "received_on": before.received_on} if before else {}
    form = with_parts(LetterForm, one.texts, current_language())(data=data)
    form.is_correction = before is not None
    form["addressee"].choices = [
        ("", _("Nobody of those who were asked")),
        *((each.id, each.name) for each in one.addressees),
    ]

    def keep(session: Session, mine: Consultation) -> None:
        services.record_letter(
            session, actor, clock.now(), mine, written(form, mine.texts), addressee_id=form["addressee"].data or None,
            name=form["name"].data or "", received_on=form["received_on"].data, file=_letter_file(form["file"].data),
            corrects_id=before.id if before else None,
        )  # fmt: skip

    return _filled_in(
        one, form, keep, _("The letter is recorded."), "termbank/consultation_answer.html", parts=_part_fields(one, form),
        before=[*([] if before else [form["addressee"], form["name"]]), form["received_on"], form["file"]], may_send=True, is_letter=True,
        corrected=before,
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
    return file_answer(storage.read(db.session, opinion.file_key), services.LETTER_TYPE, opinion.file_name)


def _letter_file(upload: Any) -> services.LetterFile | None:
    """The file that was chosen, if any."""
    if upload is None or not getattr(upload, "filename", ""):
        return None
    data = upload.read()
    return services.LetterFile(upload.filename.rpartition("/")[2].rpartition("\\")[2], data)


@blueprint.route("/remisser/<consultation_id>/svar/<opinion_id>/bemot", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def judge_opinion(consultation_id: str, opinion_id: str) -> Answer:
    """Say what came of an answer, part by part."""
    actor, one = _own(consultation_id)
    opinion = next((other for other in queries.sent(one) if other.id == opinion_id), None)
    if opinion is None or clock.today() <= one.hidden_until:
        raise NotFound("opinion")
    form = with_verdicts(opinion, current_language())(data=_verdicts_data(opinion))

    def keep(session: Session, mine: Consultation) -> None:
        services.judge(session, actor, clock.now(), mine, opinion_id, verdicts_in(form, opinion))

    names = [field_name((part.number, Part(part.part))) for part in queries.to_judge(opinion)]
    rows = [
        (shown.said_row(opinion, part, ()), form[f"verdict_{name}"], form[f"reason_{name}"])
        for part, name in zip(queries.to_judge(opinion), names, strict=True)
    ]
    return _filled_in(
        one, form, keep, _("The response is kept."), "termbank/consultation_verdicts.html", opinion=opinion, rows=rows
    )


def _filled_in(one: Consultation, form: Form, keep: Any, told: str, template: str, **shown_with: Any) -> Answer:
    """Keep what a form says and go back to the consultation; show the form again where it says something wrong."""
    status = 200
    if form.validate_on_submit():
        try:
            with transaction() as session:
                keep(session, queries.consultation_for(session, current_actor(), one.id))
            flash(told, "ok")
            return redirect(url_for("termbank.consultation", consultation_id=one.id))
        except Refused as refusal:
            form.form_errors.append(readable(refusal.finding).in_full)
            status = 409
    elif request.method == "POST":
        status = 422
    return render_template(template, one=one, form=form, **shown_with), status


def _consultation_form(one: Consultation | None) -> Answer:
    actor = current_actor()
    own = sorted(actor.organisations(Role.TERMINOLOGIST))
    organisation_id = next(
        (place.organisation_id for place in (one, _begun_from()) if place and place.organisation_id in own), own[0]
    )
    versions = _askable(actor, organisation_id, one)
    places = [place for place in identity.organisations(db.session) if place.kind in ("region", "recipient")]
    form = ConsultationForm(data={**_consultation_data(one), "started_from": queries.stamp_of_draft(one)})
    form.texts.choices = _offered(versions, {*(form.texts.data or ())}, form.find.data or "")
    is_search = request.form.get("action") == "find"
    form.organisations.choices = [(place.id, read(place.name)) for place in places]
    status = 200
    if not is_search and form.validate_on_submit():
        chosen = [AskedText(versions[each], _wording(versions[each])) for each in form.texts.data]
        if form.asks_application.data:
            chosen += [
                AskedText(one.version, {Part.QUESTION: question.text.as_dict()}, question.id)
                for one in list(chosen)
                for question in statements.questions_on(db.session, one.version)[1].questions
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


def _offered(versions: Mapping[str, Version], chosen: set[str], wanted: str) -> list[tuple[str, str]]:
    """The wordings that the form offers: what is chosen, and then what a search wants, in Swedish order."""
    titled = sorted(((id_, _titled(version)) for id_, version in versions.items()), key=lambda pair: sort_key(pair[1]))
    kept = [pair for pair in titled if pair[0] in chosen]
    found = [pair for pair in titled if pair[0] not in chosen and folded(wanted.strip()) in folded(pair[1])]
    return [*kept, *found[: max(0, MOST_OFFERED - len(kept))]]


def _askable(actor: Actor, organisation_id: str, one: Consultation | None) -> dict[str, Version]:
    """What may be asked about: the versions that an organisation works on, those that a draft has already, and the one
    that the way here began from."""
    begun_from = _begun_from()
    found = [
        *(db.session.get_one(Version, text.version_id) for text in (one.texts if one else ())),
        *([begun_from] if begun_from else []),
        *(_guided() if request.args.get("mall") == question_guide.NAME else []),
        *open_versions(db.session, actor).values(),
    ]
    return {version.id: version for version in found if version.organisation_id == organisation_id}


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


def _general(one: Consultation, opinions: Sequence[Opinion]) -> list[tuple[Opinion, list[str]]]:
    """What was said in general, with what sets each answer apart."""
    return [(opinion, shown.marks(one, opinion)) for opinion in opinions if opinion.general]


def _to_state(one: Consultation, actor: Actor) -> list[tuple[str, str]]:
    """The concepts that the actor's region has answered on how it applies them: terms, and where that is stated."""
    found: dict[str, str] = {}
    for organisation_id in sorted(actor.organisations(Role.DATA_OFFICER)):
        for text in one.texts:
            slug = text.item.slug
            if text.question and slug not in found and queries.answers_on_application(one, organisation_id, slug):
                named = next(
                    (other for other in one.texts if other.item_id == text.item_id and not other.question), text
                )
                found[slug] = shown.term_of(named, current_language())
    return [(called, url_for("termbank.state_application", slug=slug, remiss=one.id)) for slug, called in found.items()]


def _changed(one: Consultation, texts: Sequence[ConsultationText]) -> set[str]:
    """Versions that say something else by now than when they went out."""
    if one.state == ConsultationState.DRAFT:
        return set()
    return {
        text.version_id
        for text in texts
        if db.session.get_one(Version, text.version_id).content_hash != text.version_hash
    }


def _own(consultation_id: str) -> tuple[Actor, Consultation]:
    """A consultation that the actor's organisation sends. Raises `NotFound` or `Forbidden`."""
    actor = current_actor()
    one = queries.consultation_for(db.session, actor, consultation_id)
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    return actor, one


def _writes_for(actor: Actor) -> list[Organisation]:
    """The regions and recipients on whose answers the actor may write."""
    own = actor.organisations(*queries.MAY_WRITE)
    return (
        [place for place in identity.organisations(db.session) if place.id in own and place.kind != "steward"]
        if own
        else []
    )


def _part_fields(one: Consultation, form: Form) -> list[Any]:
    """What the form asks of each part, with the text that it is about."""
    texts = {text.number: text for text in one.texts}
    return [
        (
            texts[number], shown.in_order(texts[number].texts[part]), form[f"position_{name}"],
            [form[f"{of}_{name}"] for of in ("quoted", "reason", "proposed") if f"{of}_{name}" in form],
        )
        for number, part in asked(one.texts)
        for name in [field_name((number, part))]
    ]  # fmt: skip


def _verdicts_data(opinion: Opinion) -> Mapping[str, str]:
    data: dict[str, str] = {}
    for part in opinion.parts:
        name = field_name((part.number, Part(part.part)))
        data |= {f"verdict_{name}": part.verdict or "", f"reason_{name}": part.verdict_reason}
    return data


def _unjudged(opinion: Opinion) -> int:
    return sum(part.verdict is None for part in queries.to_judge(opinion))
