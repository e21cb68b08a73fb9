"""The audit log's page tells what happened in words, and the code beside it."""

import pytest

from registry.actors import Role
from tests.pages import read


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "En organisation lades till."), ("en", "An organisation was added.")]
)
def test_the_log_says_what_happened_in_the_readers_language(signed_in, actor, language, words):
    client = signed_in(actor("forvaltaren", (Role.ADMINISTRATOR, "forvaltare")))
    client.set_cookie("language", language)
    row = read(client.get("/administration/logg")).find("//tbody/tr[td[contains(., 'OrganisationCreated')]]")[0]
    assert words in " ".join(row.itertext())
