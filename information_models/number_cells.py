"""What the different texts of numbers' columns mean, and what is wrong with them. Pure."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR

import numpy as np
import polars as pl

from information_models import values
from information_models.definitions import Element, ElementType, Role, ValueStatus
from information_models.frames import mapped, parts, typed
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
