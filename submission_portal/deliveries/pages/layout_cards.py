"""The page on which a file's columns, elements and names are matched: its cards with their choices, and the fields of the answers.

kolumn-<n>            what the n:th column that is asked about is: an element, `OTHER` or `ABSENT`
element-<element>     `ABSENT`, or ``same`` with ``element-<element>-vad``: what it is on every row
namn-<n>              which code the n:th name is, or ``sum`` or ``note``
fyll-<element>        ``same`` where empty cells are about what is above them
tid, tid-vad          of which year, or month, headings are that name none: one of the proposals, or what is written
raknas-<n>            what the figures of the n:th column that it is asked of are multiplied by; on the page about a file that
                      asks nothing ``raknas-<letter>``
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from information_models.definitions import ElementType, LoadedModel
from registry.i18n import read, show_figure, show_period
from registry.swedish import sort_key
from submission_portal.deliveries.pages.names import heading_told, label_of
from submission_portal.deliveries.reading import written_forms
from submission_portal.deliveries.reading.layouts.answering import ABSENT, MEASURES, OTHER, SAME, Answers
from submission_portal.deliveries.reading.layouts.bare_periods import MONTH, understood
from submission_portal.deliveries.reading.layouts.content import FACTORS, NOTE, SUM
from submission_portal.deliveries.reading.layouts.questions import (
    ColumnQuestion,
    FactorQuestion,
    Mapped,
    TimeQuestion,
    ValueQuestion,
)
from submission_portal.deliveries.reading.sheets import spans_of
from submission_portal.deliveries.reading.table import times

COLUMN, ELEMENT, NAME, FILL, WHAT = "kolumn-", "element-", "namn-", "fyll-", "-vad"
FACTOR = "raknas-"
TIME = "tid"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What there is to know of an element before it is chosen."""

    definition: str = ""
    application: tuple[str, ...] = ()
    """How the region applies the wording, question by question."""
    since: str = ""
    problems: tuple[str, ...] = ()
    """Where readings are known to contradict each other."""
    of_wording: str = ""
    """For which version of the wording that was stated, where the element is bound to one with another meaning."""


@dataclass(frozen=True, slots=True)
class CardChoice:
    """One answer of a card."""

    value: str
    label: str
    id: str
    is_chosen: bool
    hint: str = ""
    meaning: Meaning = Meaning()


@dataclass(frozen=True, slots=True)
class Card:
    """One question, with what the file says and the answers to choose from."""

    id: str
    name: str
    title: str
    facts: tuple[tuple[str, str], ...]
    choices: tuple[CardChoice, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    """Codes to choose from in a list, with their names."""
    chosen: str = ""
    """The code that is chosen."""
    text: str | None = None
    """What was written in a text that stands for every row; ``None`` where nothing is to be written."""
    errors: tuple[str, ...] = ()
    field: str = ""
    """The name of the list or the text."""
    text_label: str = ""
    """What the text is, where it is not what every row has."""

    @property
    def is_answered(self) -> bool:
        return bool(self.chosen or self.text) or any(one.is_chosen for one in self.choices)


def answers_of(form: Mapping[str, str], mapped: Mapped) -> Answers:
    """The answers in a form to the questions of a file; fields of other questions are left aside."""
    elements: dict[str, str] = {}
    for one in mapped.elements:
        word = form.get(f"{ELEMENT}{one.element}", "")
        if word == SAME or (not one.may_be_absent and not word):
            word = form.get(f"{ELEMENT}{one.element}{WHAT}", "").strip()
        elements[one.element] = word
    return Answers(
        {one.pattern: form.get(f"{COLUMN}{number}", "") for number, one in enumerate(mapped.columns)},
        elements,
        {(one.element, one.text): form.get(f"{NAME}{number}", "") for number, one in enumerate(mapped.values)},
        {one.element: form.get(f"{FILL}{one.element}", "") for one in mapped.fills},
        {one.pattern: form.get(f"{FACTOR}{number}", "") for number, one in enumerate(mapped.factors)},
        next((_time_in(form, one.need) for one in mapped.times), ""),
    )


def _time_in(form: Mapping[str, str], need: str) -> str:
    """What is written, else what is chosen."""
    written = form.get(f"{TIME}{WHAT}", "").strip()
    return understood(need, written or form.get(TIME, ""))


def proposed(mapped: Mapped) -> Answers:
    """What is chosen when the page is opened: the code of a name that may mean only one. Of columns nothing."""
    return Answers(values={(one.element, one.text): one.near[0] for one in mapped.values if len(one.near) == 1})


def field_of(about: str, mapped: Mapped) -> str:
    """The id of the card that a fault is about (`answering.Fault`)."""
    kind, _colon, rest = about.partition(":")
    columns = {one.pattern: number for number, one in enumerate(mapped.columns)}
    names = {f"{one.element}:{one.text}": number for number, one in enumerate(mapped.values)}
    if kind == "column":
        return f"{COLUMN}{columns[rest]}"
    if kind == "value":
        return f"{NAME}{names[rest]}"
    if kind == "factor":
        return f"{FACTOR}{[one.pattern for one in mapped.factors].index(rest)}"
    if kind == "time":
        return TIME
    return f"{ELEMENT if kind == 'element' else FILL}{rest}"


def cards_of(
    mapped: Mapped,
    loaded: LoadedModel,
    answers: Answers,
    meanings: Mapping[str, Meaning],
    errors: Mapping[str, Sequence[str]],
    region: str | None,
) -> list[Card]:
    """The cards, columns first. ``errors``: by card what is wrong with its answer."""
    columns = [
        _column_card(number, one, mapped, loaded, answers, meanings, errors)
        for number, one in enumerate(mapped.columns)
    ]
    elements = [_element_card(one.element, mapped, loaded, answers, errors) for one in mapped.elements]
    fills = [_fill_card(one.element, one.empty, one.letter, loaded, answers, errors) for one in mapped.fills]
    names = [_name_card(number, one, loaded, answers, errors, region) for number, one in enumerate(mapped.values)]
    counted = [_factor_card(number, one, loaded, answers, errors) for number, one in enumerate(mapped.factors)]
    times = [_time_card(one, answers, errors) for one in mapped.times]
    return [*times, *columns, *elements, *counted, *fills, *names]


def _time_card(one: TimeQuestion, answers: Answers, errors: Mapping[str, Sequence[str]]) -> Card:
    is_month = one.need == MONTH
    choices = [
        CardChoice(each, show_period(each), f"{TIME}-{at}", answers.time == each)
        for at, each in enumerate(one.candidates)
    ]
    said = _("The title and the names say several.") if one.candidates else _("No title and no name says it.")
    return Card(
        TIME,
        TIME,
        _("Which month is the file of?") if is_month else _("Which year is the file of?"),
        (
            (_("For example"), ", ".join(one.headings)),
            (_("Why it is asked"), said),
            (_("Kept"), _("no: each file has its own period")),
        ),
        tuple(choices),
        text=answers.time if answers.time not in one.candidates else "",
        errors=tuple(errors.get(TIME, ())),
        field=f"{TIME}{WHAT}",
        text_label=_("Year and month, such as 2026-03") if is_month else _("Year, such as 2026"),
    )


def _column_card(
    number: int,
    one: ColumnQuestion,
    mapped: Mapped,
    loaded: LoadedModel,
    answers: Answers,
    meanings: Mapping[str, Meaning],
    errors: Mapping[str, Sequence[str]],
) -> Card:
    id_, chosen = f"{COLUMN}{number}", answers.columns.get(one.pattern, "")
    choices = [
        CardChoice(
            name,
            label_of(loaded, name) if not one.part else f"{label_of(loaded, name)}: {_part(one.part)}",
            f"{id_}-{at}",
            chosen == name,
            _hint(meanings.get(name, Meaning()), is_near=name in one.near and not one.part),
            meanings.get(name, Meaning()),
        )
        for at, name in enumerate(one.choices)
    ]
    choices.append(
        CardChoice(OTHER, _("Something else"), f"{id_}-annat", chosen == OTHER, _("The column is not read in."))
    )
    if one.may_be_measures:
        hint = _("Each row is one measure. What each of them is, is asked next.")
        label = _("It says what the row counts")
        choices.insert(0, CardChoice(MEASURES, label, f"{id_}-matt", chosen == MEASURES, hint))
    absent = [name for name in one.choices if name not in loaded.model.key]
    if absent:
        named = ", ".join(label_of(loaded, name) for name in absent)
        hint = _("Not reported throughout, unless you choose another column: %(elements)s.", elements=named)
        choices.append(CardChoice(ABSENT, _("Not in our export"), f"{id_}-saknas", chosen == ABSENT, hint))
    return Card(
        id_, id_, _("What is %(heading)s?", heading=f"«{one.heading}»"), _column_facts(one), tuple(choices),
        errors=tuple(errors.get(id_, ())),
    )  # fmt: skip


def _hint(meaning: Meaning, *, is_near: bool) -> str:
    """The definition, and that the heading is close."""
    near = _("The heading is close.") if is_near else ""
    return f"{near} {meaning.definition}".strip()


def _part(part: str) -> str:
    named: dict[str, str] = {"year": _("the year"), "week": _("the week"), "month": _("the month")}
    return named[part]


def _column_facts(one: ColumnQuestion) -> tuple[tuple[str, str], ...]:
    empty = _("%(empty)s of %(all)s", empty=show_figure(one.empty), all=show_figure(one.empty + one.filled))
    span = _("%(lowest)s to %(highest)s", lowest=one.lowest, highest=one.highest) if one.lowest is not None else ""
    return (
        (_("Column"), spans_of(one.letters)),
        (_("For example"), "; ".join(one.samples) or _("nothing but empty cells")),
        (_("Lowest to highest"), span),
        (_("Empty cells"), empty),
    )


def _element_card(
    element: str, mapped: Mapped, loaded: LoadedModel, answers: Answers, errors: Mapping[str, Sequence[str]]
) -> Card:
    id_, told = f"{ELEMENT}{element}", answers.elements.get(element, "")
    asked = next(one for one in mapped.elements if one.element == element)
    label, choices = label_of(loaded, element), []
    if asked.may_be_absent:
        choices.append(
            CardChoice(ABSENT, _("Not in our export"), f"{id_}-saknas", told == ABSENT, _("Not reported throughout."))
        )
    is_coded = loaded.model.element(element).type is ElementType.CODE
    constant = asked.may_be_constant
    return Card(
        id_,
        id_,
        _("There may be no column for %(element)s", element=label)
        if asked.may_be_absent
        else _("What is %(element)s on every row?", element=label),
        ((_("Needs no answer where"), _("you chose a column for it above")),)
        if asked.may_be_absent or any(element in one.choices for one in mapped.columns)
        else (),
        tuple(choices),
        _codes(loaded, element, None) if constant and is_coded else (),
        told if constant and is_coded and told != ABSENT else "",
        (told if told != ABSENT else "") if constant and not is_coded else None,
        tuple(errors.get(id_, ())),
        f"{id_}{WHAT}",
    )


def factor_words(factor: str) -> str:
    """What figures are multiplied by, in words."""
    words: dict[str, str] = {
        "1": _("As they stand"),
        "1000": _("Times 1,000: the export counts in thousands"),
        "100": _("Times 100: shares that are delivered as per cent"),
        "0.01": _("Divided by 100: per cent that is delivered as shares"),
        "0.001": _("Divided by 1,000: single ones that are delivered in thousands"),
    }
    return words[factor]


def multiplied(factor: str) -> str:
    """What figures were multiplied by, shortly; empty where they stand as they are."""
    words: dict[str, str] = {
        "1000": _("times 1,000"), "100": _("times 100"), "0.01": _("divided by 100"), "0.001": _("divided by 1,000"),
    }  # fmt: skip
    return words.get(factor, "")


def _factor_card(
    number: int, one: FactorQuestion, loaded: LoadedModel, answers: Answers, errors: Mapping[str, Sequence[str]]
) -> Card:
    id_, decimals = f"{FACTOR}{number}", loaded.model.element(one.element).decimals

    def becomes(factor: str) -> str:
        cells = [(cell, figure) for cell in one.samples if (figure := written_forms.number(cell)) is not None]
        return "; ".join(f"{cell} → {show_figure(times(figure, factor))}" for cell, figure in cells[:2])

    choices = [
        CardChoice(
            factor,
            factor_words(factor),
            f"{id_}-{at}",
            answers.factors.get(one.pattern) == factor,
            becomes(factor) if factor != "1" else "",
        )
        for at, factor in enumerate(FACTORS)
    ]
    return Card(
        id_,
        id_,
        _("What is %(heading)s counted in?", heading=f"«{one.heading}»"),
        (
            (_("Column"), one.letter),
            (_("Read as"), label_of(loaded, one.element)),
            (_("Decimals that the model takes"), str(decimals)),
            (_("For example"), "; ".join(one.samples)),
            *_earlier(one),
        ),
        tuple(choices),
        errors=tuple(errors.get(id_, ())),
    )


def _earlier(one: FactorQuestion) -> tuple[tuple[str, str], ...]:
    """What was said of the column that the element was read from before."""
    if not one.earlier:
        return ()
    told = _(
        "%(heading)s: %(factor)s",
        heading=f"«{heading_told(one.earlier)}»",
        factor=factor_words(one.earlier_factor or "1"),
    )
    return ((_("The same element before"), told),)


def _fill_card(
    element: str, empty: int, letter: str, loaded: LoadedModel, answers: Answers, errors: Mapping[str, Sequence[str]]
) -> Card:
    id_, label = f"{FILL}{element}", label_of(loaded, element)
    return Card(
        id_,
        id_,
        _("What are the empty cells in %(element)s about?", element=label),
        ((_("Column"), letter), (_("Empty cells"), show_figure(empty))),
        (
            CardChoice(
                SAME, _("The same as the cell above"), f"{id_}-samma", answers.fills.get(element) == SAME,
                _("If they are not, fill them in in the file and read it in again."),
            ),
        ),
        errors=tuple(errors.get(id_, ())),
    )  # fmt: skip


def _name_card(
    number: int,
    one: ValueQuestion,
    loaded: LoadedModel,
    answers: Answers,
    errors: Mapping[str, Sequence[str]],
    region: str | None,
) -> Card:
    id_ = f"{NAME}{number}"
    near = dict(_codes(loaded, one.element, None))
    first = [(code, near[code]) for code in one.near if code in near]
    rest = [each for each in _codes(loaded, one.element, region) if each[0] not in one.near]
    aside = [(SUM, _("No unit: the row is a sum")), (NOTE, _("Does not belong here: leave the rows out"))]
    return Card(
        id_,
        id_,
        _("What does %(name)s in %(element)s mean?", name=f"«{one.text}»", element=label_of(loaded, one.element)),
        (
            (_("Rows"), show_figure(one.count)),
            (_("First cell"), f"{one.letter}{one.row}"),
            (_("Proposed"), "; ".join(name for _code, name in first) or _("nothing that is close")),
        ),
        options=(*first, *rest, *aside),
        chosen=answers.values.get((one.element, one.text), ""),
        errors=tuple(errors.get(id_, ())),
        field=id_,
    )


def _codes(loaded: LoadedModel, element: str, region: str | None) -> tuple[tuple[str, str], ...]:
    """The codes of an element with their names, in Swedish order; those of a region where it has any."""
    codes = loaded.code_list(loaded.model.element(element)).codes
    regions = loaded.regions if element == loaded.model.region_element else {}
    own = [one for one in codes if region is not None and regions.get(one.code) == region]
    named = [(one.code, f"{read(one.label)} ({one.code})") for one in own or codes]
    return tuple(sorted(named, key=lambda pair: sort_key(pair[1])))
