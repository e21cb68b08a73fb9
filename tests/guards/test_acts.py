"""Guards over acts: each type of event is an act for a side, or is none, for a reason."""

import wsgi
from registry.hands import Side
from registry.plugin import House
from registry.powers import THE_RECIPIENT, THE_REGION
from submission_portal.flows.plugin import FLOW, USE
from submission_portal.flows.powers import LINES, USES

NO_ACT = {
    "nobody's two sides meet in it: terms, models and sets of them belong to one organisation": (
        "ItemFollowed", "ItemUnfollowed", "VersionRebased", "WithdrawalProposed", "WithdrawalSettled",
        "ChangeSetCreated", "ChangeSetChanged", "ChangeSetChecked", "ChangeSetSubmitted", "ChangeSetCalledBack",
        "ChangeSetDecided", "ChangeSetPublished", "ChangeSetWithdrawn", "BoundaryCasesDrafted",
        "BoundaryCasesRevised", "BoundaryCasesRemoved", "BoundaryCasesOpened", "BoundaryCasesClosed",
        "BoundaryAnswersSaved", "BoundaryAnswersSent", "BoundaryDisagreementExplained", "SchemeChecked", "ConsultationDrafted", "ConsultationRevised",
        "ConsultationRemoved", "ConsultationOpened", "ConsultationExtended", "ConsultationSettled", "OpinionSaved",
        "OpinionSent", "OpinionRecorded", "OpinionCorrected", "OpinionJudged", "ComparabilityAnswered",
        "StatementsConfirmed",
    ),
    "it follows in the transaction of an act that is kept": (
        "VersionPublished", "DeliveryReleased", "DeliveryRefused", "ReviewPointReopened", "ReleaseWithdrawn", "TablePublished",
        "TableRefused", "FlowCarriedOver", "FlowAskedToReconfirm",
    ),
    "the registry itself does it": (
        "DeliveryChecked", "DeliveryPutToReview", "DeliveryDisclosedUnderStanding", "ReleaseForwarded", "TableComposed", "TableFoundUnchanged", "TablesAskedForAgain",
        "DeliveryDueSoon", "DeliveryMissing",
        "TermBankIndexed", "DraftObjectErased", "LostObjectFound", "BackupTaken", "InstanceRestored", "InstanceMarkedDemonstration",
        "DemonstrationPerformed", "SigningKeyMade", "SigningKeyRetired", "ProofBegun", "RowsSealedAnew",
    ),
    "nothing is decided: somebody reads, or says something": (
        "HiddenValuesRead", "DeliveriesReplayed", "FlowFileMade", "CompilationRefused", "CompilationPreviewed", "VersionCommented", "DeliveryCommented", "NumbersInVocabularyExplained",
    ),
    "nothing of it is kept": ("IdentityNumbersRefused", "VocabularyFileRefused"),
    "it is about accounts and organisations": (
        "OrganisationCreated", "AdministratorProposed", "AdministratorAppointed", "AdministratorProposalWithdrawn", "PersonCreated", "RoleGiven", "RoleTaken", "PersonDisabled", "PersonReopened",
        "PersonNameErased", "MailChosen", "MailBounced", "PasswordChanged", "PasswordLinkMade", "SignedIn", "SignedOut", "SignInFailed",
        "ClientCreated", "ClientCredentialAdded", "ClientCredentialEnded", "ClientRenewed", "ClientRevoked",
    ),
    "it is about what a region's systems are told": (
        "WebhookCreated", "WebhookSecretRotated", "WebhookTurnedOff", "WebhookTurnedOn", "WebhookWithdrawn",
        "WebhookGaveUp", "WebhookSentAgain",
    ),
}  # fmt: skip


def test_the_page_on_who_may_do_what_names_every_act_and_no_other():
    house = House(wsgi.PLUGINS)
    told = {type_ for group in house.powers for power in group.powers for type_ in power.events}
    of_accounts = set(NO_ACT["it is about accounts and organisations"])
    assert set(house.acts) - told - BEHIND == set(), "an act that the page does not name"
    assert told - set(house.acts) - of_accounts == set(), "the page names what is no act"


def test_the_page_on_who_may_do_what_names_who_decides_on_lines_and_on_uses():
    """Both are items, with the same events: each is named by itself."""
    for kind, group in ((FLOW, LINES), (USE, USES)):
        named = [power for power in group.powers if "VersionDecided" in power.events]
        decide = {
            (THE_REGION if one.side == Side.DISCLOSER else THE_RECIPIENT, one.role)
            for one in kind.requirements
            if one.concerns({"content_schema": kind.schema.name})
        }
        assert {(power.side, role) for power in named for role in power.by} == decide
        (writing,) = (set(power.by) for power in group.powers if "DraftCreated" in power.events)
        (withdrawing,) = (set(power.by) for power in group.powers if "VersionWithdrawn" in power.events)
        assert writing == set(kind.author_roles)
        assert withdrawing == ({role for _, role in decide} if kind.is_withdrawn_by_deciders else writing)


BEHIND = {"FlowAssessed"}
"""Acts that are part of another one, which the page names."""


def test_each_type_of_event_is_an_act_for_a_side_or_is_none_for_a_reason():
    house = House(wsgi.PLUGINS)
    excused = [type_ for types in NO_ACT.values() for type_ in types]
    assert len(excused) == len(set(excused))
    assert set(house.acts) & set(excused) == set()
    assert set(house.event_texts) == set(house.acts) | set(excused)
