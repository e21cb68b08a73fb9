"""Rows that one version of a model takes and the other refuses or reads otherwise: what a verdict on a change is shown by.

Each row is made for the place where the two versions differ (a bound, a spelling, the day on which a code ends) and for nothing
else, so that it is the difference that decides. Whether it is a witness is found by running the checks of both versions over it
(`columns`), never by what was computed. The same seed gives the same rows. Pure.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import islice

import polars as pl

from information_models import columns
from information_models.code_lists import Code
from information_models.compatibility import read_as, refused_by_rule
from information_models.definitions import Element, ElementType, LoadedModel, Role
from information_models.finding_texts.all import FINDINGS
from information_models.frames import REGION, ROW
from information_models.headings import heading_key
from information_models.patterns import texts_of
from information_models.rule_cases import Domain, Wanted, find
from information_models.rule_cases import texts_of as cells_of
from information_models.values import is_total, text_check
from registry.findings import Finding, Severity, Text
from registry.period import Period, PeriodKind

Row = Mapping[str, str]
CHANCES = 60
"""So many rows of chance are tried beside those that are made for the differences."""
FIRST, LAST = date(1800, 1, 1), date(2400, 1, 1)
"""Between these days rows are made: others are no dates of what is counted."""
TOTAL_WORDS = ("Totalt", "Summa")
AT_ONCE = 900
"""So many rows are checked at a time: few enough to be looked at one by one."""
MOST = 400
"""So many rows are made for differences, at most."""


class Outcome(StrEnum):
    """What becomes of a row that the one version takes."""

    REFUSED = "refused"
    OTHERWISE = "otherwise"
    """It is taken, and means something else."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the checks of one version make of a row."""

    refused: Finding | None = None
    is_total: bool = False
    """It sums other rows, and is left out."""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Witness:
    """A row that ``taken`` by one version becomes ``outcome`` under the other.

    ``element`` is where it fails or is read otherwise; ``rule`` the rule that refuses it. ``rows`` are several where rows are refused
    together. ``heading`` is a column's instead of a cell's.
    """

    outcome: Outcome
    element: str
    rows: tuple[Row, ...] = ()
    finding: Finding | None = None
    rule: str = ""
    heading: str = ""
    was: str = ""
    now: str = ""
    is_sum: bool = False
    """It is read as a sum of other rows."""

    @property
    def cell(self) -> str:
        """What stands in the cell that decides."""
        return self.rows[0].get(self.element, "") if self.rows else self.heading


def witnesses(before: LoadedModel, after: LoadedModel, *, on: date = date.max, seed: int = 0) -> list[Witness]:
    """Rows that ``before`` takes and ``after`` does not take as they are: one for each element or rule and kind of fault. Periods end
    on ``on`` at the latest: what codes cover after it is to come. Give the versions the other way round for the other way."""
    made = _Made(before, after, on, random.Random(seed))  # noqa: S311  (no secret: the same rows every time)
    found: dict[tuple[str, ...], Witness] = {}
    rows = [dict(one) for one in dict.fromkeys(tuple(sorted(row.items())) for row in made.rows())]
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        for row, one, other in zip(part, judged(before, part), judged(after, part), strict=True):
            for witness in _compared(before, after, row, one, other):
                code = witness.finding.code if witness.finding else ""
                found.setdefault((witness.outcome, witness.element, witness.rule, code), witness)
    for witness in (*_of_key(before, after, made), *_of_headings(before, after)):
        found.setdefault((witness.outcome, witness.element, witness.rule, "key", witness.heading), witness)
    return list(found.values())


def judged(loaded: LoadedModel, rows: Sequence[Row]) -> list[Judged]:
    """What the checks of a version make of each row by itself."""
    found: list[Judged] = [Judged()] * len(rows)
    by_columns: dict[frozenset[str], list[int]] = {}
    for at, row in enumerate(rows):
        by_columns.setdefault(frozenset(row) & frozenset(loaded.model.by_name), []).append(at)
    for names, places in by_columns.items():
        for at, one in zip(places, _judged(loaded, sorted(names), [rows[at] for at in places]), strict=True):
            found[at] = one
    return found


def _judged(loaded: LoadedModel, names: Sequence[str], rows: Sequence[Row]) -> list[Judged]:
    texts = {name: pl.Series([row[name] or None for row in rows], dtype=pl.String) for name in names}
    checked = columns.check(loaded, pl.DataFrame({ROW: pl.Series(range(1, len(rows) + 1)), **texts}))
    refused: dict[int, Finding] = {}
    of_file: Finding | None = None
    for one in checked.findings:
        if one.severity is not Severity.ERROR or FINDINGS[one.code].is_between_rows:
            continue
        numbers = [place.row for place in one.places if place.row]
        for number in numbers:
            refused.setdefault(number - 1, one)
        if not numbers:
            of_file = of_file or one
    # Rows that sum others are left out of what is checked.
    values = {row[ROW] - 1: row for row in checked.frame.iter_rows(named=True)}
    return [Judged(of_file or refused.get(at), at not in values, values.get(at, {})) for at in range(len(rows))]


def _compared(before: LoadedModel, after: LoadedModel, row: Row, one: Judged, other: Judged) -> Iterator[Witness]:
    if one.refused:
        return
    if other.refused:
        named = [str(other.refused.params.get("element") or ""), *(place.field or "" for place in other.refused.places)]
        element = next((name for name in named if name), "") or _total_in(before, row)
        rule = str(other.refused.params.get("rule") or "")
        yield Witness(Outcome.REFUSED, element, (row,), other.refused, rule)
        return
    if one.is_total or other.is_total:
        if one.is_total != other.is_total:
            name = _total_in(before, row)
            read = _plain(other.values.get(name))
            yield Witness(Outcome.OTHERWISE, name, (row,), now=read, is_sum=other.is_total)
        return
    for name in before.model.by_name:
        if name in after.model.by_name and name in one.values:
            was, now = one.values[name], other.values.get(name)
            if _plain(was) != _plain(now):
                yield Witness(Outcome.OTHERWISE, name, (row,), was=_plain(was), now=_plain(now))
    region, region_now = one.values.get(REGION), other.values.get(REGION)
    if region is not None and after.model.region_element is not None and region != region_now:
        # Really checked as that region's row.
        frame = pl.DataFrame({name: pl.Series([text or None], dtype=pl.String) for name, text in row.items()})
        checked = columns.check(after, frame, region=str(region))
        wrong = next((each for each in checked.findings if each.severity is Severity.ERROR), None)
        if wrong is not None:
            yield Witness(Outcome.REFUSED, after.model.region_element, (row,), wrong)


def _total_in(loaded: LoadedModel, row: Row) -> str:
    """The dimension of a row in which a word says that it sums others."""
    return next((each.name for each in loaded.model.dimensions if is_total(row.get(each.name, ""))), "")


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else str(value)


def _of_headings(before: LoadedModel, after: LoadedModel) -> Iterator[Witness]:
    """Columns of a file that are read as another element, or as none."""
    was, now = read_as(before.model), read_as(after.model)
    for element in before.model.elements:
        for heading in element.headings():
            key = heading_key(heading)
            if not key or was.get(key) != element.name or now.get(key) == element.name:
                continue
            outcome = Outcome.OTHERWISE if key in now else Outcome.REFUSED
            yield Witness(outcome, element.name, heading=heading, was=element.name, now=now.get(key, ""))
            break


def _of_key(before: LoadedModel, after: LoadedModel, made: "_Made") -> Iterator[Witness]:
    """Two rows that the one version tells apart and the other takes for the same."""
    told = [name for name in before.model.key if name not in after.model.key]
    if not told or not set(before.model.key) & set(before.model.by_name):
        return
    rows = made.pair(told)
    if rows is None:
        return
    frame = pl.DataFrame(
        {
            name: pl.Series([row.get(name) or None for row in rows], dtype=pl.String)
            for name in dict.fromkeys(name for row in rows for name in row)
        }
    )
    doubled = [
        [one for one in columns.check(loaded, frame).findings if FINDINGS[one.code].is_between_rows]
        for loaded in (before, after)
    ]
    if doubled[1] and not doubled[0]:
        yield Witness(Outcome.REFUSED, told[0], tuple(rows), doubled[1][0])


class _Made:
    """Rows that one version takes, made for where another differs from it."""

    def __init__(self, valid: LoadedModel, other: LoadedModel, on: date, chance: random.Random) -> None:
        self.valid, self.other, self.on, self.chance = valid, other, on, chance
        self.domain = Domain(valid.model.by_name, valid.code_lists)
        self.rules = [
            (rule.expression, Wanted.NOT_BROKEN)
            for rule, _compiled in valid.model.compiled_rules
            if rule.severity is Severity.ERROR
        ]
        self.texts = {element.name: self._texts(element) for element in valid.model.elements}
        self.base = self._filled({})

    def rows(self) -> Iterator[Row]:
        """Rows for each difference, then some of chance."""
        yield self.base
        yield {name: text for name, text in self.base.items() if self.valid.model.element(name).required}
        yield from islice(self._for_differences(), MOST)
        for _ in range(CHANCES):
            said = {name: self.chance.choice(texts) for name, texts in self.texts.items() if texts}
            yield self._with_period({**self.base, **said})

    def _for_differences(self) -> Iterator[Row]:
        for rule in self.other.model.rules:
            found = refused_by_rule(self.valid, self.other, rule) if rule.severity is Severity.ERROR else None
            if found is not None and found.exists:
                yield {**self.base, **cells_of(self.domain, found.row)}
        yield from self._codes()
        for element in self.valid.model.dimensions:
            for word in TOTAL_WORDS:
                yield {**self.base, element.name: word}
        for name, texts in self.texts.items():
            element = self.valid.model.element(name)
            for text in texts:
                if element.is_number and text and text[-1].isdigit():
                    yield self._filled({name: text})
                else:
                    yield self._with_period({**self.base, name: text})
            if not element.required:
                yield {**self.base, name: ""}
                yield {each: text for each, text in self.base.items() if each != name}

    def pair(self, told: Sequence[str]) -> list[Row] | None:
        """Two rows that differ in what is told apart and in no other part of the key."""
        for name in told:
            texts = [text for text in self.texts[name] if text and text != self.base.get(name)]
            for text in sorted(texts, key=len):
                rows = [self.base, self._with_period({**self.base, name: text})]
                same = all(one.refused is None and not one.is_total for one in judged(self.valid, rows))
                if same and judged(self.valid, rows)[0].values.get(name) != judged(self.valid, rows)[1].values.get(
                    name
                ):
                    return rows
        return None

    def _filled(self, stated: Mapping[str, str]) -> Row:
        """A row with these numbers, of which the other numbers keep the rules of the version."""
        row = {name: texts[0] for name, texts in self.texts.items() if texts}
        wanted = [*self.rules, *((f"{name} = {text}", Wanted.HOLDS) for name, text in stated.items())]
        found = find(self.domain, wanted) if wanted else None
        if found is not None and found.exists:
            row |= cells_of(self.domain, found.row)
        return self._with_period({**row, **stated})

    def _with_period(self, row: dict[str, str]) -> Row:
        """A row at a time when its codes hold, if its period says another."""
        name = self.valid.model.period_element
        if name not in self.valid.model.by_name:
            return row
        codes = [
            code
            for element in self.valid.model.elements
            if element.type is ElementType.CODE and (code := self._code(element, row.get(element.name))) is not None
        ]
        period = _period(row.get(name, ""))
        if period is not None and all(code.is_valid(period) for code in codes):
            return row
        return {**row, name: self._time_of(self.valid.model.element(name), codes)}

    def _code(self, element: Element, text: str | None) -> Code | None:
        codes = self.valid.code_lists.get(element.code_list or "")
        return codes.resolve(text) if codes is not None and text else None

    def _time_of(self, element: Element, codes: Iterable[Code]) -> str:
        first = max((code.valid_from or date.min for code in codes), default=date.min)
        last = min(min((code.valid_to or date.max for code in codes), default=date.max), self.on)
        day = min(max(date(2024, 5, 15), first), last)
        kinds = element.period_kinds or (PeriodKind.DAY,)
        return _written(kinds[0], day)

    def _codes(self) -> Iterator[Row]:
        """Spellings that the other version reads otherwise, and days on which the other version has other codes."""
        for element in self.valid.model.elements:
            codes = self.valid.code_lists.get(element.code_list or "")
            other = self.other.model.by_name.get(element.name)
            others = self.other.code_lists.get(other.code_list or "") if other else None
            if codes is None or others is None or element.type is not ElementType.CODE:
                continue
            parents = [one for one in codes.codes if (now := others.by_code.get(one.code)) and now.parent != one.parent]
            changed = [spelling for spelling, code in codes.by_name.items() if others.by_name.get(spelling) != code]
            for text in [*(one.code for one in parents[:20]), *changed[:100]]:
                yield self._with_period({**self.base, element.name: text})
            dated = [
                (one, now)
                for one in codes.codes
                if (now := others.by_code.get(one.code))
                and (one.valid_from, one.valid_to) != (now.valid_from, now.valid_to)
            ]
            period = self.valid.model.by_name.get(self.valid.model.period_element)
            if period is None:
                continue
            for one, now in dated[:20]:
                for day in _days_near(one, now):
                    for kind in period.period_kinds:
                        if day <= self.on and _ends(kind, day) <= self.on:
                            yield {**self.base, element.name: one.code, period.name: _written(kind, day)}

    def _texts(self, element: Element) -> list[str]:
        """What may stand in a cell of the element, nearest to where the other version differs; the first is usual."""
        other = self.other.model.by_name.get(element.name)
        match element.type:
            case ElementType.CODE:
                codes = self.valid.code_lists.get(element.code_list or "")
                real = [one for one in codes.codes if not one.test] or list(codes.codes) if codes else []
                now = [one for one in real if one.valid_to is None] or real
                named = [now[0].code] if now else []
                return [*named, *(one.code for one in self.chance.sample(real, min(3, len(real))))]
            case ElementType.PERIOD:
                day = min(date(2024, 5, 15), self.on)
                days = (day, min(day.replace(year=max(day.year - 5, 1)), self.on))
                return [_written(kind, one) for one in days for kind in element.period_kinds]
            case ElementType.DATE:
                return [min(date(2024, 5, 15), self.on).isoformat()]
            case ElementType.TEXT:
                return list(dict.fromkeys(self._free_texts(element, other)))
            case _:
                words = ["stängd", "ej rapporterat"] if element.role is Role.VALUE else []
                return [*dict.fromkeys(_numbers(element, other)), *words]

    def _free_texts(self, element: Element, other: Element | None) -> Iterator[str]:
        if element.pattern is not None:
            fits = text_check(element.max_length, element.pattern)
            yield from filter(fits, (texts_of(element.pattern, self.chance) for _ in range(30)))
            return
        yield from ("A", "B")
        lengths = {element.max_length, *((min(element.max_length, other.max_length + 1),) if other else ())}
        yield from ("x" * length for length in sorted(lengths))
        yield from ("12", "2024-05-15", "Å 1", "totalt för alla")


def _numbers(element: Element, other: Element | None) -> Iterator[str]:
    """Numbers that the element takes, at its bounds and just beyond those of the other version."""
    steps = [Decimal(1).scaleb(-each.decimals) for each in (element, other) if each is not None and each.is_number]
    usual = min(max(Decimal(2), element.low), element.high)
    bounds = [element.low, element.high]
    if other is not None and other.is_number:
        bounds += [other.low, other.high]
    near = [usual, *(bound + step * way for bound in bounds for step in steps for way in (0, -1, 1)), usual + steps[0]]
    for one in near:
        text = format(one.normalize(), "f")
        if element.low <= one <= element.high and -one.normalize().as_tuple().exponent <= element.decimals:  # type: ignore[operator]  # never a NaN
            yield text


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except ValueError:
        return None


def _written(kind: PeriodKind, day: date) -> str:
    """The period of a kind that a day lies in."""
    year, week, _weekday = day.isocalendar()
    return {
        PeriodKind.YEAR: f"{day.year:04}",
        PeriodKind.HALF_YEAR: f"{day.year:04}-H{1 if day.month <= 6 else 2}",
        PeriodKind.TERM: f"{day.year:04}-T{(day.month - 1) // 4 + 1}",
        PeriodKind.MONTH: f"{day.year:04}-{day.month:02}",
        PeriodKind.WEEK: f"{year:04}-W{week:02}",
        PeriodKind.DAY: day.isoformat(),
        PeriodKind.SHIFT: f"{day.isoformat()}/natt",
    }[kind]


def _ends(kind: PeriodKind, day: date) -> date:
    period = _period(_written(kind, day))
    return period.last if period is not None else date.max


def _days_near(one: Code, now: Code) -> list[date]:
    """Days at the ends of two validities and beside them."""
    ends = [day for code in (one, now) for day in (code.valid_from, code.valid_to) if day is not None]
    near = [day + timedelta(days=way) for day in ends for way in (-1, 0, 1, -40, 40, -400, 400) if FIRST < day < LAST]
    return list(dict.fromkeys(near))


def in_words(witness: Witness, now: Text) -> Text:
    """What becomes of it, where no finding says it; ``now`` is what it is read as, in words."""
    if witness.heading:
        return (
            Text(f"kolumnen läses som {now.sv}", f"the column is read as {now.en}")
            if witness.now
            else Text("kolumnen känns inte igen", "the column is not recognised")
        )
    if witness.is_sum:
        return Text("raden läses som en summa och lämnas utanför", "the row is read as a sum and left out")
    return Text(f"läses som {now.sv or 'tomt'}", f"is read as {now.en or 'empty'}")
