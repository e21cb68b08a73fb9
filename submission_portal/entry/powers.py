"""Who may enter figures in a page."""

from registry.actors import Role
from registry.findings import Text
from registry.powers import THE_OTHER_SIDE, THE_REGION, Power, Powers
from submission_portal.entry.acts import ACTS

ENTERS = (Role.DATA_OFFICER,)
ENTRY = Powers(
    Text("Inmatning", "Entry"),
    25,
    (
        Power(
            Text("Mata in uppgifter i formuläret, och kontrollera dem", "Enter figures in the form, and check them"),
            THE_REGION,
            ENTERS,
            THE_OTHER_SIDE,
            tuple(ACTS),
        ),
    ),
)
