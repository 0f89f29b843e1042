"""The actor in whose name the law's own clocks run, whoever's act began them: a citizen's too,
who has no right to obligations.
"""

from danchu.people.actor import Actor

LAW = Actor.system("hạn theo luật")
