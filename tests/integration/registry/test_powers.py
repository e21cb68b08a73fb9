"""The page on who may do what, for whoever reads law."""

import pytest

from tests.pages import read


@pytest.mark.parametrize(
    ("language", "title", "role"),
    [("sv", "Vem får göra vad", "utlämnare"), ("en", "Who may do what", "disclosing officer")],
)
def test_everybody_reads_who_decides_for_which_side_and_who_never_may(client, language, title, role):
    client.get(f"/sprak/{language}")
    page = read(client.get("/om/vem-gor-vad"))
    assert page.heading == title
    rows = ["".join(one.itertext()) for one in page.find("//ul[contains(@class, 'rows')]/li")]
    assert len(rows) >= 17 and any(role in row for row in rows)
