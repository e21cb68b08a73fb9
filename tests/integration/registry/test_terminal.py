"""Commands speak the terminal's language, and end with a sentence and not with a traceback where they cannot go on."""

import json
import os
import subprocess
import sys

import pytest

import wsgi
from registry.root import ROOT

NO_TABLES = ["audit verify", "users list", "deliveries show L-2026-0001", "followup figures x"]
WRONG = (
    ("users create x --name X --role foo@region:25", "Det finns ingen roll foo", "There is no role foo"),
    ("users create x --name X --role data_officer@region:77", "ingen organisation region:77", "no organisation region:77"),
    ("users close nobody", "Det finns ingen användare nobody", "There is no user nobody"),
    ("termbank export nowhere", "inget begreppssystem nowhere. Dessa finns: vardplatser", "no concept scheme nowhere"),
    ("models export none --format json-schema", "ingen publicerad modell none", "no published model none"),
    ("deliveries validate nothing FILE", "varken en modell som följer med", "neither a model that ships"),
    ("deliveries validate publicerade-kvoter MISSING", "Det finns ingen fil", "There is no file"),
    ("deliveries validate publicerade-kvoter FOLDER", "är en mapp. Ange en fil", "is a folder. Name a file"),
    ("deliveries validate FILE FILE", "den är inte JSON", "it is not JSON"),
    ("deliveries send none FILE --as norrbotten", "ingen leveranslinje none som norrbotten", "no delivery line none that norrbotten"),
    ("deliveries send none FILE --as nobody", "Det finns ingen användare nobody", "There is no user nobody"),
    ("deliveries show L-2026-9999", "ingen leverans L-2026-9999", "no delivery L-2026-9999"),
    ("deliveries disclose L-1 --as norrbotten --registry-number 1 --reason x --answers FILE", "ingen leverans L-1", "no delivery L-1"),
    ("followup figures none", "inget mått none", "no measure none"),
    ("trace none", "inget publikt som heter none", "nothing public called none"),
    ("legal audit MISSING --spec FILE", "rad 1 är inte giltig JSON", "line 1"),
    ("legal audit MISSING --spec FOLDER", "är en mapp", "is a folder"),
    ("restore --check FOLDER", "är ingen hel säkerhetskopia", "is no whole backup"),
    ("backup MISSING/copy", "Skapa den först", "Make it first"),
    ("serve --demonstration --host 0.0.0.0", "bara på den egna datorn", "on loopback only"),
)  # fmt: skip


@pytest.fixture
def speak(monkeypatch):
    def choose(language: str) -> None:
        monkeypatch.setenv("LANGUAGE", {"sv": "sv_SE.UTF-8", "en": "en_GB.UTF-8"}[language])

    return choose


@pytest.mark.parametrize("command", NO_TABLES)
def test_a_command_without_a_database_says_what_to_do(tmp_path, command, speak):
    app = wsgi.create_app({"INSTANCE": tmp_path, "DATABASE_URL": "", "TESTING": True})
    for language, words in (("en", "The database has no tables yet"), ("sv", "Databasen har inga tabeller ännu")):
        speak(language)
        result = app.test_cli_runner().invoke(args=command.split())
        assert (result.exit_code, words in result.stderr) == (2, True), result.stderr


def test_a_database_that_does_not_answer_is_told_in_a_sentence(tmp_path, speak):
    address = "postgresql+psycopg://nobody:secret@127.0.0.1:1/nothing"
    app = wsgi.create_app({"INSTANCE": tmp_path, "DATABASE_URL": address, "TESTING": True})
    speak("sv")
    result = app.test_cli_runner().invoke(args=["users", "list"])
    assert (result.exit_code, "secret" in result.output) == (2, False)
    assert result.stderr.startswith("Databasen svarar inte")


@pytest.mark.parametrize(("command", "swedish", "english"), WRONG)
def test_what_cannot_be_done_is_said_in_the_terminals_language(app, actor, tmp_path, speak, command, swedish, english):
    actor("norrbotten")
    file = tmp_path / "file"
    file.write_text("not;json\n")
    command = command.replace("MISSING", str(tmp_path / "gone")).replace("FOLDER", str(tmp_path))
    arguments = command.replace("FILE", str(file)).split()
    for language, words in (("sv", swedish), ("en", english)):
        speak(language)
        result = app.test_cli_runner().invoke(args=arguments)
        assert (result.exit_code, words in result.stderr) == (2, True), result.output


def test_a_flow_that_is_not_ones_own_is_told_as_one_that_does_not_exist(app, actor, tmp_path, speak):
    actor("norrbotten")
    (tmp_path / "file.csv").write_text("x\n")
    speak("en")
    runner = app.test_cli_runner()
    said = runner.invoke(args=["deliveries", "send", "any", str(tmp_path / "file.csv"), "--as", "norrbotten"]).stderr
    assert said == "There is no delivery line any that norrbotten may deliver in. There are none.\n"


def test_json_is_the_same_in_both_languages(app, speak):
    told = []
    for language in ("sv", "en"):
        speak(language)
        told.append(json.loads(app.test_cli_runner().invoke(args=["audit", "verify", "--json"]).output))
    assert told[0] == told[1]


IN_A_SWEDISH_TERMINAL = {
    "deliveries --help": "Filer från regioner: kontrollera, skicka, visa.",
    "deliveries send": "Det saknas ett argument 'FLOW'",
    "users nosuch": "Det finns inget kommando 'nosuch'",
    "legal audit --help": "Användning:",
}
ONE_AFTER_THE_OTHER = """
import contextlib, sys
from flask.cli import cli
for command in sys.argv[1:]:
    with contextlib.suppress(SystemExit), contextlib.redirect_stderr(sys.stdout):
        cli.main(["--app", "wsgi", *command.split()], "flask")
    print("=" * 9)
"""


def test_help_and_usage_are_swedish_in_a_swedish_terminal(tmp_path):
    environment = os.environ | {"LANGUAGE": "", "LC_ALL": "sv_SE.UTF-8", "REGISTRY_INSTANCE": str(tmp_path)}
    run = [sys.executable, "-c", ONE_AFTER_THE_OTHER, *IN_A_SWEDISH_TERMINAL]
    done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=True)
    said = done.stdout.split("=" * 9)
    for (command, words), answer in zip(IN_A_SWEDISH_TERMINAL.items(), said[:-1], strict=True):
        assert words in answer, command
