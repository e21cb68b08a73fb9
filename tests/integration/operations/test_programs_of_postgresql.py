"""PostgreSQL's own programs are found, are new enough, and are given a connection that shows nowhere."""

import json
import os
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from registry.backup import postgresql
from registry.backup.kept import Stopped

SAYS = """#!{python}
import json, os, sys
if "--version" in sys.argv:
    print("pg_dump (PostgreSQL) {version}")
else:
    service = os.environ["PGSERVICEFILE"]
    seen = {{"arguments": sys.argv, "environment": dict(os.environ), "service": open(service).read(),
             "mode": os.stat(service).st_mode & 0o777}}
    json.dump(seen, open("{seen}", "w"))
    sys.exit("pg_dump: error: something went wrong" if {fails} else 0)
"""


def a_program(folder: Path, version: str, *, name: str = "pg_dump", fails: bool = False) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(SAYS.format(python=sys.executable, version=version, seen=folder / "seen.json", fails=fails))
    path.chmod(0o755)
    return path


@pytest.fixture
def only_on_path(tmp_path, monkeypatch):
    monkeypatch.setattr(postgresql, "INSTALLED", ())
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/nowhere")
    return tmp_path / "bin"


def test_a_missing_program_is_told_with_what_to_install(only_on_path):
    with pytest.raises(Stopped) as stopped:
        postgresql.program("pg_dump", 15)
    assert "postgresql-client-15" in stopped.value.text.en and "none here" in stopped.value.text.en
    assert "postgresql-client-15" in stopped.value.text.sv


def test_one_that_is_older_than_the_server_is_not_used(only_on_path):
    a_program(only_on_path, "9.6.24")
    with pytest.raises(Stopped) as stopped:
        postgresql.program("pg_dump", 15)
    assert "(9)" in stopped.value.text.en


def test_of_several_the_one_nearest_to_the_server_is_used(only_on_path, tmp_path, monkeypatch):
    a_program(only_on_path, "17.2")
    wanted = a_program(tmp_path / "versions" / "15" / "bin", "15.4")
    a_program(tmp_path / "versions" / "14" / "bin", "14.9")
    monkeypatch.setattr(postgresql, "INSTALLED", (str(tmp_path / "versions" / "*" / "bin"),))
    assert postgresql.program("pg_dump", 15) == wanted
    assert postgresql.program("pg_dump", 16) == only_on_path / "pg_dump"


def test_no_password_shows_in_arguments_or_environment(only_on_path, monkeypatch):
    command = a_program(only_on_path, "15.4")
    monkeypatch.setenv("REGISTRY_DATABASE_URL", "postgresql://registry:s3cr3t;=#@db.example/beds")
    engine = create_engine("postgresql+psycopg://registry:s3cr3t;=%23@db.example:5433/beds?sslmode=verify-full")
    postgresql.PostgresqlBackup(engine)._run(command, "--file=x")
    seen = json.loads((only_on_path / "seen.json").read_text())
    assert "s3cr3t" not in json.dumps([seen["arguments"], seen["environment"]])
    assert seen["mode"] == 0o600
    assert seen["service"].splitlines() == [
        "[registry]", "host=db.example", "dbname=beds", "user=registry", "password=s3cr3t;=#", "port=5433", "sslmode=verify-full",
    ]  # fmt: skip
    assert not Path(seen["environment"]["PGSERVICEFILE"]).exists()


def test_what_the_program_says_is_handed_on(only_on_path):
    command = a_program(only_on_path, "15.4", fails=True)
    engine = create_engine("postgresql+psycopg://registry@/beds")
    with pytest.raises(Stopped, match="something went wrong"):
        postgresql.PostgresqlBackup(engine)._run(command)


def test_a_value_that_a_service_file_cannot_hold_is_told_by_its_name():
    engine = create_engine("postgresql+psycopg://registry:two%0Alines@/beds")
    with pytest.raises(Stopped, match="password in REGISTRY_DATABASE_URL"):
        postgresql.service_file(engine)
