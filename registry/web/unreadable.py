"""What Werkzeug would fail on before any page could say so: bytes that are no text, in cookies, addresses and host names.

It lies around the whole application, so that no request ends in an error of ours. What Werkzeug would pass over without a
word, a form that cannot be read, is said here too (`FormRequest`).
"""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from flask import Request
from werkzeug.exceptions import BadRequest
from werkzeug.formparser import FormDataParser

if TYPE_CHECKING:
    from _typeshed import wsgi

LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
HOST = re.compile(rf"(?:{LABEL}(?:\.{LABEL})*\.?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{{1,5}})?")
LONGEST_HOST = 260
NO_HOST = "Adressens värdnamn kan inte läsas.\nThe host name of the address cannot be read.\n".encode()


class UnreadableForm(BadRequest):
    """A form that cannot be taken apart: the name of a file is no UTF-8, for instance."""


class FormRequest(Request):
    """A request whose form is read whole, or raises `UnreadableForm`, once: Werkzeug would go on with an empty form, and the
    answer would be that the sign-in has ended, since the form's token is missing."""

    def make_form_data_parser(self) -> FormDataParser:
        parser = super().make_form_data_parser()
        parser.silent = False
        return parser

    def _load_form_data(self) -> None:
        try:
            super()._load_form_data()
        except ValueError as error:
            nothing = self.parameter_storage_class()
            self.__dict__.update(stream=BytesIO(), form=nothing, files=nothing)
            raise UnreadableForm from error


def answer_unreadable(application: "wsgi.WSGIApplication") -> "wsgi.WSGIApplication":
    """Mend what can be mended (a cookie that is no text is nobody's), and refuse what cannot."""

    def answer(environ: "wsgi.WSGIEnvironment", start_response: "wsgi.StartResponse") -> Iterable[bytes]:
        host = environ.get("HTTP_HOST")
        if host is not None and not is_host(host):
            start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
            return [NO_HOST]
        if not is_text(environ.get("HTTP_COOKIE", "")):
            del environ["HTTP_COOKIE"]
        if not is_text(query := environ.get("QUERY_STRING", "")):
            environ["QUERY_STRING"] = as_escapes(query)
        return application(environ, start_response)

    return answer


def is_host(text: str) -> bool:
    """Whether a ``Host`` header names a host (RFC 9110, 7.2; labels as RFC 1035 has them, and underscores).

    >>> [is_host(text) for text in ("registry.example:8000", "[::1]:80", "127.0.0.1", "", "a..b", "a b", 64 * "a")]
    [True, True, True, False, False, False, False]
    """
    return len(text) <= LONGEST_HOST and HOST.fullmatch(text) is not None


def is_text(text: str) -> bool:
    """Whether the bytes that WSGI hands over as Latin-1 are UTF-8."""
    try:
        text.encode("latin-1").decode()
    except UnicodeError:
        return False
    return True


def as_escapes(text: str) -> str:
    """A query string's bytes beyond ASCII as escapes, which are read leniently.

    >>> as_escapes("a=\\xff&b=1")
    'a=%FF&b=1'
    """
    return "".join(sign if sign.isascii() else f"%{ord(sign):02X}" for sign in text)
