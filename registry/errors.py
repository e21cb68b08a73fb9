"""The errors that the registry raises on purpose. They know nothing of HTTP or of the terminal.

Bad input is not an error but a list of findings; these are for contracts that were broken and actions that a rule
forbids. `registry/web/problems.py` maps them to pages, `registry/terminal/commands.py` to exit statuses.
"""

from collections.abc import Sequence

from registry.findings import Finding


class RegistryError(Exception):
    """Base of all errors below."""


class NotFound(RegistryError):
    """The thing does not exist, or this actor may not know that it does."""

    def __init__(self, what: str = "") -> None:
        super().__init__(what)
        self.what = what


class Forbidden(RegistryError):
    """The actor lacks the role or belongs to another organisation."""


class Refused(RegistryError):
    """A rule forbids the action now: already decided, one's own proposal, a legal ground that has ended."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


class Invalid(RegistryError):
    """Content that cannot be kept as it is; the findings say what to mend."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = tuple(findings)


class Busy(RegistryError):
    """Too much is going on at once. The same request is taken in a while."""


class BeingMade(RegistryError):
    """What was asked for takes long to make, and is being made: the same request is answered in a while."""
