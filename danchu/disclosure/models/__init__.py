"""The tables of the room: what the law lists, places, contents with their versions, postings."""

from danchu.disclosure.models.catalogue import Item, Sphere
from danchu.disclosure.models.contents import Content, Origin, Version
from danchu.disclosure.models.postings import Posting, PostingPlace

__all__ = ["Content", "Item", "Origin", "PostingPlace", "Posting", "Sphere", "Version"]
