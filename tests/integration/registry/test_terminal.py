"""Commands on an instance that was never started end with a sentence, not with a traceback."""

import pytest

import wsgi


@pytest.mark.parametrize("command", ["audit verify", "users list", "deliveries show L-2026-0001", "followup figures x"])
def test_a_command_without_a_database_says_what_to_do(tmp_path, command):
    app = wsgi.create_app({"INSTANCE": tmp_path, "DATABASE_URL": "", "TESTING": True})
    result = app.test_cli_runner().invoke(args=command.split())
    assert result.exit_code == 2
    assert "The database has no tables yet" in result.stderr
