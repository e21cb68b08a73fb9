"""The page on which a table is decided: how far one has come, what is left, and that nothing written is lost."""

import pytest

from registry.actors import Actor, Role
from registry.db import db
from registry.starter import RECIPIENT
from submission_portal.followup.tables import TableState, TableVersion
from tests.factories.legal_answers import example_answers
from tests.pages import read


@pytest.fixture
def legal(actor) -> Actor:
    return actor("legal", (Role.LEGAL_REVIEWER, RECIPIENT))


def _answers(*questions: str) -> dict[str, str]:
    given = example_answers(counts_persons=True)
    data = {f"q_{key}": given[key].choice for key in questions}
    return data | {f"q_{key}_reason": given[key].reason for key in questions}


def _left(page) -> list[str]:
    return [link.text for link in page.find("//*[@class='reach']//li[not(@hidden)]/a")]


def _count(page) -> str:
    return page.find("//*[@data-count]")[0].text


def test_the_bar_says_how_far_one_has_come_and_leads_to_what_is_left(table, legal, signed_in):
    client = signed_in(legal)
    page = read(client.get(f"/granskning/tabell/{table.id}/"))
    assert _count(page) == "0 av 6 frågor besvarade"
    assert _left(page) == [*(f"fråga {number}" for number in range(1, 7)), "beslutet", "skälen"]
    targets = [link.get("href").removeprefix("#") for link in page.find("//*[@class='reach']//li/a")]
    assert all(page.find(f"//*[@id='{one}']") for one in targets)
    assert page.find("//*[@class='reach']//button[@form='beslutet'][not(@name)]"), "the decision is within reach"


def test_without_scripts_a_button_says_what_is_left_and_decides_nothing(table, legal, signed_in):
    keys = list(example_answers(counts_persons=True))[:2]
    data = _answers(*keys) | {"outcome": "publish", "reason": "Granskat och klart.", "look": "1"}
    page = read(signed_in(legal).post(f"/granskning/tabell/{table.id}/besluta", data=data))
    assert _count(page) == "2 av 6 frågor besvarade"
    assert _left(page) == [f"fråga {number}" for number in range(3, 7)]
    assert page.find("//textarea[@name='reason']")[0].text == "Granskat och klart."
    db.session.expire_all()
    assert db.session.get_one(TableVersion, table.id).state == TableState.AWAITING_REVIEW


def test_looking_at_a_whole_decision_decides_nothing_either(table, legal, signed_in):
    data = _answers(*example_answers(counts_persons=True)) | {"outcome": "publish", "reason": "Klart.", "look": "1"}
    page = read(signed_in(legal).post(f"/granskning/tabell/{table.id}/besluta", data=data))
    assert (_count(page), _left(page)) == ("6 av 6 frågor besvarade", [])
    db.session.expire_all()
    assert db.session.get_one(TableVersion, table.id).state == TableState.AWAITING_REVIEW


def test_a_refusal_has_no_questions_left(table, legal, signed_in):
    data = {"outcome": "refuse", "reason": "", "look": "1"}
    page = read(signed_in(legal).post(f"/granskning/tabell/{table.id}/besluta", data=data))
    assert _left(page) == ["skälen"]


def test_what_cannot_be_sent_comes_back_whole_with_the_summary_in_focus(table, legal, signed_in):
    keys = list(example_answers(counts_persons=True))[:3]
    data = _answers(*keys) | {"outcome": "publish", "reason": ""}
    page = read(signed_in(legal).post(f"/granskning/tabell/{table.id}/besluta", data=data), status=422)
    assert page.find("//*[@role='alert'][@data-module='focus'][@tabindex='-1']")
    for key in keys:
        assert page.find(f"//input[@name='q_{key}'][@checked]")[0].get("value") == data[f"q_{key}"]
        assert (page.find(f"//textarea[@name='q_{key}_reason']")[0].text or "") == data[f"q_{key}_reason"]


def test_what_somebody_else_decided_meanwhile_gives_every_text_back(table, legal, actor, signed_in):
    data = _answers(*example_answers(counts_persons=True)) | {"outcome": "publish", "reason": "Mitt skäl."}
    first = signed_in(actor("first", (Role.LEGAL_REVIEWER, RECIPIENT)))
    read(first.post(f"/granskning/tabell/{table.id}/besluta", data=data, follow_redirects=True))
    page = read(signed_in(legal).post(f"/granskning/tabell/{table.id}/besluta", data=data), status=409)
    kept = [" ".join(one.itertext()).strip() for one in page.find("//*[@role='alert']//blockquote")]
    assert kept == ["Mitt skäl.", *(text for name, text in data.items() if name.endswith("_reason") and text)]


def test_each_question_has_the_regions_answer_and_ones_own_side_by_side(table, legal, signed_in, world):
    page = read(signed_in(legal).get(f"/granskning/tabell/{table.id}/"))
    assert len(page.find("//ol[@class='questions']/li")) == 6
    assert len(page.find("//ol[@class='questions']/li//div[@class='beside']//fieldset")) == 6
    assert not page.find("//div[@class='aside']"), "evidence and questions have the whole width"
