"""The system actor that creates and closes obligations which follow from the law, also where the
act that caused them was a citizen's, who has no right to obligations.
"""

from danchu.people.actor import Actor

LAW = Actor.system("hạn theo luật")
