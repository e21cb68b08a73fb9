"""What is small in a table, for each audience, and what is said where the policies of one audience differ. Pure.

A policy is a data flow's, and holds for every audience of what the flow delivers. Where a policy is for one audience only,
it says so. `rules_for` is the one place where an audience's policies become the rules of its table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from registry.findings import Finding, Param
from submission_portal.flows.audiences import Audience
from submission_portal.flows.policy import Policy, Zeros
from submission_portal.followup.finding_texts import FINDINGS

DIFFERENT_THRESHOLDS = "FOL-024"
DIFFERENT_ZEROS = "FOL-025"
PROTECTED = (Audience.RECIPIENT, Audience.PUBLIC)
"""The audiences from which small numbers are hidden, the narrower first. A region's own figures are its own."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What an audience's policies ask for: what is above zero and below ``threshold`` is small."""

    threshold: int = 5
    zeros_are_sensitive: bool = False

    @classmethod
    def strictest(cls, policies: Iterable[Policy]) -> "Rules":
        """The strictest of several policies.

        >>> from registry.findings import Text
        >>> source = Text("", "")
        >>> Rules.strictest([Policy(5, Zeros.PUBLISHED, source), Policy(3, Zeros.HIDDEN, source)])
        Rules(threshold=5, zeros_are_sensitive=True)
        """
        policies = list(policies)
        return cls(
            max((policy.threshold for policy in policies), default=5),
            any(policy.zeros is not Zeros.PUBLISHED for policy in policies),
        )

    def as_dict(self) -> dict[str, int | bool]:
        return {"threshold": self.threshold, "zeros_are_sensitive": self.zeros_are_sensitive}


@dataclass(frozen=True, slots=True)
class StatedPolicy:
    """A policy and whom it is for; ``None``: every audience."""

    policy: Policy
    audience: Audience | None = None


AudienceRules = Mapping[Audience, Rules]
"""The rules of each audience in `PROTECTED`."""


def rules_for(audience: Audience, policies: Iterable[StatedPolicy]) -> Rules:
    """The rules of an audience's table: the strictest of the policies that are for it hold for all its cells."""
    return Rules.strictest(one.policy for one in _of(audience, policies))


def disagreements(audience: Audience, policies: Iterable[StatedPolicy]) -> tuple[Finding, ...]:
    """What reviewers are told where an audience's policies ask for different things: the strictest holds for all."""
    own = [one.policy for one in _of(audience, policies)]
    thresholds = sorted({policy.threshold for policy in own})
    found = []
    if len(thresholds) > 1:
        params: dict[str, Param] = {"audience": audience.label, "lowest": thresholds[0], "highest": thresholds[-1]}
        found.append(FINDINGS.found(DIFFERENT_THRESHOLDS, params))
    if len({policy.zeros is Zeros.PUBLISHED for policy in own}) > 1:
        found.append(FINDINGS.found(DIFFERENT_ZEROS, {"audience": audience.label}))
    return tuple(found)


def _of(audience: Audience, policies: Iterable[StatedPolicy]) -> Sequence[StatedPolicy]:
    return [one for one in policies if one.audience in (None, audience)]
