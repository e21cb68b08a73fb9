"""What rests on a concept or a statement, in words."""

from collections.abc import Iterable

from markupsafe import Markup

from registry.dependants import Group
from registry.i18n import read
from registry.references import Described


def counted_kinds(groups: Iterable[Group]) -> str:
    """``Data flow (1), Delivery (2)``: how many of each kind rest on a wording."""
    return ", ".join(f"{read(group.kind.label)} ({group.total})" for group in groups if group.total)


def linked_to(reference: Described) -> Markup:
    """A reference's label, as a link where this reader has a page to go to."""
    label = read(reference.label)
    return Markup('<a href="{}">{}</a>').format(reference.url, label) if reference.url else Markup.escape(label)
