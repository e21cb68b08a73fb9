"""What somebody answers on the page about an export → the layout that it makes, or what is wrong with the answers. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from registry.findings import Finding, Param
from submission_portal.deliveries.reading.expected import spelled
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.layouts.bare_periods import MONTH
from submission_portal.deliveries.reading.layouts.bare_periods import told as told_time
from submission_portal.deliveries.reading.layouts.content import ASIDE, FACTORS, ColumnAnswer, Layout
from submission_portal.deliveries.reading.layouts.questions import Mapped

OTHER, ABSENT = "-other", "-absent"
"""That a column is something else, and that the export does not have what is asked: no element is called so."""
MEASURES = "-measures"
"""That a column names what each row counts."""
SAME = "same"
"""That empty cells under a name are about what is above them; where they are not, the file is mended."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to the questions of one file."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Pattern → element, `OTHER` or `ABSENT`."""
    elements: Mapping[str, str] = field(default_factory=dict)
    """Element → `ABSENT`, or what it is on every row."""
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(element, text) → code, or one of `ASIDE` for rows that are not read in."""
    fills: Mapping[str, str] = field(default_factory=dict)
    """Element → `SAME`."""
    factors: Mapping[str, str] = field(default_factory=dict)
    """Pattern → one of `content.FACTORS`."""
    time: str = ""
    """Of which year, or month, headings are that name none (`bare_periods.told`); empty where that was not understood."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an answer, and the question that it is about (``column:…``, ``element:…``, ``value:…:…``)."""

    about: str
    finding: Finding


def layout_of(mapped: Mapped, answers: Answers, before: Layout, codes: Mapping[str, frozenset[str]]) -> Layout:
    """The layout with the answers. ``before``: the one that the file was read by; ``codes``: by element what its list has.
    What is not answered is asked again: see `faults_of`, which comes first."""
    chosen = {one.pattern: answers.columns.get(one.pattern, "") for one in mapped.columns}
    by_heading = dict(before.by_heading)
    for _letter, pattern, element in mapped.patterns:
        if pattern not in chosen and pattern not in by_heading:
            by_heading[pattern] = ColumnAnswer(pattern, element)
    parts = {one.pattern: one.part for one in mapped.columns}
    named = next((pattern for pattern, answer in chosen.items() if answer == MEASURES), "")
    for pattern, answer in chosen.items():
        if answer and answer != MEASURES:
            element = "" if answer in (OTHER, ABSENT) else answer
            by_heading[pattern] = ColumnAnswer(pattern, element, parts[pattern] if element else "")
    read = {one.element for one in by_heading.values()}
    told = {**before.constants, **{name: text for name, text in answers.elements.items() if text != ABSENT and text}}
    absent = {*before.absent, *(name for name, text in answers.elements.items() if text == ABSENT)}
    absent |= {
        name for one in mapped.columns if chosen[one.pattern] == ABSENT for name in one.choices if name not in told
    }
    meant = {name: dict(texts) for name, texts in before.codes.items()}
    aside = dict(before.aside)
    for (element, text), answer in answers.values.items():
        if answer in ASIDE:
            aside[spelled(text)] = answer
        elif answer in codes.get(element, frozenset()):
            meant.setdefault(element, {})[spelled(text)] = answer
    filled = {*before.filled_down, *(name for name, answer in answers.fills.items() if answer == SAME)}
    return replace(
        before,
        columns=tuple(sorted(by_heading.values(), key=lambda one: one.heading)),
        absent=tuple(sorted(absent - read)),
        constants={name: text for name, text in told.items() if name not in read},
        codes=meant,
        aside=aside,
        filled_down=tuple(sorted(filled)),
        factors={**before.factors, **{name: factor for name, factor in answers.factors.items() if factor in FACTORS}},
        header=0 if mapped.headless else max(mapped.header, 0) or before.header,
        sheet=(mapped.sheet if told else "") or before.sheet,
        measures=named or before.measures,
        headless=mapped.headless or before.headless,
    )


def of_file(layout: Layout, mapped: Mapped) -> Layout:
    """What a layout says of the columns that a file has: what another export begins with."""
    here = {pattern for _letter, pattern, _element in mapped.patterns}
    return replace(
        layout,
        columns=tuple(one for one in layout.columns if one.heading in here),
        factors={heading: factor for heading, factor in layout.factors.items() if heading in here},
    )


def lacking(layout: Layout, mapped: Mapped) -> tuple[str, ...]:
    """The headings that a layout reads and a file does not have: it may be another export."""
    here = {pattern for _letter, pattern, _element in mapped.patterns}
    return tuple(sorted(layout.headings_read - here))


def faults_of(
    mapped: Mapped, answers: Answers, codes: Mapping[str, frozenset[str]], keys: frozenset[str]
) -> list[Fault]:
    """What is wrong with answers, or not answered: nothing is kept while there is any. Several columns for one element, a choice
    that was not offered, a code that its list does not have. ``keys``: the elements that tell rows apart, which no export lacks."""
    if MEASURES in answers.columns.values():
        return _of_measures(mapped, answers)
    of_columns = _of_columns(mapped, answers, keys)
    return [
        *_of_times(mapped, answers),
        *of_columns,
        *_of_elements(mapped, answers, codes),
        *_of_values(mapped, answers, codes),
    ]


def _of_measures(mapped: Mapped, answers: Answers) -> list[Fault]:
    """Where a column was said to name what each row counts, the rest is asked when the sheet was read so."""
    found = []
    named = [one for one in mapped.columns if answers.columns.get(one.pattern) == MEASURES]
    for one in named:
        about = f"column:{one.pattern}"
        if not one.may_be_measures:
            found.append(Fault(about, FINDINGS.found("LAY-003", {"what": one.heading, "answer": MEASURES})))
        elif len(named) > 1:
            headings = ", ".join(each.heading for each in named)
            found.append(Fault(about, FINDINGS.found("LAY-002", {"headings": headings})))
    return found


def _of_times(mapped: Mapped, answers: Answers) -> list[Fault]:
    return [
        Fault("time:", FINDINGS.found("LAY-015", {"headings": ", ".join(one.headings)}))
        for one in mapped.times
        if (said := told_time(answers.time)) is None or (one.need == MONTH and said[1] is None)
    ]


def _of_columns(mapped: Mapped, answers: Answers, keys: frozenset[str]) -> list[Fault]:
    found = []
    chosen = Counter(
        (answer, one.part)
        for one in mapped.columns
        if (answer := answers.columns.get(one.pattern)) and answer not in (OTHER, ABSENT)
    )
    resolved = _resolved(mapped, answers)
    said = {*answers.columns.values(), *(name for name, text in answers.elements.items() if text)}
    for one in mapped.columns:
        answer, about = answers.columns.get(one.pattern, ""), f"column:{one.pattern}"
        if not answer and (one.is_required or not resolved.issuperset(one.choices)):
            found.append(Fault(about, FINDINGS.found("LAY-001", {"what": one.heading})))
        elif answer and answer not in (*one.choices, OTHER, ABSENT):
            found.append(Fault(about, FINDINGS.found("LAY-003", {"what": one.heading, "answer": answer[:100]})))
        elif answer == ABSENT and not (keys & set(one.choices)) <= said:
            found.append(Fault(about, FINDINGS.found("LAY-006", {"what": one.heading})))
        elif chosen[answer, one.part] > 1:
            headings = [each.heading for each in mapped.columns if answers.columns.get(each.pattern) == answer]
            found.append(Fault(about, FINDINGS.found("LAY-002", {"headings": ", ".join(headings)})))
    return found


def _resolved(mapped: Mapped, answers: Answers) -> set[str]:
    """The elements of which it is known where they are, or that they are nowhere."""
    found = {answer for answer in answers.columns.values() if answer not in ("", OTHER, ABSENT)}
    for one in mapped.columns:
        if answers.columns.get(one.pattern) == ABSENT:
            found.update(one.choices)
    return found | {name for name, text in answers.elements.items() if text}


def _of_elements(mapped: Mapped, answers: Answers, codes: Mapping[str, frozenset[str]]) -> list[Fault]:
    found = []
    resolved = _resolved(mapped, answers)
    chosen = {answer for answer in answers.columns.values() if answer not in ("", OTHER, ABSENT)}
    for one in mapped.elements:
        answer, about = answers.elements.get(one.element, ""), f"element:{one.element}"
        if not answer and one.element not in resolved:
            found.append(Fault(about, FINDINGS.found("LAY-001", {"what": one.element})))
        elif answer and one.element in chosen:
            found.append(Fault(about, FINDINGS.found("LAY-004", {"what": one.element})))
        elif answer == ABSENT and not one.may_be_absent:
            found.append(Fault(about, FINDINGS.found("LAY-003", {"what": one.element, "answer": answer})))
        elif answer and answer != ABSENT and not _may_be_constant(one.element, answer, one.may_be_constant, codes):
            found.append(Fault(about, FINDINGS.found("LAY-005", {"what": one.element, "answer": answer[:100]})))
    return found


def _may_be_constant(element: str, answer: str, may: bool, codes: Mapping[str, frozenset[str]]) -> bool:
    return may and (answer in codes[element] if element in codes else True)


def _of_values(mapped: Mapped, answers: Answers, codes: Mapping[str, frozenset[str]]) -> list[Fault]:
    found = []
    for one in mapped.values:
        answer, about = answers.values.get((one.element, one.text), ""), f"value:{one.element}:{one.text}"
        if not answer:
            found.append(Fault(about, FINDINGS.found("LAY-001", {"what": one.text})))
        elif answer not in ASIDE and answer not in codes.get(one.element, frozenset()):
            found.append(Fault(about, FINDINGS.found("LAY-005", {"what": one.text, "answer": answer[:100]})))
    for each in mapped.fills:
        answer = answers.fills.get(each.element, "")
        if answer != SAME:
            found.append(Fault(f"fill:{each.element}", FINDINGS.found("LAY-001", {"what": each.element})))
    for one_factor in mapped.factors:
        answer, about = answers.factors.get(one_factor.pattern, ""), f"factor:{one_factor.pattern}"
        if not answer:
            found.append(Fault(about, FINDINGS.found("LAY-001", {"what": one_factor.heading})))
        elif answer not in FACTORS:
            params: dict[str, Param] = {"what": one_factor.heading, "answer": answer[:100]}
            found.append(Fault(about, FINDINGS.found("LAY-003", params)))
    return found
