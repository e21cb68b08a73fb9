"""One kind of content: the schema that it is written in, and how what was written in earlier ones is read.

A schema judges what is written: what comes in by a form, a file, a command or a service is refused where it has a field
that the schema does not have, a boolean that is none, or a value outside an enumeration. What is stored is not judged:
its bytes and its hash stay as they are, and `ContentSchema.lift` gives what it says in the words of today's schema, one
step at a time. Readers lift; nobody rewrites. Pure.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from registry.content.canonical import ContentError
from registry.content.faults import fault, faults
from registry.content.places import Words, in_words
from registry.content.shapes import Shape
from registry.finding_catalogue import FindingEntry
from registry.findings import Finding, Text

Content = Mapping[str, Any]
KEY = "content_schema"


@dataclass(frozen=True, slots=True)
class EarlierSchema:
    """A schema that content was written in before.

    ``lift`` gives the same content in the schema that came next. It adds what the next one asks for and this one did not
    know, as *unknown*: it never guesses.
    """

    name: str
    shape: Shape
    lift: Callable[[Content], Content]


@dataclass(frozen=True, slots=True)
class ContentSchema:
    """What one kind of content looks like.

    ``name`` is what ``content_schema`` says (``concept/2``), ``shape`` its JSON Schema, ``entry`` what the
    catalogue says of a fault, ``words`` what its parts are called; ``earlier`` are the schemas before it, oldest first.
    """

    name: str
    shape: Shape
    entry: FindingEntry
    words: Words = field(default_factory=Words)
    earlier: tuple[EarlierSchema, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The schemas that content of this kind may be written in, oldest first."""
        return (*(one.name for one in self.earlier), self.name)

    def faults(self, content: Any) -> tuple[Finding, ...]:
        """What is wrong with content that is to be written, each fault a finding with its place.

        Content in an earlier schema is judged by that one: a file that was downloaded before can still be taken in.
        """
        shapes = {**{one.name: one.shape for one in self.earlier}, self.name: self.shape}
        if not isinstance(content, Mapping):
            return faults({"type": "object"}, content, self.entry, self.words)
        named = content.get(KEY)
        if not isinstance(named, str) or named not in shapes:
            allowed = ", ".join(self.names)
            return (
                fault(
                    self.entry,
                    KEY,
                    in_words(KEY, content, self.words),
                    Text(f"ska vara något av: {allowed}", f"must be one of: {allowed}"),
                ),
            )
        return faults(shapes[named], content, self.entry, self.words)

    def lift(self, content: Content) -> Content:
        """The same content in today's schema. Raises `ContentError` for a schema that is not of this kind."""
        named = content.get(KEY)
        steps = [one.name for one in self.earlier]
        if named == self.name:
            return content
        if named not in steps:
            raise ContentError(f"{KEY}: {named!r} is none of {', '.join(self.names)}")
        for step in self.earlier[steps.index(named) :]:
            content = step.lift(content)
        return content

    def is_same(self, before: Content, after: Content) -> bool:
        """Whether two contents say the same, whatever schema each was written in."""
        return self.lift(before) == self.lift(after)
