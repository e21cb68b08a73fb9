"""What is of one meaning goes on; what is not is told, with its ground."""

from datetime import date

import pytest

from information_models.code_lists import Code, CodeList
from information_models.footing import Footing, Footings, Ground, ListVersion, ModelVersion, codes_that_moved
from registry.findings import Text

BEDS = Text("Platser", "Beds")
PLAIN = Footing("beds", BEDS, Text("Antal", "Number"), "bed", "b1", {"ward": "w1"}, Text("platser", "beds"))


def but(**said) -> Footing:
    return Footing(**{name: getattr(PLAIN, name) for name in Footing.__slots__} | said)


def footings(*versions: tuple[Footing, bool], lists=(), same=()) -> Footings:
    """Versions m1, m2 … with whether each is editorial; ``same``: pairs of wordings between which nothing changed in meaning."""
    made = [ModelVersion(f"m{n}", n, is_editorial, {"beds": one}) for n, (one, is_editorial) in enumerate(versions, 1)]
    return Footings(made, dict(lists), lambda one, other: (one, other) not in same)


def grounds(found: Footings, before="m1", after="m2") -> list[Ground]:
    return [one.ground for one in found.shifts(before, after, ["beds"])]


@pytest.mark.parametrize(
    ("said", "ground"),
    [
        ({"concept": "patient", "concept_version": "p1"}, Ground.CONCEPT),
        ({"concept": None, "concept_version": None}, Ground.CONCEPT),
        ({"concept_version": "b2"}, Ground.CONCEPT),
        ({"nested": {"ward": "w2"}}, Ground.NESTED),
        ({"unit": Text("procent", "per cent")}, Ground.UNIT),
        ({"unit": None}, Ground.UNIT),
        ({"definition": Text("Inte antal", "Not the number")}, Ground.DEFINITION),
    ],
)
def test_each_ground_is_told_both_ways(said, ground):
    found = footings((PLAIN, False), (but(**said), False))
    assert grounds(found) == grounds(found, "m2", "m1") == [ground]


def test_wordings_are_judged_by_their_own_class_and_the_rest_by_the_models():
    reworded = but(concept_version="b2", nested={"ward": "w2"})
    assert grounds(footings((PLAIN, False), (reworded, False), same={("b1", "b2"), ("w1", "w2")})) == []
    assert grounds(footings((PLAIN, False), (but(unit=None, definition=BEDS), True))) == []
    assert grounds(footings((PLAIN, False), (but(concept="patient", concept_version="p1"), True))) == []


def test_every_version_on_the_way_is_asked():
    found = footings((PLAIN, False), (but(unit=None), False), (but(unit=BEDS), True))
    assert grounds(found, "m1", "m3") == [Ground.UNIT]
    assert grounds(found, "m2", "m3") == []
    assert grounds(footings((PLAIN, False), (but(unit=None), False), (PLAIN, False)), "m1", "m3") == []


def test_an_element_that_one_of_them_lacks_is_no_shift():
    lacking = ModelVersion("m2", 2, False, {})
    found = Footings([ModelVersion("m1", 1, False, {"beds": PLAIN}), lacking], {}, lambda *_: True)
    assert found.shifts("m1", "m2", ["beds", "others"]) == ()


def test_groups_are_of_one_concept_and_unit_whatever_the_wording():
    found = footings((PLAIN, False), (but(concept_version="b2"), False), (but(unit=None), False), (PLAIN, False))
    assert found.groups(["m1", "m2", "m3", "m4"], ["beds"]) == {"m1": 0, "m2": 0, "m3": 1, "m4": 0}


def listed(*codes: Code) -> CodeList:
    return CodeList("wards", BEDS, BEDS, codes)


def code(name: str, label: str, **said) -> Code:
    return Code(name, Text(label, label), **said)


MEDICINE, SURGERY = code("1", "Medicin", aliases=("Med",)), code("2", "Kirurgi")


@pytest.mark.parametrize(
    ("after", "moved"),
    [
        ([MEDICINE, SURGERY], ""),
        ([MEDICINE, SURGERY, code("3", "Ortopedi")], ""),
        ([MEDICINE], ""),
        ([code("1", "Invärtes medicin"), SURGERY], ""),
        ([code("1", "Medicin", valid_to=date(2030, 1, 1)), SURGERY], ""),
        ([code("1", "Kirurgi"), code("2", "Medicin")], "1 2"),
        ([code("1", "Medicin"), code("2", "Kirurgi", aliases=("MED",))], "1 2"),
        ([MEDICINE, code("2", "Kirurgi", parent="25")], "2"),
        ([MEDICINE, code("2", "Kirurgi", concept="ward")], "2"),
        ([code("1", "Invärtes"), SURGERY, code("3", "Medicin")], "1"),
    ],
)
def test_codes_move_when_they_mean_something_else(after, moved):
    assert codes_that_moved(listed(MEDICINE, SURGERY), listed(*after)) == frozenset(moved.split())


def test_moved_codes_are_told_unless_the_list_was_classed_as_editorial():
    one, other = but(code_list="wards", code_list_version="c1"), but(code_list="wards", code_list_version="c2")
    swapped = listed(code("1", "Kirurgi"), code("2", "Medicin"))
    for is_editorial, told in ((False, [Ground.CODES]), (True, [])):
        lists = {
            "c1": ListVersion(1, False, listed(MEDICINE, SURGERY)),
            "c2": ListVersion(2, is_editorial, swapped),
        }
        assert grounds(footings((one, False), (other, False), lists=lists.items())) == told
