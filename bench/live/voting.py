"""The four votes of the rehearsal: an opinion poll in which minds change, an open vote, a
secret one, one with hands in the rooms.
"""

import subprocess
import sys
import time

from bench.live.processes import ROOT, VAR

RECOUNT = ROOT / "danchu" / "portal" / "static" / "portal" / "kiem-phieu.py"
ASKED, SILENT, AGAIN = ("Tán thành", "Không tán thành", "Không biểu quyết"), 0.06, 50
POLLS = (
    (
        "Hình thức họp quý tới?",
        {
            "kind": "opinion",
            "secrecy": "named",
            "may_change": True,
            "options": ["Trực tuyến", "Trực tiếp", "Kết hợp cả hai"],
        },
    ),
    (
        "Thông qua nghị quyết hội nghị?",
        {
            "kind": "binding",
            "secrecy": "named",
            "quorum_rule": "quorum.majority",
            "threshold_rule": "vote.present.majority",
        },
    ),
    (
        "Bỏ phiếu kín về nhân sự ban điều phối?",
        {
            "kind": "binding",
            "secrecy": "secret",
            "quorum_rule": "quorum.two_thirds",
            "threshold_rule": "vote.present.two_thirds",
        },
    ),
    (
        "Thông qua chương trình hành động?",
        {
            "kind": "binding",
            "secrecy": "named",
            "franchise": "both",
            "threshold_rule": "vote.present.majority",
        },
    ),
)
MINUTES_EACH = 3.5


class Voting:
    """Puts each to the vote and counts it in the play's books by what the voters were answered."""

    def __init__(self, play):
        self.play, self.stage = play, play.stage

    def all(self):
        self._until_known()
        for title, asked in POLLS:
            self._one(title, {"options": list(ASKED), **asked})

    def _until_known(self):
        """The hubs write down in groups who came and left: wait for what the books say."""
        from danchu.conference.queries.presence import present_now

        deadline = time.monotonic() + 20
        while (
            present_now(self.stage.conference)["online"] != len(self.play.inside)
            and time.monotonic() < deadline
        ):
            time.sleep(0.2)

    def _one(self, title, asked):
        from danchu.conference.actions.polls import close_poll, declare_poll, draft_poll, open_poll

        play, by = self.play, self.play.chair
        began = time.monotonic()
        poll = open_poll(
            draft_poll(self.stage.conference, by=by, title=title, item=play.item, **asked), by=by
        )
        chosen = self._votes(poll, asked)
        counts = [
            sum(choice == place for choice in chosen.values())
            for place in range(len(asked["options"]))
        ]
        roll = len(chosen) if asked["kind"] == "opinion" else len(play.inside)
        if asked.get("franchise") == "both":
            roll = self._hands(poll, counts)
        held = [(min(roll, self.stage.size), self.stage.size)] * ("quorum_rule" in asked) + [
            (counts[0], roll)
        ] * ("threshold_rule" in asked)
        play.books.polls[title] = {
            "options": asked["options"],
            "counts": counts,
            "roll": roll,
            "judged": held,
        }
        time.sleep(max(0.0, began + play.seconds(MINUTES_EACH) - time.monotonic()))
        declared = declare_poll(close_poll(poll, by=by), by=by)
        self._recounted(declared)

    def _votes(self, poll, asked):
        """{person: choice} by the answers; some vote twice, some from outside the roll: refused."""
        play, stage, chance = self.play, self.stage, self.play.chance
        voters = [person for person in sorted(play.inside) if chance.random() > SILENT]
        meant = {
            person: min(
                int(len(asked["options"]) * chance.random() ** 1.8), len(asked["options"]) - 1
            )
            for person in voters
        }
        chance.shuffle(voters)
        seconds = play.seconds(MINUTES_EACH) * 0.6
        answers = play.post(
            [
                (person, stage.url("vote"), f"poll={poll.pk}&choice={meant[person]}")
                for person in voters
            ],
            seconds,
        )
        chosen = {
            person: one.told.get("choice")
            for person, one in zip(voters, answers, strict=True)
            if one.code in (200, 201)
        }
        play.fault(
            "phiếu không được nhận hay trả lời khác",
            sum(chosen.get(person) != meant[person] for person in voters),
        )
        again = voters[::AGAIN]
        other = {person: (meant[person] + 1) % len(asked["options"]) for person in again}
        repeated = play.post(
            [
                (person, stage.url("vote"), f"poll={poll.pk}&choice={other[person]}")
                for person in again
            ],
            seconds / 10,
        )
        for person, one in zip(again, repeated, strict=True):
            stands = other[person] if asked.get("may_change") else meant[person]
            play.fault(
                "phiếu gửi lại được trả lời sai",
                one.code != 200 or one.told.get("choice") != stands,
            )
            chosen[person] = one.told.get("choice", chosen[person])
        if asked["kind"] == "binding":
            outside = sorted(stage.absent | stage.leaving)[:20]
            refused = play.post(
                [(person, stage.url("vote"), f"poll={poll.pk}&choice=0") for person in outside], 0.5
            )
            play.fault("người không có mặt bỏ phiếu được", sum(one.code != 403 for one in refused))
        return chosen

    def _hands(self, poll, counts):
        """The desks count the hands of who has no device, and once correct themselves; against
        how many it is held.
        """
        play, rooms = self.play, set()
        for place in play.desks:
            hands = [3 + place % 5, place % 3, 1]
            play.desk_says(
                place,
                ("hands", {"poll": poll.pk, "counts": [1, 1, 1]}),
                ("hands", {"poll": poll.pk, "counts": hands}),
            )
            rooms.add(place)
            for option, number in enumerate(hands):
                counts[option] += number
        heads = sum(play.books.heads[self.stage.points[place].name] for place in rooms)
        return heads + sum(self.stage.point_of(person) not in rooms for person in play.inside)

    def _recounted(self, poll):
        """The published file, recounted by the script that stands alone, without anything of
        ours.
        """
        place = VAR / f"rehearsal-poll-{poll.pk}.csv"
        place.write_text(poll.declaration.content, encoding="utf-8", newline="")
        done = subprocess.run(
            [sys.executable, "-I", "-S", RECOUNT, place],
            capture_output=True,
            text=True,
            cwd="/",
            env={},
            timeout=120,
        )
        self.play.fault("tệp kết quả không kiểm lại được", done.returncode)
