"""Bytes that are no text are answered as anything else that cannot be read: never with an error of ours."""

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

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
