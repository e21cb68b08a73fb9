"""Being served: a busy port is told at once, and neither the first command nor the first page waits for what it does not use."""

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import wsgi
from registry import jobs, settings
from registry.cli import work_until_stopped
from registry.plugin import House, Plugin, merge
from registry.web import warming
from tests.demonstration import copied

ROOT = Path(__file__).resolve().parents[3]
NOT_FOR_PAGES = ("scipy", "highspy", "xlsxwriter", "alembic")
NOT_FOR_THE_SUPERVISOR = (*NOT_FOR_PAGES, "flask", "sqlalchemy", "polars", "deltalake", "rdflib", "sqlglot", "wsgi")


def imported_by(module: str) -> set[str]:
    code = f"import json, sys, {module}; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_what_supervises_imports_nothing_of_the_application():
    assert imported_by("registry.serve") & set(NOT_FOR_THE_SUPERVISOR) == set()


def test_the_application_starts_without_solvers_writers_of_workbooks_and_migrations():
    assert imported_by("wsgi") & set(NOT_FOR_PAGES) == set()


def test_a_busy_port_is_told_before_anything_is_made(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "registry.serve", "--demonstration", "--port", port],
            cwd=ROOT, env={"REGISTRY_INSTANCE": str(tmp_path / "instance")}, capture_output=True, text=True, timeout=30,
        )  # fmt: skip
    assert done.returncode == 2
    assert f"Port {port} is in use" in done.stderr
    assert not (tmp_path / "instance").exists()


@pytest.mark.parametrize("module", ["errno", "click", "registry.serving.supervisor", "registry.terminal.speech"])
def test_ctrl_c_while_the_program_is_still_loading_ends_it_without_a_traceback(tmp_path, module):
    """The moment is exact: when the program asks for a module of its own."""
    code = f"""
import os, runpy, signal, sys
class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.modules.pop({module!r}, None)
sys.meta_path.insert(0, Interrupted())
sys.argv = ["serve", "--demonstration"]
runpy.run_module("registry.serve", run_name="__main__")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={"REGISTRY_INSTANCE": str(tmp_path / "instance")},
        capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")
    assert not (tmp_path / "instance").exists()


def test_a_demonstration_is_not_served_to_others():
    run = [sys.executable, "-m", "registry.serve", "--demonstration", "--host", "0.0.0.0"]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert (done.returncode, "loopback only" in done.stderr) == (2, True)


def test_exports_name_the_address_where_the_instance_was_last_served(tmp_path):
    asked = {"REGISTRY_INSTANCE": str(tmp_path)}
    assert settings.load(asked)["BASE_ADDRESS"] == "http://127.0.0.1:8000/"
    settings.keep_served_address(tmp_path, "http://127.0.0.1:8107/")
    assert settings.load(asked)["BASE_ADDRESS"] == "http://127.0.0.1:8107/"
    real = asked | {"REGISTRY_BASE_ADDRESS": "https://vardplatser.example"}
    assert settings.load(real)["BASE_ADDRESS"] == "https://vardplatser.example/"


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    folder = copied(tmp_path_factory, "warmed")
    return wsgi.create_app({"INSTANCE": folder, "DATABASE_URL": "", "TESTING": True})


def test_one_page_of_each_kind_is_read_before_the_first_visitor_comes(demonstration):
    read = list(warming.read_one_page_of_each_kind(demonstration))
    views = {demonstration.url_map.bind("localhost").match(path.partition("?")[0])[0] for path in read}
    assert {
        "web.start", "termbank.concept", "termbank.application", "information_models.model", "flows.show", "deliveries.show",
        "followup.measure", "followup.region", "followup.figure", "followup.trace", "termbank.download_scheme",
    } <= views  # fmt: skip
    assert len(read) < 100
    assert not [path for path in read if path.startswith(("/sprak/", "/static/"))]


def test_templates_are_compiled_once_and_kept_with_the_instance(demonstration):
    warming.compile_templates(demonstration)
    kept = list((Path(demonstration.config["INSTANCE"]) / "templates").iterdir())
    assert len(kept) >= len(demonstration.jinja_env.list_templates(extensions=["html"]))


def test_each_package_may_start_something_in_every_process_that_serves_or_works(app, monkeypatch):
    begun = []
    house = House(
        [Plugin("one", process_starts=[begun.append]), merge("two", [Plugin("three", process_starts=[begun.append])])]
    )
    monkeypatch.setitem(app.extensions, "registry", house)
    monkeypatch.setattr(jobs, "work", lambda *, should_stop: begun.append(should_stop()))
    work_until_stopped()
    assert begun == [app, app, False]
