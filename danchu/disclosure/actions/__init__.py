"""All that can be done with what is disclosed."""

from danchu.disclosure.actions.arising import arise_contents
from danchu.disclosure.actions.catalogue import amend_item
from danchu.disclosure.actions.contents import (
    open_content,
    renew_content,
    specialise_content,
    withdraw_content,
)
from danchu.disclosure.actions.places import close_place, open_place
from danchu.disclosure.actions.postings import post_content, take_down

__all__ = [
    "amend_item",
    "arise_contents",
    "close_place",
    "open_content",
    "open_place",
    "post_content",
    "renew_content",
    "specialise_content",
    "take_down",
    "withdraw_content",
]
