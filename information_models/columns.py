"""A whole file against its model: the definition compiled to Polars expressions.

The frame that comes in has text columns named as the model's elements, ``__row`` and ``__sheet`` that say where each
row stands in the sender's file, and null for an empty cell. What goes out is typed: see `Checked`. Every row is
checked, every failing cell is a place in a finding, nothing is capped; which checks ran, on how many rows, and which
could not run and why, is part of the answer. What a cell means is found out once for each different text (`cells`); places
are made when they are asked for. Pure.
"""

from collections.abc import Callable, Collection, Sequence
from functools import partial

import numpy as np
import polars as pl

from information_models import values
from information_models.cells import FEW, Cells, Rows
from information_models.checks import Checked, CheckNotRun, CheckRun, Log
from information_models.definitions import Element, ElementType, LoadedModel, Role, TotalRows, ValueStatus
from information_models.frames import REGION, ROW, SHEET, Kind, lookup, polars_type, prepared
from information_models.number_cells import Columns, kind_of_number, numbers_of
from information_models.row_numbers import Digit, combined, doubled, fits, size_of
from information_models.rules import Compiled, scaled
from information_models.typed_rows import TypedRows
from registry.findings import Param

__all__ = ["CheckNotRun", "CheckRun", "Checked", "check"]
AT_ONCE = 1 << 17
"""So many rows are judged at a time."""


def check(
    loaded: LoadedModel,
    frame: pl.DataFrame,
    *,
    region: str | None = None,
    may_lack: Collection[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Checked:
    """``frame`` checked against ``loaded``. ``may_lack`` are required elements without which it is checked all the same.

    ``region`` is the discloser's region code; where it is given, every row must belong to it. ``progress`` is told how many of
    how many columns have been checked; what is checked across them comes last.
    """
    log = Log(loaded)
    work = _Work(loaded, log, prepared(loaded, frame))
    if work.rows.height == 0:
        log.found("ROW-014", None)
    work.find_missing_columns(may_lack)
    work.take_out_totals()
    work.read_periods()
    for done, element in enumerate(loaded.model.elements):
        if progress is not None:
            progress(done, len(loaded.model.elements))
        if element.name in work.present and element.name != loaded.model.period_element:
            work.read(element)
    if progress is not None:
        progress(len(loaded.model.elements), len(loaded.model.elements))
    work.find_regions(region)
    work.find_doubled_keys()
    work.compare_totals()
    work.judge_rules()
    return log.checked(work.result())


class _Work:
    """The rows on their way from texts to values.

    ``meaning`` has for each element, by its different texts, what will be its columns in the checked frame; ``bad`` which of
    its texts are wrong.
    """

    def __init__(self, loaded: LoadedModel, log: Log, rows: Rows) -> None:
        self.loaded, self.log, self.rows = loaded, log, rows
        self.model = loaded.model
        self.present = tuple(element.name for element in self.model.elements if element.name in rows.cells)
        self.totals: Rows | None = None
        self.meaning: dict[str, dict[str, pl.Series]] = {}
        self.bad: dict[str, pl.Series] = {}
        self.numbers: dict[str, tuple[Columns, Columns]] = {}

    def find_missing_columns(self, may_lack: Collection[str]) -> None:
        missing = [element for element in self.model.elements if element.name not in self.present]
        for element in missing:
            if element.required and element.name not in may_lack:
                self.log.found_at_columns("COL-001", element)
            self.log.skipped("COL-002", element, "no_column")
        self.log.ran("COL-001", None, len(self.model.elements), sum(element.required for element in missing))

    # Rows that sum other rows

    def take_out_totals(self) -> None:
        """A row with a word such as «Summa» in a dimension is no observation: it is set aside for `compare_totals`."""
        dimensions = [element for element in self.model.dimensions if element.name in self.present]
        if not dimensions:
            return
        is_total = np.zeros(self.rows.height, dtype=bool)
        for element in dimensions:
            cells = self.rows.cells[element.name]
            is_total |= cells.where(cells.each(partial(self._is_total, element), pl.Boolean))
        self.log.ran("SUM-001", None, self.rows.height, int(is_total.sum()))
        if not is_total.any():
            return
        totals = self.rows.filter(is_total)
        self.rows = self.rows.filter(~is_total)
        refused = self.model.total_rows is TotalRows.REFUSE
        self.log.found("SUM-003" if refused else "SUM-001", None, totals.places(totals.every()))
        self.totals = None if refused else totals

    def _is_total(self, element: Element, text: str) -> bool:
        if not values.is_total(text):
            return False
        return element.type is not ElementType.CODE or self.loaded.code_list(element).resolve(text) is None

    def compare_totals(self) -> None:
        """Each total row against the sum of the rows that share its other dimensions."""
        additive = [element for element in self.model.values if element.name in self.present and element.additive]
        if self.totals is None:
            return
        totals = self.totals
        parts = [self._summed_by(totals, at) for at in range(totals.height)]
        for element in additive:
            numbers = self._column(element, scaled(element.name))
            stated = totals.cells[element.name].at(totals.every())
            wrong = [
                self._disagrees(element, text, numbers if part is None else numbers.gather(part))
                for text, part in zip(stated, parts, strict=True)
            ]
            self.log.ran("SUM-002", element, totals.height, sum(wrong))
            if any(wrong):
                self._found(element, "SUM-002", totals, np.flatnonzero(wrong))

    def _summed_by(self, totals: Rows, at: int) -> np.ndarray | None:
        """The rows that a total row sums: those that are alike in its other dimensions; ``None``: all."""
        mask: np.ndarray | None = None
        for element in self.model.dimensions:
            if element.name not in self.present:
                continue
            total = totals.cells[element.name]
            written = total.texts[int(total.codes[at])]
            if written is None or self._is_total(element, written):
                continue
            cells = self.rows.cells[element.name]
            same = cells.where(cells.texts == written)
            mask = same if mask is None else mask & same
        return np.flatnonzero(mask) if mask is not None else None

    @staticmethod
    def _disagrees(element: Element, written: str | None, summed: pl.Series) -> bool:
        """Whether a total row states another number than the sum; decimals may differ by rounding."""
        plain = values.plain_number(written or "")
        stated = values.scaled_number(plain, element.decimals) if plain else None
        if stated is None:
            return False
        tolerance = 0 if element.type is ElementType.INTEGER else summed.len()
        return abs(stated - int(summed.sum())) > tolerance

    # Cells

    def read_periods(self) -> None:
        """The period element first: code validity depends on it."""
        element = self.model.element(self.model.period_element)
        name = element.name
        if name not in self.present:
            return
        periods = [None if text is None else values.period_of(text) for text in self.rows.cells[name].texts]
        good = [period if period and period.kind in element.period_kinds else None for period in periods]
        self._mean(
            element,
            **{
                name: pl.Series([str(period) if period else None for period in good], dtype=pl.String),
                f"{name}__first": pl.Series([period.first if period else None for period in good], dtype=pl.Date),
                f"{name}__last": pl.Series([period.last if period else None for period in good], dtype=pl.Date),
            },
        )
        self._close(element, "ROW-007", forms=values.period_forms(element.period_kinds))

    def read(self, element: Element) -> None:
        match element.type:
            case ElementType.CODE:
                self._read_codes(element)
            case ElementType.INTEGER | ElementType.DECIMAL:
                self._read_numbers(element)
            case ElementType.DATE:
                self._read_dates(element)
            case ElementType.PERIOD:
                self._read_other_periods(element)
            case ElementType.TEXT:
                self._read_text(element)

    def _read_codes(self, element: Element) -> None:
        codes = self.loaded.code_list(element)
        self._convert(element, lambda text: code.code if (code := codes.resolve(text)) else None, pl.String)
        self._close(element, "ROW-005", list=codes.title)
        period = self.model.element(self.model.period_element)
        if period.name not in self.present:
            self.log.skipped("ROW-006", element, "no_period")
            return
        cells, value = self.rows.cells[element.name], self.meaning[element.name][element.name]
        periods = self.rows.cells[period.name]
        first, last = (self.meaning[period.name][f"{period.name}__{end}"] for end in ("first", "last"))
        dated = [code for code in codes.codes if code.valid_from or code.valid_to]
        begins = lookup(value, {code.code: code.valid_from for code in dated}, pl.Date)
        ends = lookup(value, {code.code: code.valid_to for code in dated}, pl.Date)
        outside = np.zeros(self.rows.height, dtype=bool)
        if begins.null_count() < begins.len():
            outside |= (cells.spread(begins) > periods.spread(last)).fill_null(value=False).to_numpy()
        if ends.null_count() < ends.len():
            outside |= (cells.spread(ends) < periods.spread(first)).fill_null(value=False).to_numpy()
        judged = int(np.count_nonzero(cells.where(value.is_not_null()) & periods.where(first.is_not_null())))
        self.log.ran("ROW-006", element, judged, int(outside.sum()))
        if outside.any():
            self._found(element, "ROW-006", self.rows, np.flatnonzero(outside), list=codes.title)

    def _read_numbers(self, element: Element) -> None:
        name = element.name
        if name not in self.numbers:
            kind = kind_of_number(element)
            alike = [each for each in self._of_numbers() if kind_of_number(each) == kind]
            read = numbers_of(alike, [self.rows.cells[each.name].texts for each in alike])
            self.numbers |= {each.name: columns for each, columns in zip(alike, read, strict=True)}
        small, masks = self.numbers[name]
        self.bad[name] = masks["unreadable"] | masks["too_fine"] | masks["outside"] | masks["empty"]
        self._mean(element, **small)
        self._say(element, "ROW-002", masks["unreadable"])
        if element.type is ElementType.DECIMAL:
            self._say(element, "ROW-010", masks["too_fine"], decimals=element.decimals)
        self._say(element, "ROW-003", masks["outside"], minimum=str(element.low), maximum=str(element.high))
        if element.role is Role.VALUE:
            self._say(element, "ROW-004", masks["empty"])
        elif element.required:
            self._say(element, "ROW-001", masks["empty"])

    def _of_numbers(self) -> list[Element]:
        numbers = (ElementType.INTEGER, ElementType.DECIMAL)
        return [each for each in self.model.elements if each.type in numbers and each.name in self.present]

    def _read_dates(self, element: Element) -> None:
        self._convert(element, values.day_of, pl.Date)
        self._close(element, "ROW-012")

    def _read_other_periods(self, element: Element) -> None:
        def canonical(text: str) -> str | None:
            period = values.period_of(text)
            return str(period) if period and period.kind in element.period_kinds else None

        self._convert(element, canonical, pl.String)
        self._close(element, "ROW-007", forms=values.period_forms(element.period_kinds))

    def _read_text(self, element: Element) -> None:
        fitting = values.text_check(element.max_length, element.pattern)
        self._convert(element, lambda text: text if fitting(text) else None, pl.String)
        self._close(element, "ROW-011", longest=element.max_length)

    # Rows

    def find_regions(self, region: str | None) -> None:
        name = self.model.region_element
        if name is None or name not in self.present:
            self.log.skipped("ROW-009", None, "no_region")
            return
        element = self.model.element(name)
        codes = self.meaning[name][name]
        regions = lookup(codes, dict(self.loaded.regions), pl.String)
        self.meaning[name][REGION] = regions
        if region is None:
            self.log.skipped("ROW-009", element, "no_discloser")
            return
        self._say(element, "ROW-009", codes.is_not_null() & regions.ne_missing(region), region=region)

    def find_doubled_keys(self) -> None:
        """A dimension that need not be stated is part of the key as "not stated", its column there or not."""
        key = [name for name in self.model.key if name in self.present]
        missing = [name for name in self.model.key if name not in key and self.model.element(name).required]
        if missing or not key:
            self.log.skipped("ROW-008", self.model.element((missing or self.model.key)[0]), "no_column")
            return
        judged = np.ones(self.rows.height, dtype=bool)
        for name in key:
            judged &= ~self.rows.cells[name].where(self.bad[name])
        rows = np.flatnonzero(judged)
        found = rows[self._doubled(key, rows if rows.size < judged.size else None)]
        self.log.ran("ROW-008", None, rows.size, found.size)
        if found.size:
            texts = [self._column(self.model.element(name), name).gather(found) for name in key]
            columns = {f"{at}": each.cast(pl.String).fill_null("") for at, each in enumerate(texts)}
            rows_found = pl.DataFrame({**columns, "row": self.rows.numbers.gather(found), "index": found})
            in_order = rows_found.sort(*columns, "row")["index"].to_numpy()
            self.log.found("ROW-008", None, self.rows.places(in_order, key=key))

    def _doubled(self, key: Sequence[str], rows: np.ndarray | None) -> np.ndarray:
        """Which of some rows, or of all, have the key of another."""
        digits = [self._digit(name, rows) for name in key]
        if fits(digits):
            return doubled(combined(digits), size_of(digits))
        columns = {f"{at}": positions[codes] for at, (positions, codes, _size) in enumerate(digits)}
        return pl.DataFrame(columns).is_duplicated().to_numpy()

    def _digit(self, name: str, rows: np.ndarray | None) -> Digit:
        """Which value of the element each row has; "not stated" is one of them."""
        value, codes = self.meaning[name][name].cast(pl.String), self.rows.cells[name].numbers
        if value.len() <= FEW:
            places: dict[str, int] = {}
            positions = np.array([places.setdefault(one or "", len(places)) for one in value.to_list()])
        else:
            positions = value.fill_null("").rank("dense").to_numpy() - 1
        return positions, codes if rows is None else codes[rows], int(positions.max(initial=0)) + 1

    def judge_rules(self) -> None:
        """Each rule over the rows, some of them at a time."""
        judged = []
        for rule, compiled in self.model.compiled_rules:
            if missing := [name for name in compiled.elements if name not in self.present]:
                self.log.rule_skipped(rule, self.model.element(missing[0]))
            else:
                judged.append((rule, compiled))
        judge = self._verdicts_on_few if self.rows.height <= FEW else self._verdicts
        found = judge([compiled for _rule, compiled in judged])
        for (rule, compiled), (broken, unknown) in zip(judged, found, strict=True):
            self.log.rule_ran(rule, self.rows.height - unknown, broken.size, unknown)
            if broken.size:
                first = compiled.elements[0] if compiled.elements else None
                self.log.rule_broken(rule, self.rows.places(broken, first, compiled.elements))

    def _verdicts(self, rules: Sequence[Compiled]) -> list[tuple[np.ndarray, int]]:
        """By rule the rows that break it, and of how many it cannot be said."""
        asked = [rule.as_polars().alias(f"{at}") for at, rule in enumerate(rules)]
        columns = {column for rule in asked for column in rule.meta.root_names()}
        of_element = {column: name for name, meanings in self.meaning.items() for column in meanings}
        broken: list[list[np.ndarray]] = [[np.zeros(0, dtype=np.int64)] for _ in rules]
        unknown = [0] * len(rules)
        for start in range(0, self.rows.height if rules else 0, AT_ONCE):
            part = pl.DataFrame({ROW: self.rows.numbers[start : start + AT_ONCE]}).with_columns(
                self.meaning[of_element[column]][column]
                .gather(self.rows.cells[of_element[column]].codes[start : start + AT_ONCE])
                .alias(column)
                for column in columns
            )
            verdicts = part.with_columns(asked)
            for at in range(len(rules)):
                verdict = verdicts[f"{at}"]
                unknown[at] += verdict.null_count()
                if not verdict.all():
                    broken[at].append(np.flatnonzero(~verdict.fill_null(value=True).to_numpy()) + start)
        return [(np.concatenate(rows), count) for rows, count in zip(broken, unknown, strict=True)]

    def _verdicts_on_few(self, rules: Sequence[Compiled]) -> list[tuple[np.ndarray, int]]:
        """The same, row by row."""
        names = dict.fromkeys(name for rule in rules for name in rule.elements)
        numbers = {each.name for each in self._of_numbers()}
        columns = [
            self._column(element, scaled(name)) if name in numbers else self._column(element, name).cast(pl.String)
            for name in names
            for element in (self.model.element(name),)
        ]
        said = list(zip(*(each.to_list() for each in columns), strict=True)) if columns else [()] * self.rows.height
        records = [dict(zip(names, row, strict=True)) for row in said]
        verdicts = [[rule.judge(record) for record in records] for rule in rules]
        return [
            (np.array([at for at, each in enumerate(found) if each is False], dtype=np.int64), found.count(None))
            for found in verdicts
        ]

    def result(self) -> TypedRows:
        """The typed rows: see `checks.Checked`."""
        region = self.model.region_element
        sheets = Cells.of_values(self.rows.sheets)
        columns = {SHEET: sheets.meaning(sheets.texts.cast(pl.String)), REGION: self._nothing(pl.String())}
        if region is not None and region in self.present:
            columns[REGION] = self._cells(region, REGION)
        for element in self.model.elements:
            name, status = element.name, f"{element.name}__status"
            is_read = name in self.present
            columns[name] = self._cells(name, name) if is_read else self._nothing(polars_type(element))
            if element.role is Role.VALUE:
                said = None if element.required or is_read else ValueStatus.NOT_REPORTED.value
                is_known = is_read and status in self.meaning[name]
                columns[status] = self._cells(name, status) if is_known else self._nothing(pl.String(), said)
            if name == self.model.period_element:
                for end in (f"{name}__first", f"{name}__last"):
                    columns[end] = self._cells(name, end) if is_read else self._nothing(pl.Date())
        return TypedRows(self.rows.numbers, columns, (SHEET, ROW, *list(columns)[1:]))

    def _cells(self, element: str, name: str) -> Cells:
        """One column of the element's meaning."""
        return self.rows.cells[element].meaning(self.meaning[element][name])

    def _nothing(self, dtype: Kind, said: str | None = None) -> Cells:
        return Cells.of_one(said, dtype, self.rows.height)

    # What the above is made of

    def _convert(self, element: Element, convert: Callable[[str], object], dtype: Kind) -> None:
        self._mean(element, **{element.name: self.rows.cells[element.name].each(convert, dtype)})

    def _mean(self, element: Element, **columns: pl.Series) -> None:
        """What the different texts of the element mean, by column."""
        self.meaning[element.name] = columns

    def _column(self, element: Element, name: str) -> pl.Series:
        """One column of the element's meaning, for each row."""
        return self.rows.cells[element.name].spread(self.meaning[element.name][name]).alias(name)

    def _close(self, element: Element, code: str, **params: Param) -> None:
        """After conversion: a cell that had text and has no value is wrong; an empty cell is asked for."""
        texts, value = self.rows.cells[element.name].texts, self.meaning[element.name][element.name]
        if texts.len() <= FEW:
            each = list(zip(texts.to_list(), value.to_list(), strict=True))
            wrong = pl.Series([text is not None and means is None for text, means in each], dtype=pl.Boolean)
            empty = pl.Series([text is None for text, _means in each], dtype=pl.Boolean)
        else:
            wrong, empty = texts.is_not_null() & value.is_null(), texts.is_null()
        self.bad[element.name] = wrong | empty if element.required else wrong
        self._say(element, code, wrong, **params)
        if element.required:
            self._say(element, "ROW-001", empty)

    def _say(self, element: Element, code: str, mask: pl.Series, **params: Param) -> None:
        """What is found in the cells whose text ``mask`` is true of."""
        found = self.rows.cells[element.name].where(mask) if mask.any() else np.zeros(0, dtype=bool)
        index = np.flatnonzero(found).astype(np.uint32)
        self.log.ran(code, element, self.rows.height, index.size)
        if index.size:
            self._found(element, code, self.rows, index, **params)

    def _found(self, element: Element, code: str, rows: Rows, index: np.ndarray, **params: Param) -> None:
        self.log.found(code, element, rows.places(index, element.name), **params)
