"""What a model becomes for machines and for filling in."""

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from information_models.definitions import ElementType
from information_models.formats import delivery_schema, json_schema, losses, model_file, workbook
from information_models.formats.all import FORMATS, stem
from information_models.starter.loading import model_contents, starter_model
from registry.findings import Finding, Severity
from registry.formats import DEFAULTS, Options, format_named
from tests.record_conformance import Conformance, read_records

MODELS = sorted(model_contents())
DAILY = "dagliga-vardplatser-per-avdelning"
RECORD = {
    "dag": "2026-10-01",
    "sjukhus": "65016",
    "avdelning": "Avd 3",
    "disponibla": 20,
    "belagda": "closed",
    "overbelaggningar": 0,
    "utlokaliserade": "not_reported",
}


@pytest.mark.parametrize("slug", MODELS)
@pytest.mark.parametrize("chosen", FORMATS, ids=lambda one: one.name)
def test_the_same_model_gives_the_same_bytes(slug, chosen):
    loaded = starter_model(slug)
    assert chosen.write(loaded) == chosen.write(loaded)
    assert chosen.file_name(stem(loaded)) == f"{slug}.{chosen.extension}"
    assert format_named(FORMATS, chosen.name) is chosen


@pytest.mark.parametrize("slug", MODELS)
def test_the_schema_is_a_schema_and_refers_to_nothing_outside_itself(slug):
    schema = json.loads(json_schema.write(starter_model(slug)))
    Draft202012Validator.check_schema(schema)
    assert all(reference.startswith("#/$defs/") for reference in _references(schema))


def _references(node):
    if isinstance(node, dict):
        yield from ([node["$ref"]] if isinstance(node.get("$ref"), str) else [])
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def test_a_delivery_as_json_is_an_array_of_records():
    validator = Draft202012Validator(json_schema.schema(starter_model(DAILY)))
    assert validator.is_valid([RECORD])
    assert not validator.is_valid([])
    assert not validator.is_valid([{**RECORD, "sjukhus": "Sunderby sjukhus"}])
    assert not validator.is_valid([{**RECORD, "dag": "2026-10-01\n"}])


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"belagda": None}, ["ROW-004"]),
        ({"belagda": 21}, ["RULE-002"]),
        ({"belagda": 3.0}, []),
        ({"belagda": Decimal("3.5")}, ["ROW-002"]),
        ({"belagda": True}, ["ROW-002"]),
        ({"belagda": float("nan")}, ["ROW-002"]),
        ({"belagda": "stängd"}, ["ROW-002"]),
        ({"okant": 1}, ["ROW-013"]),
        ({"dag": "2026-02-30"}, ["ROW-007"]),
        ({"sjukhus": "64001"}, ["ROW-009"]),
        ({"avdelning": "x" * 101}, ["ROW-011"]),
        ({"avdelning": "a\nb"}, ["ROW-011"]),
    ],
)
def test_a_record_is_checked_like_a_row(change, codes):
    found = Conformance(starter_model(DAILY)).check({**RECORD, **change}, region="25")
    assert [finding.code for finding in found] == codes


def test_numbers_in_json_are_read_exactly():
    [record] = read_records('[{"disponibla": 245.10}]')
    assert record["disponibla"] == Decimal("245.10")
    with pytest.raises(ValueError, match="array"):
        read_records('{"disponibla": 1}')


def test_the_template_has_lists_limits_and_the_wording_of_every_concept():
    loaded = starter_model(DAILY)
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(loaded)))
    rows, about, lists = book.worksheets
    assert [cell.value for cell in rows[1]] == [element.label.sv for element in loaded.model.elements]
    rules = {
        next(iter(validation.sqref.ranges)).bounds[0]: validation for validation in rows.data_validations.dataValidation
    }
    assert rules[2].type == "list" and rules[2].formula1.startswith("'Kodlistor'!")
    assert '"stängd"' in rules[4].formula1 and "<=500" in rules[4].formula1
    instructions = " ".join(str(cell.value) for row in about.iter_rows() for cell in row if cell.value)
    for wording in loaded.wordings.values():
        assert wording.term.sv in instructions
        assert wording.definition is None or wording.definition.sv in instructions
    names = [cell.value for cell in lists["B"]]
    assert "Sunderby sjukhus" in names and not any("påhittat" in str(name) for name in names)


def test_a_template_for_one_region_offers_its_own_places_only():
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(starter_model(DAILY), Options("en", "25"))))
    assert book.sheetnames == ["Figures", "Instructions", "Code lists"]
    assert [cell.value for cell in book.worksheets[2]["A"]][2:] == ["65012", "65013", "65014", "65015", "65016"]


def test_what_a_modeller_writes_never_becomes_a_formula():
    loaded = starter_model("publicerade-kvoter")
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(loaded)))
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(
    ("slug", "column", "form"),
    [
        ("disponibla-vardplatser-per-region-ar", 1, "0"),
        ("manadsuppgifter-per-sjukhus", 1, "@"),
        (DAILY, 1, "yyyy-mm-dd"),
        (DAILY, 2, "@"),
        ("manadsuppgifter-per-sjukhus", 4, "0.00"),
    ],
)
def test_cells_keep_what_is_written_in_them(slug, column, form):
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(starter_model(slug))))
    letter = book.worksheets[0].cell(1, column).column_letter
    assert book.worksheets[0].column_dimensions[letter].number_format == form


@pytest.mark.parametrize("slug", sorted(model_contents()))
def test_no_cell_of_a_template_has_a_sign_between_thousands(slug):
    """Saved as CSV, 13,500 would be read as a decimal number."""
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(starter_model(slug))))
    forms = {column.number_format for column in book.worksheets[0].column_dimensions.values()}
    assert not any("," in form for form in forms)


@pytest.mark.parametrize("slug", sorted(model_contents()))
@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_text_of_a_template_is_cut_off_or_lies_over_the_next(slug, language):
    """As seen in LibreOffice, which gives a row the height that the file states and breaks a word that is too wide."""
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(starter_model(slug), Options(language))))
    sheet, about, _lists = book.worksheets
    widths = {}
    for columns in sheet.column_dimensions.values():
        widths |= dict.fromkeys(range(columns.min, columns.max + 1), columns.width)
    for cell in sheet[1]:
        longest = max(len(word) for word in cell.value.split())
        assert widths[cell.column] >= longest + 6, cell.value
    for row in range(2, about.max_row + 1):
        text = about.cell(row, 2).value or ""
        assert (about.row_dimensions[row].height or 15) >= 15 * -(-len(text) // 100), text


def _losses(name, loaded, options=DEFAULTS):
    return {loss.code: loss.params["number"] for loss in format_named(FORMATS, name).write(loaded, options).losses}


def test_the_model_file_loses_nothing_and_reads_back_as_the_same_model():
    for slug in MODELS:
        loaded = starter_model(slug)
        exported = format_named(FORMATS, "model-file").write(loaded)
        assert exported.losses == ()
        assert model_file.read(exported.data) == loaded


def test_a_format_says_what_it_does_not_check_or_hold():
    loaded = starter_model(DAILY)
    elements = loaded.model.elements
    schema, template = _losses("json-schema", loaded), _losses("xlsx-template", loaded)
    assert schema["FMT-004"] == template["FMT-004"] == len(loaded.model.rules)
    assert schema["FMT-007"] == template["FMT-007"] > sum(len(element.aliases) for element in elements)
    assert schema["FMT-012"] == len(loaded.wordings) and "FMT-012" not in template
    assert schema["FMT-011"] == 1 and "FMT-011" not in template
    assert template["FMT-013"] == sum(element.unit is not None for element in elements)
    assert "FMT-010" not in schema


def test_a_format_says_nothing_of_what_the_model_does_not_have():
    loaded = starter_model(DAILY)
    plain = replace(
        loaded,
        model=replace(
            loaded.model,
            rules=(),
            elements=tuple(
                replace(one, aliases=(), unit=None, pattern=None, type=ElementType.INTEGER, period_kinds=())
                for one in loaded.model.elements
            ),
        ),
        code_lists={},
        wordings={},
    )
    assert losses.of_json_schema(plain, DEFAULTS) == (Finding("FMT-008", Severity.INFO, {"number": 1}),)
    assert [one.code for one in losses.of_workbook(plain, DEFAULTS)] == ["FMT-003", "FMT-008"]


def test_a_template_for_one_region_says_that_other_regions_codes_are_left_out():
    loaded = starter_model(DAILY)
    everybody, own = _losses("xlsx-template", loaded), _losses("xlsx-template", loaded, Options("sv", "25"))
    codes = loaded.code_lists["sjukhus"].codes
    assert everybody["FMT-005"] == sum(code.test for code in codes)
    assert own["FMT-005"] == sum(code.parent != "25" for code in codes)


def test_decimals_and_codes_with_an_end_are_not_held_by_either():
    monthly = _losses("json-schema", starter_model("manadsuppgifter-per-sjukhus"))
    assert monthly["FMT-010"] == 3
    loaded = starter_model(DAILY)
    first, *others = loaded.code_lists["sjukhus"].codes
    ended = replace(loaded.code_lists["sjukhus"], codes=(replace(first, valid_to=date(2020, 1, 1)), *others))
    changed = replace(loaded, code_lists={**loaded.code_lists, "sjukhus": ended})
    before = _losses("xlsx-template", loaded).get("FMT-009", 0)
    assert _losses("xlsx-template", changed)["FMT-009"] == before + (
        first.valid_to is None and first.valid_from is None
    )


@pytest.mark.parametrize("slug", MODELS)
def test_the_schema_for_deliveries_names_its_codes_and_has_an_example_that_validates(slug):
    loaded = starter_model(slug)
    told = json.loads(delivery_schema.write(loaded))
    Draft202012Validator.check_schema(told)
    assert told["$schema"] == json_schema.DIALECT and told["$id"].startswith(f"urn:vardplatsregistret:model:{slug}")
    validator = Draft202012Validator(told)
    [example] = told["examples"]
    validator.validate(example)
    [record] = example
    assert list(record) == [element.name for element in loaded.model.elements]
    for name, codes in loaded.code_lists.items():
        choices = told["$defs"][f"list-{name}"]["oneOf"]
        assert [(one["const"], one["title"]) for one in choices] == [(code.code, code.label.sv) for code in codes.codes]
    coded = next(element for element in loaded.model.elements if element.type is ElementType.CODE)
    assert not validator.is_valid([{**record, coded.name: "no such code"}])


def test_an_example_is_a_delivery_and_the_older_schema_stays_as_it_was():
    loaded = starter_model(DAILY)
    assert "$id" not in json_schema.schema(loaded) and "examples" not in json_schema.schema(loaded)
    assert delivery_schema.identifier(replace(loaded, content_hash="ab")) == f"urn:vardplatsregistret:model:{DAILY}:ab"
    assert delivery_schema.example_record(loaded)[loaded.model.values[-1].name] == "closed"
