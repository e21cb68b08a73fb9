"""`deliveries standing …`: deciding, listing, showing and withdrawing from the terminal."""

import json
from dataclasses import asdict

import pytest

from registry.db import db
from registry.identity.tables import Person
from submission_portal.deliveries.tables import StandingDisclosure
from tests.conftest import NOW
from tests.factories.legal_answers import example_answers
from tests.factories.standing_disclosures import StandingWorld, conditions, wards_csv


@pytest.fixture
def standing(organisations, actor, time_machine) -> StandingWorld:
    time_machine.move_to(NOW, tick=False)
    return StandingWorld.load(organisations, actor)


@pytest.fixture
def run(app):
    def command(*arguments, **given):
        return app.test_cli_runner().invoke(args=["deliveries", *map(str, arguments)], **given)

    return command


def login_of(person) -> str:
    return db.session.get_one(Person, person.person_id).login


@pytest.fixture
def decide(standing, run, tmp_path):
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({name: asdict(one) for name, one in example_answers(counts_persons=True).items()}))

    def command(stated=None, **changes):
        file = tmp_path / "conditions.json"
        file.write_text(json.dumps(conditions() if stated is None else stated))
        said = {"--from": "2026-11-02", "--until": "2026-12-31"} | changes
        return run(
            "standing", "decide", standing.deliveries.flow.slug, "--as", login_of(standing.deliveries.discloser),
            "--conditions", file, "--answers", answers, "--use", f"flow:{standing.deliveries.item_id}",
            "--registry-number", "RN 2026/99", "--reason", "Varje dag.", "--json", *(x for pair in said.items() for x in pair),
        )  # fmt: skip

    return command


def test_a_decision_is_taken_listed_shown_and_withdrawn(standing, run, decide):
    answer = decide()
    assert answer.exit_code == 0, answer.output
    made = json.loads(answer.output)
    assert (made["stopped_by"], made["valid_to"], made["conditions"]["latest_days"]) == (None, "2026-12-31", 45)
    officer = login_of(standing.deliveries.officer)
    assert made["id"] in run("standing", "list", "--as", officer).output
    assert "overbelaggningar < 5: at_most 3" in run("standing", "show", made["id"], "--as", officer).output
    who = login_of(standing.deliveries.discloser)
    gone = run("standing", "withdraw", made["id"], "--as", who, "--reason", "Läget har ändrats.", "--json")
    assert json.loads(gone.output)["stopped_by"] == "DIS-010"
    assert run("standing", "withdraw", made["id"], "--as", who, "--reason", "Igen.").exit_code == 1


@pytest.mark.parametrize(
    ("stated", "changes", "status", "said"),
    [
        ({}, {}, 1, "DIS-001"),
        ({"latest_days": 1, "small_numbers": []}, {}, 1, "DIS-002"),
        (None, {"--until": "2030-01-01"}, 1, "DIS-007"),
        (None, {"--until": "snart"}, 2, "snart"),
        (None, {"--renews": "nothing"}, 2, "nothing"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_decided(standing, decide, stated, changes, status, said):
    answer = decide(stated, **changes)
    assert (answer.exit_code, said in answer.output) == (status, True), answer.output
    assert db.session.query(StandingDisclosure).count() == 0


def test_other_regions_see_none(standing, run):
    decision_id = standing.decide()
    other = login_of(standing.deliveries.other)
    assert run("standing", "list", "--as", other).output == ""
    assert run("standing", "show", decision_id, "--as", other).exit_code == 2


def test_send_goes_all_the_way_under_a_decision_and_says_what_differs(standing, run, tmp_path):
    standing.decide()
    path, slug, officer = tmp_path / "dag.csv", standing.deliveries.flow.slug, login_of(standing.deliveries.officer)
    path.write_bytes(wards_csv(0, 2, 0, 0))
    sent = run("send", slug, path, "--as", officer, "--json")
    assert sent.exit_code == 0, sent.output
    told = json.loads(sent.output)
    assert told["receipt"]["standing_disclosure"]["registry_number"] == "RN 2026/99"
    path.write_bytes(wards_csv(1, 2, 3, 4, day="2026-10-31"))
    waits = run("send", slug, path, "--as", officer, "--json")
    told = json.loads(waits.output)
    assert (waits.exit_code, told["state"], told["number"]) == (1, "checked", None)
    [missed] = [one for one in told["standing"]["conditions"] if not one["met"]]
    assert (missed["condition"], missed["limit"], missed["found"]) == ("small_numbers", 3, 4)
