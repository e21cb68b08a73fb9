"""A consultation as Word files: the letter with the texts, and the compilation of the answers with their verdicts.

What is made is deterministic but for the dates that it tells: nothing in the file says who made it, or when.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm
from flask_babel import gettext as _

from registry import clock
from registry.findings import Language
from registry.i18n import show_date
from termbank.concepts.wordings import CONTROLS
from termbank.consultations import queries
from termbank.consultations.tables import Consultation, ConsultationText, Opinion, OpinionPart
from termbank.consultations.tally import (
    PART_TEXTS,
    POSITION_TEXTS,
    VERDICT_TEXTS,
    Part,
    Position,
    Tally,
    Verdict,
    positions_on,
)
from termbank.consultations.text_names import names_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_SHORT, _LONG, _MARGIN = Mm(210), Mm(297), Mm(22)
"""A4."""
_LOCALES: Mapping[Language, str] = {"sv": "sv-SE", "en": "en-GB"}


def letter(one: Consultation, sender: str, language: Language) -> bytes:
    """The letter, the texts that are asked about, and for each part the choices of an answer."""
    document = _begun(one, one.title, sender, language)
    for paragraph in one.letter.splitlines():
        if paragraph.strip():
            _say(document, paragraph)
    _say(document, _("Answer by %(day)s at the latest. Answer by registry number %(number)s.", day=show_date(one.closes_on), number=one.registry_number))  # fmt: skip
    _head(document, _("Addressees"), 2)
    for addressee in one.addressees:
        until = _("has until %(day)s", day=show_date(addressee.extended_to)) if addressee.extended_to else ""
        _say(document, f"{addressee.name} ({until})" if until else addressee.name, style="List Bullet")
    called = names_of(one.texts, language)
    for text in one.texts:
        _head(document, f"{text.number}. {called[text.number]}", 2)
        for part in _parts_of(text):
            _add_part(document, text, part, language)
            for position in positions_on(part):
                _say(document, f"☐ {POSITION_TEXTS[position].in_language(language)}")
            is_question = part is Part.QUESTION
            _say(document, _("In your own words:") if is_question else _("Reasons, and the wording that you propose:"))
            _say(document, "")
    return _bytes_of(document)


def compilation(one: Consultation, sender: str, language: Language) -> bytes:
    """All answers, text by text and part by part, each with what came of it. Call it once answers may be shown."""
    document = _begun(one, _("Compilation: %(title)s", title=one.title), sender, language, is_wide=True)
    if one.settled_at:
        _say(document, _("Settled %(day)s", day=show_date(one.settled_at)))
    found, opinions = queries.tally_of(one), queries.counted(one)
    _say(document, counted(found))
    names = {opinion.id: _name(one, opinion) for opinion in opinions}
    _add_addressees(document, one, opinions)
    if general := [opinion for opinion in opinions if opinion.general]:
        _head(document, _("In general"), 2)
        _add_table(
            document, (_("Who"), _("In general")), [(names[opinion.id], opinion.general) for opinion in general], (1, 4)
        )
    called = names_of(one.texts, language)
    for text in one.texts:
        _head(document, f"{text.number}. {called[text.number]}", 2)
        for part in _parts_of(text):
            _add_part(document, text, part, language)
            if counts := found.by_part.get((text.number, part)):
                told = (
                    f"{POSITION_TEXTS[position].in_language(language)} {counts[position]}"
                    for position in positions_on(part)
                    if counts.get(position)
                )
                _say(document, _("Of those who were asked: %(counts)s.", counts=", ".join(told)))
            said = [
                (opinion, given)
                for opinion in opinions
                for given in opinion.parts
                if (given.number, given.part) == (text.number, part)
            ]
            _add_opinions(document, part, said, names, language)
    return _bytes_of(document)


def counted(found: Tally) -> str:
    """``4 of 5 have answered, 1 of them late; 3 take a stand``, and how many answered that were not asked."""
    words = [
        _("%(answered)s of %(asked)s have answered", answered=found.answered, asked=found.addressed),
        *([_("%(late)s of them late", late=found.late)] if found.late else []),
    ]
    said = ", ".join(words) + "; " + _("%(number)s take a stand", number=found.on_substance) + "."
    if found.others:
        said += " " + _("%(number)s who were not asked have answered too.", number=found.others)
    return str(said)


def _begun(one: Consultation, title: str, sender: str, language: Language, *, is_wide: bool = False) -> Doc:
    """A document on A4 in the reader's language, upright or ``is_wide``, with what the consultation is."""
    document = Document()
    core = document.core_properties
    core.title, core.author, core.last_modified_by = _fit(title), "", ""
    core.created = core.modified = _MADE.replace(tzinfo=None)
    core.language = _LOCALES[language]
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = (_LONG, _SHORT) if is_wide else (_SHORT, _LONG)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    for spoken in document.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), _LOCALES[language])
    _head(document, title, 1)
    numbered = _("Registry number %(number)s", number=one.registry_number)
    _say(document, f"{sender}. {numbered}")
    if one.opened_at:
        _say(document, _("Sent out %(day)s", day=show_date(clock.today(one.opened_at))))
    return document


def _head(document: Doc, text: str, level: int) -> None:
    document.add_heading(_fit(text), level)


def _say(document: Doc, text: str, style: str | None = None) -> None:
    document.add_paragraph(_fit(text), style=style)


def _fit(text: str) -> str:
    """``text`` as a Word file may hold it."""
    return CONTROLS.sub(" ", text)


def _parts_of(text: ConsultationText) -> list[Part]:
    """What is asked of a text, the term first."""
    return [part for part in Part if part in text.texts]


def _add_part(document: Doc, text: ConsultationText, part: Part, language: Language) -> None:
    """What is asked about, in each language, the reader's own first; the others say which they are. A question is the heading."""
    if part is Part.QUESTION:
        return
    _head(document, PART_TEXTS[part].in_language(language), 3)
    for spoken, wording in sorted(text.texts[part].items(), key=lambda pair: (pair[0] != language, pair[0])):
        _say(document, wording if spoken == language else f"{wording} ({spoken})", style="Intense Quote")


def _add_addressees(document: Doc, one: Consultation, opinions: Sequence[Opinion]) -> None:
    """Who was asked, when each had to answer, and when it did; then who else answered."""
    first: dict[str, Opinion] = {}
    for opinion in opinions:
        first.setdefault(opinion.addressee_id or "", opinion)
    rows = []
    for addressee in one.addressees:
        answer = first.get(addressee.id)
        came = show_date(answer.received_on) if answer else _("has not answered")
        late = _("late") if answer and queries.is_late(one, answer) else ""
        rows.append((addressee.name, show_date(queries.last_day(one, addressee)), f"{came} ({late})" if late else came))
    _head(document, _("Addressees"), 2)
    _add_table(document, (_("Who"), _("Last day"), _("Answered")), rows, (2, 1, 1))
    others = dict.fromkeys(opinion.name for opinion in opinions if opinion.addressee_id is None)
    if others:
        _say(document, _("Answered without having been asked: %(names)s.", names=", ".join(others)))


def _add_opinions(
    document: Doc, part: Part, said: Sequence[tuple[Opinion, OpinionPart]], names: Mapping[str, str], language: Language
) -> None:
    if not said:
        _say(document, _("Nobody has said anything of it."))
        return
    if part is Part.QUESTION:
        rows = [
            (names[opinion.id], POSITION_TEXTS[Position(given.position)].in_language(language), given.reason)
            for opinion, given in said
        ]
        _add_table(document, (_("Who"), _("Answer"), _("In their own words")), rows, (2, 1, 4))
        return
    head = (_("Who"), _("Position"), _("Reasons"), _("Proposed instead"), _("What came of it"))
    _add_table(document, head, [_opinion_row(names[one.id], given, language) for one, given in said], (3, 2, 4, 4, 4))


def _opinion_row(name: str, part: OpinionPart, language: Language) -> tuple[str, ...]:
    position = POSITION_TEXTS[Position(part.position)].in_language(language)
    words = f"«{part.quoted}» {part.reason}".strip() if part.quoted else part.reason
    verdict = VERDICT_TEXTS[Verdict(part.verdict)].in_language(language) if part.verdict else ""
    return name, position, words, part.proposed, f"{verdict}. {part.verdict_reason}" if verdict else ""


def _add_table(document: Doc, head: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[int]) -> None:
    """A table over the width of the page, whose head comes again on each page. ``shares``: how wide its columns are."""
    table = document.add_table(rows=1 + len(rows), cols=len(head))
    table.style, table.autofit = "Table Grid", False
    page = document.sections[0]
    room = int(page.page_width or _SHORT) - 2 * int(_MARGIN)
    widths = [Emu(room * share // sum(shares)) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, texts in zip(table.rows, [head, *rows], strict=True):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.text, cell.width = _fit(text), width
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _name(one: Consultation, opinion: Opinion) -> str:
    """Who answered, by their registry number, and whether it came late or was added."""
    marks = [
        *([opinion.registry_number] if opinion.registry_number else []),
        *([_("late")] if queries.is_late(one, opinion) else []),
        *([_("addition")] if queries.is_addition(one, opinion) else []),
        *([_("was not asked")] if opinion.addressee_id is None else []),
    ]
    return f"{opinion.name} ({', '.join(marks)})" if marks else opinion.name


def _bytes_of(document: Doc) -> bytes:
    """The file, the same bytes each time: its parts are dated as the document is, and not by the clock."""
    saved, held = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as dated:
        for part in parts.infolist():
            name = zipfile.ZipInfo(part.filename, _MADE.timetuple()[:6])
            dated.writestr(name, parts.read(part), zipfile.ZIP_DEFLATED)
    return held.getvalue()
