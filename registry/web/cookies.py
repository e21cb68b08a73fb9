"""Cookies: out of reach of scripts and of other sites, and over HTTPS only wherever the reader came over HTTPS."""

from flask import Flask, current_app, request
from flask.sessions import SecureCookieSessionInterface
from werkzeug.wrappers import Response


class Cookies(SecureCookieSessionInterface):
    """Flask's own session cookie, kept to HTTPS as the others are."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return bool(app.config["COOKIE_SECURE"]) or request.is_secure


def keep(answer: Response, name: str, value: str, *, days: int, path: str = "/") -> None:
    """Let the reader's browser keep ``value`` for ``days``, and send it with requests under ``path``."""
    secure = bool(current_app.config["COOKIE_SECURE"]) or request.is_secure
    answer.set_cookie(name, value, max_age=days * 86400, path=path, samesite="Lax", httponly=True, secure=secure)
