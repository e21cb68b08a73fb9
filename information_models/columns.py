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
from information_models.cells import Cells, Rows
from information_models.checks import Checked, CheckNotRun, CheckRun, Log
from information_models.definitions import Element, ElementType, LoadedModel, Role, TotalRows, ValueStatus
from information_models.frames import REGION, ROW, SHEET, Kind, lookup, polars_type, prepared
from information_models.number_cells import numbers_of
from information_models.rules import scaled
from registry.findings import Param

__all__ = ["CheckNotRun", "CheckRun", "Checked", "check"]


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
    return log.checked(work.result(), work.known_cells())


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
        is_total = pl.zeros(self.rows.height, pl.Boolean, eager=True)
        for element in dimensions:
            cells = self.rows.cells[element.name]
            total = cells.each(partial(self._is_total, element), pl.Boolean).fill_null(value=False)
            if total.any():
                is_total |= cells.spread(total)
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
                self._found(element, "SUM-002", totals, pl.Series(wrong).arg_true())

    def _summed_by(self, totals: Rows, at: int) -> pl.Series | None:
        """The rows that a total row sums: those that are alike in its other dimensions; ``None``: all."""
        mask: pl.Series | None = None
        for element in self.model.dimensions:
            if element.name not in self.present:
                continue
            total = totals.cells[element.name]
            written = total.texts[int(total.codes[at])]
            if written is None or self._is_total(element, written):
                continue
            cells = self.rows.cells[element.name]
            same = cells.spread((cells.texts == written).fill_null(value=False))
            mask = same if mask is None else mask & same
        return mask.arg_true() if mask is not None else None

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
            pl.Series([str(period) if period else None for period in good], dtype=pl.String),
            **{
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
        first, last = (self._column(period, f"{period.name}__{end}") for end in ("first", "last"))
        judged = int((cells.spread(value.is_not_null()) & first.is_not_null()).sum())
        dated = [code for code in codes.codes if code.valid_from or code.valid_to]
        begins = lookup(value, {code.code: code.valid_from for code in dated}, pl.Date)
        ends = lookup(value, {code.code: code.valid_to for code in dated}, pl.Date)
        outside = pl.zeros(self.rows.height, pl.Boolean, eager=True)
        if begins.is_not_null().any():
            outside |= (cells.spread(begins) > last).fill_null(value=False)
        if ends.is_not_null().any():
            outside |= (cells.spread(ends) < first).fill_null(value=False)
        self.log.ran("ROW-006", element, judged, int(outside.sum()))
        if outside.any():
            self._found(element, "ROW-006", self.rows, outside.arg_true(), list=codes.title)

    def _read_numbers(self, element: Element) -> None:
        name = element.name
        small, masks = numbers_of(element, self.rows.cells[name].texts)
        self.bad[name] = masks["unreadable"] | masks["too_fine"] | masks["outside"] | masks["empty"]
        self._mean(element, small[name], **{each: small[each] for each in small.columns if each != name})
        self._say(element, "ROW-002", masks["unreadable"])
        if element.type is ElementType.DECIMAL:
            self._say(element, "ROW-010", masks["too_fine"], decimals=element.decimals)
        self._say(element, "ROW-003", masks["outside"], minimum=str(element.low), maximum=str(element.high))
        if element.role is Role.VALUE:
            self._say(element, "ROW-004", masks["empty"])
        elif element.required:
            self._say(element, "ROW-001", masks["empty"])

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
        judged = self.rows.every()
        for name in key:
            if self.bad[name].any():
                judged = judged.filter(~self.rows.cells[name].spread(self.bad[name]).gather(judged))
        doubled = judged.gather(_doubled([self._numbered(name).gather(judged) for name in key]).arg_true())
        self.log.ran("ROW-008", None, judged.len(), doubled.len())
        if doubled.len():
            texts = [self._column(self.model.element(name), name).gather(doubled) for name in key]
            columns = {f"{at}": each.cast(pl.String).fill_null("") for at, each in enumerate(texts)}
            found = pl.DataFrame({**columns, "row": self.rows.numbers.gather(doubled), "index": doubled})
            self.log.found("ROW-008", None, self.rows.places(found.sort(*columns, "row")["index"], key=key))

    def _numbered(self, name: str) -> pl.Series:
        """A number for each row that says which value of the element it has; "not stated" is one of them."""
        value = self.meaning[name][name].cast(pl.String).fill_null("")
        return self.rows.cells[name].spread(value.rank("dense").cast(pl.UInt64) - 1)

    def judge_rules(self) -> None:
        for rule, compiled in self.model.compiled_rules:
            if missing := [name for name in compiled.elements if name not in self.present]:
                self.log.rule_skipped(rule, self.model.element(missing[0]))
                continue
            columns = {
                column: self._column(self.model.element(name), column)
                for name in compiled.elements
                for column in (name, scaled(name))
                if column in self.meaning[name]
            }
            verdict = pl.DataFrame(columns).select(compiled.as_polars().alias("verdict"))["verdict"]
            if verdict.len() != self.rows.height:  # an expression without columns gives one verdict for all rows
                verdict = pl.repeat(verdict[0], self.rows.height, dtype=pl.Boolean, eager=True)
            broken = (~verdict).fill_null(value=False)
            nulls = verdict.null_count()
            self.log.rule_ran(rule, self.rows.height - nulls, int(broken.sum()), nulls)
            if broken.any():
                first = compiled.elements[0] if compiled.elements else None
                self.log.rule_broken(rule, self.rows.places(broken.arg_true(), first, compiled.elements))

    def result(self) -> pl.DataFrame:
        """The typed frame: see `checks.Checked`."""
        height, region = self.rows.height, self.model.region_element
        out = {SHEET: self.rows.sheets, ROW: self.rows.numbers}
        if region is not None and region in self.present:
            out[REGION] = self.rows.cells[region].spread(self.meaning[region][REGION])
        else:
            out[REGION] = _nothing(pl.String(), height)
        for element in self.model.elements:
            name, status = element.name, f"{element.name}__status"
            if name in self.present:
                out[name] = self._column(element, name)
                if element.role is Role.VALUE:
                    out[status] = (
                        self._column(element, status) if status in self.meaning[name] else _nothing(pl.String(), height)
                    )
            else:
                out[name] = _nothing(polars_type(element), height)
                if element.role is Role.VALUE:
                    said = None if element.required else ValueStatus.NOT_REPORTED.value
                    out[status] = pl.Series([said], dtype=pl.String).new_from_index(0, height)
            if name == self.model.period_element:
                for end in (f"{name}__first", f"{name}__last"):
                    is_read = name in self.present
                    out[end] = self._column(element, end) if is_read else _nothing(pl.Date(), height)
        return pl.DataFrame(out)

    def known_cells(self) -> dict[str, Cells]:
        """By column of the typed frame what different values it has."""
        return {
            name: self.rows.cells[element].meaning(of_texts)
            for element, meanings in self.meaning.items()
            for name, of_texts in meanings.items()
            if name != scaled(element)
        }

    # What the above is made of

    def _convert(self, element: Element, convert: Callable[[str], object], dtype: Kind) -> None:
        self._mean(element, self.rows.cells[element.name].each(convert, dtype))

    def _mean(self, element: Element, value: pl.Series, **besides: pl.Series) -> None:
        """What the different texts of the element mean."""
        self.meaning[element.name] = {element.name: value, **besides}

    def _column(self, element: Element, name: str) -> pl.Series:
        """One column of the element's meaning, for each row."""
        return self.rows.cells[element.name].spread(self.meaning[element.name][name]).alias(name)

    def _close(self, element: Element, code: str, **params: Param) -> None:
        """After conversion: a cell that had text and has no value is wrong; an empty cell is asked for."""
        texts, value = self.rows.cells[element.name].texts, self.meaning[element.name][element.name]
        wrong, empty = texts.is_not_null() & value.is_null(), texts.is_null()
        self.bad[element.name] = wrong | empty if element.required else wrong
        self._say(element, code, wrong, **params)
        if element.required:
            self._say(element, "ROW-001", empty)

    def _say(self, element: Element, code: str, mask: pl.Series, **params: Param) -> None:
        """What is found in the cells whose text ``mask`` is true of."""
        is_found = bool(mask.any())
        index = self.rows.cells[element.name].spread(mask).arg_true() if is_found else pl.Series(dtype=pl.UInt32)
        self.log.ran(code, element, self.rows.height, index.len())
        if index.len():
            self._found(element, code, self.rows, index, **params)

    def _found(self, element: Element, code: str, rows: Rows, index: pl.Series, **params: Param) -> None:
        self.log.found(code, element, rows.places(index, element.name), **params)


def _doubled(key: Sequence[pl.Series]) -> pl.Series:
    """Which rows have the key of another: numbers from 0 for each part of it."""
    sizes = [int(part.to_numpy().max(initial=0)) + 1 for part in key]
    if not key[0].len() or np.prod([float(size) for size in sizes]) >= 2.0**63:
        return pl.DataFrame([part.alias(f"{at}") for at, part in enumerate(key)]).is_duplicated()
    whole = key[0].to_numpy()
    for part, size in zip(key[1:], sizes[1:], strict=True):
        whole = whole * np.uint64(size) + part.to_numpy()
    in_order = np.sort(whole)
    twice = np.unique(in_order[1:][in_order[1:] == in_order[:-1]])
    if not twice.size:
        return pl.zeros(whole.size, pl.Boolean, eager=True)
    return pl.Series(np.isin(whole, twice))


def _nothing(dtype: Kind, height: int) -> pl.Series:
    return pl.Series([None], dtype=dtype).new_from_index(0, height)
