"""What the different texts of a number's column mean, and what is wrong with them. Pure."""

from decimal import ROUND_CEILING, ROUND_FLOOR

import polars as pl

from information_models import values
from information_models.definitions import Element, ElementType, Role, ValueStatus
from information_models.frames import mapped, parts, typed
from information_models.rules import scaled


def numbers_of(element: Element, texts: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """By text the number, the number in its smallest unit and (of a value) its status; and by text what is wrong with it:
    ``unreadable``, ``too_fine``, ``outside``, ``empty``."""
    name, raw = element.name, pl.col("raw")
    frame = pl.DataFrame({"raw": texts}).with_columns(values.plain_numbers(raw).alias("plain"))
    status = mapped(
        frame.select(pl.when(pl.col("plain").is_null()).then(raw)).to_series(),
        lambda text: found.value if (found := values.status_of(text)) else "",
        pl.String,
    )
    is_value = element.role is Role.VALUE
    size = 10**element.decimals
    whole, fraction = parts(pl.col("plain"))
    low = int((element.low * size).to_integral_value(ROUND_CEILING))
    high = int((element.high * size).to_integral_value(ROUND_FLOOR))
    fits = whole.str.strip_chars_start("-").str.strip_chars_start("0").str.len_chars() <= values.MOST_DIGITS
    digits = pl.concat_str(whole, fraction.str.pad_end(element.decimals, "0"))
    frame = frame.with_columns(status.alias("word")).with_columns(
        pl.col("plain").is_null().and_(pl.col("word") == ValueStatus.OBSERVED.value).alias("unreadable"),
        (fraction.str.len_chars() > element.decimals).fill_null(value=False).alias("too_fine"),
        pl.when(fits & (fraction.str.len_chars() <= element.decimals)).then(digits).cast(pl.Int64).alias(scaled(name)),
        (~fits).fill_null(value=False).alias("too_large"),
    )
    whole_number = element.type is ElementType.INTEGER
    unreadable = pl.col("unreadable") | (pl.col("too_fine") if whole_number else pl.lit(value=False))
    too_fine = pl.lit(value=False) if whole_number else pl.col("too_fine")
    outside = pl.col("too_large") | ~pl.col(scaled(name)).is_between(low, high).fill_null(value=True)
    outside = outside & ~unreadable.fill_null(value=False)
    word = pl.col("word")
    if not is_value:
        unreadable = unreadable | word.is_in([ValueStatus.CLOSED.value, ValueStatus.NOT_REPORTED.value])
    empty = pl.col("plain").is_null() & (raw.is_null() | (word == ""))
    masks = frame.select(
        unreadable.fill_null(value=False).alias("unreadable"),
        (too_fine & ~pl.col("too_large")).alias("too_fine"),
        outside.alias("outside"),
        empty.fill_null(value=False).alias("empty"),
    )
    bad = masks["unreadable"] | masks["too_fine"] | masks["outside"] | masks["empty"]
    columns = [pl.when(~bad).then(pl.col(scaled(name))).alias(scaled(name))]
    if is_value:
        observed = pl.when(~bad & pl.col("plain").is_not_null()).then(pl.lit(ValueStatus.OBSERVED.value))
        said = pl.when(~bad & (word != "")).then(word)
        columns.append(pl.coalesce(observed, said).alias(f"{name}__status"))
    found = frame.select(columns)
    return found.with_columns(typed(element).alias(name)), masks
