"""Models on the command line."""

import json
from types import SimpleNamespace

import pytest

from information_models.formats import model_file


def test_the_models_are_listed_for_people_and_machines(app, models):
    run = app.test_cli_runner()
    answer = run.invoke(args=["models", "list"])
    assert answer.exit_code == 0
    assert "publicerade-kvoter  version 1" in answer.output
    listed = json.loads(run.invoke(args=["models", "list", "--json"]).output)
    assert {one["slug"]: one["concerns_persons"] for one in listed}["disponibla-vardplatser-per-region-ar"] == []


def test_a_model_is_exported_by_name_and_by_hash(app, models, tmp_path):
    run = app.test_cli_runner()
    target = tmp_path / "modell.json"
    arguments = ["models", "export", "publicerade-kvoter", "--format", "model-file", "-o", str(target)]
    assert run.invoke(args=arguments).exit_code == 0
    loaded = model_file.read(target.read_bytes())
    assert loaded.model.slug == "publicerade-kvoter"
    schema = run.invoke(args=["models", "export", loaded.content_hash, "--format", "json-schema"])
    assert json.loads(schema.stdout)["x-model"] == "publicerade-kvoter"


def test_an_unknown_model_is_a_clear_message(app, models):
    answer = app.test_cli_runner().invoke(args=["models", "export", "finns-inte", "--format", "json-schema"])
    assert answer.exit_code == 2
    assert "publicerade-kvoter" in answer.output


@pytest.mark.parametrize(
    ("locale", "said"), [("sv_SE.UTF-8", "Skriv den till en fil: -o"), ("C", "Write it to a file: -o")]
)
def test_a_workbook_is_not_written_into_a_terminal(app, models, monkeypatch, locale, said):
    monkeypatch.setenv("LC_ALL", locale)
    arguments = ["models", "export", "publicerade-kvoter", "--format", "xlsx-template"]
    piped = app.test_cli_runner().invoke(args=arguments)
    assert piped.stdout_bytes.startswith(b"PK")
    monkeypatch.setattr("registry.terminal.exports.sys", SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True)))
    answer = app.test_cli_runner().invoke(args=arguments)
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert answer.stdout_bytes == b""


def test_a_template_is_exported_in_a_language_for_a_region_with_what_it_cannot_carry(app, models, client):
    arguments = ["models", "export", "dagliga-vardplatser-per-avdelning", "--format", "xlsx-template"]
    asked = app.test_cli_runner().invoke(args=[*arguments, "--language", "en", "--region", "25"])
    assert asked.exit_code == 0
    address = "/modeller/dagliga-vardplatser-per-avdelning/version/1/xlsx-template?region=25"
    client.get("/sprak/en")
    assert asked.stdout_bytes == client.get(address).data
    assert "The rules are not checked. What must hold between the values" in asked.stderr
    assert app.test_cli_runner().invoke(args=arguments).stdout_bytes != asked.stdout_bytes


def test_an_option_that_a_format_does_not_take_is_refused_with_those_that_do(app, models):
    arguments = ["models", "export", "publicerade-kvoter", "--format", "json-schema", "--region", "25"]
    answer = app.test_cli_runner().invoke(args=arguments)
    assert answer.exit_code == 2
    assert "json-schema does not take --region" in answer.stderr
    assert "xlsx-template" in answer.stderr


def test_a_region_that_the_model_does_not_know_is_refused_with_those_it_knows(app, models):
    arguments = ["models", "export", "dagliga-vardplatser-per-avdelning", "--format", "xlsx-template", "--region", "77"]
    answer = app.test_cli_runner().invoke(args=arguments)
    assert answer.exit_code == 2
    assert "no region with the code 77" in answer.stderr
    assert "25" in answer.stderr


def test_the_model_file_has_nothing_to_say_on_standard_error(app, models):
    answer = app.test_cli_runner().invoke(args=["models", "export", "publicerade-kvoter", "--format", "model-file"])
    assert answer.exit_code == 0
    assert answer.stderr == ""
