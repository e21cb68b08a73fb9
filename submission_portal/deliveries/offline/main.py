"""`kontrollera FLOW-FILE FILE`: the check before anything leaves, on a machine of one's own.

What the small wheel starts (`make offline`). It knows neither Flask nor SQLAlchemy, opens no connection and writes nothing. Exit
status 0: nothing stops the file. 1: something was found that stops it. 2: a file could not be read. 3: the flow file is refused.
"""

import argparse
import json
import logging
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from registry.findings import Language, Text
from registry.terminal.file_faults import unreadable
from registry.terminal.language import terminal_language

if TYPE_CHECKING:
    from registry.findings import Finding
    from registry.signing.keys import KeyRing
    from submission_portal.deliveries.flow_files.checking import Checked
    from submission_portal.deliveries.flow_files.content import FlowFile

CLEAN, STOPPED, UNREAD, REFUSED = 0, 1, 2, 3
KEYS = "VARDPLATSREGISTRET_KEYS"
"""The environment's name for the file of keys."""
ADDRESS = ".well-known/signing-keys.json"
"""Where a portal publishes its keys, below its own address."""

_ABOUT = Text(
    "Kontrollera FIL som portalen skulle göra, med linjens flödesfil. Inget skickas och inget sparas.",
    "Check FILE as the portal would, with the line's flow file. Nothing is sent and nothing is kept.",
)
_STATUSES = Text(
    "Slutstatus 0: inget stoppar filen. 1: något stoppar den. 2: en fil kunde inte läsas. 3: flödesfilen godtas inte.",
    "Exit status 0: nothing stops the file. 1: something stops it. 2: a file could not be read. 3: the flow file is refused.",
)
_HELP = {
    "flow_file": Text("linjens flödesfil, hämtad i portalen", "the line's flow file, fetched from the portal"),
    "file": Text("filen som ska kontrolleras", "the file to check"),
    "keys": Text(
        f"portalens publika nycklar (JWKS), hämtade från dess adress /{ADDRESS}; annars {KEYS}, annars {{default}}",
        f"the portal's public keys (JWKS), fetched from its address /{ADDRESS}; otherwise {KEYS}, otherwise {{default}}",
    ),
    "part": Text("vilken del av perioden filen är (kod)", "which part of its period the file is (code)"),
    "sheet": Text("vilket blad, där flera har rätt rubriker", "which sheet, where several have the right headings"),
    "reason": Text(
        "vad det är som kan vara personnummer (PER-002)", "what it is that may be identity numbers (PER-002)"
    ),
    "encoding": Text(
        "teckenkodning för en text som varken är UTF-8 eller UTF-16",
        "encoding of a text that is neither UTF-8 nor UTF-16",
    ),
    "period": Text(
        "år, eller år och månad (2026-03), för rubriker som inte säger det",
        "the year, or year and month (2026-03), of headings that do not say it",
    ),
    "as_json": Text("för maskiner", "for machines"),
    "language": Text("svenska eller engelska; annars som terminalen", "Swedish or English; otherwise as the terminal"),
}
_NO_KEYS = Text(
    "Det finns inga sparade nycklar ({path}). Hämta dem en gång från portalen ({address}), jämför med det som förvaltningen "
    "uppger, och spara dem där eller ange --keys.",
    "No keys are kept ({path}). Fetch them once from the portal ({address}), compare them with what its administration says, "
    "and keep them there or give --keys.",
)
_NO_ENCODING = Text(
    "--encoding {given} finns inte. Dessa finns: {there}.", "There is no --encoding {given}. These are there: {there}."
)
_NO_PERIOD = Text(
    "--period {given} är varken ett år (2026) eller ett år och en månad (2026-03).",
    "--period {given} is neither a year (2026) nor a year and a month (2026-03).",
)
_NOT_KEYS = Text(
    "{path} är ingen nyckelring (JWKS med Ed25519-nycklar). Hämta den på nytt från portalens adress /" + ADDRESS + ".",
    "{path} is no ring of keys (JWKS with Ed25519 keys). Fetch it again from the portal's address /" + ADDRESS + ".",
)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and end with its status."""
    raise SystemExit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    logging.getLogger("registry").addHandler(logging.NullHandler())
    given = _parser(_language(arguments)).parse_args(arguments)
    return _Command(given, given.language or terminal_language()).run()


class _Command:
    """One run: what was given, and the language that it speaks."""

    def __init__(self, given: argparse.Namespace, language: Language) -> None:
        self.given, self.language = given, language

    def run(self) -> int:
        try:
            content = self._unsealed()
            data = self._read(self.given.file)
            return self._check(content, data)
        except _Ended as ended:
            return ended.status

    def _unsealed(self) -> "Mapping[str, Any]":
        """What the portal signed; nothing else is loaded before it is known that it did."""
        from registry.findings import Finding
        from submission_portal.deliveries.flow_files.seal import unsealed

        sealed = self._read(self.given.flow_file)
        content = unsealed(sealed, self._ring(sealed))
        if isinstance(content, Finding):
            self._refuse(content)
        return content

    def _check(self, content: "Mapping[str, Any]", data: bytes) -> int:
        from submission_portal.deliveries.reading.caged import POOL

        POOL.start()  # a child loads the readers while this process loads what assesses
        try:
            return self._checked(content, data)
        finally:
            POOL.close()

    def _checked(self, content: "Mapping[str, Any]", data: bytes) -> int:
        from registry import clock
        from registry.findings import Finding
        from submission_portal.deliveries.check_reports import stops
        from submission_portal.deliveries.flow_files.checking import check
        from submission_portal.deliveries.flow_files.sealing import read
        from submission_portal.deliveries.reading.layouts.bare_periods import told
        from submission_portal.deliveries.reading.older_encodings import CHOICES

        if self.given.encoding not in (None, *CHOICES):
            self._end(_with(_NO_ENCODING, given=self.given.encoding[:40], there=", ".join(CHOICES)), UNREAD)
        if self.given.period and told(self.given.period) is None:
            self._end(_with(_NO_PERIOD, given=self.given.period[:40]), UNREAD)
        file = read(content)
        if isinstance(file, Finding):
            self._refuse(file)
        checked = check(
            file,
            self.given.file.name,
            data,
            today=clock.today(),
            part=self.given.part,
            sheet=self.given.sheet,
            identity_answer=self._answer(),
            encoding=self.given.encoding,
            time=self.given.period,
        )
        self._tell(file, checked)
        return STOPPED if stops(checked.assessment.findings) else CLEAN

    def _answer(self) -> str | None:
        from registry.errors import Refused
        from submission_portal.deliveries.finding_texts.all import FINDINGS
        from submission_portal.deliveries.identity_numbers import answer_of

        try:
            return answer_of(self.given.reason)
        except Refused as refused:
            one = FINDINGS.read(refused.finding, self.language)
            self._end(Text(*[f"{one.in_full} ({one.code})"] * 2), UNREAD)

    def _ring(self, sealed: bytes) -> "KeyRing":
        from registry.signing.keys import NoKeyRing, read_ring
        from submission_portal.deliveries.flow_files.seal import address_in

        path = self.given.keys or Path(os.environ.get(KEYS) or default_keys())
        if not path.exists():
            address = (address_in(sealed).rstrip("/") or "…") + "/" + ADDRESS
            self._end(_with(_NO_KEYS, path=str(path), address=address), REFUSED)
        try:
            return read_ring(self._read(path))
        except NoKeyRing:
            self._end(_with(_NOT_KEYS, path=str(path)), REFUSED)

    def _refuse(self, finding: "Finding") -> NoReturn:
        from submission_portal.deliveries.check_reports import as_findings
        from submission_portal.deliveries.finding_texts.all import FINDINGS

        if self.given.as_json:
            self._print_json({"refused": as_findings([finding], self.language)[0], "status": REFUSED})
            raise _Ended(REFUSED)
        one = FINDINGS.read(finding, self.language)
        self._end(Text(*[f"{one.in_full} ({one.code})"] * 2), REFUSED)

    def _tell(self, file: "FlowFile", checked: "Checked") -> None:
        from registry import clock
        from submission_portal.deliveries.check_reports import (
            as_check,
            as_findings,
            as_small_numbers,
            finding_lines,
            reading_lines,
            small_number_lines,
            stage_lines,
            stops,
            weaker_cage,
        )
        from submission_portal.deliveries.reading.caged import POOL

        age = file.age_in_days(clock.today())
        if (weaker := weaker_cage(POOL.missing())) is not None:
            sys.stderr.write(f"{weaker.in_language(self.language)}\n")
        if self.given.as_json:
            told = {
                "line": file.slug, "line_version": file.line_version, "made_at": file.made_at.isoformat(), "age_in_days": age,
            }  # fmt: skip
            outcome = as_check(self.given.file.name, checked.reading, checked.assessment, self.language)
            notes = as_findings(checked.notes, self.language)
            status = STOPPED if stops(checked.assessment.findings) else CLEAN
            small = as_small_numbers(checked.small_numbers)
            self._print_json({"flow_file": told, **outcome, "small_numbers": small, "notes": notes, "status": status})
            return
        made = file.made_at.date().isoformat()
        self._print(
            [
                f"{file.title.in_language(self.language)}, {file.organisation.in_language(self.language)}",
                Text(f"Flödesfil från {made}, {age} dygn gammal", f"Flow file of {made}, {age} days old").in_language(
                    self.language
                ),
            ]
        )
        self._print(reading_lines(checked.reading, self.language))
        self._print(stage_lines(checked.assessment, self.language))
        self._print(finding_lines((*checked.assessment.findings, *checked.notes), self.language))
        self._print(small_number_lines(checked.small_numbers, self.language))

    def _read(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            self._end(unreadable(path, error), UNREAD)

    def _end(self, why: Text, status: int) -> NoReturn:
        sys.stderr.write(f"{why.in_language(self.language)}\n")
        raise _Ended(status)

    def _print(self, lines: Iterable[str]) -> None:
        for line in lines:
            sys.stdout.write(f"{line}\n")

    def _print_json(self, told: dict[str, object]) -> None:
        self._print([json.dumps(told, ensure_ascii=False, indent=2)])


class _Ended(Exception):
    """The command ends here, and has said why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def default_keys() -> Path:
    """Where the portal's keys are kept on this machine, unless something else is said."""
    base = os.environ.get("APPDATA") or os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "vardplatsregistret" / "signing-keys.json"


def _with(text: Text, **params: str) -> Text:
    return Text(text.sv.format(**params), text.en.format(**params))


def _language(arguments: Sequence[str] | None) -> Language:
    """The language of the help, before anything else is read of the arguments."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    chosen = words[words.index("--language") + 1 :][:1] if "--language" in words else []
    return "en" if chosen == ["en"] else "sv" if chosen == ["sv"] else terminal_language()


def _parser(language: Language) -> argparse.ArgumentParser:
    def said(name: str) -> str:
        return _HELP[name].in_language(language).format(default=default_keys()).replace("%", "%%")

    parser = argparse.ArgumentParser(
        "kontrollera", description=_ABOUT.in_language(language), epilog=_STATUSES.in_language(language)
    )
    names = Text("FLÖDESFIL FIL", "FLOW-FILE FILE").in_language(language).split()
    parser.add_argument("flow_file", metavar=names[0], type=Path, help=said("flow_file"))
    parser.add_argument("file", metavar=names[1], type=Path, help=said("file"))
    parser.add_argument("--keys", type=Path, help=said("keys"))
    parser.add_argument("--part", default="", help=said("part"))
    parser.add_argument("--sheet", help=said("sheet"))
    parser.add_argument("--not-identity", dest="reason", help=said("reason"))
    parser.add_argument("--encoding", help=said("encoding"))
    parser.add_argument("--period", default="", help=said("period"))
    parser.add_argument("--json", dest="as_json", action="store_true", help=said("as_json"))
    parser.add_argument("--language", choices=("sv", "en"), help=said("language"))
    return parser


if __name__ == "__main__":
    main()
