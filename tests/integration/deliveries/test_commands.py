"""The commands: what they say, what they give to machines, and how they end."""

import json
import sqlite3

import pytest

from information_models.formats import model_file
from information_models.starter.loading import starter_model
from registry.db import db
from submission_portal.deliveries.reading.caged import POOL
from submission_portal.deliveries.tables import Delivery
from tests.factories.deliveries import beds_csv, workbook_with_hidden_number
from tests.factories.forged_workbooks import NAMED

BEDS = "faststallda-vardplatser-per-sjukhus"


@pytest.fixture
def run(app):
    def command(*arguments):
        return app.test_cli_runner().invoke(args=["deliveries", *map(str, arguments)])

    return command


@pytest.fixture
def file(tmp_path):
    def write(data, name="platser.csv"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def test_a_right_file_is_valid(run, file):
    answer = run("validate", BEDS, file(beds_csv()), "--region", "25")
    assert answer.exit_code == 0, answer.output
    assert "6. law" in answer.output


def test_a_swedish_terminal_reads_the_whole_check_in_swedish(run, file, monkeypatch):
    monkeypatch.setenv("LC_ALL", "sv_SE.UTF-8")
    answer = run("validate", BEDS, file(beds_csv({"Kalix sjukhus": "många"})))
    for line in ("rubriker på rad 1", "3. rader        STOPPAR", "6. juridik      inte körd", "FEL ROW-"):
        assert line in answer.output


def test_the_encodings_of_a_text_are_shown_and_one_is_stated(run, file):
    text = "Dag;Sjukhus;faststallda;Anmärkning\r\n2026-03-01;Kalix sjukhus;59;Övrigt\r\n"
    path = file(text.encode("cp850"))
    asked = run("validate", BEDS, path)
    assert (asked.exit_code, "FIL-037" in asked.output) == (1, True)
    assert "--encoding cp850: Anmärkning; Övrigt" in asked.output and "--encoding windows-1252: " in asked.output
    answered = run("validate", BEDS, path, "--encoding", "cp850")
    assert "FIL-037" not in answered.output and "'Anmärkning'" in answered.output
    assert run("validate", BEDS, path, "--encoding", "klingon").exit_code == 2


def test_what_is_long_is_told_in_short_and_without_empty_words(run, file):
    wards = [f"2026-10-{day:02};exempel-norra;{ward};1;1;0;0" for day in range(1, 21) for ward in ("A", "Summa")]
    head = "Dag;Sjukhus;Avdelning;Disponibla;Belagda;Överbeläggningar;Utlokaliserade"
    answer = run("validate", "dagliga-vardplatser-per-avdelning", file("\n".join([head, *wards, "x;;;;;;y"]).encode()))
    (sums,) = [line for line in answer.output.splitlines() if line.startswith("read as sums")]
    assert sums.count("Summa") == 8 and sums.endswith("… (20 in all)")
    assert "not run: " in answer.output and ": :" not in answer.output


def test_an_identity_number_in_the_files_name_is_told_in_words(run, file):
    answer = run("validate", BEDS, file(beds_csv(), "811218-9876.csv"))
    assert (
        answer.exit_code == 1
        and "the file's name" in answer.output
        and "Different numbers: personal identity numbers 1." in answer.output
    )


def test_a_doubtful_number_says_how_to_answer_from_the_terminal(run, file):
    name = file(beds_csv(), "uttag 20261102-0815.csv")
    answer = run("validate", BEDS, name)
    assert answer.exit_code == 1 and "Answer with --not-identity TEXT" in answer.output
    assert run("validate", BEDS, name, "--not-identity", "When the file was made.").exit_code == 0


def test_a_file_with_errors_ends_with_one_and_says_where(run, file):
    answer = run("validate", BEDS, file(beds_csv({"Kalix sjukhus": "många", "Kiruna sjukhus": ""})))
    assert answer.exit_code == 1
    assert "C3, 'många'" in answer.output
    assert "ROW-004" in answer.output


def test_machines_get_every_stage_finding_and_place(run, file):
    answer = run("validate", BEDS, file(beds_csv({"Kalix sjukhus": "många"})), "--json")
    body = json.loads(answer.stdout)
    assert (answer.exit_code, body["ok"], body["period"], body["rows"]) == (1, False, "2026-03-01", 5)
    assert [stage["name"] for stage in body["stages"]] == [
        "file",
        "structure",
        "rows",
        "consistency",
        "history",
        "law",
    ]
    (finding,) = [one for one in body["findings"] if one["severity"] == "error"]
    assert finding["places"] == [{"row": 3, "column": "C", "field": "faststallda", "value": "många"}]


def test_a_model_file_serves_as_well_as_a_name(run, file):
    model = file(model_file.write(starter_model(BEDS)), "modell.json")
    assert run("validate", model, file(beds_csv())).exit_code == 0


@pytest.mark.parametrize("model", ["no-such-model", "broken.json"])
def test_an_unusable_model_ends_with_two(run, file, model):
    name = file(b"{", model) if model.endswith("json") else model
    answer = run("validate", name, file(beds_csv()))
    assert answer.exit_code == 2
    assert BEDS in answer.output


def test_a_file_that_is_not_there_ends_with_two(run, tmp_path):
    assert run("validate", BEDS, tmp_path / "nothing.csv").exit_code == 2


def test_validation_needs_no_database_and_no_network(run, file, monkeypatch):
    import socket

    def forbidden(*_arguments, **_settings):
        raise AssertionError("the offline check reached out")

    monkeypatch.setattr(socket.socket, "connect", forbidden)
    monkeypatch.setattr(sqlite3, "connect", forbidden)
    db.session.close()
    db.engine.dispose()
    answer = run("validate", BEDS, file(beds_csv()))
    assert answer.exit_code == 0, answer.output


def test_a_forged_workbook_is_refused_in_words(run, file):
    answer = run("validate", BEDS, file(NAMED["a cell far below its row"], "platser.xlsx"))
    assert answer.exit_code == 1 and "The workbook is damaged" in answer.output and "row 3" in answer.output


def test_weaker_protection_than_meant_is_said_and_full_protection_is_not(run, file, monkeypatch):
    for missing, words in (
        ((), ""),
        (("network_namespace", "seccomp"), "does not permit: a network of its own without connections, seccomp"),
    ):
        monkeypatch.setattr(POOL, "missing", lambda missing=missing: missing)
        answer = run("validate", BEDS, file(beds_csv()))
        assert answer.exit_code == 0 and words in answer.stderr and bool(answer.stderr) == bool(words)


def test_an_identity_number_is_told_by_place_only(run, file):
    answer = run("validate", BEDS, file(workbook_with_hidden_number(), "platser.xlsx"))
    assert answer.exit_code == 1
    assert "Dold, A1" in answer.output
    assert "9876" not in answer.output


def test_sending_waits_for_the_region_and_then_gives_one_receipt(run, file, world, tmp_path):
    path = file(beds_csv())
    flow = world.flow.slug
    first = run("send", flow, path, "--as", "norrbotten", "--json")
    body = json.loads(first.stdout)
    assert (first.exit_code, body["state"], body["receipt"]) == (1, "checked", None)
    world.disclose(body["id"])
    second = run("send", flow, path, "--as", "norrbotten", "--json")
    again = run("send", flow, path, "--as", "norrbotten", "--json")
    assert (second.exit_code, again.exit_code) == (0, 0)
    assert json.loads(second.stdout)["number"] == json.loads(again.stdout)["number"] == "L-2026-0001"
    shown = run("show", "L-2026-0001", "--json")
    assert json.loads(shown.stdout)["receipt"]["number"] == "L-2026-0001"
    assert "L-2026-0001" in run("list", "--as", "norrbotten").output


def test_the_region_decides_from_the_command_line(run, file, world, tmp_path):
    from tests.factories.legal_answers import example_answers

    identifier = json.loads(run("send", world.flow.slug, file(beds_csv()), "--as", "norrbotten", "--json").stdout)["id"]
    answers = {
        name: {"choice": given.choice, "reason": given.reason}
        for name, given in example_answers(counts_persons=False).items()
    }
    path = file(json.dumps(answers).encode(), "svar.json")
    answer = run(
        "disclose", identifier, "--as", "utlamnare", "--registry-number", "RN 1", "--reason", "Ja.", "--answers", path
    )
    assert answer.exit_code == 0, answer.output
    assert run("send", world.flow.slug, file(beds_csv()), "--as", "norrbotten").exit_code == 0


def test_what_remains_is_said_and_can_be_answered_for(run, file, world):
    path = file(beds_csv({"Kalix sjukhus": ""}))
    answer = run("send", world.flow.slug, path, "--as", "norrbotten")
    assert (answer.exit_code, "ROW-004" in answer.output) == (1, True)
    answer = run("send", world.flow.slug, path, "--as", "norrbotten", "--empty", "not_reported", "--json")
    assert json.loads(answer.stdout)["state"] == "checked"


@pytest.mark.parametrize("login", ["nobody", "skane"])
def test_strangers_cannot_send(run, file, world, login):
    answer = run("send", world.flow.slug, file(beds_csv()), "--as", login)
    assert answer.exit_code == 2
    assert db.session.query(Delivery).count() == 0


def test_an_unknown_number_ends_with_two(run):
    assert run("show", "L-2099-0001").exit_code == 2


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('{"persons": {"choice": "nej"}}', '"nej"'),
        ('{"person": {"choice": "no"}}', "persons"),
        ('{"persons": {"choice": "no"}, "persons": {"choice": "yes"}}', "persons"),
        ('["no"]', "SEC-003"),
    ],
)
def test_answers_that_are_written_wrong_decide_nothing_and_are_told_where(run, file, world, written, told):
    identifier = json.loads(run("send", world.flow.slug, file(beds_csv()), "--as", "norrbotten", "--json").stdout)["id"]
    path = file(written.encode(), "svar.json")
    answer = run(
        "disclose", identifier, "--as", "utlamnare", "--registry-number", "RN 1", "--reason", "Ja.", "--answers", path
    )
    assert answer.exit_code == 2 and told in answer.output
    assert db.session.get_one(Delivery, identifier).state == "checked"


def test_the_same_command_with_its_explanations_and_answers_sends_after_the_decision(run, file, world):
    path = file(beds_csv({"Kalix sjukhus": ""}) + b"Summa;;1\r\n")
    send = (
        "send",
        world.flow.slug,
        path,
        "--as",
        "norrbotten",
        "--empty",
        "closed",
        "--explain",
        "FIL-012=delsumma",
        "--json",
    )
    first = json.loads(run(*send).stdout)
    assert first["state"] == "checked", first
    again = json.loads(run(*send).stdout)
    assert again["state"] == "checked"
    world.disclose(first["id"])
    sent = json.loads(run(*send).stdout)
    assert sent["receipt"] is not None and len(sent["disclosures"]) == 1
    assert json.loads(run(*send).stdout)["number"] == sent["number"]


def test_another_explanation_after_the_decision_is_decided_on_anew(run, file, world):
    path = file(beds_csv() + b"Summa;;1\r\n")
    send = ("send", world.flow.slug, path, "--as", "norrbotten", "--json", "--explain")
    first = json.loads(run(*send, "FIL-012=delsumma").stdout)
    world.disclose(first["id"])
    assert json.loads(run(*send, "FIL-012=avrundning").stdout)["state"] == "checked"


def test_an_explanation_of_nothing_that_was_found_is_not_lost_in_silence(run, file, world):
    answer = run("send", world.flow.slug, file(beds_csv()), "--as", "norrbotten", "--explain", "HIS-02=Felstavat.")
    assert "HIS-02" in answer.stderr and "is not kept" in answer.stderr


def test_gaps_are_answered_by_the_command(run, file, world):
    world.sent(beds_csv(day="2026-03-01"))
    fewer = "\r\n".join(
        line for line in beds_csv(day="2026-04-01").decode().splitlines() if "Kalix" not in line
    ).encode()
    send = ("send", world.flow.slug, file(fewer), "--as", "norrbotten")
    assert "GAP-002" in run(*send).stdout
    answer = run(*send, "--missing", "closed")
    assert "GAP-002" not in answer.stdout and "disclosing officer decides next" in answer.stdout
