"""A Parquet file as records of texts. Polars is loaded when it is first needed: in a child of its own (`parquet_child`)."""

import base64
import binascii
import struct
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from registry.findings import Finding, Place, Text
from submission_portal.deliveries.reading.archives import UnreadableError
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.grid_rows import Column
from submission_portal.deliveries.reading.identity_scan import IdentityScan
from submission_portal.deliveries.reading.limits import Limits
from submission_portal.deliveries.reading.records import RecordFile, record_file, wrong_value
from submission_portal.deliveries.reading.sheets import cell_of, shortened
from submission_portal.deliveries.reading.sizes import Size, too_large
from submission_portal.deliveries.reading.xlsx_files import cell_text

if TYPE_CHECKING:
    import polars as pl

MAGIC = b"PAR1"
_ARROW = "ARROW:schema"
"""The columns once more, as Arrow writes them, in base64."""
_PANICS = "pyo3_runtime"
_DAYS = (-719162, 2932896)
"""1 January of the year 1 and 31 December 9999, in days since 1970."""
_NO_DAY = Text("Ett värde är ingen dag mellan år 1 och 9999.", "A value is no day between the years 1 and 9999.")
_NO_NUMBER = Text("Ett värde är NaN eller Infinity.", "A value is NaN or Infinity.")


def read_parquet(data: bytes, scan: IdentityScan, limits: Limits) -> RecordFile:
    """The rows of a file whose columns are texts, numbers, truth values and days. Raises `UnreadableError`."""
    import polars as pl

    try:
        _look_through(data, scan, pl.read_parquet_metadata(BytesIO(data)))
        schema = pl.read_parquet_schema(BytesIO(data))
        rows = int(pl.scan_parquet(BytesIO(data)).select(pl.len()).collect().item())
        if rows > limits.rows or len(schema) > limits.columns or rows * len(schema) > limits.cells:
            raise UnreadableError(too_large(limits, Size(rows, len(schema)), by_columns=True))
        for name, dtype in schema.items():
            scan.text(name, Place(field="part_name"))
            if not _is_taken(dtype):
                told = {"heading": shortened(name), "type": str(dtype)[:80]}
                raise UnreadableError(FINDINGS.found("FIL-042", told))
        frame = pl.read_parquet(BytesIO(data))
    except pl.exceptions.DuplicateError as error:
        raise UnreadableError(_twice(str(error))) from None
    except pl.exceptions.PolarsError:
        raise UnreadableError(FINDINGS.found("FIL-006")) from None
    except BaseException as error:
        if type(error).__module__ != _PANICS:
            raise
        raise UnreadableError(FINDINGS.found("FIL-006")) from None
    if frame.is_empty():
        raise UnreadableError(FINDINGS.found("FIL-001"))
    return record_file(frame.columns, [_column(series) for series in frame.iter_columns()])


def _look_through(data: bytes, scan: IdentityScan, metadata: Mapping[str, str]) -> None:
    """What is beside the columns: the footer as bytes, and what programs write of their own there."""
    (length,) = struct.unpack("<I", data[-8:-4])
    scan.raw(data[-8 - length : -8], Place(field="properties"))
    for key, text in metadata.items():
        if key == _ARROW:
            try:
                scan.raw(base64.b64decode(text, validate=True), Place(field="properties"))
            except binascii.Error:
                scan.text(text, Place(field="properties"))
        else:
            scan.text(text, Place(field="properties"))


def _twice(said: str) -> Finding:
    """What is said of a name that two columns have; Polars names it within quotation marks.

    >>> _twice("column with name 'dag' has more than one occurrence").params["name"]
    'dag'
    """
    name = said[said.find("'") + 1 : said.rfind("'")]
    at = Text("filens kolumner", "the columns of the file")
    return FINDINGS.found("FIL-041", {"at": at, "name": shortened(name)})


def _is_taken(dtype: "pl.DataType") -> bool:
    import polars as pl

    if isinstance(dtype, pl.Datetime | pl.Date | pl.String | pl.Boolean | pl.Null | pl.Categorical | pl.Enum):
        return True
    return dtype.is_integer() or dtype.is_float() or dtype.is_decimal()


def _column(series: "pl.Series") -> Column:
    """The different values as texts, and which of them each row has."""
    import polars as pl

    if series.dtype.is_float() and not (series.is_finite() | series.is_null()).all():
        record = int((~(series.is_finite().fill_null(value=True))).arg_true()[0])
        raise wrong_value(_NO_NUMBER, shortened(series.name), record)
    if isinstance(series.dtype, pl.Date) and not (series.to_physical().is_between(*_DAYS) | series.is_null()).all():
        raise wrong_value(
            _NO_DAY, shortened(series.name), int((~series.to_physical().is_between(*_DAYS)).arg_true()[0])
        )
    values = series.rename("value").to_frame()
    different = values.unique(maintain_order=True)
    numbered = different.with_row_index("code")
    codes = values.join(numbered, on="value", how="left", nulls_equal=True, maintain_order="left")["code"]
    return Column.numbered(_texts(different["value"]), codes.cast(pl.UInt32).to_numpy())


def _texts(values: "pl.Series") -> list[str]:
    import polars as pl

    dtype = values.dtype
    if isinstance(dtype, pl.Float64):
        return [cell_text(value) for value in values.to_list()]
    if isinstance(dtype, pl.Datetime):
        form = "%Y-%m-%d %H:%M:%S" if dtype.time_zone is None else "%Y-%m-%dT%H:%M:%S%:z"
        texts = values.dt.to_string(form).to_list()
        return ["" if text is None else text.removesuffix(" 00:00:00") for text in texts]
    texts = values.cast(pl.String).to_list()
    if isinstance(dtype, pl.Boolean):
        return ["" if text is None else text.upper() for text in texts]
    if dtype.is_decimal() or dtype.is_float():
        return ["" if text is None else _plain(text) for text in texts]
    return ["" if text is None else cell_of(text) for text in texts]


def _plain(text: str) -> str:
    """A number without zeros that only its type gives it.

    >>> _plain("100.500"), _plain("0.00"), _plain("1e3")
    ('100.5', '0', '1000')
    """
    text = format(Decimal(text), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if text.strip("-0") else "0"


def sample() -> bytes:
    """A small file of every type that is read, for `parquet_child` to read before it is locked in."""
    from datetime import UTC, date, datetime

    import polars as pl

    file = BytesIO()
    pl.DataFrame(
        {
            "Day": [date(2026, 1, 2), None],
            "Place": ["å", None],
            "Value": [1.5, None],
            "at": [datetime(2026, 1, 2, 3, tzinfo=UTC), None],
            "yes": [True, None],
            "exact": [Decimal("1.50"), None],
            "small": pl.Series([1.5, None], dtype=pl.Float32),
        }
    ).write_parquet(file)
    return file.getvalue()
