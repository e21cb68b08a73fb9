"""What is kept of a table version's protection: for reviewers, and for the next composition. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from registry.findings import Finding
from submission_portal.followup.protecting import Exposed, Protection
from submission_portal.followup.small_number_rules import Rules


@dataclass(frozen=True, slots=True)
class KeptProtection:
    """Which figures were hidden, by key, and what the audit said of it. ``rules`` and ``method`` (`basis.METHOD`) are what
    it was made by, where that is known: tables that an earlier release composed do not say. ``regions``: how many regions were
    tried as attackers who know their own figures; ``None``: none were, before that was done."""

    is_safe: bool = False
    groups: int = 0
    rules: Rules | None = None
    method: int | None = None
    primary: tuple[str, ...] = ()
    secondary: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    exposed: tuple[Exposed, ...] = ()
    regions: int | None = None
    apart: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    """As in `Protection`; empty too in tables that were composed before that was looked at."""

    @classmethod
    def of(cls, made: Protection, rules: Rules, method: int) -> "KeptProtection":
        """What is kept of a protection that was made by these rules and this method."""
        return cls(
            is_safe=made.is_safe,
            groups=made.groups,
            rules=rules,
            method=method,
            primary=tuple(sorted(made.primary)),
            secondary=tuple(sorted(made.secondary)),
            findings=made.findings,
            exposed=made.exposed,
            regions=len(made.regions),
            apart=made.apart,
            linked=tuple(sorted(made.linked)),
        )

    def says_the_same_as(self, other: "KeptProtection") -> bool:
        """Whether reviewers read the same in both, whatever they were made by."""
        return self._said == other._said

    @property
    def _said(self) -> tuple[object, ...]:
        return self.is_safe, self.primary, self.secondary, self.findings, self.exposed, self.apart, self.linked

    def as_dict(self) -> dict[str, object]:
        made_by = {} if self.rules is None else {"rules": {**self.rules.as_dict(), "method": self.method}}
        return {
            "is_safe": self.is_safe,
            "groups": self.groups,
            **made_by,
            "primary": list(self.primary),
            "secondary": list(self.secondary),
            "findings": [one.as_dict() for one in self.findings],
            "exposed": [_exposed_as_dict(one) for one in self.exposed],
            **({} if self.regions is None else {"regions": self.regions}),
            **({"apart": list(self.apart)} if self.apart else {}),
            **({"linked": list(self.linked)} if self.linked else {}),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "KeptProtection":
        """What `as_dict` gave, also in an earlier release.

        >>> kept = KeptProtection.from_dict({"is_safe": True, "rules": {"threshold": 3, "zeros_are_sensitive": False}})
        >>> kept.is_safe, kept.rules, kept.method
        (True, Rules(threshold=3, zeros_are_sensitive=False), None)
        >>> KeptProtection.from_dict(kept.as_dict()) == kept
        True
        """
        rules = data.get("rules")
        return cls(
            is_safe=bool(data.get("is_safe")),
            groups=int(data.get("groups", 0)),
            rules=None if rules is None else Rules(rules["threshold"], rules["zeros_are_sensitive"]),
            method=None if rules is None else rules.get("method"),
            primary=tuple(data.get("primary", ())),
            secondary=tuple(data.get("secondary", ())),
            findings=tuple(Finding.from_dict(one) for one in data.get("findings", ())),
            exposed=tuple(
                Exposed(one["key"], one["lowest"], one["highest"], one.get("by", "")) for one in data.get("exposed", ())
            ),
            regions=data.get("regions"),
            apart=tuple(data.get("apart", ())),
            linked=tuple(data.get("linked", ())),
        )


def _exposed_as_dict(one: Exposed) -> dict[str, str | None]:
    by = {"by": one.by} if one.by else {}
    return {"key": one.key, "lowest": one.lowest, "highest": one.highest, **by}
