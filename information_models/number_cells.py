"""What the different texts of numbers' columns mean, and what is wrong with them. Pure."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

import numpy as np
import polars as pl

from information_models import values
from information_models.cells import FEW
from information_models.definitions import Element, ElementType, Role, ValueStatus
from information_models.frames import mapped, parts, polars_type, typed
from information_models.rules import scaled

Columns = dict[str, pl.Series]


def kind_of_number(element: Element) -> tuple[ElementType, int, bool]:
    """Elements that are alike in this may be read together."""
    return element.type, element.decimals, element.role is Role.VALUE


def numbers_of(elements: Sequence[Element], texts: Sequence[pl.Series]) -> list[tuple[Columns, Columns]]:
    """For each of some elements that are alike (`kind_of_number`), by text the number, the number in its smallest unit and (of
    a value) its status; and by text what is wrong with it: ``unreadable``, ``too_fine``, ``outside``, ``empty``."""
    first, counts = elements[0], [len(each) for each in texts]
    size = 10**first.decimals
    low = [int((element.low * size).to_integral_value(ROUND_CEILING)) for element in elements]
    high = [int((element.high * size).to_integral_value(ROUND_FLOOR)) for element in elements]
    if sum(counts) <= FEW:
        return [
            _few(element, each.to_list(), least, most)
            for element, each, least, most in zip(elements, texts, low, high, strict=True)
        ]
    frame = pl.DataFrame(
        {
            "raw": pl.concat(texts),
            "low": np.repeat(np.array(low, dtype=np.int64), counts),
            "high": np.repeat(np.array(high, dtype=np.int64), counts),
        }
    )
    found, masks = _read(frame, first)
    starts = np.cumsum([0, *counts[:-1]]).tolist()
    return [
        (
            {_name(column, element): found[column][start : start + count] for column in found.columns},
            {column: masks[column][start : start + count] for column in masks.columns},
        )
        for element, start, count in zip(elements, starts, counts, strict=True)
    ]


def _few(element: Element, texts: Sequence[str | None], low: int, high: int) -> tuple[Columns, Columns]:
    """As `_read`, one text after another."""
    each = [_judged(element, text, low, high) for text in texts]
    integers = [one.integer for one in each]
    of_value: Sequence[Decimal | int | None] = integers
    if element.type is ElementType.DECIMAL:
        of_value = [None if one is None else Decimal(one).scaleb(-element.decimals) for one in integers]
    found = {
        element.name: pl.Series(of_value, dtype=polars_type(element)),
        scaled(element.name): pl.Series(integers, dtype=pl.Int64),
    }
    if element.role is Role.VALUE:
        found[f"{element.name}__status"] = pl.Series([one.status for one in each], dtype=pl.String)
    return found, {mask: pl.Series([one.wrong == mask for one in each], dtype=pl.Boolean) for mask in MASKS}


MASKS = ("unreadable", "too_fine", "outside", "empty")


class _Judged(NamedTuple):
    integer: int | None = None
    status: str | None = None
    wrong: str | None = None
    """One of `MASKS`."""


def _judged(element: Element, text: str | None, low: int, high: int) -> _Judged:
    """What one text means."""
    plain = None if text is None else values.plain_number(text)
    if plain is None:
        word = values.status_of(text) if text is not None else None
        if word is None:
            return _Judged(wrong="empty")
        is_no_word = element.role is not Role.VALUE and word in (ValueStatus.CLOSED, ValueStatus.NOT_REPORTED)
        return _Judged(wrong="unreadable") if word is ValueStatus.OBSERVED or is_no_word else _Judged(status=word.value)
    whole, _, fraction = plain.partition(".")
    if len(fraction.rstrip("0")) > element.decimals and element.type is ElementType.INTEGER:
        return _Judged(wrong="unreadable")
    if len(whole.lstrip("-").lstrip("0")) > values.MOST_DIGITS:
        return _Judged(wrong="outside")
    integer = values.scaled_number(plain, element.decimals)
    if integer is None:
        return _Judged(wrong="too_fine")
    if not low <= integer <= high:
        return _Judged(wrong="outside")
    return _Judged(integer, ValueStatus.OBSERVED.value)


def _name(column: str, element: Element) -> str:
    return {"value": element.name, "integer": scaled(element.name), "status": f"{element.name}__status"}[column]


def _read(frame: pl.DataFrame, element: Element) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Texts (``raw``) with the bounds of each, of elements like ``element``."""
    raw, plain = pl.col("raw"), pl.col("plain")
    frame = frame.with_columns(values.plain_numbers(raw).alias("plain"))
    status = mapped(
        frame.select(pl.when(plain.is_null()).then(raw)).to_series(),
        lambda text: found.value if (found := values.status_of(text)) else "",
        pl.String,
    )
    whole, fraction = parts(plain)
    fits = whole.str.strip_chars_start("-").str.strip_chars_start("0").str.len_chars() <= values.MOST_DIGITS
    digits = pl.concat_str(whole, fraction.str.pad_end(element.decimals, "0"))
    frame = frame.with_columns(
        status.alias("word"),
        (fraction.str.len_chars() > element.decimals).fill_null(value=False).alias("too_fine"),
        pl.when(fits & (fraction.str.len_chars() <= element.decimals)).then(digits).cast(pl.Int64).alias("integer"),
        (~fits).fill_null(value=False).alias("too_large"),
    )
    is_whole = element.type is ElementType.INTEGER
    word, no = pl.col("word"), pl.lit(value=False)
    unreadable = (plain.is_null() & (word == ValueStatus.OBSERVED.value)) | (pl.col("too_fine") if is_whole else no)
    too_fine = no if is_whole else pl.col("too_fine")
    is_within = (pl.col("integer") >= pl.col("low")) & (pl.col("integer") <= pl.col("high"))
    outside = (pl.col("too_large") | ~is_within.fill_null(value=True)) & ~unreadable.fill_null(value=False)
    if element.role is not Role.VALUE:
        unreadable = unreadable | word.is_in([ValueStatus.CLOSED.value, ValueStatus.NOT_REPORTED.value])
    masks = frame.select(
        unreadable.fill_null(value=False).alias("unreadable"),
        (too_fine & ~pl.col("too_large")).alias("too_fine"),
        outside.alias("outside"),
        (plain.is_null() & (raw.is_null() | (word == ""))).fill_null(value=False).alias("empty"),
    )
    bad = masks["unreadable"] | masks["too_fine"] | masks["outside"] | masks["empty"]
    columns = [pl.when(~bad).then(pl.col("integer")).alias("integer")]
    if element.role is Role.VALUE:
        observed = pl.when(~bad & plain.is_not_null()).then(pl.lit(ValueStatus.OBSERVED.value))
        said = pl.when(~bad & (word != "")).then(word)
        columns.append(pl.coalesce(observed, said).alias("status"))
    found = frame.select(columns)
    return found.with_columns(typed(pl.col("integer"), element).alias("value")), masks
