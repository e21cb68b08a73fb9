"""What a reviewer sees of two versions: what came, what went, what changed, and nothing else."""

import pytest

from registry.findings import Text
from registry.items.diff import outline_diff
from registry.items.outlines import Mention, Named, Word

NOTE, TERM = Text("Anmärkning", "Note"), Text("Term", "Term")


def _changed(before, after, names=None):
    found = outline_diff([(NOTE, text) for text in before], [(NOTE, text) for text in after], "sv", names or {})
    return [row.tokens for row in found if row.is_changed]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_note_put_in_anywhere_is_the_only_one_that_shows(place):
    before = ["Räknas av regionen.", "Gäller inte hemsjukvård."]
    after = [*before[:place], "Efterfrågas i bilaga 7.", *before[place:]]
    assert _changed(before, after) == [(("added", "Efterfrågas i bilaga 7."),)]


def test_one_note_taken_out_is_the_only_one_that_shows():
    assert _changed(["ett", "två", "tre"], ["ett", "tre"]) == [(("removed", "två"),)]


def test_a_note_that_is_reworded_is_compared_word_by_word_beside_one_that_is_new():
    before = ["Gäller vårdplatser inom somatisk vård på sjukhus."]
    after = ["Något helt annat.", "Gäller vårdplatser inom psykiatrisk vård på sjukhus."]
    new, reworded = _changed(before, after)
    assert new == (("added", "Något helt annat."),)
    assert reworded == (
        ("same", "Gäller vårdplatser inom "),
        ("removed", "somatisk"),
        ("added", "psykiatrisk"),
        ("same", " vård på sjukhus."),
    )


def test_a_single_field_that_is_wholly_rewritten_stays_one_field():
    [row] = outline_diff([(TERM, "vårdplats")], [(TERM, "säng")], "sv")
    assert row.tokens == (("removed", "vårdplats"), ("added", "säng"))


def test_codes_are_matched_by_their_code_wherever_they_stand():
    before = [(Text(f"Kod {code}", f"Code {code}"), label) for code, label in (("A", "ett"), ("B", "två"))]
    after = [(Text(f"Kod {code}", f"Code {code}"), label) for code, label in (("B", "två"), ("C", "tre"), ("A", "ett"))]
    assert [row.label.sv for row in outline_diff(before, after, "sv") if row.is_changed] == ["Kod C"]


def test_another_item_is_called_by_its_name_and_leads_to_it():
    mention = Mention("concept", "vardplats")
    [row] = outline_diff([], [(TERM, mention)], "sv", {mention: Named(Text("vårdplats", "hospital bed"), "/plats/")})
    assert (row.tokens, row.url) == ((("added", "vårdplats"),), "/plats/")


def test_a_change_in_the_other_language_alone_is_shown_and_says_so():
    definition, source = Text("Definition", "Definition"), Text("Källa", "Source")
    before = [(definition, Text("plats att ligga på", "place to lie on")), (source, "SKL")]
    after = [(definition, Text("plats att sitta på", "place to lie on")), (source, "SKL")]
    [row] = [one for one in outline_diff(before, after, "en") if one.is_changed]
    assert (row.label.en, row.before, row.after) == (
        "Definition (in Swedish)",
        "plats att ligga på",
        "plats att sitta på",
    )
    [row] = [one for one in outline_diff(before, after, "sv") if one.is_changed]
    assert row.label == definition


def test_what_changed_in_both_languages_is_shown_in_both_and_choices_in_the_readers():
    note, origin = Text("Anmärkning", "Note"), Text("Ursprung", "Origin")
    before = [(note, Text("ett", "one")), (origin, Word("officiell", "official"))]
    after = [(note, Text("två", "two")), (origin, Word("förslag", "proposal"))]
    told = [(row.label.sv, row.before, row.after) for row in outline_diff(before, after, "sv") if row.is_changed]
    assert told == [
        ("Anmärkning", "ett", "två"),
        ("Anmärkning (på engelska)", "one", "two"),
        ("Ursprung", "officiell", "förslag"),
    ]


def test_a_text_that_is_not_translated_is_told_once_and_its_first_translation_as_new():
    note = Text("Anmärkning", "Note")
    [row] = outline_diff([(note, Text("ett", ""))], [(note, Text("två", ""))], "sv")
    assert (row.label, row.before, row.after) == (note, "ett", "två")
    [row] = [
        one for one in outline_diff([(note, Text("ett", ""))], [(note, Text("ett", "one"))], "sv") if one.is_changed
    ]
    assert (row.label.sv, row.before, row.after) == ("Anmärkning (på engelska)", "", "one")


def test_a_whole_comparison_has_both_languages_where_they_differ_changed_or_not():
    note = Text("Anmärkning", "Note")
    same = [(note, Text("ett", "one"))]
    assert [row.after for row in outline_diff(same, same, "sv", is_whole=True)] == ["ett", "one"]
    assert [row.after for row in outline_diff(same, same, "sv")] == ["ett"]
