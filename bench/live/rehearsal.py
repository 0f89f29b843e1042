"""A whole conference of ninety minutes played in ten, before as many simulated delegates as the
city has: from the first entry to sealed minutes, whose every number must be what the generator has
counted by itself.

    python -m bench.live rehearsal [--size 20000] [--minutes 10] [--folder PLACE]

Delegates and rooms act through the hall's served processes and acts; the chair and the moderator
use the acts that their screens use.
"""

import csv
import random
import time
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

from bench.live.books import Books, compared, read_minutes, word_lines
from bench.live.generators import Posts, part
from bench.live.ground import Product
from bench.live.machine import Others
from bench.live.processes import VAR
from bench.live.stage import AT_ODDS, HEADS_EVERY, Stage
from bench.live.table import none, row, say, told
from bench.live.voting import Voting

PLANNED, FULL, MINUTES = 90, 20_000, 10
SPEAKERS, SHOWN, REFUSED, GROUPED, ANSWERED, OWED = 15, 40, 30, 5, 20, 3


class Play:
    """One rehearsal: `books` are the generator's own, `conference` the product's."""

    def __init__(self, stage, product, minutes, stack):
        self.stage, self.product, self.minutes, self.stack = stage, product, minutes, stack
        self.books, self.chance, self.began, self.number = (
            Books(),
            random.Random(stage.size),
            time.monotonic(),
            0,
        )
        self.chair, self.moderator = stage.participant("chair"), stage.participant("moderator")
        self.desks = {
            place: stage.participant("room", point)
            for place, point in enumerate(stage.points)
            if place % HEADS_EVERY == 0
        }
        self.numbers, self.lines, self.inside, self.latencies, self.wrong, self.item = (
            dict.fromkeys(self.desks, 0),
            [],
            set(),
            [],
            {},
            None,
        )

    def seconds(self, planned):
        """How long so many planned minutes take here."""
        return planned * 60 * self.minutes / PLANNED

    def until(self, planned):
        """Wait for the minute of the programme; who is late goes on at once."""
        time.sleep(max(0.0, self.began + self.seconds(planned) - time.monotonic()))
        say(f"  {planned:>3} min of the programme, {time.monotonic() - self.began:5.1f} s")

    def fault(self, what, number):
        if number:
            self.wrong[what] = self.wrong.get(what, 0) + int(number)

    def enter(self, name, people):
        """These delegates open their lines, all at once."""
        lines = self.stack.enter_context(
            closing(self.stage.lines(name, people, self.product.ports))
        )
        found = lines.open(90)
        self.fault("không vào được", len(people) - found["open"])
        self.inside |= people
        for person in people:
            self.books.came[self.stage.points[self.stage.point_of(person)].name] += 1
        self.lines.append(lines)
        return lines

    def post(self, plan, seconds):
        """[Answer] of requests spread over the time."""
        self.number += 1
        with closing(
            Posts(
                f"rehearsal-{self.number}",
                plan,
                self.product.intake_port,
                self.stage.tokens,
                self.stage.cookie,
                max(0.5, seconds),
                patient=True,
            )
        ) as posts:
            answers = posts.answers(300 + seconds)
        self.latencies += [one.latency for one in answers]
        return answers

    def desk_says(self, place, *entries):
        """A room's desk sends what it entered: (act, content)."""
        from danchu.conference.actions.rooms import take_room_entries
        from danchu.kernel.days import now

        sent = []
        for act, content in entries:
            self.numbers[place] += 1
            uid = UUID(int=self.stage.pk << 64 | 3 << 40 | place << 20 | self.numbers[place])
            sent.append(
                {
                    "uid": str(uid),
                    "number": self.numbers[place],
                    "act": act,
                    "content": content,
                    "made_at": now(),
                }
            )
        answers = take_room_entries(
            self.stage.points[place], sent, by=self.desks[place], desk="bench", sent_at=now()
        )
        self.fault(
            "bàn điểm cầu bị từ chối",
            sum(not one["ok"] for one in answers if one["uid"] in {entry["uid"] for entry in sent}),
        )

    def heads(self, share):
        """Every counting desk enters its heads: a share of those on the list, and people who
        have no device.
        """
        for place in self.desks:
            devices = sum(self.stage.point_of(person) == place for person in range(self.stage.size))
            count = (
                round(devices * share) + 5 + place % 37 if share < 1 else devices + 8 + place % 37
            )
            name = self.stage.points[place].name
            self.desk_says(place, ("heads", {"count": count}))
            self.books.heads[name] = max(count, self.books.heads.get(name, 0))

    def start(self, title):
        from danchu.conference.actions.running import start_item

        item = self.stage.items[title]
        start_item(item, by=self.chair, instead_of=self.item.pk if self.item else None)
        self.item = item

    def play(self):
        """The ninety minutes."""
        from danchu.conference.actions.closing import close_conference
        from danchu.conference.actions.running import announce, end_item, open_conference, skip_item

        stage = self.stage
        early = self.enter("leaving", stage.leaving)
        self.enter("staying", stage.staying)
        open_conference(stage.conference, by=self.chair)
        self.start("Khai mạc, giới thiệu đại biểu")
        self.heads(0.8)
        self.until(5)
        self.start("Báo cáo kết quả thực hiện dân chủ ở cơ sở")
        announce(stage.conference, by=self.chair, text="Mời các điểm cầu theo dõi báo cáo.")
        self.until(12)
        self.enter("late", stage.late)
        self.until(25)
        self.start("Thảo luận")
        Floor(self).discuss()
        self.until(45)
        self.start("Hỏi đáp")
        Answers(self).asked()
        early.close()
        self.lines.remove(early)
        self.inside -= stage.leaving
        self.heads(1)
        self.until(65)
        self.start("Biểu quyết")
        Voting(self).all()
        self.until(85)
        self.start("Kết luận")
        skip_item(stage.items["Báo cáo chuyên đề (dự phòng)"], by=self.chair)
        self.until(90)
        end_item(self.item, by=self.chair)
        self.item = None
        time.sleep(1.5)  # what is on its way to the hubs' notes
        return close_conference(stage.conference, by=stage.by)

    def last_frame(self):
        """Everybody has the frame that closed the conference; every line had every frame once
        and in order.
        """
        from danchu.conference.models import Frame

        deadline = time.monotonic() + 15
        v = None
        while v is None and time.monotonic() < deadline:
            time.sleep(0.2)
            v = (
                Frame.objects.filter(
                    conference=self.stage.conference, body__contains='"state":"closed","title"'
                )
                .values_list("v", flat=True)
                .first()
            )
        for one in self.lines:
            self.fault("chưa biết đã bế mạc", one.conns - one.wait(v or 0))
            stat = one.stat()
            self.fault(
                "khung mất, lặp, đường dây đứt",
                stat["gaps"] + stat["doubles"] + stat["disagree"] + stat["cut"],
            )
        return v or 0


class Floor:
    """Hands are raised by devices and desks, and speakers called in fair order."""

    def __init__(self, play):
        self.play = play

    def discuss(self):
        from danchu.conference.actions.floor import call_next, end_speech
        from danchu.conference.models import FloorRequest
        from danchu.conference.queries.speaking_order import speaking_order

        play, stage = self.play, self.play.stage
        hands = play.chance.sample(sorted(play.inside), min(4 * SPEAKERS, len(play.inside) // 4))
        plan = [
            (
                person,
                stage.url("hand"),
                f"uid={UUID(int=stage.pk << 64 | 2 << 40 | person)}&kind=speak",
            )
            for person in hands
        ]
        answers = play.post(plan, play.seconds(2))
        play.fault("không đăng ký được phát biểu", sum(one.code != 201 for one in answers))
        for place in list(play.desks)[:3]:
            play.desk_says(
                place, ("hand", {"speaker": f"Người dự tại phòng {place + 1}", "kind": "speak"})
            )
        for number in range(min(SPEAKERS, len(hands))):
            first = speaking_order(FloorRequest.objects.filter(conference=stage.conference))[0]
            called = call_next(stage.conference, by=play.chair, expected=first.pk)
            time.sleep(play.seconds(1))
            said = (
                "Đề nghị công khai kế hoạch sửa đường của phường trước khi lấy ý kiến."
                if number % 2
                else ""
            )
            end_speech(called, by=play.chair, summary=said)
            play.books.speeches += 1


class Answers:
    """Thousands ask; the moderator shows, groups, refuses; everybody says what he wants
    answered; some is answered, some owed.
    """

    def __init__(self, play):
        self.play, self.books, self.of = play, play.books, {}

    def asked(self):
        play, stage = self.play, self.play.stage
        askers = play.chance.sample(sorted(play.inside), min(5_000, len(play.inside) // 4))
        texts = {
            person: f"Câu hỏi thứ {number}, bao giờ đường số {number} của phường được sửa xong?"
            for number, person in enumerate(askers, 1)
        }
        plan = [
            (
                person,
                stage.url("question"),
                f"uid={UUID(int=stage.pk << 64 | 1 << 40 | person)}&text={quote(text)}",
            )
            for person, text in texts.items()
        ]
        answers = play.post(plan + plan[::50], play.seconds(5))
        play.fault("câu hỏi không được nhận", sum(one.code != 201 for one in answers))
        for place in list(play.desks)[:5]:
            play.desk_says(
                place,
                (
                    "question",
                    {
                        "text": f"Phòng số {place + 1} hỏi: khi nào có nhà văn hóa?",
                        "asker": "Bà Mận",
                    },
                ),
            )
        self.books.asked = len(texts) + len(list(play.desks)[:5])
        shown, refused = self._screened(texts, askers)
        self.books.refused, self.books.waiting = refused, self.books.asked - refused - shown
        self._wanted()
        self._settled()

    def _screened(self, texts, askers):
        from danchu.conference.actions.questions import refuse_question, show_question
        from danchu.conference.models import Question

        shown, refused = (
            askers[: min(SHOWN, len(askers) // 3)],
            askers[-min(REFUSED, len(askers) // 3) :],
        )
        rows = {
            one.text: one
            for one in Question.objects.filter(
                conference=self.play.stage.conference,
                text__in=[texts[person] for person in (*shown, *refused)],
            )
        }
        for person in shown:
            self.of[texts[person]] = show_question(rows[texts[person]], by=self.play.moderator)
            self.books.wanted[texts[person]] = set()
        for person in refused:
            refuse_question(
                rows[texts[person]],
                by=self.play.moderator,
                reason="Đã có câu trả lời trong báo cáo.",
            )
        return len(shown), len(refused)

    def _wanted(self):
        """A hundred thousand up-votes at full size, more for what stands above; every fiftieth
        sent twice.
        """
        play, stage = self.play, self.play.stage
        texts, people = list(self.of), sorted(play.inside)
        wanted = set()
        most = min(5 * stage.size, len(texts) * len(people) // 2)
        while len(wanted) < most:
            wanted.add(
                (
                    texts[int(len(texts) * play.chance.random() ** 2)],
                    people[play.chance.randrange(len(people))],
                )
            )
        plan = [
            (person, stage.url("upvote"), f"question={self.of[text].pk}")
            for text, person in sorted(wanted)
        ]
        play.chance.shuffle(plan)
        of = {f"question={question.pk}": text for text, question in self.of.items()}
        sent = plan + plan[::50]
        for (person, _path, body), answer in zip(
            sent, play.post(sent, play.seconds(10)), strict=True
        ):
            play.fault("ủng hộ không được nhận", answer.code != 201)
            if answer.code == 201:
                self.books.wanted[of[body]].add(person)

    def _settled(self):
        from datetime import timedelta

        from danchu.conference.actions.questions import answer_question, group_question, owe_answer
        from danchu.kernel.days import today

        texts, by = list(self.of), self.play.moderator
        for text in texts[-min(GROUPED, len(texts) // 4) :]:
            into = texts[len(self.books.grouped) % 2]
            group_question(self.of[text], by=by, into=self.of[into])
            self.books.grouped[text] = into
        left = [text for text in texts if text not in self.books.grouped]
        for text in left[: min(ANSWERED, len(left) // 2)]:
            answer_question(self.of[text], by=by, answer="Quý II năm nay.")
        for text in left[-min(OWED, len(left) // 4) :]:
            owe_answer(
                self.of[text],
                by=by,
                due_on=today() + timedelta(days=15),
                office="Văn phòng Ủy ban nhân dân",
            )


def rehearsal(database, size, _rounds, minutes=MINUTES, folder=None):
    """Rows of the part."""
    size = min(size, FULL)
    found = rehearse(size, minutes, Path(folder or VAR / "rehearsal"), database.roots)
    what = f"diễn tập {PLANNED} phút trong {minutes:g} phút, {size:,} đại biểu"
    return [
        none(
            "rehearsal",
            f"{what}: số trong biên bản đã duyệt khác số của máy phát tải, trên "
            f"{len(found['numbers']):,} số",
            len(found["apart"]),
            others=found["others"],
        ),
        none(
            "rehearsal",
            f"{what}: việc không được nhận, khung mất hay lặp, đường dây đứt, sổ khác biên bản",
            sum(found["wrong"].values()),
        ),
        told("rehearsal", f"{what}: lần gửi (phiếu, câu hỏi, ủng hộ, giơ tay)", found["sent"], ""),
        row(
            "rehearsal",
            f"{what}: p99 tới lúc báo đã ghi / 1 giây",
            found["p99"],
            1.0,
            None,
            others=found["others"],
        ),
        told("rehearsal", f"{what}: từ bế mạc đến biên bản đã duyệt", found["sealed"], "s"),
    ]


def rehearse(size, minutes, folder, roots):
    """Play it and seal its minutes: {"numbers": [(what, own, told)], "apart", "wrong",
    "minutes", …}; papers and the comparison go into the folder.
    """
    stage = Stage(size)
    with ExitStack() as stack:
        product = stack.enter_context(closing(Product(hubs=2, intake=True, sequencer=True)))
        others = Others([*product.roots(), *roots])
        play = Play(stage, product, minutes, stack)
        conference = play.play()
        frames = play.last_frame()
        at = time.monotonic()
        sealed = _sealed(conference, stage.by)
        took, busy = time.monotonic() - at, others.share()
    numbers = _compare(play, conference, sealed, folder)
    apart = [one for one in numbers if one[1] != one[2]]
    say(
        f"  {size:,} delegates, {frames} frames, {len(play.latencies):,} sent, p99 "
        f"{part(play.latencies, 0.99) * 1e3:.0f} ms; {len(numbers):,} numbers, "
        f"{len(apart)} differ; wrong {play.wrong}; others {busy:.0%}"
    )
    return {
        "numbers": numbers,
        "apart": apart,
        "wrong": play.wrong,
        "minutes": sealed,
        "sent": len(play.latencies),
        "p99": part(play.latencies, 0.99),
        "sealed": took,
        "others": busy,
    }


def _sealed(conference, by):
    """The minutes as they wrote themselves, approved."""
    from danchu.conference.actions.minuting import write_minutes
    from danchu.minutes.actions import approve_minutes

    return approve_minutes(write_minutes(conference, by=by), by=by)


def _compare(play, conference, sealed, folder):
    """Every number of the paper against the books; the register and the seal too."""
    from django.db.models import Sum

    from danchu.minutes.input.blocks import content_hash
    from danchu.minutes.papers.minutes import minutes_file

    folder.mkdir(parents=True, exist_ok=True)
    papers = {ending: minutes_file(sealed, ending) for ending in ("docx", "pdf")}
    for ending, data in papers.items():
        (folder / f"bien-ban.{ending}").write_bytes(data)
    blocks, passages = (
        list(sealed.blocks.all()),
        list(sealed.passages.select_related("owner__unit", "asker", "block")),
    )
    speeches = sum(bool(block.speaker) for block in blocks)
    own = play.books.numbers()
    numbers = compared(own, read_minutes(word_lines(papers["docx"]), speeches))
    event = conference.event
    play.fault(
        "sổ khác biên bản",
        abs(event.participants - own["đại biểu"])
        + abs(event.parts.aggregate(all=Sum("amount"))["all"] - own["đại biểu"]),
    )
    play.fault(
        "biên bản chưa duyệt hay mã băm khác",
        sealed.state != "approved" or content_hash(sealed, blocks, passages) != sealed.content_hash,
    )
    with open(folder / "so-sanh.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("số", "máy phát tải đếm", "biên bản"))
        table.writerows(numbers)
    _show(numbers)
    return numbers


def _show(numbers):
    """The comparison; of rooms and questions those that differ and the first."""
    seen = {}
    for what, own, theirs in numbers:
        kind = what.split(",")[0]
        seen[kind] = seen.get(kind, 0) + 1
        if own != theirs or kind not in ("có mặt", "ủng hộ") or seen[kind] <= AT_ODDS:
            print(
                f"  {'=' if own == theirs else '≠'} {own if own is not None else '–':>8} "
                f"{theirs if theirs is not None else '–':>8}  {what}",
                flush=True,
            )
    print(
        f"  … {len(numbers):,} số, {sum(own != theirs for _what, own, theirs in numbers)} khác",
        flush=True,
    )
