"""A consultation as Word files: the letter with the texts, and the compilation of the answers with their verdicts.

What is made is deterministic but for the dates that it tells: nothing in the file says who made it, or when.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as Doc
from flask_babel import gettext as _

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

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MADE = datetime(2000, 1, 1, tzinfo=UTC)


def letter(one: Consultation, language: Language) -> bytes:
    """The letter, the texts that are asked about, and for each part the choices of an answer."""
    document = _begun(one, one.title)
    for paragraph in one.letter.splitlines():
        _say(document, paragraph)
    _say(document, _("Answer by %(day)s at the latest. Answer by registry number %(number)s.", day=show_date(one.closes_on), number=one.registry_number))  # fmt: skip
    _head(document, _("Addressees"), 2)
    _say(document, ", ".join(addressee.name for addressee in one.addressees))
    for text in one.texts:
        _add_text(document, text, language)
        for part in text.texts:
            _head(document, PART_TEXTS[Part(part)].in_language(language), 3)
            for position in positions_on(Part(part)):
                _say(document, f"☐ {POSITION_TEXTS[position].in_language(language)}")
            _say(document, _("Reasons, and the wording that you propose:"))
            _say(document, "")
    return _bytes_of(document)


def compilation(one: Consultation, language: Language) -> bytes:
    """All answers, text by text and part by part, each with what came of it. Call it once answers may be shown."""
    document = _begun(one, _("Compilation: %(title)s", title=one.title))
    _say(document, counted(queries.tally_of(one)))
    opinions = queries.counted(one)
    names = {opinion.id: _name(one, opinion) for opinion in opinions}
    if general := [opinion for opinion in opinions if opinion.general]:
        _head(document, _("In general"), 2)
        for opinion in general:
            _say(document, f"{names[opinion.id]}: {opinion.general}")
    for text in one.texts:
        _add_text(document, text, language)
        for part in text.texts:
            _head(document, PART_TEXTS[Part(part)].in_language(language), 3)
            said = [
                (opinion, found)
                for opinion in opinions
                for found in opinion.parts
                if (found.number, found.part) == (text.number, part)
            ]
            _add_opinions(document, said, names, language)
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


def _begun(one: Consultation, title: str) -> Doc:
    document = Document()
    core = document.core_properties
    core.title, core.author, core.last_modified_by = _fit(title), "", ""
    core.created = core.modified = _MADE.replace(tzinfo=None)
    _head(document, title, 1)
    _say(document, _("Registry number %(number)s", number=one.registry_number))
    return document


def _head(document: Doc, text: str, level: int) -> None:
    document.add_heading(_fit(text), level)


def _say(document: Doc, text: str, style: str | None = None) -> None:
    document.add_paragraph(_fit(text), style=style)


def _fit(text: str) -> str:
    """``text`` as a Word file may hold it."""
    return CONTROLS.sub(" ", text)


def _add_text(document: Doc, text: ConsultationText, language: Language) -> None:
    wordings = {Part(part): given for part, given in text.texts.items()}
    term = wordings.get(Part.TERM, {}) or wordings.get(Part.QUESTION, {})
    _head(document, f"{text.number}. {term.get(language) or next(iter(term.values()), '')}", 2)
    for one in wordings.get(Part.DEFINITION, {}).values():
        _say(document, one, style="Intense Quote")


def _add_opinions(
    document: Doc, said: Sequence[tuple[Opinion, OpinionPart]], names: Mapping[str, str], language: Language
) -> None:
    if not said:
        _say(document, _("Nobody has said anything of it."))
        return
    head = (_("Who"), _("Position"), _("Reasons"), _("Proposed instead"), _("What came of it"))
    table = document.add_table(rows=1 + len(said), cols=len(head))
    table.style = "Table Grid"
    rows = (row.cells for row in table.rows)
    _fill(next(rows), head)
    for opinion, part in said:
        position = POSITION_TEXTS[Position(part.position)].in_language(language)
        words = f"«{part.quoted}» {part.reason}".strip() if part.quoted else part.reason
        verdict = VERDICT_TEXTS[Verdict(part.verdict)].in_language(language) if part.verdict else ""
        came = f"{verdict}. {part.verdict_reason}" if verdict else ""
        _fill(next(rows), (names[opinion.id], position, words, part.proposed, came))


def _fill(cells: Iterable[object], texts: Iterable[str]) -> None:
    for cell, text in zip(cells, texts, strict=True):
        cell.text = _fit(text)  # type: ignore[attr-defined]


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
