"""Bytes that are no text are answered as anything else that cannot be read: never with an error of ours."""

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.pages import read

GARBAGE = ("\x80", "\xff\xfe", "a\xffb", "\xc3\x28", "..", "a b", 5000 * "x", "[::1", '"', "%00", "%ff", "a;b=c,,", "")


def ask(app, path="/logga-in", **more):
    environ = EnvironBuilder(path=path).get_environ()
    environ.update(more)
    content, status, _headers = run_wsgi_app(app.wsgi_app, environ)
    b"".join(content)
    return int(status.split()[0])


@pytest.mark.parametrize(
    "header", ["COOKIE", "ACCEPT_LANGUAGE", "IF_NONE_MATCH", "RANGE", "ORIGIN", "REFERER", "AUTHORIZATION"]
)
def test_headers_of_garbage_are_as_none(app, header):
    assert {ask(app, **{f"HTTP_{header}": text}) for text in GARBAGE} == {200}


def test_query_strings_of_garbage_are_read_as_far_as_they_can_be(app):
    for text in GARBAGE:
        for query in (text, f"next={text}", f"{text}=1"):
            assert ask(app, QUERY_STRING=query) in (200, 400), repr(query)


def test_paths_of_garbage_lead_nowhere(app):
    assert {ask(app, PATH_INFO=f"/{text}") for text in GARBAGE if text} <= {400, 404}


def test_hosts_of_garbage_are_refused(app):
    assert {ask(app, HTTP_HOST=text) for text in GARBAGE if text != '"'} == {400}
    assert {
        ask(app, HTTP_HOST=text) for text in ("localhost", "registry.example:8000", "127.0.0.1:1", "[::1]:8000")
    } == {200}


def test_names_that_gunicorn_would_believe_say_nothing(app):
    """A header ``Script-Name`` reaches an application as ``HTTP_SCRIPT_NAME``, which is nothing but a header."""
    environ = EnvironBuilder(path="/uppgifter/").get_environ()
    environ |= {"HTTP_SCRIPT_NAME": "/x", "HTTP_X_SCRIPT_NAME": "/y"}
    _content, _status, headers = run_wsgi_app(app.wsgi_app, environ)
    assert headers["Location"].startswith("/logga-in")


def _multipart(name: bytes) -> dict:
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="' + name + b'"\r\n\r\nhello\r\n--x--\r\n'
    return {"data": part, "content_type": "multipart/form-data; boundary=x"}


def test_a_form_with_a_file_name_that_is_no_text_says_so_and_not_that_the_sign_in_has_ended(app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    visitor = app.test_client()
    answer = visitor.post("/logga-in", **_multipart(b"v\xe5rdplatser.csv"))
    page = read(answer, 400)
    assert "en fils namn" in page.text
    assert "loggat ut" not in page.text
    told = visitor.post("/logga-in", **_multipart(b"v\xe5rdplatser.csv"), headers={"Accept": "application/json"})
    assert (told.status_code, told.json["status"]) == (400, 400)
    readable_name = visitor.post("/logga-in", **_multipart("vårdplatser.csv".encode()))
    assert "loggat ut" in read(readable_name, 400).text, "there the token is what is missing"


def test_a_form_without_its_boundary_cannot_be_read(client):
    answer = client.post("/logga-in", data=b"hello", content_type="multipart/form-data")
    assert answer.status_code == 400
