"""Columns of text on their way to values: the small steps that `columns` is made of. Pure."""

from collections.abc import Callable, Mapping

import polars as pl

from information_models.cells import FEW, Cells, Rows
from information_models.definitions import Element, ElementType, LoadedModel

ROW, SHEET, REGION = "__row", "__sheet", "__region"
Kind = pl.DataType | type[pl.DataType]


def prepared(loaded: LoadedModel, frame: pl.DataFrame) -> Rows:
    """The model's columns as texts without blanks around, empty as null, and where each row is."""
    names = [element.name for element in loaded.model.elements if element.name in frame.columns]
    height = frame.height
    numbers = frame[ROW].cast(pl.Int64) if ROW in frame.columns else pl.int_range(1, height + 1, eager=True)
    sheets = frame[SHEET] if SHEET in frame.columns else pl.Series([None], dtype=pl.String).new_from_index(0, height)
    return Rows(numbers.alias(ROW), sheets.alias(SHEET), {name: Cells.of(frame[name]) for name in names})


def polars_type(element: Element) -> pl.DataType:
    """The type of the element's column in a checked frame."""
    match element.type:
        case ElementType.INTEGER:
            return pl.Int64()
        case ElementType.DECIMAL:
            return pl.Decimal(18, element.decimals)
        case ElementType.DATE:
            return pl.Date()
        case _:
            return pl.String()


def typed(integer: pl.Expr, element: Element) -> pl.Expr:
    """A number's column from its integer of the smallest unit."""
    if element.type is ElementType.INTEGER:
        return integer
    sign = pl.when(integer < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    digits = integer.abs().cast(pl.String).str.zfill(element.decimals + 1)
    if not element.decimals:
        return pl.concat_str(sign, digits).cast(polars_type(element))
    split = pl.concat_str(sign, digits.str.head(-element.decimals), pl.lit("."), digits.str.tail(element.decimals))
    return split.cast(polars_type(element))


def parts(plain: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Whole part with sign, and decimals without trailing zeros."""
    fields = plain.str.splitn(".", 2).struct
    return fields.field("field_0"), fields.field("field_1").fill_null("").str.strip_chars_end("0")


def lookup(column: pl.Series, table: Mapping[str, object], dtype: Kind) -> pl.Series:
    """``table`` applied to the column; what it lacks becomes null."""
    if not table:
        return pl.Series(column.name, [None] * column.len(), dtype=dtype)
    if column.len() <= FEW:
        return pl.Series(column.name, [table.get(value) for value in column.to_list()], dtype=dtype)
    return column.replace_strict(list(table), list(table.values()), default=None, return_dtype=dtype)


def mapped(column: pl.Series, convert: Callable[[str], object], dtype: Kind) -> pl.Series:
    """``convert`` applied once to each distinct text of the column."""
    return lookup(column, {text: convert(text) for text in column.unique().drop_nulls()}, dtype)
