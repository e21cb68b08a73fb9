"""What has no place in a concept is kept as it was said, and nodes without a name get one from what they say. The files are made up."""

import hashlib

import pytest

from termbank.concepts.concept import Term
from termbank.concepts.schema import MOST_STATEMENTS
from tests.unit.termbank.exchange.rdf_readings import DCT, A, V, first, read, statements, sums


def filled(number: int, also: str = "") -> str:
    return A + " ; ".join(f'<https://p.example/{n}> "x"' for n in range(number)) + f"{also} ."


def test_statements_beyond_the_most_are_lost_by_their_predicates():
    assert sums(read(filled(MOST_STATEMENTS))) == (201, 0, {})
    reading = read(filled(MOST_STATEMENTS, ' ; dct:creator "x" ; skos:note "y"'))
    assert sums(reading) == (201, 0, {"dct:creator (> 200)": 1, "skos:note (> 200)": 1})
    body = filled(MOST_STATEMENTS - 1, ' ; xl:prefLabel :l . :l xl:literalForm "a" ; dct:creator "x"')
    assert len(statements(body)) == MOST_STATEMENTS and first(body).terms == (Term("a"),)
    assert read(body).account.lost == {"dct:creator (> 200)": 1, "skosxl:literalForm (> 200)": 1}


def test_what_hangs_below_a_concept_is_kept_with_the_first_that_names_it():
    reading = read(f'{A}dct:creator _:x . :b a skos:Concept ; dct:creator _:x ; dct:relation :a . _:x dct:title "N" .')
    assert [len(one.concept.foreign.statements) for one in reading.records] == [2, 2] and sums(reading) == (6, 0, {})
    assert [one.kept for one in reading.records] == [3, 3]
    parts = f"{A}dct:creator _:x .", ":b a skos:Concept ; dct:creator _:x .", '_:x dct:title "N" .'
    one, other = read(" ".join(parts)), read(" ".join(reversed(parts)))
    assert {each.name: each.concept for each in one.records} == {each.name: each.concept for each in other.records}


def name_of(said: str) -> str:
    return f"urn:vpr:genid:{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def test_a_node_without_a_name_gets_one_from_what_it_says():
    one, another = (
        statements(f'{A}dct:creator {name} . {name} dct:title "N" ; dct:date "1" .') for name in ("_:x", "_:y")
    )
    name = "<urn:vpr:genid:b53dcc61da68c9c476f77e5cf6330146>"
    lines = f"<{V}a> <{DCT}creator> {name} .", f'{name} <{DCT}date> "1" .', f'{name} <{DCT}title> "N" .'
    assert one == another == lines, "the name is stored with concepts"
    swapped = statements(f'{A}dct:creator _:x . _:x dct:date "1" ; dct:title "N" .')
    assert swapped == one


@pytest.mark.parametrize(
    ("body", "number"),
    [
        ('dct:creator [ dct:title "N" ], [ dct:title "N" ]', 4),
        ("dct:creator [ ], [ ]", 2),
        ('dct:creator [ ] ; dct:hasPart ( "x" "x" ) ; dct:relation ( "x" "x" )', 11),
        ('dct:creator [ dct:title "N" ] ; dct:relation [ dct:title "N" ]', 4),
    ],
)
def test_nodes_that_say_the_same_are_not_the_same(body, number):
    told = statements(f"{A}{body} .")
    assert len(told) == number and sums(read(f"{A}{body} .")) == (1 + number, 0, {})
    assert told == statements(f"{A}{body} .")


def test_nodes_that_say_the_same_are_told_apart_by_what_leads_to_them():
    said = 'dct:creator [ dct:title "N" ]'
    one, other = (read(f":{x} a skos:Concept ; {said} . :{y} a skos:Concept ; {said} .") for x, y in ("ab", "ba"))
    assert {each.name: each.concept for each in one.records} == {each.name: each.concept for each in other.records}


def test_nodes_in_a_circle_end():
    told = statements(f"{A}dct:creator _:x . _:x dct:relation _:y . _:y dct:relation _:x .")
    inner = name_of(f"{DCT}relation urn:vpr:genid:")
    outer = name_of(f"{DCT}relation {inner}")
    assert set(told) == {
        f"<{V}a> <{DCT}creator> <{outer}> .",
        f"<{outer}> <{DCT}relation> <{inner}> .",
        f"<{inner}> <{DCT}relation> <{outer}> .",
    }


def test_a_concept_without_a_name_gets_one_and_is_told_of():
    told = [read(f'{A}skos:broader {n} . {n} a skos:Concept ; skos:prefLabel "b"@sv .').records for n in ("_:x", "_:y")]
    assert told[0] == told[1] and told[0][1].name == told[0][1].concept.foreign.iri
    assert told[0][1].name.startswith("urn:vpr:genid:")
    assert [[each.code for each in one.findings] for one in told[0]] == [[], ["IMPORT-028"]]


def test_the_name_of_a_node_does_not_follow_from_what_is_said_of_what_has_a_name():
    one, another = (statements(f'{A}dct:creator [ dct:relation :b ] . :b dct:title "{said}" .') for said in "xy")
    assert one[0] == another[0] == f"<{V}a> <{DCT}creator> <{name_of(f'{DCT}relation {V}b')}> ."


@pytest.mark.parametrize("name", ["a b", "a<b", "a\\u003Eb", "{a}", "a|b", "%zz"])
def test_what_cannot_be_a_name_in_a_statement_is_lost(name):
    assert sums(read(f'{A}<urn:{name}> "x" .')) == (1, 0, {f"urn:{name.replace(chr(92) + 'u003E', '>')}": 1})
    body = f'{A}dct:relation <urn:{name}> . <urn:{name}> dct:title "x" .'
    assert sums(read(body)) == (1, 0, {"dct:relation": 1, "dct:title": 1}) and statements(body) == ()


def chain(length: int, name: str, beside: str = "") -> tuple[str, ...]:
    links = " ".join(f"_:{name}{n} dct:relation _:{name}{n + 1} ." for n in range(length))
    return statements(f'{A}dct:creator _:{name}0 . {beside} {links} _:{name}{length} dct:title "end" .')


def test_names_follow_from_what_is_said_however_deep():
    assert chain(150, "x") == chain(150, "y") and len(chain(150, "x")) == 152


def test_many_nodes_beside_each_other_are_not_deep():
    one, another = (
        statements(f"{A}dct:creator [ dct:hasPart " + ", ".join(f"_:{name}{n}" for n in range(60)) + " ] . "
                   + " ".join(f'_:{name}{n} dct:title "{n}" .' for n in range(60)))
        for name in "xy"
    )  # fmt: skip
    assert one == another and len(one) == 121


def test_a_name_follows_from_the_first_thousand_things():
    def name(number: int) -> str:
        (line,) = [each for each in statements(f"{A}dct:creator [ dct:extent " + ", ".join(map(str, range(number))) + " ] .")
                   if each.startswith(f"<{V}a>")]  # fmt: skip
        return line

    assert name(999) != name(1_000) == name(1_001)
