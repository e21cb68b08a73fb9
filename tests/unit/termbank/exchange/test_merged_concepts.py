"""What a concept becomes where a file says it otherwise: three sides, part by part."""

from dataclasses import replace

import pytest

from registry.findings import Text
from termbank.concepts.concept import Concept, Definition, Foreign, Notation, Note, Relation, Target, Term
from termbank.concepts.wordings import Wording, wordings_of
from termbank.exchange.merging import is_same, merged, sayable
from termbank.exchange.records import EVERYTHING, blank
from termbank.notions import RelationKind, TermStatus

A, B, C = (Target(item=letter * 32) for letter in "abc")
GENERIC, UNKNOWN, ASSOCIATIVE, CONTESTED = (
    RelationKind.GENERIC,
    RelationKind.BROADER_UNKNOWN,
    RelationKind.ASSOCIATIVE,
    RelationKind.CONTESTED,
)


def parts(field: str, existing, seen, told):
    """The field of a concept after a file showed ``seen`` of it and says ``told``."""
    one, shown, said = (blank(**{field: value}) for value in (existing, seen, told))
    return getattr(merged(one, shown, said, EVERYTHING), field)


def note(*texts: str, source: str = "", url: str = "") -> Note:
    return Note(
        tuple(Wording(text, language) for language, text in zip(("sv", "en"), texts, strict=False)), source, url
    )


FULL = blank(
    terms=(Term("säng", "sv"), Term("bed", "en"), Term("bädd", "sv", TermStatus.ADMITTED)),
    definitions=(Definition("möbel", "sv"), Definition("furniture", "en")),
    notes=(note("n", "n"),), examples=(note("e", "e"),), problems=(note("p", "p"),),
    relations=(Relation(GENERIC, A), Relation(ASSOCIATIVE, B)), subject_field=wordings_of(Text("möbler", "furniture")),
    notations=(Notation("1"),), foreign=Foreign("https://v.example/1", ("<a> <b> <c> .",)),
)  # fmt: skip


@pytest.mark.parametrize("field", [next(iter(one)) for one in sorted(EVERYTHING)])
def test_only_what_a_file_can_say_is_taken_away(field):
    nothing = blank()
    cleared = merged(FULL, FULL, nothing, frozenset({(field,)}))
    untouched = [name for (name,) in EVERYTHING if name != field]
    assert all(getattr(cleared, name) == getattr(FULL, name) for name in untouched)
    assert getattr(cleared, field) == (Foreign("https://v.example/1") if field == "foreign" else ())
    assert is_same(merged(FULL, FULL, nothing, frozenset()), FULL) and not is_same(cleared, FULL)


def test_a_file_may_say_a_part_in_one_language_or_of_one_kind_alone():
    says = frozenset({
        ("terms", "preferred", "sv"), ("definitions", "sv"), ("notes", "sv"), ("examples", "en"), ("relations", "generic"), ("subject_field", "en"),
    })  # fmt: skip
    said = sayable(FULL, says)
    assert said.terms == FULL.terms[:1] and said.definitions == FULL.definitions[:1]
    assert (said.notes, said.examples, said.problems) == ((note("n"),), (Note((Wording("e", "en"),)),), ())
    assert said.relations == FULL.relations[:1] and said.subject_field == (Wording("furniture", "en"),)
    assert said.notations == () and sayable(FULL, EVERYTHING) == FULL


@pytest.mark.parametrize(
    ("existing", "seen", "told", "after"),
    [
        ([("a", "x"), ("a", "y"), ("b", "")], [("a", "x"), ("a", "y"), ("b", "")], [("a", "y"), ("b", "")], [("a", "y"), ("b", "")]),
        ([("a", "x"), ("b", "")], [("a", ""), ("b", "")], [("b", "")], [("b", "")]),
        ([("a", ""), ("b", ""), ("c", "")], [("a", ""), ("b", ""), ("c", "")], [("c", "")], [("c", "")]),
        ([("a", "")], [("a", "")], [("a", ""), ("b", "x")], [("a", ""), ("b", "x")]),
        ([("a", "")], [("a", "x")], [], [("a", "")]),
        ([("a", "x")], [("a", "")], [("a", "")], [("a", "x")]),
    ],
)  # fmt: skip
def test_a_notation_goes_with_the_view_of_it(existing, seen, told, after):
    assert parts("notations", *(tuple(Notation(*pair) for pair in some) for some in (existing, seen, told))) == tuple(
        Notation(*pair) for pair in after
    )


def test_a_term_keeps_what_the_file_does_not_show_and_its_place():
    rich, other = Term("VS", "sv", TermStatus.ADMITTED, source="SAOB", abbreviation=True), Term("säng", "sv")
    shown = Term("VS", "sv", TermStatus.ADMITTED)
    after = parts("terms", (rich, other), (shown, other), (replace(shown, status=TermStatus.HIDDEN), other))
    assert after == (replace(rich, status=TermStatus.HIDDEN), other)
    changed = parts("terms", (rich, other), (shown, other), (replace(shown, source="SO", homograph=2), other))
    assert changed == (replace(rich, source="SO", homograph=2), other)
    assert parts("terms", (rich, other), (shown, other), (other,)) == (other,)
    assert parts("terms", (rich, other), (shown, other), (shown, other)) == (rich, other)
    twice = replace(shown, status=TermStatus.HIDDEN)
    assert parts("terms", (rich, other), (shown, other), (shown, twice, other)) == (rich, other, twice)
    respaced = parts("terms", (Term("en  säng", "sv"),), (Term("en  säng", "sv"),), (Term("en säng", "sv"),))
    assert respaced == (Term("en säng", "sv"),)


def test_the_same_word_in_another_language_is_another_term():
    swedish, english = Term("bed", "sv"), Term("bed", "en")
    assert parts("terms", (swedish, english), (swedish, english), (english,)) == (english,)
    assert parts("terms", (swedish,), (swedish,), (english,)) == (english,)


@pytest.mark.parametrize(
    ("source", "after"), [("", "Boken"), ("Nya boken", "Nya boken")]
)  # fmt: skip
def test_a_definition_with_the_same_text_keeps_its_source_until_another_is_said(source, after):
    one, other = Definition("a", "sv", "Boken", "https://b.example/"), Definition("b", "en")
    found = parts(
        "definitions", (one, other), (Definition("a", "sv", "Boken"), other), (Definition("a", "sv", source), other)
    )
    assert found == (replace(one, source=after), other)


def test_a_definition_is_replaced_by_the_one_in_its_language():
    old = (Definition("a", "sv", "Boken"), Definition("b", "en"), Definition("c", "fi"))
    new = (Definition("y", "en"), Definition("x", "sv"), old[2])
    assert parts("definitions", old, old, new) == (new[1], new[0], old[2])
    assert parts("definitions", old, old, (old[0], Definition("z", "de"))) == (old[0], Definition("z", "de"))
    further = (Definition("å", "sv"), Definition("ä", "sv"))
    both = (old[0], further[0], old[1])
    assert parts("definitions", both, both, (new[1], further[1], old[1])) == (new[1], further[1], old[1])
    assert parts("definitions", old, old, (*old, *further)) == (*old, *further)
    bare = tuple(replace(one, source="") for one in old)
    assert parts("definitions", old, bare, (*bare, *further)) == (*old, *further)


def test_notes_that_nothing_is_said_of_stay_as_they_are():
    twice = (note("a"), note("a"), Note(()))
    assert parts("notes", twice, (note("a"),), (note("a"),)) == twice
    assert parts("notes", twice, (), (note("b"),)) == (note("a"), note("b"))


def test_a_note_is_changed_text_by_text_and_added_ones_come_last():
    first, second = note("a", "A", source="Boken"), note("b", "B")
    seen = (note("a (Boken)", "A (Boken)"), second)
    assert parts("notes", (first, second), seen, (note("ny", "A (Boken)"), second)) == (
        note("ny", "A", source="Boken"), second,
    )  # fmt: skip
    assert parts("notes", (first, second), seen, (second,)) == (second,)
    assert parts("notes", (first, second), seen, (*seen, note("c", "C"))) == (first, second, note("c", "C"))
    assert parts("notes", (first,), seen[:1], (Note((Wording("A (Boken)", "en"),)),)) == (
        Note((Wording("A", "en"),), "Boken"),
    )
    assert parts("notes", (first,), seen[:1], (seen[0], note("a", "C"))) == (first, note("a", "C"))
    half = replace(first, texts=first.texts[:1])
    assert parts("notes", (first, second), seen, (note("a (Boken)"), note("ny", "B"))) == (half, note("ny", "B"))


@pytest.mark.parametrize(
    ("shown", "is_gone"),
    [("a", True), ("a (Boken)", True), ("a (https://b.example/)", True), ("a (annat)", False), ("b", False)],
)
def test_a_view_of_a_note_has_its_source_its_address_or_neither(shown, is_gone):
    one = note("a", source="Boken", url="https://b.example/")
    assert parts("notes", (one,), (note(shown),), ()) == (() if is_gone else (one,))
    english = Note((Wording(shown, "en"),))
    assert parts("notes", (one,), (english,), ()) == (one,)


@pytest.mark.parametrize(
    ("existing", "seen", "told", "after"),
    [
        ([(GENERIC, A)], [(UNKNOWN, A)], [(UNKNOWN, A)], [(GENERIC, A)]),
        ([(GENERIC, A)], [(UNKNOWN, A)], [], []),
        ([(GENERIC, A)], [(UNKNOWN, A), (ASSOCIATIVE, A)], [(ASSOCIATIVE, A)], [(GENERIC, A)]),
        ([(GENERIC, A), (ASSOCIATIVE, A)], [(GENERIC, A), (ASSOCIATIVE, A)], [(ASSOCIATIVE, A)], [(ASSOCIATIVE, A)]),
        ([(CONTESTED, A), (ASSOCIATIVE, A)], [(ASSOCIATIVE, A)], [], [(CONTESTED, A)]),
        ([(CONTESTED, A)], [(CONTESTED, A)], [], []),
        ([(GENERIC, A)], [(GENERIC, A)], [(GENERIC, B)], [(GENERIC, B)]),
        ([(GENERIC, A)], [(GENERIC, B)], [], [(GENERIC, A)]),
        ([(GENERIC, A), (GENERIC, B)], [(GENERIC, A), (GENERIC, B)], [(GENERIC, A), (GENERIC, C)], [(GENERIC, A), (GENERIC, C)]),
    ],
)  # fmt: skip
def test_a_relation_stays_as_long_as_a_view_of_it(existing, seen, told, after):
    found = parts("relations", *(tuple(Relation(*pair) for pair in some) for some in (existing, seen, told)))
    assert [(one.kind, one.target) for one in found] == after


def test_a_relation_that_is_here_already_is_not_added_beside_itself():
    labelled = Relation(GENERIC, replace(A, key="a"), label=wordings_of(Text("är en", "")))
    assert parts("relations", (labelled,), (), (Relation(GENERIC, A),)) == (labelled,)
    assert parts("relations", (labelled,), (Relation(GENERIC, A),), (Relation(GENERIC, A),)) == (labelled,)


IRI, OTHER = "https://v.example/1", "https://v.example/2"


@pytest.mark.parametrize(
    ("existing", "seen", "told", "after"),
    [
        (None, None, None, None),
        (None, Foreign(IRI, ("x",)), None, None),
        (None, None, Foreign(IRI, ("x",)), Foreign(IRI, ("x",))),
        (Foreign(IRI, ("x",)), None, None, Foreign(IRI, ("x",))),
        (Foreign(IRI, ("x",)), Foreign(IRI), None, Foreign(IRI, ("x",))),
        (Foreign(IRI, ("x",)), Foreign(IRI, ("x",)), None, Foreign(IRI)),
        (Foreign(IRI, ("x",)), None, Foreign(OTHER, ("w",)), Foreign(IRI, ("w", "x"))),
        (Foreign(IRI, ("x", "y")), Foreign(IRI, ("x", "y")), Foreign(IRI, ("y", "z")), Foreign(IRI, ("y", "z"))),
        (Foreign(IRI, ("x", "y")), Foreign(IRI, ("x",)), Foreign(IRI, ("x",)), Foreign(IRI, ("x", "y"))),
    ],
)  # fmt: skip
def test_statements_of_somebody_else_come_and_go_and_the_iri_stays(existing, seen, told, after):
    assert parts("foreign", existing, seen, told) == after


def test_what_is_not_told_by_files_is_kept():
    one = replace(FULL, concerns_persons=True)
    after: Concept = merged(one, FULL, replace(FULL, terms=()), EVERYTHING)
    assert after.concerns_persons is True and after.terms == ()
