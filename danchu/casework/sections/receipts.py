"""The receipt of a petition."""

from danchu.casework.queries.history import clocks_of_petitions
from danchu.units.names import name_of


def receipt(petition, secret):
    """The context of the receipt for the sender: the code, the clocks, and the secret, which is not
    shown again.
    """
    return {
        "record": petition,
        "secret": secret,
        "clocks": clocks_of_petitions([petition])[petition.pk],
        "where": name_of(petition.unit_id, petition.received_on),
    }
