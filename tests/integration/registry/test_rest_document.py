"""The OpenAPI document in the hands of others: programs that make clients and requests from it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import wsgi
from registry.columns import Base
from registry.db import db
from tests.conftest import Browser
from tests.rest_fuzzing import fuzzed

PROGRAMS = Path(sys.executable).parent


@pytest.fixture(scope="module")
def bare_app(tmp_path_factory):
    """The application on a database with nothing in it, outside any context."""
    app = wsgi.create_app({"INSTANCE": tmp_path_factory.mktemp("bare"), "DATABASE_URL": "", "API_PUBLIC_RATE": 10**6})
    app.test_client_class = Browser
    with app.app_context():
        Base.metadata.create_all(db.engine)
    return app


def test_a_client_is_generated_without_a_warning(client, tmp_path):
    document = tmp_path / "openapi.json"
    document.write_bytes(client.get("/api/v1/openapi.json").data)
    made = subprocess.run(
        [PROGRAMS / "openapi-python-client", "generate", "--path", document, "--output-path", tmp_path / "made", "--meta", "none", "--fail-on-warning"],
        capture_output=True, text=True, env={**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"},
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    assert "arning" not in made.stdout + made.stderr
    assert (tmp_path / "made" / "api" / "concepts" / "list_concepts.py").exists()


def test_a_slice_of_made_up_requests_finds_nothing_wrong(bare_app):
    """`make soak` does all of it, with tokens of two regions."""
    answers, faults = fuzzed(bare_app, {}, {}, examples=2, only=("/api-info", "/concepts", "/code-lists/{slug}"))
    assert faults == []
    assert set(answers) == {"GET /api-info", "GET /concepts", "GET /code-lists/{slug}"}
