"""The small wheel, installed by itself: what it holds, how it ends, and that it says what the portal says."""

import json
import zipfile

import pytest

from registry.db import db
from registry.signing.queries import key_ring
from submission_portal.deliveries.offline import main
from tests.factories.deliveries import beds_csv
from tests.factories.flow_files import by_portal, made
from tests.factories.offline_wheel import Installed
from tests.integration.deliveries.test_history import accept
from tests.tools import offline_wheel

LINE_UP = ("code", "severity", "params", "places", "count", "key")


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Installed:
    return Installed.into(tmp_path_factory.mktemp("wheel"))


@pytest.fixture
def at_home(world, tmp_path):
    """A region's machine: a flow file, the portal's keys and a file to check."""
    world.sent(beds_csv(day="2026-02-01"))
    accept(world)
    (tmp_path / "line.json").write_bytes(made(world, tmp_path / "instance"))
    (tmp_path / "keys.json").write_text(json.dumps(key_ring(db.session).as_jwks()))
    return tmp_path


def test_the_wheel_holds_the_repositorys_own_files_and_is_the_same_each_time(installed, tmp_path):
    again = offline_wheel.write(tmp_path)
    assert again.read_bytes() == installed.wheel.read_bytes()
    with zipfile.ZipFile(installed.wheel) as wheel:
        names = [name for name in wheel.namelist() if ".dist-info/" not in name]
        assert all(wheel.read(name) == (offline_wheel.ROOT / name).read_bytes() for name in names)
    assert "submission_portal/deliveries/offline/main.py" in names
    assert not [name for name in names if name.startswith(("registry/web/", "termbank/", "tests/", "migrations/"))]


def test_it_says_what_the_portal_says_without_flask_and_sqlalchemy(installed, world, at_home):
    data = beds_csv({"Kalix sjukhus": 20, "Piteå sjukhus": "x", "Kiruna sjukhus": ""})
    (at_home / "a.csv").write_bytes(data)
    done = installed.run("line.json", "a.csv", "--keys", "keys.json", "--json", home=at_home)
    assert done.returncode == 1, done.stderr
    assert f"from {installed.folder}" in done.stderr
    told, portal = json.loads(done.stdout), by_portal(world, "a.csv", data)
    mine = [{name: one[name] for name in LINE_UP if name in one} for one in told["findings"]]
    theirs = [{**one.as_dict(), "count": one.count, "key": key} for key, one in portal.keyed]
    assert mine == [{name: one[name] for name in LINE_UP if name in one} for one in theirs]
    assert told["stages"] == [stage.as_dict() for stage in portal.stages]
    assert {stage["name"] for stage in told["stages"] if stage["status"] != "idle"} >= {"file", "structure", "rows"}


@pytest.fixture
def run(at_home, monkeypatch, capsys):
    """`kontrollera` in this process, in a region's folder: its status, and what it writes."""
    monkeypatch.chdir(at_home)
    monkeypatch.setenv("LANG", "sv_SE.UTF-8")
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", main.KEYS):
        monkeypatch.delenv(name, raising=False)

    def start(*arguments: str):
        status = main.run(["line.json", "a.csv", "--keys", "keys.json", *arguments])
        return status, capsys.readouterr()

    (at_home / "a.csv").write_bytes(beds_csv())
    return start


def test_a_clean_file_ends_with_0_in_words_and_tells_the_age(run):
    status, told = run()
    assert status == 0, told
    assert "Flödesfil från" in told.out and "dygn gammal" in told.out
    assert "5. historik" in told.out and "Körs i portalen" not in told.out
    status, told = run("--language", "en")
    assert "Flow file of" in told.out and "5. history" in told.out


def test_what_is_asked_about_can_be_answered_and_an_answer_with_a_number_is_not_repeated(run, at_home):
    assert run("--not-identity", "nr 811218-9876")[0] == 2
    status, told = run("--encoding", "ebcdic")
    assert (status, "windows-1252" in told.err.lower()) == (2, True)
    (at_home / "a.csv").write_bytes(beds_csv({"Kalix sjukhus": "x"}))
    status, told = run("--json")
    outcome = json.loads(told.out)
    assert (status, outcome["status"], outcome["ok"]) == (1, 1, False)
    assert outcome["flow_file"]["line_version"] and outcome["notes"] == []


@pytest.mark.parametrize(("spoil", "status", "words"), [
    (lambda home: (home / "line.json").write_bytes((home / "line.json").read_bytes().replace(b'"threshold":', b'"threshold":1')), 3, "FLF-004"),
    (lambda home: (home / "keys.json").write_text('{"keys":[{"crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}'), 3, "FLF-003"),
    (lambda home: (home / "keys.json").write_text("{}"), 3, "ingen nyckelring"),
    (lambda home: (home / "keys.json").unlink(), 3, "https://registret.example/.well-known/signing-keys.json"),
    (lambda home: (home / "a.csv").unlink(), 2, "Det finns ingen fil a.csv"),
    (lambda home: (home / "line.json").unlink(), 2, "Det finns ingen fil line.json"),
], ids=["altered", "unknown key", "no ring", "no keys", "no file", "no flow file"])  # fmt: skip
def test_it_ends_with_a_status_and_a_sentence(run, at_home, spoil, status, words):
    spoil(at_home)
    ended, told = run()
    assert (ended, words in told.err, told.out) == (status, True, ""), told.err


def test_validate_takes_a_flow_file_in_the_place_of_a_model(run, at_home, app):
    def validate(*arguments):
        done = app.test_cli_runner().invoke(args=["deliveries", "validate", *arguments])
        return done.exit_code, done.output

    flow_file = ("--flow-file", "line.json", "--keys", "keys.json")
    status, told = run("--json", "--language", "sv")
    code, output = validate(*flow_file, "a.csv", "--json")
    assert (code, json.loads(output[output.index("{") :])) == (status, json.loads(told.out))
    assert validate(*flow_file, "none.csv")[0] == 2
    (at_home / "line.json").write_bytes((at_home / "line.json").read_bytes() + b" ")
    code, output = validate(*flow_file, "a.csv")
    assert (code, "FLF-004" in output) == (3, True)
    for wrong in ((*flow_file, "beds", "a.csv"), (*flow_file, "a.csv", "--region", "25"), ("a.csv",), ("beds", "a.csv", "--part", "1")):  # fmt: skip
        code, output = validate(*wrong)
        assert (code, "--flow-file" in output) == (2, True), output
