"""One entry of the catalogue, each text as a pair of Swedish and English."""

from registry.findings import FindingText, Text


def entry(
    code: str, title: tuple[str, str], body: tuple[str, str], mend: tuple[str, str], source: str = ""
) -> FindingText:
    return FindingText(code, Text(*title), Text(*body), Text(*mend), source)
