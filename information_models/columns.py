"""A whole file against its model: the definition compiled to Polars expressions.

The frame that comes in has text columns named as the model's elements, ``__row`` and ``__sheet`` that say where each
row stands in the sender's file, and null for an empty cell. What goes out is typed: see `Checked`. Every row is
checked, every failing cell is a place in a finding, nothing is capped; which checks ran, on how many rows, and which
could not run and why, is part of the answer. 200,000 rows take about a second. Pure.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR
from functools import partial

import polars as pl

from information_models import values
from information_models.checks import Checked, CheckNotRun, CheckRun, Log
from information_models.definitions import Element, ElementType, LoadedModel, Role, TotalRows, ValueStatus
from information_models.frames import (
    REGION,
    ROW,
    SHEET,
    Kind,
    bad_name,
    lookup,
    mapped,
    parts,
    polars_type,
    prepared,
    raw_name,
    typed,
)
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
    if work.frame.height == 0:
        log.found("ROW-014", None, work.frame.select(ROW, SHEET))
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


@dataclass
class _Work:
    """The frame on its way from text to values: per element ``name`` (value), ``__raw_name`` and ``__bad_name``."""

    loaded: LoadedModel
    log: Log
    frame: pl.DataFrame
    totals: pl.DataFrame | None = None

    def __post_init__(self) -> None:
        self.model = self.loaded.model
        self.present = tuple(element.name for element in self.model.elements if element.name in self.frame.columns)
        self.frame = self.frame.with_columns(pl.col(name).alias(raw_name(name)) for name in self.present)

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
        masks = [
            mapped(self.frame[element.name], partial(self._is_total, element), pl.Boolean)
            for element in self.model.dimensions
            if element.name in self.present
        ]
        if not masks:
            return
        is_total = pl.select(pl.any_horizontal(*(mask.fill_null(value=False) for mask in masks))).to_series()
        totals = self.frame.filter(is_total)
        self.log.ran("SUM-001", None, self.frame.height, totals.height)
        if not totals.height:
            return
        self.frame = self.frame.filter(~is_total)
        refused = self.model.total_rows is TotalRows.REFUSE
        self.log.found("SUM-003" if refused else "SUM-001", None, totals)
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
        dimensions = [element for element in self.model.dimensions if element.name in self.present]
        for element in additive:
            wrong = [self._disagrees(element, dimensions, row) for row in self.totals.iter_rows(named=True)]
            self.log.ran("SUM-002", element, self.totals.height, sum(wrong))
            if any(wrong):
                self.log.found("SUM-002", element, self.totals.filter(pl.Series(wrong)))

    def _disagrees(self, element: Element, dimensions: Sequence[Element], total: Mapping[str, str | None]) -> bool:
        """Whether a total row states another number than the sum; decimals may differ by rounding."""
        plain = values.plain_number(total[raw_name(element.name)] or "")
        stated = values.scaled_number(plain, element.decimals) if plain else None
        if stated is None:
            return False
        same = [
            pl.col(raw_name(other.name)) == written
            for other in dimensions
            if (written := total[raw_name(other.name)]) is not None and not self._is_total(other, written)
        ]
        part = self.frame.filter(*same) if same else self.frame
        tolerance = 0 if element.type is ElementType.INTEGER else part.height
        return abs(stated - int(part[scaled(element.name)].sum())) > tolerance

    # Cells

    def read_periods(self) -> None:
        """The period element first: code validity depends on it."""
        element = self.model.element(self.model.period_element)
        name = element.name
        first, last = f"{name}__first", f"{name}__last"
        if name not in self.present:
            self.frame = self.frame.with_columns(pl.lit(None, pl.Date).alias(first), pl.lit(None, pl.Date).alias(last))
            return
        periods = {text: values.period_of(text) for text in self.frame[name].unique().drop_nulls()}
        good = {text: period for text, period in periods.items() if period and period.kind in element.period_kinds}
        raw = self.frame[name]
        self.frame = self.frame.with_columns(
            lookup(raw, {text: str(period) for text, period in good.items()}, pl.String).alias(name),
            lookup(raw, {text: period.first for text, period in good.items()}, pl.Date).alias(first),
            lookup(raw, {text: period.last for text, period in good.items()}, pl.Date).alias(last),
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
        self._replace(element, lambda text: code.code if (code := codes.resolve(text)) else None, pl.String)
        self._close(element, "ROW-005", list=codes.title)
        if self.model.period_element not in self.present:
            self.log.skipped("ROW-006", element, "no_period")
            return
        first, last = f"{self.model.period_element}__first", f"{self.model.period_element}__last"
        dated = [code for code in codes.codes if code.valid_from or code.valid_to]
        begins = lookup(self.frame[element.name], {code.code: code.valid_from for code in dated}, pl.Date)
        ends = lookup(self.frame[element.name], {code.code: code.valid_to for code in dated}, pl.Date)
        outside = ((begins > self.frame[last]) | (ends < self.frame[first])).fill_null(value=False)
        judged = self.frame.select((pl.col(element.name).is_not_null() & pl.col(first).is_not_null()).sum()).item()
        self.log.ran("ROW-006", element, judged, int(outside.sum()))
        if outside.any():
            self._found(element, "ROW-006", outside, list=codes.title)

    def _read_numbers(self, element: Element) -> None:
        name, raw = element.name, pl.col(raw_name(element.name))
        self.frame = self.frame.with_columns(values.plain_numbers(raw).alias("__plain"))
        status = mapped(
            self.frame.select(pl.when(pl.col("__plain").is_null()).then(raw)).to_series(),
            lambda text: found.value if (found := values.status_of(text)) else "",
            pl.String,
        )
        is_value = element.role is Role.VALUE
        size = 10**element.decimals
        whole, fraction = parts(pl.col("__plain"))
        low = int((element.low * size).to_integral_value(ROUND_CEILING))
        high = int((element.high * size).to_integral_value(ROUND_FLOOR))
        fits = whole.str.strip_chars_start("-").str.strip_chars_start("0").str.len_chars() <= values.MOST_DIGITS
        digits = pl.concat_str(whole, fraction.str.pad_end(element.decimals, "0"))
        self.frame = self.frame.with_columns(status.alias("__word")).with_columns(
            pl.col("__plain").is_null().and_(pl.col("__word") == ValueStatus.OBSERVED.value).alias("__unreadable"),
            (fraction.str.len_chars() > element.decimals).fill_null(value=False).alias("__too_fine"),
            pl.when(fits & (fraction.str.len_chars() <= element.decimals))
            .then(digits)
            .cast(pl.Int64)
            .alias(scaled(name)),
            (~fits).fill_null(value=False).alias("__too_large"),
        )
        whole_number = element.type is ElementType.INTEGER
        unreadable = pl.col("__unreadable") | (pl.col("__too_fine") if whole_number else pl.lit(value=False))
        too_fine = pl.lit(value=False) if whole_number else pl.col("__too_fine")
        outside = pl.col("__too_large") | ~pl.col(scaled(name)).is_between(low, high).fill_null(value=True)
        outside = outside & ~unreadable.fill_null(value=False)
        word = pl.col("__word")
        if not is_value:
            unreadable = unreadable | word.is_in([ValueStatus.CLOSED.value, ValueStatus.NOT_REPORTED.value])
        empty = pl.col("__plain").is_null() & (raw.is_null() | (word == ""))
        masks = self.frame.select(
            unreadable.fill_null(value=False).alias("unreadable"),
            (too_fine & ~pl.col("__too_large")).alias("too_fine"),
            outside.alias("outside"),
            empty.fill_null(value=False).alias("empty"),
        )
        bad = masks["unreadable"] | masks["too_fine"] | masks["outside"] | masks["empty"]
        if is_value:
            observed = pl.when(~bad & pl.col("__plain").is_not_null()).then(pl.lit(ValueStatus.OBSERVED.value))
            said = pl.when(~bad & (word != "")).then(word)
            self.frame = self.frame.with_columns(pl.coalesce(observed, said).alias(f"{name}__status"))
        self.frame = (
            self.frame.with_columns(
                pl.when(~bad).then(pl.col(scaled(name))).alias(scaled(name)), bad.alias(bad_name(name))
            )
            .with_columns(typed(element).alias(name))
            .drop("__plain", "__word", "__unreadable", "__too_fine", "__too_large")
        )
        self._say(element, "ROW-002", masks["unreadable"])
        if element.type is ElementType.DECIMAL:
            self._say(element, "ROW-010", masks["too_fine"], decimals=element.decimals)
        self._say(element, "ROW-003", masks["outside"], minimum=str(element.low), maximum=str(element.high))
        if is_value:
            self._say(element, "ROW-004", masks["empty"])
        elif element.required:
            self._say(element, "ROW-001", masks["empty"])

    def _read_dates(self, element: Element) -> None:
        self._replace(element, values.day_of, pl.Date)
        self._close(element, "ROW-012")

    def _read_other_periods(self, element: Element) -> None:
        def canonical(text: str) -> str | None:
            period = values.period_of(text)
            return str(period) if period and period.kind in element.period_kinds else None

        self._replace(element, canonical, pl.String)
        self._close(element, "ROW-007", forms=values.period_forms(element.period_kinds))

    def _read_text(self, element: Element) -> None:
        fitting = values.text_check(element.max_length, element.pattern)
        self._replace(element, lambda text: text if fitting(text) else None, pl.String)
        self._close(element, "ROW-011", longest=element.max_length)

    # Rows

    def find_regions(self, region: str | None) -> None:
        name = self.model.region_element
        if name is None or name not in self.present:
            self.frame = self.frame.with_columns(pl.lit(None, pl.String).alias(REGION))
            self.log.skipped("ROW-009", None, "no_region")
            return
        self.frame = self.frame.with_columns(
            lookup(self.frame[name], dict(self.loaded.regions), pl.String).alias(REGION)
        )
        element = self.model.element(name)
        if region is None:
            self.log.skipped("ROW-009", element, "no_discloser")
            return
        elsewhere = self.frame[name].is_not_null() & self.frame[REGION].ne_missing(region)
        self._say(element, "ROW-009", elsewhere, region=region)

    def find_doubled_keys(self) -> None:
        """A dimension that need not be stated is part of the key as "not stated", its column there or not."""
        key = [name for name in self.model.key if name in self.present]
        missing = [name for name in self.model.key if name not in key and self.model.element(name).required]
        if missing or not key:
            self.log.skipped("ROW-008", self.model.element((missing or self.model.key)[0]), "no_column")
            return
        judged = self.frame.filter(~pl.any_horizontal(*(pl.col(bad_name(name)) for name in key)))
        columns = [pl.col(name).cast(pl.String).fill_null("") for name in key]
        doubled = judged.filter(pl.struct(columns).is_duplicated()) if judged.height else judged
        self.log.ran("ROW-008", None, judged.height, doubled.height)
        if doubled.height:
            self.log.found_rows("ROW-008", doubled.sort(*columns, ROW), key)

    def judge_rules(self) -> None:
        for rule, compiled in self.model.compiled_rules:
            if missing := [name for name in compiled.elements if name not in self.present]:
                self.log.rule_skipped(rule, self.model.element(missing[0]))
                continue
            verdict = self.frame.select(compiled.as_polars().alias("verdict"))["verdict"]
            if verdict.len() != self.frame.height:  # an expression without columns gives one verdict for all rows
                verdict = pl.repeat(verdict[0], self.frame.height, dtype=pl.Boolean, eager=True)
            broken = (~verdict).fill_null(value=False)
            self.log.rule_ran(rule, self.frame.height - verdict.null_count(), int(broken.sum()), verdict.null_count())
            if broken.any():
                self.log.rule_broken(rule, compiled, self.frame.filter(broken))

    def result(self) -> pl.DataFrame:
        """The typed frame: see `checks.Checked`."""
        out: list[pl.Expr] = [pl.col(SHEET), pl.col(ROW), pl.col(REGION)]
        for element in self.model.elements:
            name = element.name
            if name in self.present:
                out.append(pl.col(name))
                if element.role is Role.VALUE:
                    out.append(pl.col(f"{name}__status"))
            else:
                out.append(pl.lit(None, polars_type(element)).alias(name))
                if element.role is Role.VALUE:
                    status = None if element.required else ValueStatus.NOT_REPORTED.value
                    out.append(pl.lit(status, pl.String).alias(f"{name}__status"))
            if name == self.model.period_element:
                out.extend((pl.col(f"{name}__first"), pl.col(f"{name}__last")))
        return self.frame.select(out)

    # What the above is made of

    def _replace(self, element: Element, convert: Callable[[str], object], dtype: Kind) -> None:
        self.frame = self.frame.with_columns(mapped(self.frame[element.name], convert, dtype).alias(element.name))

    def _close(self, element: Element, code: str, **params: Param) -> None:
        """After conversion: a cell that had text and has no value is wrong; an empty cell is asked for."""
        raw, value = self.frame[raw_name(element.name)], self.frame[element.name]
        wrong = raw.is_not_null() & value.is_null()
        empty = raw.is_null()
        self.frame = self.frame.with_columns((wrong | (empty & element.required)).alias(bad_name(element.name)))
        self._say(element, code, wrong, **params)
        if element.required:
            self._say(element, "ROW-001", empty)

    def _say(
        self,
        element: Element,
        code: str,
        mask: pl.Series,
        **params: Param,
    ) -> None:
        self.log.ran(code, element, self.frame.height, int(mask.sum()))
        if mask.any():
            self._found(element, code, mask, **params)

    def _found(
        self,
        element: Element,
        code: str,
        mask: pl.Series,
        **params: Param,
    ) -> None:
        self.log.found(code, element, self.frame.filter(mask), **params)
