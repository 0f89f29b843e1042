"""The system actor that writes to other rooms on behalf of pass holders, who have no account and no
rights there.
"""

from danchu.people.actor import Actor

CLERK = Actor.system("hội nghị tại các điểm cầu")
