"""What the check of a file is told as: lines of text for people, and JSON for machines. Pure.

`deliveries validate` and the check on a region's own machine print the same. What an answer is given by is an option of theirs.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from legal_checks.personal_data import has_number
from registry.cage.confinement import WALLS
from registry.finding_catalogue import AnswerKind, ReadableFinding
from registry.findings import Finding, Language, Severity, Text, worst
from submission_portal.deliveries.assessment.handed_over import HandedOver
from submission_portal.deliveries.assessment.outcome import Assessment, Stage, finding_key
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.identity_numbers import PARTS
from submission_portal.deliveries.reading.reader import Reading
from submission_portal.deliveries.reading.records import KINDS, pointer
from submission_portal.deliveries.reading.sheets import Preview

Read = Callable[[Finding, Language], ReadableFinding]
"""A finding in words."""
_SHOWN_PLACES = 20
_NAMES_ON_A_LINE = 8

_OK, _NOT_RUN = Text("godkänd", "ok"), Text("inte körd", "not run")
_NOTHING_SMALL = Text("inget småtal", "no small number")
"""Of the law, which no machine approves."""

_SIGNS = {
    "ok": _OK, "info": Text("upplysning", "for information"), "warn": Text("varning", "warning"), "stop": Text("STOPPAR", "STOPS"), "idle": _NOT_RUN,
}  # fmt: skip

_OF_MEASURES = {
    "measures": Text("(vad raden räknar)", "(what the row counts)"),
    "values": Text("(måttens värden)", "(the values of the measures)"),
}
"""What columns are of a file with a measure on each row."""

_STAGES = {
    "file": Text("fil", "file"),
    "structure": Text("struktur", "structure"),
    "rows": Text("rader", "rows"),
    "consistency": Text("konsekvens", "consistency"),
    "history": Text("historik", "history"),
    "law": Text("juridik", "law"),
}

_SEVERITIES = {
    Severity.ERROR: Text("FEL", "ERROR"),
    Severity.WARNING: Text("VARNING", "WARNING"),
    Severity.QUESTION: Text("FRÅGA", "QUESTION"),
    Severity.INFO: Text("UPPLYSNING", "INFO"),
}


def stops(findings: Iterable[Finding]) -> bool:
    """Whether something among the findings has to be mended or answered before the file can be sent."""
    return worst(findings) in (Severity.ERROR, Severity.QUESTION)


def weaker_cage(missing: Iterable[str]) -> Text | None:
    """What this computer does not permit of what protects it from the files that are read; ``None`` where it permits all."""
    walls = [WALLS[name] for name in missing if name in WALLS]
    if not walls:
        return None
    return Text(
        f"Filen läses med svagare skydd än avsett. Den här datorn medger inte: {', '.join(wall.sv for wall in walls)}.",
        f"The file is read with weaker protection than meant. This computer does not permit: {', '.join(wall.en for wall in walls)}.",
    )


def reading_lines(reading: Reading, language: Language) -> Iterator[str]:
    """How the file was read."""
    preview = reading.preview
    if not preview.file_kind:
        return
    told = (
        (preview.delimiter and repr(preview.delimiter), Text("avskiljare {}", "delimiter {}")),
        (preview.sheet, Text("blad {}", "sheet {}")),
        (preview.header_row, Text("rubriker på rad {}", "header in row {}")),
    )
    parts = [preview.file_kind.upper(), preview.encoding]
    parts.extend(text.in_language(language).format(value) for value, text in told if value)
    parts += [text.in_language(language) for text in _counts(preview)]
    yield ", ".join(part for part in parts if part)
    left_out = Text("(läses inte in)", "(not read in)").in_language(language)
    for column in preview.columns:
        told_as = _OF_MEASURES[column.how].in_language(language) if column.how in _OF_MEASURES else left_out
        yield f"  {column.letter:3} {column.heading!r} → {column.element or told_as}"
    for total in preview.totals:
        adds_up = Text("summa {}, medel {}, {} tal", "sum {}, mean {}, {} figures").in_language(language)
        shown = [each if language == "en" else each.replace(".", ",") for each in (total.sum or "–", total.mean)]
        yield f"  {total.letter:3} {adds_up.format(*shown, total.figures)}"
    if preview.sum_rows:
        sums = [f"{row} ({text})" for row, text in zip(preview.sum_rows, preview.sum_texts, strict=True)]
        read_as = Text("lästa som summor: rad {}", "read as sums: row {}").in_language(language)
        yield read_as.format(_some(sums, ", ", language))
    for look in preview.readings:
        yield f"  --encoding {look.encoding}: {'; '.join((*look.headings, *look.cells))}"


def _some(names: Sequence[str], sign: str, language: Language) -> str:
    """The first of many names on one line, and how many there are."""
    more = Text("… ({} i allt)", "… ({} in all)").in_language(language).format(len(names))
    return sign.join([*names[:_NAMES_ON_A_LINE], *([more] if len(names) > _NAMES_ON_A_LINE else [])])


def _counts(preview: Preview) -> Iterator[Text]:
    """Lines of text, records, rows of figures."""
    for count, one, several in (
        (preview.lines, Text("rad text", "line of text"), Text("rader text", "lines of text")),
        (preview.records, Text("post", "record"), Text("poster", "records")),
        (
            preview.data_rows,
            Text("rad med uppgifter", "row of figures"),
            Text("rader med uppgifter", "rows of figures"),
        ),
    ):
        if count is not None:
            word = one if count == 1 else several
            yield Text(f"{count} {word.sv}", f"{count} {word.en}")


def stage_lines(assessment: Assessment, language: Language) -> Iterator[str]:
    """Each stage in a line, with what did not run."""
    for number, stage in enumerate(assessment.stages, start=1):
        why = f": {stage.not_run[0][1].in_language(language)}" if stage.status == "idle" and stage.not_run else ""
        name, sign = _STAGES[stage.name].in_language(language), _sign(stage).in_language(language)
        yield f"{number}. {name:12} {sign}{why}"
        if stage.status != "idle":
            for reason in dict.fromkeys(why for _what, why in stage.not_run):
                checks = [each.in_language(language) for each, why in stage.not_run if why == reason]
                what = _some([check for check in checks if check], "; ", language)
                told = (_NOT_RUN.in_language(language), what, reason.in_language(language))
                yield "     " + ": ".join(each for each in told if each)


def _sign(stage: Stage) -> Text:
    return _NOTHING_SMALL if (stage.name, stage.status) == ("law", "ok") else _SIGNS[stage.status]


def small_number_lines(found: HandedOver | None, language: Language) -> Iterator[str]:
    """What the file would hand over, by use, element and place; ``None``: it is counted once nothing stops the file."""
    if found is None:
        yield Text(
            "\nSmåtal räknas när inget längre stoppar filen.",
            "\nSmall numbers are counted once nothing stops the file.",
        ).in_language(language)
        return
    yield Text("\nSmåtal som filen skulle lämna ut:", "\nSmall numbers that the file would hand over:").in_language(
        language
    )
    if not found.elements:
        yield Text("  Inget dataelement räknar personer.", "  No element counts persons.").in_language(language)
    elif not found.rules:
        yield Text(
            "  Inte räknade: linjen har ingen användning som säger vad som är ett småtal.",
            "  Not counted: the line has no use that says what a small number is.",
        ).in_language(language)
    for at, rule in enumerate(found.rules if found.elements else ()):
        title, words = rule.title.in_language(language), rule.words.in_language(language)
        yield f"  {title} ({words}): {_of(found.found[at], sum(one.values for one in found.elements), language)}"
        for element in found.elements:
            if not element.found[at]:
                continue
            yield f"    {element.label.in_language(language)}: {_of(element.found[at], element.values, language)}"
            places = [one for one in element.places if one.found[at]]
            for one in places[:_SHOWN_PLACES]:
                place = one.place.in_language(language) or "–"
                yield f"      {place}: {_of(one.found[at], one.values, language)}"
            if len(places) > _SHOWN_PLACES:
                more = Text("platser i allt; --json räknar upp alla", "places in all; --json lists every one")
                yield f"      … {len(places)} {more.in_language(language)}"


def _of(found: int, values: int, language: Language) -> str:
    return Text(f"{found} av {values} värden", f"{found} of {values} values").in_language(language)


def as_small_numbers(found: HandedOver | None) -> list[dict[str, object]] | None:
    """The same for ``--json``: each use with its elements and their places, by code."""
    if found is None:
        return None
    return [
        {
            "use": rule.title.as_dict(),
            "threshold": rule.threshold,
            "zeros_are_small": rule.zeros_are_small,
            "found": found.found[at],
            "elements": [
                {
                    "element": element.element,
                    "values": element.values,
                    "found": element.found[at],
                    "places": [
                        {
                            "codes": list(one.codes),
                            "label": one.place.as_dict(),
                            "values": one.values,
                            "found": one.found[at],
                        }
                        for one in element.places
                        if one.found[at]
                    ],
                }
                for element in found.elements
            ],
        }
        for at, rule in enumerate(found.rules)
    ]


def finding_lines(findings: Iterable[Finding], language: Language, read: Read = FINDINGS.read) -> Iterator[str]:
    """Each finding with how to mend it and where."""
    for finding in findings:
        one = read(finding, language)
        yield f"\n{_SEVERITIES[finding.severity].in_language(language)} {one.code}: {one.title}"
        yield f"  {one.body}\n  {one.mend}"
        for place in finding.places[:_SHOWN_PLACES]:
            cell = f"{place.column or place.field or ''}{place.row or ''}" if place.column else ""
            row = f"{Text('rad', 'row').in_language(language)} {place.row}" if place.row else ""
            part = PARTS[place.field].in_language(language) if place.field in PARTS else place.field
            parts = [place.sheet, cell or row, part if not cell else None]
            if place.value or place.label:
                parts.append(repr(place.value or (place.label.in_language(language) if place.label else "")))
            yield "    " + ", ".join(part for part in parts if part)
        if FINDINGS.stored(finding).answer is AnswerKind.NOT_IDENTITY:
            yield Text("  Svaret ges med --not-identity TEXT.", "  Answer with --not-identity TEXT.").in_language(
                language
            )
        if finding.count > _SHOWN_PLACES:
            more = Text("ställen i allt; --json räknar upp alla", "places in all; --json lists every one")
            yield f"    … {finding.count} {more.in_language(language)}"


def as_findings(
    findings: Iterable[Finding], language: Language, preview: Preview | None = None, read: Read = FINDINGS.read
) -> list[dict[str, object]]:
    """Findings for ``--json``: their places all of them, and their texts in one language. With the ``preview`` of a file of
    records each place has its JSON Pointer as well."""
    rows = []
    for finding in findings:
        one = read(finding, language)
        texts = {"key": finding_key(finding), "title": one.title, "body": one.body, "mend": one.mend}
        told = finding.as_dict()
        if preview is not None and preview.file_kind in KINDS:
            pointers = [pointer(place, preview.columns) for place in finding.places]
            told["pointers"] = [each for each in pointers if each is not None]
        rows.append({**told, "count": finding.count, **texts})
    return rows


def as_check(
    file_name: str, reading: Reading, assessment: Assessment, language: Language, read: Read = FINDINGS.read
) -> dict[str, object]:
    """The outcome of the check of a file for ``--json``."""
    return {
        "file": None if has_number(file_name) else file_name,
        "ok": not stops(assessment.findings),
        "rows": assessment.rows,
        "period": assessment.period,
        "reading": reading.preview.as_dict(),
        "stages": [stage.as_dict() for stage in assessment.stages],
        "findings": as_findings(assessment.findings, language, reading.preview, read),
    }
