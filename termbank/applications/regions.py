"""The regions' county codes and what people call them.

Codes: SCB, *Län och kommuner*; 21 regions (Gotland is a municipality with a region's tasks). The organisations
themselves, with their formal names, are rows of the registry; these names are for sentences.
"""

REGION_NAMES = {
    "01": "Stockholm",
    "03": "Uppsala",
    "04": "Sörmland",
    "05": "Östergötland",
    "06": "Jönköping",
    "07": "Kronoberg",
    "08": "Kalmar",
    "09": "Gotland",
    "10": "Blekinge",
    "12": "Skåne",
    "13": "Halland",
    "14": "Västra Götaland",
    "17": "Värmland",
    "18": "Örebro",
    "19": "Västmanland",
    "20": "Dalarna",
    "21": "Gävleborg",
    "22": "Västernorrland",
    "23": "Jämtland Härjedalen",
    "24": "Västerbotten",
    "25": "Norrbotten",
}
TRIAL_NAMES = {"99": "Exempelregionen"}
"""Codes reserved for trials: made up, and nobody is expected to state anything."""


def is_known(code: str) -> bool:
    """Whether ``code`` is a region's, or reserved for trials."""
    return code in REGION_NAMES or code in TRIAL_NAMES


def region_name(code: str) -> str:
    """The region's everyday name; the code itself where it is unknown.

    >>> region_name("25"), region_name("77")
    ('Norrbotten', '77')
    """
    return REGION_NAMES.get(code) or TRIAL_NAMES.get(code, code)
