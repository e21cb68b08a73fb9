"""A model as an Excel template that a person can fill in without having read anything else.

Three sheets: the rows to fill in (headings, drop-down lists from the code lists, limits as data validation), an
instruction with every element's meaning and the wording of its concept, and the code lists. «Stängd» and «ej
rapporterat» may stand wherever a number may. What was filled in is read by the delivery reader like any other file.
Texts are always written as texts: nothing that a modeller writes becomes a formula.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from textwrap import wrap
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from information_models.definitions import Element, ElementType, LoadedModel, Role
from information_models.presentation import TYPE_LABELS, kinds_in_words, limits_in_words
from registry.findings import Language, Severity, Text
from registry.formats import DEFAULTS, Options
from registry.period import PeriodKind

ROWS = 5_000
"""Rows that are prepared with lists and limits; more may be written below them."""

SHEET = Text("Uppgifter", "Figures")
ABOUT = Text("Anvisningar", "Instructions")
LISTS = Text("Kodlistor", "Code lists")
LINE = 15.0
LABEL_WIDTH, TEXT_WIDTH = 30, 100
STATES = (Text("stängd", "closed"), Text("ej rapporterat", "not reported"))
WRITTEN_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in every template, so that the same model gives the same bytes."""


@dataclass(frozen=True, slots=True)
class _Looks:
    heading: Format
    optional_heading: Format
    title: Format
    section: Format
    label: Format
    body: Format
    soft: Format
    text: Format
    day: Format
    year: Format
    numbers: Mapping[int, Format]


def write(loaded: LoadedModel, options: Options = DEFAULTS, begun: Sequence[Mapping[str, str]] = ()) -> bytes:
    """The template in one language. With a region, lists of places hold only those in that region.

    ``begun`` are rows that are filled in already, by element: codes as people write them, the rest as it is.
    """
    language = options.language
    output = BytesIO()
    workbook = Workbook(output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties(
        {
            "title": loaded.model.title.in_language(language),
            "comments": f"{loaded.model.slug} {loaded.content_hash or ''}".strip(),
            "created": WRITTEN_AT.replace(tzinfo=None),
        }
    )
    looks = _looks(workbook, loaded)
    rows = workbook.add_worksheet(SHEET.in_language(language))
    about = workbook.add_worksheet(ABOUT.in_language(language))
    lists = workbook.add_worksheet(LISTS.in_language(language))
    ranges = _write_lists(lists, loaded, looks, options)
    _write_rows(rows, loaded, looks, language, ranges)
    _write_begun(rows, loaded, looks, language, begun)
    _write_instructions(about, loaded, looks, language)
    workbook.close()
    return output.getvalue()


def _looks(workbook: Workbook, loaded: LoadedModel) -> _Looks:
    base = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
    heading = {**base, "bold": True, "text_wrap": True, "bg_color": "#14425F", "font_color": "#FFFFFF", "border": 1}
    wrapped = {**base, "text_wrap": True}
    return _Looks(
        heading=workbook.add_format(heading),
        optional_heading=workbook.add_format({**heading, "bg_color": "#5B7C93"}),
        title=workbook.add_format({**base, "bold": True, "font_size": 16}),
        section=workbook.add_format({**base, "bold": True, "font_size": 12, "bottom": 1, "bottom_color": "#8F2D1B"}),
        label=workbook.add_format({**wrapped, "bold": True}),
        body=workbook.add_format(wrapped),
        soft=workbook.add_format({**wrapped, "font_color": "#4B5355", "italic": True}),
        text=workbook.add_format({**base, "num_format": "@"}),
        day=workbook.add_format({**base, "num_format": "yyyy-mm-dd"}),
        year=workbook.add_format({**base, "num_format": "0"}),
        numbers={
            element.decimals: workbook.add_format(
                # No sign between thousands: saved as CSV it could be taken for a decimal comma.
                {**base, "num_format": "0" + ("." + "0" * element.decimals if element.decimals else "")}
            )
            for element in loaded.model.elements
            if element.is_number
        },
    )


# The sheet to fill in


def _write_rows(
    sheet: Worksheet, loaded: LoadedModel, looks: _Looks, language: Language, ranges: Mapping[str, str]
) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 48)
    for column, element in enumerate(loaded.model.elements):
        heading = element.label.in_language(language)
        sheet.write_string(0, column, heading, looks.heading if element.required else looks.optional_heading)
        sheet.set_column(column, column, _width(element, heading), _cell_format(element, looks))
        if validation := _validation(element, column, language, ranges):
            sheet.data_validation(1, column, ROWS, column, validation)
    sheet.autofilter(0, 0, ROWS, len(loaded.model.elements) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _write_begun(
    sheet: Worksheet, loaded: LoadedModel, looks: _Looks, language: Language, begun: Sequence[Mapping[str, str]]
) -> None:
    for number, row in enumerate(begun, start=1):
        for column, element in enumerate(loaded.model.elements):
            text = row.get(element.name, "")
            if text and element.period_kinds == (PeriodKind.DAY,):
                sheet.write_datetime(number, column, date.fromisoformat(text), looks.day)
            elif text:
                code = loaded.code_list(element).by_code.get(text) if element.code_list else None
                sheet.write_string(number, column, code.label.in_language(language) if code else text, looks.text)


def _width(element: Element, heading: str) -> int:
    least = {ElementType.CODE: 34, ElementType.TEXT: 28}.get(element.type, 14)
    longest_word = max(len(word) for word in heading.split())  # never broken, and the filter's button is beside it
    return min(40, max(least, len(heading) // 2 + 6, longest_word + 6))


def _cell_format(element: Element, looks: _Looks) -> Format:
    if element.is_number:
        return looks.numbers[element.decimals]
    if element.type is ElementType.DATE or element.period_kinds == (PeriodKind.DAY,):
        return looks.day
    # Text keeps 2026-10 from becoming a date and 01 from becoming 1; a year is a number to whoever writes it.
    return looks.year if element.period_kinds == (PeriodKind.YEAR,) else looks.text


def _validation(element: Element, column: int, language: Language, ranges: Mapping[str, str]) -> dict[str, Any] | None:
    """What Excel tells and checks while somebody writes. Warnings, not stops: the registry checks in any case."""
    told = {
        "input_title": _short(element.label.in_language(language), 32),
        "input_message": _short(_hint(element, language), 255),
        "error_type": "warning",
        "error_title": _short(element.label.in_language(language), 32),
        "ignore_blank": True,
    }
    mend = Text(
        "Stämmer det? Registret kontrollerar uppgiften när filen lämnas.",
        "Is that right? The registry checks the figure when the file is delivered.",
    )
    told["error_message"] = mend.in_language(language)
    if element.type is ElementType.CODE:
        return {"validate": "list", "source": ranges[element.code_list or ""], **told}
    if element.is_number:
        return {"validate": "custom", "value": _number_formula(element, column, language), **told}
    if element.type is ElementType.DATE or element.period_kinds == (PeriodKind.DAY,):
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": date(1990, 1, 1),
            "maximum": date(2100, 1, 1),
            **told,
        }
    if element.period_kinds == (PeriodKind.YEAR,):
        return {"validate": "integer", "criteria": "between", "minimum": 1900, "maximum": 2100, **told}
    if element.type is ElementType.TEXT:
        return {"validate": "length", "criteria": "<=", "value": element.max_length, **told}
    return {"validate": "any", **told}


def _number_formula(element: Element, column: int, language: Language) -> str:
    cell = f"{xl_col_to_name(column)}2"
    limits = [f"ISNUMBER({cell})"]
    if element.minimum is not None:
        limits.append(f"{cell}>={element.minimum}")
    if element.maximum is not None:
        limits.append(f"{cell}<={element.maximum}")
    if element.decimals == 0:
        limits.append(f"{cell}=INT({cell})")
    number = f"AND({','.join(limits)})"
    if element.role is not Role.VALUE:
        return f"={number}"
    words = ",".join(f'{cell}="{state.in_language(language)}"' for state in STATES)
    return f"=OR({words},{number})"


def _hint(element: Element, language: Language) -> str:
    swedish = language != "en"
    parts = [element.description.in_language(language)]
    if element.type is ElementType.CODE:
        parts.append("Välj i listan." if swedish else "Choose from the list.")
    if kinds := kinds_in_words(element).in_language(language):
        parts.append(f"{'Skriv' if swedish else 'Write'}: {kinds}.")
    if limits := limits_in_words(element).in_language(language):
        parts.append(f"{limits[:1].upper()}{limits[1:]}.")
    if element.role is Role.VALUE:
        words = " / ".join(f"«{state.sv}»" if swedish else f"“{state.en}”" for state in STATES)
        parts.append(
            f"{'Tomt är inte noll; skriv annars' if swedish else 'Empty is not zero; otherwise write'} {words}."
        )
    return " ".join(parts)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


# The instruction


def _write_instructions(sheet: Worksheet, loaded: LoadedModel, looks: _Looks, language: Language) -> None:
    model, swedish = loaded.model, language != "en"
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, 1, TEXT_WIDTH)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    row = 0

    def line(label: str, text: str, looks_of_text: Format) -> None:
        nonlocal row
        if label:
            sheet.write_string(row, 0, label, looks.label)
        sheet.write_string(row, 1, text, looks_of_text)
        # Not every program makes a row as high as its text needs, so the height is stated.
        sheet.set_row(row, LINE * max(_lines(label, LABEL_WIDTH), _lines(text, TEXT_WIDTH)))
        row += 1

    sheet.write_string(row, 0, model.title.in_language(language), looks.title)
    sheet.set_row(row, 2 * LINE)
    row += 1
    line("", model.description.in_language(language), looks.body)
    line("", _version_line(loaded, swedish), looks.soft)
    row += 1
    sheet.write_string(row, 0, "Så fyller du i" if swedish else "How to fill it in", looks.section)
    sheet.write_blank(row, 1, None, looks.section)
    row += 1
    for advice in _advice(loaded, swedish):
        line("", advice, looks.body)
    row += 1
    sheet.write_string(row, 0, "Kolumnerna" if swedish else "The columns", looks.section)
    sheet.write_blank(row, 1, None, looks.section)
    row += 1
    for element in model.elements:
        line(element.label.in_language(language), element.description.in_language(language), looks.body)
        for text in _facts(element, loaded, swedish):
            line("", text, looks.soft)
    if model.rules:
        row += 1
        sheet.write_string(row, 0, "Det som ska stämma" if swedish else "What must hold", looks.section)
        sheet.write_blank(row, 1, None, looks.section)
        row += 1
        for rule in model.rules:
            is_error = rule.severity is Severity.ERROR
            label = (
                ("Rättas" if is_error else "Rättas eller förklaras")
                if swedish
                else ("Mended" if is_error else "Mended or explained")
            )
            line(label, rule.text.in_language(language), looks.body)
            line("", rule.reason.in_language(language), looks.soft)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column.

    >>> _lines("a short text", 30), _lines("word " * 30, 30)
    (1, 5)
    """
    return max(1, len(wrap(text, width)))


def _version_line(loaded: LoadedModel, swedish: bool) -> str:
    version = (loaded.content_hash or "")[:12] or ("inte publicerad" if swedish else "not published")
    return f"{'Modell' if swedish else 'Model'}: {loaded.model.slug}. Version: {version}."


def _advice(loaded: LoadedModel, swedish: bool) -> list[str]:
    first = SHEET.sv if swedish else SHEET.en
    if swedish:
        advice = [
            f"Skriv en rad per {_key_in_words(loaded, 'sv')} på bladet {first}. Ändra inte rubrikerna.",
            "Noll skrivs 0. En tom cell är inte noll: skriv «stängd» när enheten var stängd och «ej rapporterat» när uppgiften inte finns.",
            "Skriv inga namn på patienter och inga personnummer någonstans i filen. En sådan fil tas inte emot.",
            "Summarader behövs inte. Kontrollera filen i registret innan den lämnas; inget lämnar regionen förrän du skickar.",
        ]
        if loaded.model.concerns_persons:
            advice.append(
                "Några kolumner gäller personer. Små tal skyddas när siffrorna publiceras; ändra dem inte själv."
            )
        return advice
    advice = [
        f"Write one row per {_key_in_words(loaded, 'en')} on the sheet {first}. Do not change the headings.",
        "Zero is written 0. An empty cell is not zero: write “closed” when the unit was closed and “not reported” when there is no figure.",
        "Write no names of patients and no personal identity numbers anywhere in the file. Such a file is not accepted.",
        "Total rows are not needed. Check the file in the registry before you deliver it; nothing leaves the region until you send.",
    ]
    if loaded.model.concerns_persons:
        advice.append(
            "Some columns are about persons. Small numbers are protected when figures are published; do not change them yourself."
        )
    return advice


def _key_in_words(loaded: LoadedModel, language: Language) -> str:
    labels = [loaded.model.element(name).label.in_language(language).lower() for name in loaded.model.key]
    joiner = " och " if language == "sv" else " and "
    return labels[0] if len(labels) == 1 else ", ".join(labels[:-1]) + joiner + labels[-1]


def _facts(element: Element, loaded: LoadedModel, swedish: bool) -> list[str]:
    language: Language = "sv" if swedish else "en"
    kind = TYPE_LABELS[element.type].in_language(language)
    form = ", ".join(
        part
        for part in (
            kind,
            kinds_in_words(element).in_language(language),
            limits_in_words(element).in_language(language),
        )
        if part
    )
    facts = [f"Form: {form}." + ("" if element.required else (" Får lämnas bort." if swedish else " May be left out."))]
    wording = loaded.wordings.get(element.concept or "")
    if wording is not None:
        term = wording.term.in_language(language)
        definition = wording.definition.in_language(language) if wording.definition else None
        missing = "ingen överenskommen definition" if swedish else "no agreed definition"
        version = f" [{wording.version[:12]}]" if wording.version else ""
        facts.append(f"{'Begrepp' if swedish else 'Concept'}: {term} – {definition or missing}{version}")
    if element.concerns_persons:
        facts.append("Gäller personer." if swedish else "Is about persons.")
    return facts


# The code lists


def _write_lists(sheet: Worksheet, loaded: LoadedModel, looks: _Looks, options: Options) -> dict[str, str]:
    """Each list as two columns, code and name; returns the range of names by slug, as a drop-down list's source."""
    language = options.language
    ranges: dict[str, str] = {}
    sheet.freeze_panes(2, 0)
    name_of_sheet = LISTS.in_language(language)
    for number, (slug, codes) in enumerate(sorted(loaded.code_lists.items())):
        column = number * 3
        listed = codes.offered_in(options.region)
        sheet.write_string(
            0,
            column,
            f"{name_of_sheet[:-1] if language == 'en' else 'Kodlista'}: {codes.title.in_language(language)}",
            looks.section,
        )
        sheet.write_string(1, column, "kod" if language != "en" else "code", looks.soft)
        sheet.write_string(1, column + 1, "namn" if language != "en" else "name", looks.soft)
        sheet.set_column(column, column, 12)
        sheet.set_column(column + 1, column + 1, 44)
        for row, code in enumerate(listed, start=2):
            sheet.write_string(row, column, code.code, looks.text)
            sheet.write_string(row, column + 1, code.label.in_language(language), looks.text)
        letter = xl_col_to_name(column + 1)
        ranges[slug] = f"='{name_of_sheet}'!${letter}$3:${letter}${max(3, len(listed) + 2)}"
    return ranges
