"""Who may give roles, and close accounts."""

from registry.actors import Role
from registry.findings import Text
from registry.powers import THE_REGION, THE_REGISTRY, Power, Powers

ROLES = Powers(
    Text("Roller och konton", "Roles and accounts"),
    50,
    (
        Power(
            Text("Ge och ta regionens roller", "Give and take the region's roles"),
            THE_REGION,
            (Role.REGION_ADMINISTRATOR,),
            Text(
                "Den som rollen gäller. Centrala administratörer kan inte.",
                "Whoever the role is for. Central administrators cannot.",
            ),
            ("RoleGiven", "RoleTaken"),
        ),
        Power(
            Text("Ge och ta mottagares och förvaltares roller", "Give and take the roles of recipients and stewards"),
            THE_REGISTRY,
            (Role.ADMINISTRATOR,),
            Text("Den som rollen gäller.", "Whoever the role is for."),
            ("RoleGiven", "RoleTaken"),
        ),
        Power(
            Text(
                "Utse en regions första administratör: en föreslår, en annan bekräftar",
                "Appoint a region's first administrator: one proposes, another confirms",
            ),
            THE_REGISTRY,
            (Role.ADMINISTRATOR,),
            Text(
                "Den som föreslog bekräftar inte, och ingen av dem är den som utses. Har regionen en administratör har regionen sju dagar att invända.",
                "Whoever proposed does not confirm, and neither is the one appointed. Where the region has an administrator, the region has seven days to object.",
            ),
            ("AdministratorProposed", "AdministratorAppointed", "AdministratorProposalWithdrawn"),
        ),
        Power(
            Text("Stänga ett konto", "Close an account"),
            THE_REGISTRY,
            (Role.ADMINISTRATOR, Role.REGION_ADMINISTRATOR),
            Text(
                "Den egna; den sista administratörens. En regionadministratör stänger bara konton vars alla roller är i den egna regionen.",
                "One's own; the last administrator's. A region administrator closes only accounts whose roles are all in their own region.",
            ),
            ("PersonDisabled",),
        ),
        Power(
            Text(
                "Öppna ett stängt konto, eller göra en länk för att välja lösenord",
                "Reopen a closed account, or make a link for choosing a password",
            ),
            THE_REGISTRY,
            (Role.ADMINISTRATOR, Role.REGION_ADMINISTRATOR),
            Text(
                "Den som inte får ge alla roller som kontot har: centrala administratörer aldrig ett konto med en roll i en region.",
                "Whoever may not give all roles that the account has: central administrators never an account with a role in a region.",
            ),
            ("PersonReopened", "PasswordLinkMade"),
        ),
        Power(
            Text(
                "Göra, förnya och spärra regionens maskinklienter",
                "Make, renew and revoke the region's machine clients",
            ),
            THE_REGION,
            (Role.REGION_ADMINISTRATOR,),
            Text(
                "Centrala administratörer; den som beslutar om stående utlämnande i regionen.",
                "Central administrators; whoever decides on standing disclosures in the region.",
            ),
            ("ClientCreated", "ClientCredentialAdded", "ClientCredentialEnded", "ClientRenewed", "ClientRevoked"),
        ),
    ),
)
