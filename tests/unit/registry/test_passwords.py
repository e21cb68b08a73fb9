"""Which passwords a guesser would try first, on either side of each bound."""

import string
from random import Random

import pytest

from registry.identity import passwords
from registry.identity.password_strength import ENOUGH, KNOWN, LISTS, PATTERN, REPEATED, WORD, is_guessable, worth


@pytest.mark.parametrize(
    "password",
    [
        "lösenord1234", "Losenord2026!", "Sommaren2026", "Vinter2025/26", "Stockholm2026!", "Välkommen123!", "P@ssw0rd1234",
        "passwordpassword", "qwertyuiopå1", "asdfghjklöä12", "1q2w3e4r5t6y", "abcdefghijkl", "111111111111", "123456789012",
        "zaq12wsxcde3", "iloveyou12345", "1981121898761", "hammarbyhammarby", "Sjuksköterska1!", "Landstinget2024", "abcabcabcabc",
    ],
)  # fmt: skip
def test_what_many_choose_is_guessable(password):
    assert is_guessable(password)


@pytest.mark.parametrize(
    "password",
    [
        "fyra ord utan samband", "correct horse battery staple", "hemligt-sommar-2026-räv", "Tr0ub4dor&3xx", "en-grävling-i-hatt",
        "a password for tests only", "Kjell kokar kaffe klockan fyra", "🌧 över hustaken", "þorn og æske 77",
    ],
)  # fmt: skip
def test_what_takes_longer_to_guess_is_not(password):
    assert not is_guessable(password)


def test_what_a_password_manager_makes_is_hardly_ever_refused():
    random = Random(4711)
    signs = string.ascii_letters + string.digits + string.punctuation
    made = ["".join(random.choices(signs, k=16)) for _ in range(300)]
    assert not [one for one in made if is_guessable(one)]


def test_what_is_known_of_the_owner_counts_for_little():
    about = ["nina.nilsson", "Nina Ekström", "Region Norrbotten"]
    for password in ("nina.nilsson77", "EkströmNina1!", "Norrbotten-Nina", "3kstrom-N1na"):
        assert is_guessable(password, about), password
    assert not is_guessable("Ekströmming-84-kastrull", about)


def test_the_cheapest_way_of_building_it_counts():
    assert worth("sommar") == WORD
    assert worth("sommarsommar") == WORD + REPEATED
    assert worth("2026") == worth("abcd") == worth("dcba") == worth("!!!!") == PATTERN
    assert worth("Zyxwq", ["zyxwq"]) == KNOWN
    assert worth("") == 0


def test_the_bound_is_the_bound(monkeypatch):
    exactly = "sommar" + "sommar" + "vinter"
    for enough, refused in ((worth(exactly), False), (worth(exactly) + 0.1, True)):
        monkeypatch.setattr("registry.identity.password_strength.ENOUGH", enough)
        assert is_guessable(exactly) is refused
    assert ENOUGH == 30


@pytest.mark.parametrize(("length", "code"), [(11, "USER-002"), (12, None), (200, None), (201, "USER-008")])
def test_the_length_is_bounded_on_both_sides(length, code):
    found = passwords.objection(("kvastar under trappan vid ån " * 8)[: length - 1] + "x")
    assert (found and found.code) == code


@pytest.mark.parametrize("password", ["fyra ord\x00 utan samband", "fyra ord\n utan samband", "\u200b" * 12])
def test_signs_that_cannot_be_seen_are_refused(password):
    assert passwords.objection(password).code == "USER-008"


def test_the_lists_say_where_they_come_from():
    for path in LISTS.glob("*.txt"):
        assert "licen" in path.read_text("utf-8").partition("\n\n")[0].lower()[:1200], path.name
        assert path.read_text("utf-8").startswith("#")


def test_as_many_are_hashed_at_once_as_half_the_processors():
    assert 1 <= passwords.AT_ONCE <= 64


def test_both_spellings_of_an_accent_fit():
    kept = passwords.hashed("caf\u00e9 caf\u00e9 med mj\u00f6lk")
    assert passwords.matches(kept, "cafe\u0301 cafe\u0301 med mjo\u0308lk")
    assert not passwords.matches(kept, "cafe cafe med mjolk")
