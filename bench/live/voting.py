"""The four votes of the rehearsal: an opinion poll with changed votes, an open vote, a secret one,
one with hands counted in the rooms.
"""

import subprocess
import sys
import time

from bench.live.processes import ROOT, VAR

RECOUNT = ROOT / "danchu" / "portal" / "static" / "portal" / "kiem-phieu.py"
OPTIONS, SILENT, AGAIN = ("Tán thành", "Không tán thành", "Không biểu quyết"), 0.06, 50
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
    """Holds the votes and counts them in the rehearsal's books by the answers to the voters."""

    def __init__(self, play):
        self.play, self.stage = play, play.stage

    def hold_all(self):
        self._wait_for_presence()
        for title, settings in POLLS:
            self._hold_vote(title, {"options": list(OPTIONS), **settings})

    def _wait_for_presence(self):
        """Wait until presence equals the books: the hubs write arrivals in groups."""
        from danchu.conference.queries.presence import present_now

        deadline = time.monotonic() + 20
        while (
            present_now(self.stage.conference)["online"] != len(self.play.inside)
            and time.monotonic() < deadline
        ):
            time.sleep(0.2)

    def _hold_vote(self, title, settings):
        from danchu.conference.actions.polls import close_poll, declare_poll, draft_poll, open_poll

        play, by = self.play, self.play.chair
        started_at = time.monotonic()
        poll = open_poll(
            draft_poll(self.stage.conference, by=by, title=title, item=play.item, **settings), by=by
        )
        choices = self._votes(poll, settings)
        counts = [
            sum(choice == place for choice in choices.values())
            for place in range(len(settings["options"]))
        ]
        roll = len(choices) if settings["kind"] == "opinion" else len(play.inside)
        if settings.get("franchise") == "both":
            roll = self._hands(poll, counts)
        thresholds = [(min(roll, self.stage.size), self.stage.size)] * (
            "quorum_rule" in settings
        ) + [(counts[0], roll)] * ("threshold_rule" in settings)
        play.books.polls[title] = {
            "options": settings["options"],
            "counts": counts,
            "roll": roll,
            "judged": thresholds,
        }
        time.sleep(max(0.0, started_at + play.seconds(MINUTES_EACH) - time.monotonic()))
        declared = declare_poll(close_poll(poll, by=by), by=by)
        self._recount(declared)

    def _votes(self, poll, settings):
        """{person: choice} by the answers; some vote twice, and some without the right are
        refused.
        """
        play, stage, chance = self.play, self.stage, self.play.chance
        voters = [person for person in sorted(play.inside) if chance.random() > SILENT]
        intended = {
            person: min(
                int(len(settings["options"]) * chance.random() ** 1.8), len(settings["options"]) - 1
            )
            for person in voters
        }
        chance.shuffle(voters)
        seconds = play.seconds(MINUTES_EACH) * 0.6
        answers = play.post(
            [
                (person, stage.url("vote"), f"poll={poll.pk}&choice={intended[person]}")
                for person in voters
            ],
            seconds,
        )
        choices = {
            person: answer.body.get("choice")
            for person, answer in zip(voters, answers, strict=True)
            if answer.code in (200, 201)
        }
        play.fault(
            "phiếu không được nhận hay trả lời khác",
            sum(choices.get(person) != intended[person] for person in voters),
        )
        again = voters[::AGAIN]
        changed_choice = {
            person: (intended[person] + 1) % len(settings["options"]) for person in again
        }
        repeated = play.post(
            [
                (person, stage.url("vote"), f"poll={poll.pk}&choice={changed_choice[person]}")
                for person in again
            ],
            seconds / 10,
        )
        for person, answer in zip(again, repeated, strict=True):
            stands = changed_choice[person] if settings.get("may_change") else intended[person]
            play.fault(
                "phiếu gửi lại được trả lời sai",
                answer.code != 200 or answer.body.get("choice") != stands,
            )
            choices[person] = answer.body.get("choice", choices[person])
        if settings["kind"] == "binding":
            outside = sorted(stage.absent | stage.leaving)[:20]
            refused = play.post(
                [(person, stage.url("vote"), f"poll={poll.pk}&choice=0") for person in outside], 0.5
            )
            play.fault(
                "người không có mặt bỏ phiếu được", sum(answer.code != 403 for answer in refused)
            )
        return choices

    def _hands(self, poll, counts):
        """The desks count the hands of people without a device, and correct themselves once; the
        number that thresholds are computed from.
        """
        play, rooms = self.play, set()
        for place in play.desks:
            hands = [3 + place % 5, place % 3, 1]
            play.send_desk_entries(
                place,
                ("hands", {"poll": poll.pk, "counts": [1, 1, 1]}),
                ("hands", {"poll": poll.pk, "counts": hands}),
            )
            rooms.add(place)
            for option, number in enumerate(hands):
                counts[option] += number
        heads = sum(play.books.heads[self.stage.points[place].name] for place in rooms)
        return heads + sum(self.stage.point_of(person) not in rooms for person in play.inside)

    def _recount(self, poll):
        """Recount the published file by the stand-alone script, without the product's code."""
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
