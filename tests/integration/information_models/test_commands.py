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
    assert json.loads(schema.output)["x-model"] == "publicerade-kvoter"


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
    monkeypatch.setattr("information_models.cli.sys", SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True)))
    answer = app.test_cli_runner().invoke(args=arguments)
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert answer.stdout_bytes == b""
