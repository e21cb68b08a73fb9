"""Uses from the terminal: listed, proposed, decided, withdrawn, with exit statuses that scripts can rely on."""

import json
from dataclasses import asdict

import pytest

from registry.db import db
from registry.items.lifecycle import State
from registry.items.tables import Version
from registry.starter import RECIPIENT
from tests.factories.legal_answers import example_answers
from tests.factories.uses import UseWorld, use_content


@pytest.fixture
def world(organisations, actor) -> UseWorld:
    return UseWorld.load(organisations, actor)


@pytest.fixture
def run(app):
    def invoke(*arguments: str, given: str | None = None):
        return app.test_cli_runner().invoke(args=["uses", *arguments], input=given)

    return invoke


def test_a_use_goes_from_a_file_to_being_in_force(world, run, tmp_path):
    line = world.line()
    proposal = tmp_path / "use.json"
    proposal.write_text(json.dumps(use_content(line, of=line.item.slug, recipient=RECIPIENT)))
    made = run("propose", str(proposal), "--submit", "--as", "norrbotten", "--json")
    assert made.exit_code == 0, made.output
    slug = json.loads(made.stdout)["use"]
    answers = tmp_path / "answers.json"
    given = example_answers(counts_persons=False)
    answers.write_text(json.dumps({key: asdict(one) for key, one in given.items()}))
    approve = ("--outcome", "approve", "--reason", "Granskat.")
    assert run("decide", slug, "--aspect", "quality", *approve, "--as", "quality").exit_code == 0
    unanswered = run("decide", slug, "--aspect", "legal", *approve, "--as", "legal")
    assert unanswered.exit_code == 1
    assert run("decide", slug, "--aspect", "legal", *approve, "--answers", str(answers), "--as", "legal").exit_code == 0
    last = run("decide", slug, "--aspect", "acceptance", *approve, "--as", "utlamnare", "--json")
    assert json.loads(last.stdout)["state"] == State.PUBLISHED
    [row] = json.loads(run("list", "--json").stdout)
    assert (row["use"], row["line"], row["audience"], row["stopped_by"]) == (slug, line.item.slug, "recipient", None)
    assert "2027-12-31" in run("show", slug).output


def test_what_is_carried_over_is_listed_by_its_reference(world, run):
    line = world.carried_line()
    rows = json.loads(run("list", "--line", line.item.slug, "--json").stdout)
    assert [(row["use"], row["ref"], row["to_be_decided"]) for row in rows] == [
        (None, f"flow:{line.item_id}", False),
        (None, f"public:{line.item_id}", True),
    ]
    assert f"public:{line.item_id}" in run("list").output


def test_either_side_withdraws_and_suspends(world, run):
    version_id = world.approve(world.line())
    slug = db.session.get_one(Version, version_id).item.slug
    assert run("suspend", slug, "--reason", "Fel.", "--as", "quality").exit_code == 0
    again = run("suspend", slug, "--reason", "Fel.", "--as", "legal")
    assert again.exit_code == 1 and "USE-107" in again.output
    assert json.loads(run("list", "--json").stdout)[0]["stopped_by"] == "USE-106"
    assert run("resume", slug, "--reason", "Rätt.", "--as", "legal").exit_code == 0
    assert run("withdraw", slug, "--reason", "Slut.", "--as", "utlamnare").exit_code == 0
    db.session.expire_all()
    assert db.session.get_one(Version, version_id).state == State.WITHDRAWN


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        ("{", 2, "JSON"),
        ('{"line": "a", "line": "b"}', 2, "line"),
        ("[]", 1, "USE-007"),
        ('{"line": "nej"}', 1, "USE-010"),
        ('{"needs": 7}', 1, "USE-007"),
    ],
)
def test_a_file_that_is_no_use_is_told_what_is_wrong(world, run, tmp_path, text, status, told):
    file = tmp_path / "use.json"
    file.write_text(text)
    answer = run("propose", str(file), "--as", "norrbotten")
    assert answer.exit_code == status and told in answer.output


def test_what_is_not_there_is_told(world, run):
    for arguments in (
        ("show", "nej"),
        ("withdraw", "nej", "--reason", "x", "--as", "utlamnare"),
        ("list", "--line", "nej"),
    ):
        answer = run(*arguments)
        assert answer.exit_code == 2 and "nej" in answer.output
