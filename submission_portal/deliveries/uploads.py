"""Uploads stay in memory: nothing of a file may touch a disk before it has been looked through for identity numbers.

Werkzeug would spool larger files to a temporary file. `MAX_CONTENT_LENGTH` bounds what is held.
"""

from io import BytesIO
from typing import IO

from flask import Request
from flask.blueprints import BlueprintSetupState


class InMemoryRequest(Request):
    """A request whose uploaded files are never spooled."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


def keep_in_memory(state: BlueprintSetupState) -> None:
    """Have the application read every upload into memory (for `Blueprint.record_once`)."""
    state.app.request_class = InMemoryRequest  # type: ignore[attr-defined]  # typed as sansio.App
