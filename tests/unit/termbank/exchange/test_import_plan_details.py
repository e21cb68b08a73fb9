"""What an import would do, told from records: which name finds a concept, what refuses one, and what becomes of relations."""

import itertools
from dataclasses import replace

import pytest

from registry.findings import Finding, Text
from registry.provenance import Provenance
from termbank.concepts.circles import circles
from termbank.concepts.concept import Concept, Definition, Foreign, Note, Relation, Source, Target, Term
from termbank.concepts.wordings import Wording, wordings_of
from termbank.exchange.changes import Change, changes
from termbank.exchange.comparing import Comparison, compare
from termbank.exchange.planning import Fate, Known, Plan, Planned, plan
from termbank.exchange.records import EVERYTHING, Reading, Record, blank
from termbank.finding_texts.all import FINDINGS
from termbank.notions import Origin, RelationKind, TermStatus
from tests.unit.termbank.exchange.exchange_sources import BARE, BASE, BED, FOREIGN, ID, ROOM, source

OWN = (f"{BASE}termbank/",)
CITED = Source("En vokabulär")
V = "https://v.example/"
LONG = "urn:" + "a" * 300


def own(slug: str) -> str:
    return f"{BASE}termbank/id/concept/{ID[slug]}"


def word(*texts: str, language: str = "sv", **more) -> Concept:
    return blank(terms=tuple(Term(text, language) for text in texts), **more)


def record(name: str, concept: Concept | None = None, **more) -> Record:
    return Record(name, concept or word("stol"), **more)


def planned(*records: Record, kind: str = "skos", concepts=None, whole: bool = False, **known) -> Plan:
    return plan(Reading(records, kind=kind), Known(source(concepts), OWN, **known), source=CITED, whole=whole)


def only(*records: Record, **more) -> Planned:
    (one,) = planned(*records, **more).concepts
    return one


def codes(one: Planned) -> list[str]:
    return [finding.code for finding in one.findings]


@pytest.mark.parametrize(
    ("kind", "name", "also", "found"),
    [
        ("skos", own("rum"), (), "rum"),
        ("skos", V, (own("rum"),), "rum"),
        ("skos", own("rum"), (own("sang"),), "rum"),
        ("skos", FOREIGN, (), "sang"),
        ("skos", f"urn:tbx:{V}", (), ""),
        ("tbx", "t1", (own("rum"),), "rum"),
        ("tbx", "rum", (), ""),
        ("table", "rum", (), "rum"),
        ("table", "rum", (own("sang"),), "sang"),
        ("table", "row 2", (), ""),
    ],
)  # fmt: skip
def test_a_record_is_the_concept_that_its_names_find(kind, name, also, found):
    one = only(record(name, word("rum"), also=also), kind=kind)
    assert one.item == ID.get(found, "") and (one.fate is Fate.NEW) == (not found)


def test_an_entry_of_tbx_is_found_again_by_its_id():
    here = replace(BARE, foreign=Foreign("urn:tbx:t1"))
    assert only(record("t1"), kind="tbx", concepts={"8": here}).item == ID["8"]
    assert only(record("t1"), kind="skos", concepts={"8": here}).item == ""


@pytest.mark.parametrize(
    ("kind", "name", "also", "said"),
    [
        ("skos", f"{OWN[0]}x", (), f"{OWN[0]}x"),
        ("skos", V, (f"{OWN[0]}x",), f"{OWN[0]}x"),
        ("skos", OWN[0] + "x" * 300, (), (OWN[0] + "x" * 300)[:200]),
        ("table", "99", (), "99"),
        ("table", "row 2", (f"{OWN[0]}x",), f"{OWN[0]}x"),
    ],
)  # fmt: skip
def test_what_is_said_to_be_here_and_is_not_is_refused_by_that_name(kind, name, also, said):
    one = only(record(name, also=also, row=3), kind=kind)
    assert (one.fate, codes(one), one.findings[0].params["name"]) == (Fate.REFUSED, ["IMPORT-017"], said)
    assert one.findings[0].places[0].row == 3


@pytest.mark.parametrize(("kind", "also"), [("table", (V,)), ("skos", ()), ("tbx", ())])
def test_only_a_key_alone_says_that_a_concept_is_here(kind, also):
    assert only(record("99", also=also), kind=kind).fate is Fate.NEW


def test_what_is_not_published_yet_is_refused_unless_it_is_here_too():
    refused = only(record(LONG), open={LONG: "stol"})
    assert codes(refused) == ["IMPORT-023"] and refused.findings[0].params == {"name": LONG[:200], "term": "stol"}
    assert only(record(V, also=(LONG,)), open={LONG: "stol"}).findings[0].params["name"] == LONG[:200]
    assert only(record(FOREIGN, BED), open={FOREIGN: "stol"}).fate is not Fate.REFUSED
    assert only(record(V), open={LONG: "stol"}).fate is Fate.NEW


@pytest.mark.parametrize(
    ("kind", "name", "terms", "doubted"),
    [
        ("table", "rum", ("RUM",), False),
        ("table", "rum", ("hus",), True),
        ("skos", own("rum"), ("hus",), False),
    ],
)
def test_a_key_is_doubted_where_no_term_is_shared(kind, name, terms, doubted):
    assert codes(only(record(name, word(*terms)), kind=kind)) == (["IMPORT-018"] if doubted else [])


def test_records_of_one_concept_name_each_other_shortly():
    one, other, third = planned(
        record("a" * 300, also=(FOREIGN,)), record("b" * 300, also=(own("sang"),)), record(own("rum"), ROOM)
    ).concepts
    assert codes(one) == codes(other) == ["IMPORT-022"] and third.fate is Fate.SAME
    assert one.findings[0].params == {"name": "a" * 200, "other": "b" * 200, "term": "säng"}
    assert other.findings[0].params["other"] == "a" * 200


def related(name: str, kind: RelationKind = RelationKind.ASSOCIATIVE) -> Relation:
    return Relation(kind, Target(iri=name))


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        (own("rum"), Target(item=ID["rum"])),
        (V + "b", Target(iri=V + "b")),
        (V + "elsewhere", Target(item="e" * 32)),
        (V + "unknown", Target(iri=V + "unknown")),
        ("row 3", Target(iri="row 3")),
        ("nobody", None),
        (LONG, None),
        ("row 4", None),
    ],
)  # fmt: skip
def test_a_relation_leads_to_what_its_name_stands_for(target, kept):
    elsewhere = {V + "elsewhere": "e" * 32, V + "b": "d" * 32}
    bad = FINDINGS.found("IMPORT-020", {"language": "sv", "terms": "a"})
    one, *_ = planned(
        record(V + "a", word("a", relations=(related(target),)), row=2), record(V + "b", word("b")), record("row 3", word("c")),
        record("row 4", word("d"), findings=(bad,)), elsewhere=elsewhere,
    ).concepts  # fmt: skip
    assert [relation.target for relation in one.after.relations] == ([kept] if kept else [])
    assert codes(one) == ([] if kept else ["IMPORT-032" if target == "row 4" else "IMPORT-019"])
    if kept is None:
        assert one.findings[0].params["name"] == target[:200] and one.findings[0].places[0].row == 2


@pytest.mark.parametrize(
    ("kind", "name", "foreign", "after", "origin"),
    [
        ("tbx", "t1", None, Foreign("urn:tbx:t1"), Origin.OFFICIAL),
        ("tbx", "line 7", None, None, Origin.OFFICIAL),
        ("skos", V, Foreign(V), Foreign(V), Origin.OFFICIAL),
        ("skos", V, None, None, Origin.PROPOSAL),
        ("table", "row 2", None, None, Origin.PROPOSAL),
    ],
)
def test_a_new_concept_says_whose_it_is(kind, name, foreign, after, origin):
    made = only(record(name, word("stol", foreign=foreign)), kind=kind).after
    assert (made.foreign, made.origin, made.scheme.key) == (after, origin, "sangar")
    official = origin is Origin.OFFICIAL
    assert made.sources == ((CITED,) if official else ())
    assert made.provenance is (Provenance.REPRODUCED if official else Provenance.OWN)


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [("sv", 2, ("sv", "t0, t1")), ("", 2, ("?", "t0, t1")), ("en", 11, ("en", ", ".join(f"t{n}" for n in range(10))))],
)
def test_one_term_is_preferred_in_each_language(language, number, said):
    one = only(record(V, word(*(f"t{n}" for n in range(number)), language=language)))
    assert codes(one) == ["IMPORT-020"]
    assert (one.findings[0].params["language"], one.findings[0].params["terms"]) == said
    assert only(record(V, word("a"))).fate is Fate.NEW
    admitted = blank(terms=(Term("a", "sv"), Term("b", "sv", TermStatus.ADMITTED), Term("c", "en")))
    assert only(record(V, admitted)).fate is Fate.NEW


def graded(code: str) -> Finding:
    return FINDINGS.found(
        code, {"name": "x", "language": "sv", "terms": "x", "relation": "x", "term": "x", "other": "x"}
    )


def test_findings_of_the_file_refuse_a_concept_where_they_are_errors_and_are_told_once():
    refused, remarked = graded("IMPORT-020"), graded("IMPORT-019")
    one, other = planned(record(V, findings=(refused, remarked)), record(V + "b", findings=(remarked,))).concepts
    assert (one.fate, codes(one)) == (Fate.REFUSED, ["IMPORT-020", "IMPORT-019"])
    assert (other.fate, codes(other)) == (Fate.NEW, ["IMPORT-019"])


def test_the_first_thing_that_is_wrong_refuses_a_new_concept():
    one = only(record(V, word("x" * 121, definitions=(Definition("d", "sv", url="nowhere"),))))
    assert (one.fate, codes(one)) == (Fate.REFUSED, ["TERM-004"])
    assert codes(only(record(V, word("a", relations=(related("https:// x", RelationKind.EXACT),))))) == ["TERM-009"]
    twice = word("a", relations=(related(own("rum")), Relation(RelationKind.ASSOCIATIVE, Target(iri=own("rum")), label=wordings_of(Text("x", "")))))  # fmt: skip
    assert codes(only(record(V, twice))) == ["TERM-008"]


def test_what_is_wrong_here_already_refuses_no_change():
    here = {"rum": word("x" * 121)}
    assert only(record(own("rum"), here["rum"]), concepts=here).fate is Fate.SAME
    longer = word("x" * 121, "y", notes=(Note((Wording("ny", "sv"),)),))
    longer = replace(longer, terms=(longer.terms[0], replace(longer.terms[1], status=TermStatus.ADMITTED)))
    assert only(record(own("rum"), longer), concepts=here).fate is Fate.CHANGED
    bad = replace(longer, relations=(related("https:// x", RelationKind.EXACT),))
    assert codes(only(record(own("rum"), bad), concepts=here)) == ["TERM-009"]


BROADER = RelationKind.GENERIC


def test_what_is_refused_already_makes_no_circle():
    one, other = planned(
        record(V + "a", word("a", relations=(related(V + "b", BROADER),))),
        record(V + "b", word("b", "c", relations=(related(V + "a", BROADER),))),
    ).concepts
    assert (one.fate, codes(one)) == (Fate.NEW, ["IMPORT-032"]) and codes(other) == ["IMPORT-020"]


def test_a_circle_is_named_by_at_most_ten_of_its_terms():
    ring = [record(f"{V}{n}", word(f"t{n}", relations=(related(f"{V}{(n + 1) % 11}", BROADER),))) for n in range(11)]
    done = planned(*ring, record(V + "x", word("x", relations=(related(V + "y", BROADER),))))
    assert [one.fate for one in done.concepts] == [Fate.REFUSED] * 11 + [Fate.NEW]
    assert done.concepts[0].findings[0].params["terms"] == ", ".join(f"t{n}" for n in range(10))


def test_a_circle_may_go_by_way_of_what_is_here_and_of_what_is_new():
    room = replace(ROOM, relations=(related(V, BROADER),))
    done = planned(record(own("rum"), room), record(V, word("hus", relations=(related(own("sang"), BROADER),))))
    assert [codes(one)[0] for one in done.concepts] == ["IMPORT-021"] * 2
    assert done.concepts[0].findings[0].params["terms"] == "rum, hus"


def test_a_concept_without_a_term_has_the_title_that_it_had_or_its_name():
    gone = replace(ROOM, terms=())
    assert only(record(own("rum"), gone)).title == Text("rum", "room")
    assert only(record("row 7", blank(), row=7), kind="table").title == Text("rad 7", "row 7")
    assert only(record(V)).title == Text("stol", "stol")


def test_what_is_gone_has_no_row_and_what_was_read_has_its_own():
    done = planned(record(own("rum"), ROOM, row=9), whole=True)
    assert [(one.fate, one.row) for one in done.concepts] == [(Fate.SAME, 9)] + [(Fate.GONE, 0)] * 3
    assert [one.name for one in done.of(Fate.GONE)] == ["sang", "7", "8"]
    assert Planned(Fate.NEW, "a", Text("a", "a")).row == 0
    assert done.counts == {Fate.NEW: 0, Fate.CHANGED: 0, Fate.SAME: 1, Fate.GONE: 3, Fate.REFUSED: 0}


def test_changes_name_concepts_by_the_titles_that_are_known():
    after = replace(ROOM, relations=(Relation(BROADER, Target(item=ID["7"])), related(V, RelationKind.EXACT)))
    one = Planned(Fate.CHANGED, "rum", ROOM.title, before=ROOM, after=after)
    assert [each.after for each in one.changes({ID["7"]: "möbel", V: "vokabulär"})] == ["möbel", "vokabulär"]
    assert [each.after for each in one.changes()] == [ID["7"], V]
    named = replace(ROOM, relations=(Relation(BROADER, Target(key="7")), Relation(BROADER, Target(key="8"), label=wordings_of(Text("del av", "")))))  # fmt: skip
    assert [each.after for each in changes(ROOM, named, {})] == ["7", "8 (del av)"]
    english = replace(ROOM, relations=(Relation(BROADER, Target(key="8"), label=wordings_of(Text("", "part of"))),))
    assert [each.after for each in changes(ROOM, english, {"": "x"})] == ["x (part of)"]


def noted(*texts: str, **more) -> Concept:
    return word("a", notes=tuple(Note((Wording(text, "sv"),)) for text in texts), **more)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (("a", "b"), ("b", "c"), [("a", "c")]),
        (("a", "b"), ("c", "c"), [("a", "c"), ("b", "c")]),
        (("a", "b"), ("c",), [("a", "c"), ("b", "")]),
        (("a",), ("c", "d"), [("a", "c"), ("", "d")]),
        (("a", "b"), ("b", "a"), []),
        (("a", "a"), ("a",), [("a", "")]),
        ((), ("a",), [("", "a")]),
    ],
)
def test_texts_with_one_label_are_changed_in_their_order(before, after, found):
    assert [(one.before, one.after) for one in changes(noted(*before), noted(*after), {})] == found


def test_texts_with_different_labels_are_no_change_of_each_other():
    found = changes(noted("x"), word("a", examples=(Note(wordings_of(Text("y", "y"))),)), {})
    assert found == [Change(Text("Anmärkning", "Note"), "x", ""), Change(Text("Exempel", "Example"), "", "y")]
    defined = changes(word("a"), word("a", definitions=(Definition("d", "sv"),)), {})
    assert defined == [Change(Text("Definition", "Definition"), "", "d")]


def reachable(above: dict[str, list[str]], start: str) -> set[str]:
    found: set[str] = set()
    ahead = list(above.get(start, ()))
    while ahead:
        if (one := ahead.pop()) not in found:
            found.add(one)
            ahead += above.get(one, ())
    return found


def test_circles_are_what_reaches_itself_in_every_small_hierarchy():
    """Every one of four names of which each has at most two above it."""
    choices = [list(some) for number in (0, 1, 2) for some in itertools.combinations("abcd", number)]
    for picked in itertools.product(choices, repeat=3):
        above = dict(zip("abc", picked, strict=True)) | {"d": ["b"]}
        reach = {name: reachable(above, name) for name in above}
        wanted = {frozenset({*(b for b in reach[a] if a in reach[b])}) for a in above if a in reach[a]}
        assert {frozenset(one) for one in circles(above)} == wanted and len(circles(above)) == len(wanted)


def test_a_name_that_nothing_is_said_of_is_above_nobody():
    assert circles({"a": ["x"], "b": ["x", "a"]}) == [] and circles({"a": ["x", "a"]}) == [{"a"}]


def compared(first, second, kinds=("skos", "skos"), says=(EVERYTHING, EVERYTHING)) -> Comparison:
    return compare(
        Reading(tuple(first), says=says[0], kind=kinds[0]), Reading(tuple(second), says=says[1], kind=kinds[1])
    )


def test_readings_share_a_concept_by_any_name_but_an_empty_one():
    assert Comparison().same == 0
    assert compared([record("a", also=("x",))], [record("b", also=("x",))]).same == 1
    assert compared([record("a", word("stol", foreign=Foreign(V)))], [record(V)]).same == 1
    nameless = word("stol", foreign=Foreign(""))
    found = compared([record("a", nameless)], [record("b", nameless)])
    assert ([one.name for one in found.new], [one.name for one in found.gone], found.same) == (["b"], ["a"], 0)
    twice = compared(
        [record("a", word("ett"), also=("x",)), record("b", word("två"), also=("x",))], [record("x", word("ett"))]
    )
    assert (twice.same, [one.name for one in twice.gone]) == (1, ["b"]), "the first that has the name is meant"


def test_relations_are_compared_by_what_they_name_whatever_its_name_is():
    def some(name, other):
        return [record(name, word("a", relations=(related(other), related(V)))), record(other, word("b"), also=("b",))]

    assert compared([record("a", word("a", relations=(related(V), related("b1")))), record("b1", word("b"), also=("b",))], some("a", "b2")).same == 2  # fmt: skip
    found = compared(some("a", "b1"), [record("a", word("a", relations=(related("b2"), related(V + "x")))), record("b2", word("b"), also=("b",))])  # fmt: skip
    assert [(one.before, one.after) for one in found.changed[0].changes] == [(V, V + "x")] and found.same == 1


@pytest.mark.parametrize(
    "rich",
    [
        blank(terms=(Term("stol", "sv", source="SAOB"),)),
        word("stol", definitions=(Definition("d", "sv", "Boken"),)),
    ],
)
def test_what_is_said_of_terms_and_definitions_is_compared_in_files_of_one_kind(rich):
    plain = replace(
        rich,
        terms=tuple(Term(one.text, one.language) for one in rich.terms),
        definitions=tuple(Definition(one.text, one.language) for one in rich.definitions),
    )
    assert len(compared([record("a", rich)], [record("a", plain)]).changed) == 1
    assert compared([record("a", rich)], [record("a", plain)], ("skos", "tbx")).same == 1


@pytest.mark.parametrize(
    ("one", "other", "says", "same"),
    [
        (("x",), ("x",), (EVERYTHING, EVERYTHING), 1),
        (("x",), ("y",), (EVERYTHING, EVERYTHING), 0),
        (("x",), ("y",), (EVERYTHING, EVERYTHING - {("foreign",)}), 1),
        (("x",), ("y",), (EVERYTHING - {("foreign",)}, EVERYTHING), 1),
        ((), (), (EVERYTHING, EVERYTHING), 1),
        ((), ("x",), (EVERYTHING, EVERYTHING), 0),
    ],
)
def test_statements_are_compared_where_both_files_can_have_them(one, other, says, same):
    first, second = (record("a", word("stol", foreign=Foreign(f"{V}{n}", said))) for n, said in enumerate((one, other)))
    assert compared([first], [second], says=says).same == same
