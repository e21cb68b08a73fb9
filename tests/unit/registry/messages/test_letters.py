"""The letter says that there is a message, and nothing else; an address is one address."""

from datetime import UTC, datetime

import pytest

from registry.messages.letters import is_address, letter

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)


@pytest.mark.parametrize("text", ["anna@region.se", "a.b+c@sub.region.example", "x" * 64 + "@region.se"])
def test_an_address_is_taken(text):
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    ["", "anna", "anna@", "@region.se", "a@b", "a b@region.se", "a@region.se, c@region.se", "a..b@region.se",
     "a@region.se\nBcc: c@d.se", "<a@region.se>", "x" * 65 + "@region.se", "a@" + "b" * 250 + ".se"],
)  # fmt: skip
def test_what_is_no_single_address_is_not(text):
    assert not is_address(text)


def test_a_letter_is_marked_as_a_machines_and_leads_to_the_inbox():
    made = letter("anna@region.se", "registret@x.se", inbox="https://r.se/m/", settings="https://r.se/m/e", now=NOW)
    assert made["Auto-Submitted"] == "auto-generated" and made["To"] == "anna@region.se"
    body = made.get_content()
    assert "https://r.se/m/\n" in body and "Sign in to read it" in body and "Logga in" in body
