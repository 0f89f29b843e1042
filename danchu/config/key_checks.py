"""What a machine lacks after a restore: keys lie beside the database, and no backup holds them."""

from django.db import DatabaseError
from django.utils.translation import gettext as _

from danchu.config.checks import Trouble
from danchu.config.door_checks import every_machine_has_one_key, second_factors_can_be_read
from danchu.config.vault_checks import identities_can_be_opened, urns_are_where_they_must_be

OF_KEYS = (
    every_machine_has_one_key,
    second_factors_can_be_read,
    identities_can_be_opened,
    urns_are_where_they_must_be,
)


def missing_keys():
    """The Troubles of `danchu check` that are about keys: of the installation, of second factors,
    of the vault and its escrow, of urns.
    """
    troubles = []
    for check_of_key in OF_KEYS:
        try:
            troubles += check_of_key()
        except DatabaseError as error:
            troubles.append(
                Trouble(_("Chưa kiểm được khóa: %s.") % type(error).__name__, "danchu check")
            )
    return troubles
