"""The content of a request: read in pieces and from its beginning again, so that it is never a second time in memory."""

from collections.abc import Callable

from flask import request

from registry.api.digests import ALGORITHMS, digests_in
from registry.api.finding_texts import FINDINGS
from registry.api.problems import NotTaken

PIECE = 2**16


def read_content(take: Callable[[bytes], object]) -> None:
    """Hand the content over in pieces. It can be read again afterwards.

    What the server has received lies in memory or in a file that is read from its beginning again (`registry.serving`);
    where it does not, it is kept by Werkzeug.
    """
    source = request.environ["wsgi.input"]
    if "stream" in request.__dict__ or not getattr(source, "seekable", bool)():
        take(request.get_data(cache=True))
        return
    start, left = source.tell(), request.content_length or 0
    while left and (piece := source.read(min(PIECE, left))):
        take(piece)
        left -= len(piece)
    source.seek(start)


def check_digest() -> None:
    """See that the content is what ``Content-Digest`` says, where that is sent. Raises `NotTaken`."""
    header = request.headers.get("Content-Digest")
    if header is None:
        return
    try:
        stated = digests_in(header)
    except ValueError as error:
        raise NotTaken(400, FINDINGS.found("API-008")) from error
    found = {name: ALGORITHMS[name]() for name in stated}

    def take(piece: bytes) -> None:
        for digest in found.values():
            digest.update(piece)

    read_content(take)
    if any(found[name].digest() != value for name, value in stated.items()):
        raise NotTaken(400, FINDINGS.found("API-007"))
