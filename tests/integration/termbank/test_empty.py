"""The term bank of an instance whose starter content was never loaded."""

from tests.pages import read


def test_an_empty_scheme_is_a_clear_message_and_a_failure(app):
    result = app.test_cli_runner().invoke(args=["termbank", "export", "vardplatser"])
    assert result.exit_code == 1
    assert "no published concepts yet" in result.stderr


def test_the_pages_stand_empty(client):
    assert "Inga begrepp här" in read(client.get("/termbank/")).text
    assert "Ingen tillämpning är redovisad" in read(client.get("/termbank/tillampningar/")).text
    assert client.get("/termbank/vardplatser.ttl").status_code == 200
