"""What runs in the cage: `registry.cage.child` calls `warm_up` once, and `work` for each file."""

import encodings.cp437
import encodings.cp850
import encodings.cp865
import encodings.cp1252
import encodings.latin_1
import encodings.mac_roman
import encodings.utf_8_sig
import encodings.utf_16
import encodings.utf_16_be
import encodings.utf_16_le
import encodings.utf_32  # noqa: F401  (the codecs are looked for in files when they are first used)
import gzip
import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any

import numpy.ma  # noqa: F401  (`numpy.unique` loads it when it is first used)

from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.messages import Asked, answer_of, asked_from
from submission_portal.deliveries.reading.reader import Reading, read

UNPACKED_STEP = 1 << 20
"""What is unpacked is told every so many bytes."""


def work(
    request: Mapping[str, Any], parts: Sequence[bytes], tell: Callable[..., None]
) -> tuple[Mapping[str, Any], Sequence[bytes]]:
    """Read one file: the request and the answer are those of `messages`."""
    asked = asked_from(request)
    told = 0

    def unpacked(size: int) -> None:
        nonlocal told
        if size - told >= UNPACKED_STEP:
            told = size
            tell(unpacked=size)

    def progress(stage: str, done: int, total: int) -> None:
        tell(stage=stage, done=done, total=total)

    return answer_of(_read(asked, parts[0], progress, unpacked))


def warm_up() -> None:
    """Read a file of each kind, so that nothing has to be loaded when files can no longer be opened."""
    day = ExpectedColumn("day", ("Day",), written=Written.DAY)
    value = ExpectedColumn("value", ("Value",), written=Written.DECIMAL, is_value=True, is_additive=True)
    expected = Expected((day, value, ExpectedColumn("place", ("Place",), codes={"å": "a"})))
    text = "Day;Place;Value\n1/2/2026;Å;1,5\nSumma;;1,5\n"
    wide = f'Day;Place;Place;Value;Born;Last four\n1/2/2026;"Å";a;1,5;811218;1234\n;;{"long" * 20};1;;\n'
    for data in (
        wide.encode(),
        text.encode(),
        text.encode("cp1252"),
        text.encode("utf-16"),
        b"%PDF",
        b"",
        b'[{"Day":"2026-02-01","Place":"\\u00e5","Value":1.5e1},{"Value":null}]',
        b'{"Day":1}\n{"Day":',
        gzip.compress(text.encode()),
        _workbook(),
        _workbook()[:99],
    ):
        read(data, "a.xlsx" if data.startswith(b"PK") else "a.csv", expected)


def _read(
    asked: Asked, data: bytes, progress: Callable[[str, int, int], None], unpacked: Callable[[int], None]
) -> Reading:
    return read(
        data,
        asked.file_name,
        asked.expected,
        sheet=asked.sheet,
        limits=asked.limits,
        identity_answer=asked.identity_answer,
        encoding=asked.encoding,
        layouts=asked.layouts,
        header=asked.header,
        time=asked.time,
        progress=progress,
        unpacked=unpacked,
    )


def _workbook() -> bytes:
    """A small workbook with a row in each of the forms that rows are written in."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>Day</t></is></c><c r="B1" t="s"><v>0</v></c></row>'
    others = '<row><c s="1"><v>46000</v></c><c t="e"><v>#N/A</v></c></row>'
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr(
            "_rels/.rels", f'<r><Relationship Id="a" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></r>'
        )
        made.writestr("xl/workbook.xml", '<w><sheet name="A" id="a"/><sheet name="B" id="b"/></w>')
        made.writestr(
            "xl/_rels/workbook.xml.rels",
            '<r><Relationship Id="a" Target="worksheets/sheet1.xml"/><Relationship Id="b" Target="worksheets/sheet2.xml"/></r>',
        )
        made.writestr("xl/sharedStrings.xml", "<sst><si><t>Value</t></si></sst>")
        made.writestr("xl/styles.xml", '<s><cellXfs><xf/><xf numFmtId="14"/></cellXfs></s>')
        for number, content in ((1, rows), (2, others)):
            made.writestr(
                f"xl/worksheets/sheet{number}.xml", f"<worksheet><sheetData>{content}</sheetData></worksheet>"
            )
    return archive.getvalue()
