"""The declaration of this room for all surfaces."""

from danchu.disclosure.indicators import INDICATORS
from danchu.disclosure.models import Content
from danchu.disclosure.public import PUBLIC_CONTENTS
from danchu.disclosure.sections.catalogue import ITEMS, PUBLIC_ITEMS
from danchu.disclosure.sections.contents import CONTENTS
from danchu.disclosure.sections.places import PLACES
from danchu.disclosure.words import ACT_WORDS, ITEM_WORDS, PLACE_WORDS
from danchu.subjects.room import Room
from danchu.subjects.sections import Proved

ROOM = Room(
    name="disclosure",
    sections=(CONTENTS, PLACES, ITEMS),
    public=(PUBLIC_CONTENTS, PUBLIC_ITEMS),
    words=ACT_WORDS,
    words_of={"posting_place": PLACE_WORDS, "disclosure_item": ITEM_WORDS},
    indicators=INDICATORS,
    evidence={"disclosure": "disclosure", "posting": "disclosure", "disclosure_due": "disclosure"},
    proved={
        "disclosure": Proved(
            rows=PUBLIC_CONTENTS.record.rows,
            page="disclosure",
            title=PUBLIC_CONTENTS.record.title,
        )
    },
    countable={"disclosure": lambda: Content.objects.known()},
)
