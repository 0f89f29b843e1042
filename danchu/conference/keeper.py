"""The Keeper of conferences: a conference follows a correction of its event, and has none any more
once the draft of it is discarded.
"""

from danchu.conference.actions.following import follow_conference
from danchu.register.keepers import Keeper

# The numbers that the hall counted may be corrected in the register.
KEEPER = Keeper(numbers=lambda event: {}, reason="", follow=follow_conference)
