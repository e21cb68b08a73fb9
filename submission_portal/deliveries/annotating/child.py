"""What runs in the cage: marks the cells of a workbook that somebody sent (`registry.cage.child`)."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment

from submission_portal.deliveries.annotating.notes import Note, Notes
from submission_portal.deliveries.annotating.workbooks import TooLargeError, annotated

TOO_LARGE = "too_large"


def work(
    request: Mapping[str, Any], parts: Sequence[bytes], tell: Callable[..., None]
) -> tuple[Mapping[str, Any], Sequence[bytes]]:
    """One workbook with its notes; the answer says why it was not written anew where it was not."""
    tell(unpacked=len(parts[0]) * 10)
    try:
        return {}, [annotated(parts[0], request["sheet"], Notes.from_dict(request["notes"]))]
    except TooLargeError:
        return {"why": TOO_LARGE}, []


def warm_up() -> None:
    """Write one, so that nothing has to be loaded when files can no longer be opened."""
    book, out = Workbook(), BytesIO()
    book.active.append(["Dag", 1.5])
    book.active.merge_cells("A3:B4")
    book.active["A1"].comment = Comment("a", "b")
    book.save(out)
    note = Note(1, "A", "error", "a", ("a",))
    annotated(out.getvalue(), "Sheet", Notes("b", ("c",), ("d",), (note, note)))
