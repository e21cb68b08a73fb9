"""What turns the direction of writing is refused; texts that are written from right to left are not."""

import pytest

from registry.directions import misdirecting_sign, misdirection_in

RLO, LRO, RLE, LRE, PDF = "\u202e", "\u202d", "\u202b", "\u202a", "\u202c"
RLI, LRI, FSI, PDI, RLM = "\u2067", "\u2066", "\u2068", "\u2069", "\u200f"


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        (f"plats{RLO}er", RLO),
        (f"{LRO}platser{PDF}", LRO),
        (f"plats {RLE}mitta", RLE),
        (f"plats {LRE}mitta\nnästa{PDF}", LRE),
        (f"plats {RLI}mitta", RLI),
        (f"plats{PDF}", PDF),
        (f"plats{PDI}", PDI),
        (f"{RLI}{LRE}plats{PDI}{PDF}", PDI),
        (f"en rad\noch {FSI}en till", FSI),
    ],
)
def test_what_makes_a_text_be_read_as_another_is_named(text, sign):
    assert misdirecting_sign(text) == sign
    assert misdirection_in(text).params["sign"] == f"U+{ord(sign):04X}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "vårdplats",
        "מיטה",
        "سرير مستشفى 12",
        f"a {RLM}b",
        f"a {RLI}سرير{PDI} b",
        f"{RLE}מיטה{PDF}",
        f"{FSI}a {LRE}b{PDF}{PDI}",
    ],
)
def test_honest_texts_from_right_to_left_are_kept(text):
    assert misdirection_in(text) is None
