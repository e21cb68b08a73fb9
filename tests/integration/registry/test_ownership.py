"""No other user of the machine can read what the registry keeps, also of an instance that an earlier release made."""

import os
import stat

import pytest

import wsgi
from registry import ownership
from tests.demonstration import copied, performed

OF_THE_TESTS = {"ready", "demonstration.txt"}
"""What `tests/demonstration.py` puts beside what the registry makes."""


def open_to_others(folder):
    return [
        str(path.relative_to(folder.parent))
        for path in (folder, *folder.rglob("*"))
        if path.name not in OF_THE_TESTS and stat.S_IMODE(path.lstat().st_mode) & ownership.PRIVATE
    ]


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    return copied(tmp_path_factory, "private")


def test_all_that_commands_and_the_worker_make_is_their_users_own(tmp_path_factory):
    folder = performed(tmp_path_factory)
    assert {"registry.db", "objects", "national", "secret_key", "templates"} <= {one.name for one in folder.iterdir()}
    assert open_to_others(folder) == []


def test_what_an_earlier_release_left_readable_is_mended_at_the_next_start(instance):
    for path in (instance, *instance.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    app = wsgi.create_app({"INSTANCE": instance, "DATABASE_URL": ""})
    assert stat.S_IMODE(instance.stat().st_mode) == 0o700  # any command closes the folder, and so all that is in it
    with app.app_context():
        done = app.test_cli_runner().invoke(args=["prepare"])
        assert done.exit_code == 0, done.output
    assert open_to_others(instance) == []


def test_a_database_that_lies_elsewhere_is_mended_with_its_log(tmp_path):
    (tmp_path / "instance").mkdir()
    files = [tmp_path / name for name in ("other.db", "other.db-wal", "other.db-shm")]
    for file in files:
        file.touch(0o644)
    ownership.repair(tmp_path / "instance", files[0])
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * 3


def test_a_file_that_somebody_asks_for_is_made_as_their_other_files(instance, tmp_path):
    file = tmp_path / "model.json"
    app = wsgi.create_app({"INSTANCE": instance, "DATABASE_URL": ""})
    arguments = ["models", "export", "faststallda-vardplatser-per-sjukhus", "--format", "json-schema", "-o", str(file)]
    done = app.test_cli_runner().invoke(args=arguments)
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o666 & ~ownership.umask_of_user()
    assert os.umask(ownership.PRIVATE) == ownership.PRIVATE  # and everything after it is private again
