"""Every provision of the secrecy and data protection checks, by id."""

from legal_checks import data_protection
from legal_checks.provisions import Provision
from legal_checks.secrecy import provisions as secrecy

PROVISIONS: tuple[Provision, ...] = (*secrecy.PROVISIONS, *data_protection.PROVISIONS)
PROVISIONS_BY_ID = {provision.id: provision for provision in PROVISIONS}
