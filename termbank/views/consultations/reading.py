"""Consultations as everybody may read them: the list, one with the answers that its reader may see, and its Word files."""

from collections.abc import Sequence

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Actor, Role
from registry.db import db
from registry.errors import NotFound
from registry.i18n import current_language, read
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from registry.items.tables import Version
from registry.paging import Page, page_of_sequence
from registry.web.downloads import file_answer
from registry.web.forms import whole_number
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from termbank.consultations import documents, queries
from termbank.consultations.tables import Consultation, ConsultationState, ConsultationText, Opinion
from termbank.consultations.tally import Part
from termbank.consultations.text_names import names_of
from termbank.presentation import consultations as shown
from termbank.views.blueprint import blueprint
from termbank.views.consultations.acts import writes_for

TEXTS_ON_A_PAGE, ANSWERS_ON_A_PAGE = 10, 20
GENERAL_SHOWN, WAITING_SHOWN, ADDRESSEES_SHOWN, LETTERS_SHOWN = 3, 10, 25, 10
"""What stands on the page of a consultation; each list has a page of its own with all."""


@blueprint.get("/remisser/")
@access.public
def consultations() -> str:
    """All consultations, the newest first."""
    actor, day = current_actor(), clock.today()
    page = queries.consultations(db.session, actor, page_asked_for())
    waiting = {one.id for own in writes_for(actor) for one, _addressee in queries.waiting_for(db.session, own.id)}
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
    opinions, is_over = queries.shown(one, actor, day), queries.is_over(one, day)
    is_author_side = actor.has_role(Role.TERMINOLOGIST, organisation_id=one.organisation_id)
    chosen = next((text for text in one.texts if text.number == request.args.get("text", type=whole_number)), None)
    page = page_of_sequence([chosen] if chosen else one.texts, 1 if chosen else page_asked_for(), TEXTS_ON_A_PAGE)
    positions = shown.positions_in(one)
    position = next((value for value, _label in positions if value == request.args.get("stallning")), "")
    wanted = shown.Wanted(position, page_asked_for(), ANSWERS_ON_A_PAGE) if chosen else shown.Wanted(position)
    rows = shown.text_rows(one, page.rows, opinions if is_over else [], _changed(one, page.rows), wanted)
    is_first = is_over and not chosen and page.number == 1
    unjudged = [row for row in _answer_rows(one, queries.counted(one)) if row.unjudged] if is_over else []
    letters = [opinion for opinion in queries.sent(one) if opinion.is_letter] if is_author_side else []
    return render_template(
        "termbank/consultation.html",
        one=one,
        sender=identity.organisation(db.session, one.organisation_id),
        status=shown.state_text(one, day),
        letter=[line for line in one.letter.splitlines() if line.strip()],
        is_draft=one.state == ConsultationState.DRAFT,
        is_open=one.state == ConsultationState.OPEN,
        is_over=is_over,
        page=page,
        texts=rows,
        chosen=chosen,
        said_page=_said_page(rows) if chosen else None,
        position=position,
        positions=positions,
        overview=shown.overview(one) if is_over and not chosen and page.pages > 1 else [],
        general=page_of_sequence(_general(one, opinions) if is_first else [], 1, GENERAL_SHOWN),
        tally=documents.counted(queries.tally_of(one)) if is_over else None,
        answers=len(opinions),
        own=[] if is_over else _answer_rows(one, opinions),
        addressees=page_of_sequence(shown.addressee_rows(one), 1, ADDRESSEES_SHOWN),
        ways=shown.ways_to_answer(one, writes_for(actor)) if one.state == ConsultationState.OPEN else [],
        to_state=_to_state(one, actor),
        may_write=is_author_side,
        waiting=page_of_sequence(unjudged if is_author_side else [], 1, WAITING_SHOWN),
        waiting_parts=sum(row.unjudged for row in unjudged),
        letters=page_of_sequence(_answer_rows(one, letters[::-1]), 1, LETTERS_SHOWN),
    )


@blueprint.get("/remisser/<consultation_id>/svar/")
@access.public
def consultation_answers(consultation_id: str) -> str:
    """All answers that the reader may see, in pages, in the order in which they came."""
    actor, day = current_actor(), clock.today()
    one = queries.consultation_for(db.session, actor, consultation_id)
    is_author_side = actor.has_role(Role.TERMINOLOGIST, organisation_id=one.organisation_id)
    may_judge = is_author_side and one.state == ConsultationState.OPEN and queries.is_over(one, day)
    page = page_of_sequence(queries.readable(one, actor, day), page_asked_for(), ANSWERS_ON_A_PAGE)
    return render_template(
        "termbank/consultation_answers.html", one=one, page=page, rows=_answer_rows(one, page.rows), may_judge=may_judge,
        may_correct=is_author_side and one.state == ConsultationState.OPEN,
    )  # fmt: skip


@blueprint.get("/remisser/<consultation_id>/svar/<opinion_id>/")
@access.public
def consultation_opinion(consultation_id: str, opinion_id: str) -> str:
    """One answer, whole, with what came of it: to whoever sent it at once, to the others when answers are shown."""
    actor = current_actor()
    one = queries.consultation_for(db.session, actor, consultation_id)
    opinion = next((other for other in queries.readable(one, actor, clock.today()) if other.id == opinion_id), None)
    if opinion is None:
        raise NotFound("opinion")
    asked = shown.asked_rows(one)
    said = [(asked[part.number, Part(part.part)], shown.said_row(opinion, part, ())) for part in opinion.parts]
    return render_template(
        "termbank/consultation_opinion.html", one=one, opinion=opinion, marks=shown.marks(one, opinion), said=said,
        may_open=opinion.file_key is not None and queries.may_open_letter(actor, one, opinion),
    )  # fmt: skip


@blueprint.get("/remisser/<consultation_id>/instanser")
@access.public
def consultation_addressees(consultation_id: str) -> str:
    """All who are asked, in pages, with when each answered."""
    one = queries.consultation_for(db.session, current_actor(), consultation_id)
    page = page_of_sequence(shown.addressee_rows(one), page_asked_for())
    return render_template("termbank/consultation_addressees.html", one=one, page=page)


@blueprint.get("/remisser/<consultation_id>/allmant")
@access.public
def general_opinions(consultation_id: str) -> str:
    """All that was said in general, in pages."""
    one = queries.consultation_for(db.session, current_actor(), consultation_id)
    if not queries.is_over(one, clock.today()):
        raise NotFound("opinions")
    said = _general(one, queries.shown(one, current_actor(), clock.today()))
    page = page_of_sequence(said, page_asked_for(), ANSWERS_ON_A_PAGE)
    return render_template("termbank/consultation_general.html", one=one, page=page)


@blueprint.get("/remisser/<consultation_id>/<any(remiss, sammanstallning):which>.docx")
@access.public
def consultation_document(consultation_id: str, which: str) -> Response:
    """The letter, or the compilation once answers may be shown, as a Word file."""
    one = queries.consultation_for(db.session, current_actor(), consultation_id)
    if which == "sammanstallning" and not queries.is_over(one, clock.today()):
        raise NotFound("compilation")
    write = documents.letter if which == "remiss" else documents.compilation
    sender = db.session.get_one(Organisation, one.organisation_id)
    return file_answer(write(one, read(sender.name), current_language()), documents.MEDIA_TYPE, f"{which}.docx")


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
                found[slug] = names_of([named], current_language())[named.number]
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


def _answer_rows(one: Consultation, opinions: Sequence[Opinion]) -> list[shown.AnswerRow]:
    return [shown.answer_row(one, opinion) for opinion in opinions]


def _said_page(rows: Sequence[shown.TextRow]) -> Page[int]:
    """The pages of what was said of a text: as many as its longest part needs."""
    most = max((part.total for row in rows for part in row.parts), default=0)
    return page_of_sequence(range(most), page_asked_for(), ANSWERS_ON_A_PAGE)
