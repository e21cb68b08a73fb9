"""How well a label fits, and what comes first."""

from dataclasses import replace

import pytest

from registry.swedish import sort_key
from termbank.bank.search.ranking import Found, Label, Rank, fit, ranked
from termbank.notions import TermStatus


def label(text, language="sv", status=TermStatus.PREFERRED) -> Label:
    return Label(text, language, status)


def found(*labels, has_label=True) -> Found:
    title = labels[0].text
    return Found(title, f"version of {title}", title, sort_key(title).encode(), labels, has_label)


@pytest.mark.parametrize(
    ("text", "asked", "rank"),
    [
        ("Vårdplats", ("vårdplats",), Rank.EXACT),
        ("vårdplats", ("vårdplatser",), Rank.FORM),
        ("disponibel vårdplats", ("disponibla", "vårdplatser"), Rank.FORM),
        ("disponibel vårdplats", ("disponibla",), Rank.WORDS),
        ("vårdplats", ("vå",), Rank.BEGINNING),
        ("öppen vård", ("öppen", "vå"), Rank.BEGINNING),
        ("öppen vård", ("vård", "öppen"), Rank.WORDS),
        ("öppen vård", ("vård", "sluten"), None),
        ("sjukhussäng", ("säng",), Rank.INSIDE),
        ("sjukhussäng", ("sängar",), Rank.INSIDE),
        ("stor sjukhussäng", ("säng", "stor"), Rank.INSIDE),
        ("storleks sjukhussäng", ("säng", "storl"), Rank.INSIDE),
        ("öppen vård", ("vå", "öppen"), Rank.WORDS),
        ("öppen vård", ("v", "öppen"), None),
        ("vårddag", ("dag",), None),
        ("vårdplats", ("v",), None),
        ("v plats", ("v",), Rank.WORDS),
        ("vårdgivare", ("iva",), None),
        ("vårdplats", ("vardplats",), None),
    ],
)
def test_how_well_a_label_fits(text, asked, rank):
    assert fit(label(text), asked, is_inside=False) == rank


def test_a_part_that_the_database_knows_of_fits_anywhere_but_two_letters_do_not():
    assert fit(label("vårddag"), ("dag",), is_inside=True) is Rank.INSIDE
    assert fit(label("dagsjukvård"), ("sjuk",), is_inside=True) is Rank.INSIDE
    assert fit(label("vårddag"), ("ag",), is_inside=True) is None


def test_the_better_fit_comes_first_then_the_better_status_then_the_reader_s_language():
    exact = found(label("säng", status=TermStatus.DEPRECATED))
    form = found(label("sängen"))
    compound = found(label("sjukhussäng"))
    hits = ranked([compound, form, exact], ("säng",), "sv")
    assert [hit.found for hit in hits] == [exact, form, compound]
    statuses = [
        found(label(f"säng {place}", status=status), label("säng", status=status))
        for place, status in enumerate(TermStatus)
    ]
    assert [hit.label.status for hit in ranked(statuses[::-1], ("säng",), "sv")] == list(TermStatus)
    swedish, english = found(label("b", "sv"), label("bed", "sv")), found(label("a", "en"), label("bed", "en"))
    assert [hit.found for hit in ranked([english, swedish], ("bed",), "sv")] == [swedish, english]
    assert [hit.found for hit in ranked([english, swedish], ("bed",), "en")] == [english, swedish]


def test_equal_hits_come_in_swedish_order_whatever_the_order_they_were_found_in():
    some = [found(label(f"vård{end}")) for end in ("ö", "z", "å", "a")]
    for order in (some, some[::-1]):
        assert [hit.found.title for hit in ranked(order, ("vård",), "sv")] == ["vårda", "vårdz", "vårdå", "vårdö"]


def test_what_only_the_texts_have_comes_last_without_a_label():
    text, name = found(label("madrass"), has_label=False), found(label("sängkant"))
    hits = ranked([text, name], ("säng",), "sv")
    assert [(hit.rank, hit.label) for hit in hits] == [(Rank.BEGINNING, label("sängkant")), (Rank.TEXT, None)]


def test_the_best_label_of_a_concept_is_told():
    one = found(
        label("sjukhussäng"), label("säng", status=TermStatus.ADMITTED), label("säng", "fi", TermStatus.ADMITTED)
    )
    [hit] = ranked([one], ("säng",), "fi")
    assert (hit.rank, hit.label) == (Rank.EXACT, label("säng", "fi", TermStatus.ADMITTED))


def test_a_status_leaves_the_labels_that_have_it():
    one = found(label("säng"), label("sängplats", status=TermStatus.DEPRECATED))
    [hit] = ranked([one, found(label("sängkant"))], ("säng",), "sv", TermStatus.DEPRECATED)
    assert (hit.rank, hit.label.text) == (Rank.BEGINNING, "sängplats")


def test_two_versions_of_one_concept_stay_in_the_order_they_were_found_in():
    first = found(label("säng"))
    second = replace(first, version="the next")
    for order in ([first, second], [second, first]):
        assert [hit.found for hit in ranked(order, ("säng",), "sv")] == order
