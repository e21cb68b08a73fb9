"""What files cannot carry of a model is counted, and the bounds of content are those of its schema."""

import copy
from datetime import date

from information_models import code_lists, measures
from information_models.code_lists import Code, CodeList
from information_models.definitions import Element, ElementType, LoadedModel, Model, Role
from information_models.formats.losses import of_json_schema, of_workbook
from information_models.measures import Country
from information_models.starter.loading import measure_contents
from information_models.starter.shipped_code_lists import code_list_contents
from registry.content import shapes
from registry.findings import Text
from registry.formats import Options
from registry.period import PeriodKind

T = Text("x", "x")


def codes_of(found):
    return [(one.code, [place.field for place in one.places]) for one in found]


# Code lists


def element(name="n", **more):
    return Element(name, T, T, more.pop("role", Role.VALUE), more.pop("type", ElementType.INTEGER), **more)


def measure(slug="utlokaliserade-patienter", **changes):
    return measures.read(copy.deepcopy(measure_contents()[slug]) | changes)


def place(concept, required=True):
    return element(concept, role=Role.DIMENSION, type=ElementType.TEXT, concept=concept, required=required)


def of_places(*places, kinds=(PeriodKind.MONTH,), counts="plats"):
    period = element("p", role=Role.DIMENSION, type=ElementType.PERIOD, period_kinds=kinds)
    return Model("m", T, T, (period, *places, element(concept=counts)), ("p",), "p")


def losses(found):
    return {one.code: one.params["number"] for one in found}


def test_what_a_file_leaves_out_is_counted():
    dated = (
        Code("a", T, valid_from=date(2024, 1, 1), parent="25", aliases=("x", "y")),
        Code("b", T, valid_to=date(2024, 1, 1), parent="24"),
        Code("c", T, parent="24"),
    )
    loaded = LoadedModel(
        of_places(
            element("d", type=ElementType.DECIMAL, unit=T, aliases=("q",)),
            element("e", type=ElementType.DATE),
            element("s", type=ElementType.PERIOD, period_kinds=(PeriodKind.SHIFT,)),
            element("t", type=ElementType.TEXT, pattern="[a-z]"),
        ),
        {"l": CodeList("l", T, T, dated, parent_list="regioner")},
    )
    book = losses(of_workbook(loaded, Options(region="25")))
    assert {code: book.get(code) for code in ("FMT-005", "FMT-006", "FMT-007", "FMT-009", "FMT-010", "FMT-013")} == {
        "FMT-005": 2, "FMT-006": 1, "FMT-007": 3, "FMT-009": 2, "FMT-010": 1, "FMT-013": 1,
    }  # fmt: skip
    assert (book["FMT-003"], book["FMT-008"], losses(of_json_schema(loaded, Options()))["FMT-008"]) == (1, 1, 1)
    assert "FMT-005" not in losses(of_workbook(loaded, Options())) and "FMT-004" not in book
    schema = losses(of_json_schema(loaded, Options()))
    assert {code: schema.get(code) for code in ("FMT-004", "FMT-007", "FMT-009", "FMT-010", "FMT-011")} == {
        "FMT-004": None, "FMT-007": 3, "FMT-009": 2, "FMT-010": 1, "FMT-011": 2,
    }  # fmt: skip


def test_the_pieces_of_schemas():
    assert shapes.list_of(shapes.STRING) == {"type": "array", "items": shapes.STRING, "minItems": 0, "maxItems": 10_000}
    assert shapes.record({"a": 1}, {"b": 2}) == {
        "type": "object", "required": ["a"], "additionalProperties": False, "properties": {"a": 1, "b": 2},
    }  # fmt: skip
    assert shapes.STRING["minLength"] == 1 and shapes.STRING["maxLength"] == 5_000


def test_the_bounds_of_content_are_those_of_its_schema():
    of_list = code_list_contents()["regioner"]
    assert code_lists.problems({**of_list, "codes": []})
    assert codes_of(measures.problems(measure().content() | {"decimals": 7}))
    assert Country("sum") is Country.SUM
