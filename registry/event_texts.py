"""What the events that the foundation records say, by type."""

from registry.findings import Text

TEXTS = {
    "LostObjectFound": Text("En fil som hade gått förlorad återfanns.", "A file that had been lost was found again."),
    "OrganisationCreated": Text("En organisation lades till.", "An organisation was added."),
    "PersonCreated": Text("Ett konto skapades.", "An account was made."),
    "RoleGiven": Text("En person fick en roll.", "A person was given a role."),
    "RoleTaken": Text("En person fråntogs en roll.", "A role was taken from a person."),
    "AdministratorProposed": Text(
        "En person föreslogs som administratör för en region.", "A person was proposed as administrator of a region."
    ),
    "AdministratorAppointed": Text(
        "Två administratörer utsåg tillsammans en administratör för en region.",
        "Two administrators together appointed an administrator of a region.",
    ),
    "AdministratorProposalWithdrawn": Text(
        "Ett förslag till administratör för en region togs tillbaka.",
        "A proposal for an administrator of a region was taken back.",
    ),
    "PersonDisabled": Text("Ett konto stängdes.", "An account was closed."),
    "PersonReopened": Text("Ett konto öppnades igen.", "An account was reopened."),
    "MailChosen": Text(
        "Någon valde om de vill ha e-post om meddelanden.", "Somebody chose whether to get e-mail about messages."
    ),
    "MailBounced": Text(
        "E-post om meddelanden kom tillbaka, och adressen stängdes av.",
        "E-mail about messages came back, and the address was switched off.",
    ),
    "PersonNameErased": Text("En persons namn raderades.", "A person’s name was erased."),
    "PasswordChanged": Text("Ett lösenord byttes.", "A password was changed."),
    "PasswordLinkMade": Text("En länk för att välja lösenord gjordes.", "A link for choosing a password was made."),
    "SignedIn": Text("Någon loggade in.", "Somebody signed in."),
    "SignedOut": Text("Någon loggade ut.", "Somebody signed out."),
    "SignInFailed": Text("En inloggning misslyckades.", "A sign-in failed."),
    "ClientCreated": Text("En maskinklient skapades.", "A machine client was made."),
    "ClientCredentialAdded": Text(
        "En maskinklient fick en ny hemlighet eller nyckel.", "A machine client was given a new secret or key."
    ),
    "ClientCredentialEnded": Text(
        "En maskinklients hemlighet eller nyckel avslutades.", "A secret or key of a machine client was ended."
    ),
    "ClientRenewed": Text("En maskinklient förnyades.", "A machine client was renewed."),
    "ClientRevoked": Text("En maskinklient spärrades.", "A machine client was revoked."),
    "SigningKeyMade": Text(
        "Registret fick en ny nyckel att signera med.", "The registry was given a new key to sign with."
    ),
    "SigningKeyRetired": Text(
        "En nyckel som registret signerade med togs ur bruk.",
        "A key that the registry signed with was taken out of use.",
    ),
    "ProofBegun": Text(
        "Det som står i varje rad skrevs in i loggen: härifrån kan det bevisas.",
        "What stands in every row was written into the log: from here on it can be proven.",
    ),
    "RowsSealedAnew": Text(
        "Rader som en uppgradering ändrade skrevs in i loggen på nytt.",
        "Rows that an upgrade changed were written into the log anew.",
    ),
    "InstanceMarkedDemonstration": Text(
        "Registret märktes som demonstration.", "The registry was marked as a demonstration."
    ),
    "DraftCreated": Text("Ett utkast skapades.", "A draft was made."),
    "DraftRevised": Text("Ett utkast ändrades.", "A draft was changed."),
    "VersionSubmitted": Text("En version lämnades till granskning.", "A version was sent to review."),
    "VersionDecided": Text("En granskare beslutade om en version.", "A reviewer decided on a version."),
    "VersionPublished": Text("En version publicerades.", "A version was published."),
    "VersionWithdrawn": Text("En version återtogs.", "A version was withdrawn."),
    "WithdrawalProposed": Text(
        "Någon föreslog att en publicerad version återtas.", "Somebody proposed to withdraw a published version."
    ),
    "WithdrawalSettled": Text(
        "Ett förslag om att återta en publicerad version avgjordes.",
        "A proposal to withdraw a published version was settled.",
    ),
    "VersionRebased": Text(
        "Ett utkast fördes över på en nyare publicerad version.", "A draft was moved to a newer published version."
    ),
    "ChangeSetCreated": Text("Ett ändringspaket skapades.", "A change set was made."),
    "ChangeSetChanged": Text("Ett ändringspaket ändrades.", "A change set was changed."),
    "ChangeSetChecked": Text("Ett stort ändringspaket kontrollerades.", "A large change set was checked."),
    "ChangeSetSubmitted": Text("Ett ändringspaket lämnades till granskning.", "A change set was sent to review."),
    "ChangeSetCalledBack": Text(
        "Ett ändringspaket togs tillbaka från granskningen.", "A change set was called back from review."
    ),
    "ChangeSetDecided": Text("En granskare beslutade om ett ändringspaket.", "A reviewer decided on a change set."),
    "ChangeSetPublished": Text("Ett ändringspaket publicerades.", "A change set was published."),
    "ChangeSetWithdrawn": Text("Ett ändringspaket återtogs.", "A change set was withdrawn."),
    "VersionCommented": Text("En version kommenterades.", "A comment was written on a version."),
    "BackupTaken": Text("En säkerhetskopia av registret togs.", "A backup of the registry was taken."),
    "InstanceRestored": Text(
        "Registret återställdes från en säkerhetskopia. Det som hände efter att den togs finns inte här.",
        "The registry was restored from a backup. What happened after it was taken is not here.",
    ),
}
