"""In whose name the hall writes into other books what its chair or moderators, who come by a
pass, have no right to write there.
"""

from danchu.people.actor import Actor

CLERK = Actor.system("hội nghị tại các điểm cầu")
