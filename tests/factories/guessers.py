"""People and guessers at the sign-in page: each in a browser and at an address of their own."""

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import PASSWORD

WRONG = "not the password"


class Visitor:
    """Somebody at an address, in one browser, who tries to sign in."""

    def __init__(self, app: Flask, address: str = "192.0.2.1", **headers: str) -> None:
        self.client: FlaskClient = app.test_client()
        self.address, self.headers = address, headers

    def tries(self, login: str = "officer", password: str = WRONG) -> TestResponse:
        return self.posts("/logga-in", login=login, password=password)

    def posts(self, path: str, **data: str) -> TestResponse:
        return self.client.post(path, data=data, headers=self.headers, environ_base={"REMOTE_ADDR": self.address})

    def succeeds(self, login: str = "officer", password: str = PASSWORD) -> bool:
        return self.tries(login, password).status_code == 302

    def waits(self, login: str = "officer", password: str = WRONG) -> int:
        """For how many seconds the try was refused; 0 where it was made."""
        answer = self.tries(login, password)
        assert answer.status_code in (302, 401, 429)
        return int(answer.headers["Retry-After"]) if answer.status_code == 429 else 0
