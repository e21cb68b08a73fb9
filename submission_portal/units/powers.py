"""Who may keep the register of units."""

from registry.actors import Role
from registry.findings import Text
from registry.powers import THE_OTHER_SIDE, THE_REGION, Power, Powers
from submission_portal.units.acts import ACTS

KEEPERS = (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)
UNITS = Powers(
    Text("Enheter", "Units"),
    20,
    (
        Power(
            Text(
                "Föra linjens enhetsregister, och bekräfta det",
                "Keep the line's register of units, and confirm it",
            ),
            THE_REGION,
            KEEPERS,
            THE_OTHER_SIDE,
            tuple(ACTS),
        ),
    ),
)
