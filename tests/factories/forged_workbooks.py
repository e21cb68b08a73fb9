"""Workbooks that somebody has forged: whole XML and whole archives, in which one thing or several cannot be true.

`forged` makes them by chance but repeatably, along the structure of the format (attributes, references, counts, relationships,
encodings, entities, the archive itself), so that a reader gets far into them before it meets what is wrong. The named ones in
`NAMED` are the kinds that once took a reader down, or are known to take others down. No figure or person in them is real.
"""

import io
import random
import re
import struct
import zipfile
import zlib

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
SHEET, TEXTS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
MOST = 1 << 20
"""Bytes that a forged workbook unpacks to at most."""
Parts = dict[str, bytes]


def parts(rows: int = 6) -> Parts:
    """A small workbook of the kind that Excel writes: shared texts, formats, a formula, merged title, hidden column."""
    texts = ["Dag", "Sjukhus", "Fastställda vårdplatser", "Kalix sjukhus", "Kiruna sjukhus"]
    cells = [
        f'<row r="{row}" spans="1:3"><c r="A{row}" s="1"><v>{46082 + row}</v></c><c r="B{row}" t="s"><v>{3 + row % 2}</v></c>'
        f'<c r="C{row}"><v>{50 + row}</v></c></row>'
        for row in range(2, rows + 2)
    ]
    head = "".join(f'<c r="{letter}1" t="s"><v>{at}</v></c>' for at, letter in enumerate("ABC"))
    total = f'<row r="{rows + 2}"><c r="C{rows + 2}"><f>SUM(C2:C{rows + 1})</f><v>1</v></c></row>'
    main, relation = f'xmlns="{MAIN}"', f"{OFFICE}/"
    made = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{relation}officeDocument" Target="xl/workbook.xml"/></Relationships>',
        BOOK: f'{HEAD}<workbook {main} xmlns:r="{OFFICE}"><workbookPr date1904="0"/><sheets><sheet name="Blad1" '
        'sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="Area">Blad1!$A$1:$C$7</definedName>'
        "</definedNames></workbook>",
        RELATIONS: f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{relation}worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{relation}sharedStrings" '
        f'Target="sharedStrings.xml"/><Relationship Id="rId3" Type="{relation}styles" Target="styles.xml"/></Relationships>',
        SHEET: f'{HEAD}<worksheet {main}><dimension ref="A1:C{rows + 2}"/><cols><col min="5" max="6" hidden="1"/></cols>'
        f'<sheetData><row r="1">{head}</row>{"".join(cells)}{total}</sheetData>'
        '<mergeCells count="1"><mergeCell ref="E1:F2"/></mergeCells></worksheet>',
        TEXTS: f'{HEAD}<sst {main} count="8" uniqueCount="{len(texts)}">'
        + "".join(f"<si><t>{text}</t></si>" for text in texts)
        + "</sst>",
        STYLES: f'{HEAD}<styleSheet {main}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    }
    return {name: text.encode() for name, text in made.items()}


def packed(made: Parts, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(part: str, old: str, new: str) -> bytes:
    """The small workbook with one text in one of its parts replaced; it must be there."""
    made = parts()
    assert old.encode() in made[part], (part, old)
    return packed(made | {part: made[part].replace(old.encode(), new.encode(), 1)})


def with_part_text(part: str, text: str, encoding: str = "utf-8") -> bytes:
    return packed(parts() | {part: text.encode(encoding)})


def _sheet(rows: str, around: str = "") -> bytes:
    return with_part_text(SHEET, f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{around}</worksheet>')


def _declared(encoding: str, part: str = SHEET) -> bytes:
    return changed(part, 'encoding="UTF-8"', f'encoding="{encoding}"')


def _with_wrong_checksum() -> bytes:
    data = bytearray(packed(parts()))
    at = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 1)
    data[at + 16] ^= 0xFF
    return bytes(data)


def _with_wrong_size(by: int) -> bytes:
    data = bytearray(packed(parts()))
    at = data.rfind(b"PK\x01\x02")
    size = struct.unpack_from("<L", data, at + 24)[0]
    struct.pack_into("<L", data, at + 24, max(0, size + by))
    return bytes(data)


def _with_shared_bytes() -> bytes:
    """Two entries of the directory that point at the same bytes."""
    data = bytearray(packed(parts()))
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 1)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


def _with_hidden_tail() -> bytes:
    """A packed stream with more behind its end than the directory says of it."""
    made = parts()
    data = packed(made)
    name = b"xl/styles.xml"
    at = data.find(b"PK\x03\x04" + b"", data.find(name) - 30)
    packer = zlib.compressobj(wbits=-15)
    stream = packer.compress(made[STYLES]) + packer.flush()
    start = at + 30 + len(name)
    assert data[start : start + len(stream)] == stream
    longer = data[: start + len(stream)] + b"811218-9876" + data[start + len(stream) :]
    shifted = bytearray(longer)
    entry = shifted.rfind(b"PK\x01\x02")
    struct.pack_into("<L", shifted, entry + 20, len(stream) + 11)
    end = shifted.rfind(b"PK\x05\x06")
    struct.pack_into("<L", shifted, end + 16, struct.unpack_from("<L", shifted, end + 16)[0] + 11)
    return bytes(shifted)


def _with_many_sheets_of_one_part() -> bytes:
    sheets = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="rId1"/>' for number in range(2, 18_000))
    return changed(BOOK, "</sheets>", f"{sheets}</sheets>")


def _with_comments_named_thousands_of_times() -> bytes:
    comments = "".join(f'<comment ref="A{row}"><text><t>x</t></text></comment>' for row in range(1, 8_000))
    named = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/comments" Target="../comments1.xml"/>' for number in range(3_000)
    )
    return packed(
        parts()
        | {
            "xl/comments1.xml": f'{HEAD}<comments xmlns="{MAIN}">{comments}</comments>'.encode(),
            "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{named}'
            "</Relationships>".encode(),
        }
    )


def _with_many_parts(number: int) -> bytes:
    return packed(parts() | {f"xl/{one}": b"" for one in range(number)}, method=zipfile.ZIP_STORED)


def _with_a_sum_of(text: str) -> bytes:
    made = parts()
    total = f'<c r="A9" t="str"><v>Summa</v></c><c r="C9" t="str"><v>{text}</v></c>'
    return packed(
        made | {SHEET: made[SHEET].replace(b"</sheetData>", f'<row r="9">{total}</row></sheetData>'.encode())}
    )


NAMED: dict[str, bytes] = {
    "a cell far below its row": changed(SHEET, 'r="C3"', 'r="C99999999"'),
    "a cell below every sheet": changed(SHEET, 'r="C3"', 'r="C1048577"'),
    "a cell to the right of every sheet": changed(SHEET, 'r="C3"', 'r="XFE3"'),
    "a column of many letters": changed(SHEET, 'r="C3"', 'r="ZZZZZZZZZZZZ3"'),
    "a row number that is too large": changed(SHEET, '<row r="3"', '<row r="4294967295"'),
    "a row number of thousands of digits": changed(SHEET, '<row r="3"', f'<row r="{"9" * 9000}"'),
    "row 0": changed(SHEET, '<row r="3"', '<row r="0"'),
    "a row before the one before it": changed(SHEET, '<row r="3"', '<row r="1"'),
    "a row twice": changed(SHEET, '<row r="3"', '<row r="2"'),
    "a cell to the left of the one before it": changed(SHEET, 'r="C3"', 'r="A3"'),
    "a cell twice": changed(SHEET, 'r="C3"', 'r="B3"'),
    "an attribute twice": changed(SHEET, 'r="C3"', 'r="C3" r="C9"'),
    "an attribute of a row twice": changed(SHEET, 'r="3" spans', 'r="3" r="9" spans'),
    "a reference written backwards": changed(SHEET, 'r="C3"', 'r="3C"'),
    "a fixed reference": changed(SHEET, 'r="C3"', 'r="$C$3"'),
    "a reference within another value": changed(SHEET, 'r="C3"', """x=' r="C3" ' r="C99999999" """),
    "a tag that seems to end": changed(SHEET, 'r="C3"', 'x=">" r="C99999999"'),
    "a cell outside of rows": changed(SHEET, '<row r="3"', '<c r="A9999999"><v>1</v></c><row r="3"'),
    "a row within a row": changed(SHEET, '<c r="B3"', '<row r="9999999"><c r="A9999999"><v>1</v></c></row><c r="B3"'),
    "a cell within a cell": changed(SHEET, 'r="C3"><v>', 'r="C3"><c r="A9999999"><v>2</v></c><v>'),
    "rows in two places": changed(SHEET, "</sheetData>", "</sheetData><sheetData><row r='1048576'/></sheetData>"),
    "a million texts that are not there": changed(TEXTS, 'uniqueCount="5"', 'uniqueCount="4294967295"'),
    "more texts than can be counted": changed(TEXTS, 'count="8"', f'count="{"9" * 30}"'),
    "a text before the first": changed(SHEET, "<v>4</v>", "<v>-1</v>"),
    "a text after the last": changed(SHEET, "<v>4</v>", "<v>4294967295</v>"),
    "a day after all calendars": changed(SHEET, "<v>46085</v>", "<v>1e300</v>"),
    "a length of time beyond all clocks": packed(
        parts()
        | {
            SHEET: parts()[SHEET].replace(b"<v>46085</v>", b"<v>1e15</v>"),
            STYLES: parts()[STYLES].replace(b"yyyy\\-mm\\-dd", b"[h]:mm"),
        }
    ),
    "a day before all calendars": changed(SHEET, "<v>46085</v>", "<v>-1e18</v>"),
    "a format that is not there": changed(SHEET, 's="1"', 's="4294967295"'),
    "merged cells beyond the sheet": changed(SHEET, "E1:F2", "A1:ZZZ99999999"),
    "merged cells backwards": changed(SHEET, "E1:F2", "F9:E1"),
    "a sheet that is the workbook itself": changed(RELATIONS, "worksheets/sheet1.xml", "workbook.xml"),
    "a sheet outside of the package": changed(RELATIONS, "worksheets/sheet1.xml", "../../../../etc/passwd"),
    "a sheet on the network": changed(RELATIONS, "worksheets/sheet1.xml", "http://127.0.0.1:1/x"),
    "two sheets of one name": changed(BOOK, "</sheets>", '<sheet name="Blad1" sheetId="2" r:id="rId1"/></sheets>'),
    "twenty thousand empty parts": _with_many_parts(20_000),
    "the name of a sheet that is a book": changed(BOOK, "Blad1", "B" * 300_000),
    "a sum of a million digits": _with_a_sum_of("9" * 1_010_000),
    "a sum of hundreds of thousands of digits": _with_a_sum_of("9" * 300_000),
    "thousands of sheets of one part": _with_many_sheets_of_one_part(),
    "comments that are named thousands of times": _with_comments_named_thousands_of_times(),
    "an identity number in each of many cells": _sheet(
        "".join(f'<row r="{row}"><c r="A{row}" t="str"><v>811218-9876</v></c></row>' for row in range(1, 16_000))
    ),
    "Shift JIS": _declared("shift_jis"),
    "GB 2312": _declared("gb2312"),
    "UTF-7": _declared("utf-7"),
    "UTF-16 in name only": _declared("utf-16"),
    "an encoding that is none": _declared("\u00e5\u00e4\u00f6"),
    "an encoding that is a program": _declared("unicode_escape"),
    "UTF-32": with_part_text(SHEET, f'<worksheet xmlns="{MAIN}"/>', "utf-32"),
    "Shift JIS of the texts": _declared("shift_jis", TEXTS),
    "GB 2312 of the workbook": _declared("gb2312", BOOK),
    "an entity": changed(SHEET, HEAD, HEAD + '<!DOCTYPE x [<!ENTITY a "b">]>'),
    "a billion laughs": changed(
        TEXTS,
        HEAD,
        HEAD + '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9)) + "]>",
    ),
    "an entity that nobody declared": changed(TEXTS, "Kalix", "&kalix;"),
    "half a character": changed(TEXTS, "Kalix", "&#xD800;"),
    "a character that XML does not have": changed(TEXTS, "Kalix", "&#0;"),
    "a hundred thousand tiny elements": _sheet("<a/>" * 100_000),
    "a hundred thousand tiny elements beside the rows": _sheet("", "<a/>" * 100_000),
    "a hundred thousand elements within each other": _sheet("", "<a>" * 100_000 + "</a>" * 100_000),
    "ten thousand attributes": _sheet("", "<a " + " ".join(f'a{n}="1"' for n in range(10_000)) + "/>"),
    "ten thousand attributes of a cell": _sheet(
        '<row r="1"><c r="A1" ' + " ".join(f'a{n}="1"' for n in range(10_000)) + "><v>1</v></c></row>"
    ),
    "ten thousand comments": _sheet("<!-- -->" * 10_000),
    "a long text": _sheet(f'<row r="1"><c r="A1" t="str"><v>{"x" * 900_000}</v></c></row>'),
    "a cell that begins a thousand times": _sheet('<row r="1">' + '<c r="A1" ' * 1000),
    "a checksum that is wrong": _with_wrong_checksum(),
    "a length that is too short": _with_wrong_size(-20),
    "a length that is too long": _with_wrong_size(20),
    "a length of four gigabytes": _with_wrong_size(2**31),
    "parts that share bytes": _with_shared_bytes(),
    "bytes behind a packed stream": _with_hidden_tail(),
}
"""What it is → a workbook that cannot be true, and is refused."""


def _without_references() -> bytes:
    made = parts()
    sheet = made[SHEET].replace(b'<c r="C8"><f>', b'<c r="A8"/><c r="B8"/><c r="C8"><f>')
    sheet = re.sub(rb'<row r="\d+"', b"<row", re.sub(rb'<c r="[A-Z]+\d+"', b"<c", sheet))
    return packed(made | {SHEET: sheet})


def _with_prefixes() -> bytes:
    def prefixed(content: bytes) -> bytes:
        return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", content).replace(b' xmlns="', b' xmlns:x="')

    return packed({name: prefixed(text) if name in (SHEET, TEXTS, STYLES) else text for name, text in parts().items()})


def _with_comments() -> bytes:
    made = parts()
    sheet = made[SHEET].replace(b"<sheetData>", b"<!-- a --><sheetData><!-- b > c -->")
    return packed(made | {SHEET: sheet.replace(b"<v>52</v>", b"<v><![CDATA[52]]></v>")})


def _in_utf_16() -> bytes:
    return packed({name: text.decode().replace("UTF-8", "UTF-16").encode("utf-16") for name, text in parts().items()})


def _in_another_order() -> bytes:
    made = parts()
    return packed(made | {SHEET: re.sub(rb'<c (r="[A-Z]+\d+") t="s"', rb"<c t='s' \1", made[SHEET])})


ODD: dict[str, bytes] = {
    "cells without references": _without_references(),
    "UTF-16": _in_utf_16(),
    "prefixes": _with_prefixes(),
    "comments and CDATA": _with_comments(),
    "attributes in another order": _in_another_order(),
    "a long white space after the texts": packed(parts() | {TEXTS: parts()[TEXTS] + b"\n" * 500}),
    "counts that are wrong": changed(TEXTS, 'count="8" uniqueCount="5"', 'count="0" uniqueCount="3"'),
    "an extent that is wrong": changed(SHEET, "A1:C8", "A1:XFD1048576"),
    "an empty cell in the last row": changed(
        SHEET, "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    ),
    "stored, not packed": packed(parts(), method=zipfile.ZIP_STORED),
}
"""How it is written → a workbook that says the same as `parts` does, in another way."""

_NUMBERS = (
    "0",
    "-1",
    "1",
    "7",
    "16385",
    "1048577",
    "65536",
    "2147483648",
    "4294967295",
    "99999999999999999999",
    "1e9",
    "NaN",
    "",
)
_REFERENCES = ("A0", "A1", "XFE1", "A1048577", "ZZZZ1", "A99999999", "$A$1", "1A", "a1", "A1:B2", "R1C1", "", "\u00c51")
_ENCODINGS = (
    "utf-7",
    "shift_jis",
    "gb2312",
    "utf-16",
    "utf-32",
    "idna",
    "rot13",
    "cp037",
    "windows-1252",
    "iso-8859-1",
    "x",
)
_PIECES = (
    "<c/>", "<row/>", '<row r="1"/>', '<c r="A1"/>', "<v>1</v>", "<si/>", "<t>x</t>", "<!-- > -->", "<![CDATA[<c r='Z9'>]]>",
    "<?a b?>", "&amp;", "&#65;", "&lt;", "&x;", "&#xFFFF;", "]]>", ">", '"', "<x:c r='B2'/>", "<is><t>x</t></is>", "<f>A1</f>",
    "<mergeCell ref='A1:B99999999'/>", "<sheetData/>", "</row>", "</c>", "<extLst><c r='A9'/></extLst>", "\u0000", "\ud7ff",
)  # fmt: skip


def forged(seed: int) -> bytes:
    """A workbook with one to four forgeries along its structure; the same seed gives the same bytes."""
    chance = random.Random(seed)
    made = parts(chance.choice((1, 6, 40)))
    for _ in range(chance.choice((1, 1, 2, 4))):
        change = chance.choice(
            (_attribute, _attribute, _number, _reference, _element, _piece, _encoding, _part, _repeated)
        )
        name = chance.choice((SHEET, SHEET, SHEET, TEXTS, STYLES, BOOK, RELATIONS, "_rels/.rels"))
        if name in made:
            change(chance, made, name)
    data = packed(made, method=chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))
    return _archive(chance, data) if chance.random() < 0.2 else data


def _spots(pattern: bytes, content: bytes) -> list[re.Match[bytes]]:
    return list(re.finditer(pattern, content))


def _replaced(content: bytes, at: re.Match[bytes], new: bytes, group: int = 0) -> bytes:
    return content[: at.start(group)] + new + content[at.end(group) :]


def _attribute(chance: random.Random, made: Parts, name: str) -> None:
    """Remove, double, rename or move an attribute, or give it a value of another kind."""
    if spots := _spots(rb'\s([\w:]+)="([^"]*)"', made[name]):
        at = chance.choice(spots)
        value = chance.choice((*_NUMBERS, *_REFERENCES, "s", "e", "inlineStr", "x" * 5000)).encode()
        new = chance.choice(
            (
                b"",
                at[0] * 2,
                b" q" + at[0][1:],
                b' %s="%s"' % (at[1], value),
                b" x:%s" % at[0][1:],
                at[0].replace(b'"', b"'"),
            )
        )
        made[name] = _replaced(made[name], at, new)


def _number(chance: random.Random, made: Parts, name: str) -> None:
    if spots := _spots(rb"\d+", made[name]):
        made[name] = _replaced(made[name], chance.choice(spots), chance.choice(_NUMBERS).encode())


def _reference(chance: random.Random, made: Parts, name: str) -> None:
    if spots := _spots(rb'"([A-Z]{1,3}\d+)(?::[A-Z]{1,3}\d+)?"', made[name]):
        made[name] = _replaced(made[name], chance.choice(spots), chance.choice(_REFERENCES).encode(), 1)


def _element(chance: random.Random, made: Parts, name: str) -> None:
    """Remove, double or rename an element's tag, or change its place with another's."""
    if len(spots := _spots(rb"<[^<>]+>", made[name])) > 1:
        at, other = chance.sample(spots, 2)
        new = chance.choice((b"", at[0] * 2, at[0].replace(b"<", b"<x:"), other[0]))
        made[name] = _replaced(made[name], at, new)


def _piece(chance: random.Random, made: Parts, name: str) -> None:
    at = chance.choice(_spots(rb"<", made[name]) or _spots(rb"^", made[name]))
    piece = chance.choice(_PIECES).encode("utf-8", "surrogatepass")
    made[name] = made[name][: at.start()] + piece + made[name][at.start() :]


def _encoding(chance: random.Random, made: Parts, name: str) -> None:
    """Say another encoding, write in another, or both."""
    encoding = chance.choice(_ENCODINGS)
    text = made[name].decode("utf-8", "replace")
    if chance.random() < 0.7:
        text = text.replace("UTF-8", encoding, 1)
    if chance.random() < 0.5 and encoding.startswith(("utf", "iso", "win", "shift", "gb")):
        made[name] = text.encode(encoding, "replace")
    else:
        made[name] = text.encode()


def _part(chance: random.Random, made: Parts, name: str) -> None:
    """Remove a part, empty it, cut it, or put another in its place."""
    other = chance.choice(sorted(made))
    match chance.randrange(4):
        case 0:
            del made[name]
        case 1:
            made[name] = b""
        case 2:
            made[name] = made[name][: chance.randrange(len(made[name]) + 1)]
        case _:
            made[name] = made[other]


def _repeated(chance: random.Random, made: Parts, name: str) -> None:
    """Repeat a piece so often that the part is as large as may be."""
    if spots := _spots(rb"<[^<>/?!]+/>|<(\w+)[^<>]*>[^<>]*</\1>|<[^<>/?!]+>", made[name]):
        at = chance.choice(spots)
        room = MOST - sum(map(len, made.values()))
        times = chance.choice((2, 300, max(2, room // len(at[0]) - 1)))
        made[name] = _replaced(made[name], at, at[0] * min(times, max(2, room // len(at[0]) - 1)))


def _archive(chance: random.Random, data: bytes) -> bytes:
    """Change a number in the archive's own headers, cut it, or hang something on."""
    changed = bytearray(data)
    match chance.randrange(4):
        case 0:
            return data[: chance.randrange(len(data))]
        case 1:
            return data + bytes(chance.randrange(256) for _ in range(chance.randrange(40)))
        case 2:
            return bytes(chance.randrange(256) for _ in range(chance.randrange(40))) + data
        case _:
            sign = chance.choice((b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"))
            spots = _spots(re.escape(sign), data)
            at = chance.choice(spots).start() + 4 + chance.randrange(38)
            if at < len(changed):
                changed[at] = chance.choice((0, 1, 8, 9, 0x7F, 0xFF, changed[at] ^ 1))
            return bytes(changed)
