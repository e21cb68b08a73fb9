"""Uploads stay in memory: nothing of a file may touch a disk before it has been looked through for identity numbers.

Werkzeug would spool larger files to a temporary file. `MAX_CONTENT_LENGTH` bounds what is held, and few large uploads are taken
in hand at a time (`registry.places`): the others wait before their bodies are taken apart, and see that they do.
"""

from contextlib import ExitStack
from io import BytesIO
from typing import IO

from flask import Flask, current_app
from flask.blueprints import BlueprintSetupState

from registry.db import db
from registry.places import Places
from registry.web.guards import current_actor
from registry.web.unreadable import FormRequest
from submission_portal.deliveries.drafts.reading_told import ReadingTold

LARGE = 1 << 20
"""Uploads of more bytes wait for a place."""
PLACE = "plats"
"""The parameter in the address under which an upload's page asks how many are before it."""


class InMemoryRequest(FormRequest):
    """A request whose uploaded files are never spooled, and whose body, where it is large, waits for its turn."""

    _place: ExitStack | None = None

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()

    def _load_form_data(self) -> None:
        if "form" not in self.__dict__ and self._place is None and self._is_large():
            self._place = ExitStack()
            if current_actor().is_signed_in:  # nobody else is read, and so nobody else takes a place
                db.session.rollback()  # no reader of the database lives through the wait
                self._place.enter_context(places(current_app).take(self.args.get(PLACE, "")))
        super()._load_form_data()

    def _is_large(self) -> bool:
        size = self.content_length  # unknown where the body comes in chunks
        return self.mimetype == "multipart/form-data" and (size is None or size > LARGE)

    def close(self) -> None:
        """Give the place back when the request has been answered."""
        if self._place is not None:
            self._place.close()
        super().close()


def places(app: Flask) -> Places:
    """The places of this instance for large uploads."""
    found: Places = app.extensions["upload_places"]
    return found


def reading_told(app: Flask) -> ReadingTold:
    """What is told of readings in this instance."""
    return ReadingTold(places(app).folder)


def keep_in_memory(state: BlueprintSetupState) -> None:
    """Have the application read every upload into memory (for `Blueprint.record_once`)."""
    app: Flask = state.app  # type: ignore[assignment]  # typed as sansio.App
    app.request_class = InMemoryRequest
    app.extensions["upload_places"] = Places(
        app.config["INSTANCE"] / "uploads", app.config["LARGE_UPLOADS"], app.config["UPLOADS_IN_HAND"]
    )
