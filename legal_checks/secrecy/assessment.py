"""From answers to a reasoned record: what was answered, which rules asked for more, and what was replied.

The assessment is what a decision points at. It holds no outcome: the decision is a person's, and stands beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from legal_checks.finding_texts import FINDINGS
from legal_checks.secrecy.named_provisions import PROVISIONS_BY_ID
from legal_checks.secrecy.questions import QUESTIONS, Side
from legal_checks.secrecy.rules import RULES, Answer, Answers, Circumstances, Rule, Verdict
from registry.findings import Finding, Place, Severity, Text
from registry.reasons import says_something

SCHEMA = "secrecy_assessment/1"


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule's verdict, and what was replied where it asked."""

    rule: str
    code: str
    verdict: Verdict
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """One side's answers to all questions on one day, and what the rules made of them."""

    circumstances: Circumstances
    answers: Answers
    results: tuple[RuleResult, ...]
    findings: tuple[Finding, ...] = field(default=())
    words: str = ""
    """The hash of the words that the questions were asked in (`legal_checks.secrecy.words`); none in records from before they were
    kept."""

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to answer or to reply to."""
        return not any(finding.severity in (Severity.ERROR, Severity.QUESTION) for finding in self.findings)

    @property
    def asks(self) -> tuple[RuleResult, ...]:
        """The rules that asked for more, replied to or not."""
        return tuple(result for result in self.results if result.verdict is Verdict.FAIL)

    def as_dict(self) -> dict[str, object]:
        """Canonical-content-safe form for storage beside the decision."""
        facts = self.circumstances
        return {
            "schema": SCHEMA,
            "side": facts.side.value,
            "on": facts.on.isoformat(),
            "goes_ahead": facts.goes_ahead,
            "concerns_persons": facts.concerns_persons,
            "recipient_is_authority": facts.recipient_is_authority,
            "is_compilation": facts.is_compilation,
            "subject": facts.subject,
            **({"words": self.words} if self.words else {}),
            "answers": {
                each.id: {"choice": answer.choice, "reason": answer.reason}
                for each in QUESTIONS
                if (answer := self.answers.get(each.id)) is not None
            },
            "rules": [
                {"rule": result.rule, "code": result.code, "verdict": result.verdict.value, "reply": result.reply}
                for result in self.results
            ],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> "Assessment":
        """The assessment as it was recorded. Verdicts are read, never judged anew: later rules do not rewrite a record."""
        facts = Circumstances(
            side=Side(str(data["side"])),
            on=date.fromisoformat(str(data["on"])),
            goes_ahead=bool(data["goes_ahead"]),
            concerns_persons=bool(data["concerns_persons"]),
            recipient_is_authority=bool(data["recipient_is_authority"]),
            is_compilation=bool(data["is_compilation"]),
            subject=str(data["subject"]),
        )
        rules = data["rules"]
        answers = data["answers"]
        if not isinstance(rules, list) or not isinstance(answers, Mapping):
            raise TypeError("not a recorded assessment")
        return cls(
            facts,
            {key: Answer(str(each["choice"]), str(each["reason"])) for key, each in answers.items()},
            tuple(
                RuleResult(str(each["rule"]), str(each["code"]), Verdict(each["verdict"]), str(each["reply"]))
                for each in rules
            ),
            words=str(data.get("words", "")),
        )


def assess(answers: Answers, circumstances: Circumstances, replies: Mapping[str, str] | None = None) -> Assessment:
    """Hold the answers against the questions and the rules.

    ``replies`` are what the answerer said to the rules that asked, by finding code. Where nothing goes ahead the
    questions may stay unanswered: a refusal or a return needs its reason only.
    """
    replies = replies or {}
    findings = list(_incomplete(answers)) if circumstances.goes_ahead else []
    results = []
    for rule in RULES:
        verdict, reply = rule.verdict(answers, circumstances), replies.get(rule.code, "").strip()
        results.append(RuleResult(rule.id, rule.code, verdict, reply))
        if verdict is Verdict.FAIL and (rule.stops or not says_something(reply)):
            findings.append(_stopped(rule) if rule.stops else FINDINGS.found(rule.code, {"rule": rule.id}))
    return Assessment(circumstances, dict(answers), tuple(results), tuple(findings))


def _stopped(rule: Rule) -> Finding:
    """That the decision cannot go ahead while the rule fails: after which provisions, and how the rendering of each was checked."""
    after = [PROVISIONS_BY_ID[one] for one in rule.provisions]
    said = [
        Text(
            f"{one.citation.sv} ({one.verification.text.sv.lower()}: {one.source})",
            f"{one.citation.en} ({one.verification.text.en.lower()}: {one.source})",
        )
        for one in after
    ]
    listed = Text("; ".join(one.sv for one in said), "; ".join(one.en for one in said))
    places = tuple(Place(field=one) for one in rule.questions)
    return FINDINGS.found(rule.stop_code, {"rule": rule.id, "provisions": listed}, places)


def _incomplete(answers: Answers) -> list[Finding]:
    """Findings for questions without a valid choice, for choices without the reason that they need, and for reasons without words."""
    unanswered: list[Place] = []
    unreasoned: list[Place] = []
    wordless: list[Place] = []
    for each in QUESTIONS:
        answer = answers.get(each.id)
        choice = None if answer is None else each.choice(answer.choice)
        if answer is None or choice is None:
            unanswered.append(Place(field=each.id))
        elif choice.needs_reason and not answer.reason.strip():
            unreasoned.append(Place(field=each.id))
        elif answer.reason.strip() and not says_something(answer.reason):
            wordless.append(Place(field=each.id))
    return [
        *([FINDINGS.found("SEC-001", places=tuple(unanswered))] if unanswered else []),
        *([FINDINGS.found("SEC-002", places=tuple(unreasoned))] if unreasoned else []),
        *([FINDINGS.found("SEC-004", places=tuple(wordless))] if wordless else []),
    ]
