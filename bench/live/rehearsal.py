"""A whole conference of ninety minutes played in ten, with 20,000 simulated delegates: from the
first entry to approved minutes, whose every number must equal the generator's own count.

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

from bench.live.books import Books, compare, read_minutes, word_lines
from bench.live.generators import Posts, quantile
from bench.live.ground import Product
from bench.live.machine import OtherLoad
from bench.live.processes import VAR
from bench.live.stage import AT_ODDS, HEADS_EVERY, Stage
from bench.live.table import info_row, row, say, zero_row
from bench.live.voting import Voting

PLANNED, FULL, MINUTES = 90, 20_000, 10
SPEAKERS, SHOWN, REFUSED, GROUPED, ANSWERED, OWED = 15, 40, 30, 5, 20, 3


class Play:
    """One rehearsal: `books` is the generator's own count."""

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
        """How many seconds so many planned minutes take in the rehearsal."""
        return planned * 60 * self.minutes / PLANNED

    def until(self, planned):
        """Wait for the planned minute; does not wait when it has passed."""
        time.sleep(max(0.0, self.began + self.seconds(planned) - time.monotonic()))
        say(f"  {planned:>3} min of the programme, {time.monotonic() - self.began:5.1f} s")

    def fault(self, name, number):
        if number:
            self.wrong[name] = self.wrong.get(name, 0) + int(number)

    def enter(self, name, people):
        """These delegates open their connections, all at once."""
        lines = self.stack.enter_context(
            closing(self.stage.lines(name, people, self.product.ports))
        )
        opening = lines.open(90)
        self.fault("không vào được", len(people) - opening["open"])
        self.inside |= people
        for person in people:
            self.books.arrivals[self.stage.points[self.stage.point_of(person)].name] += 1
        self.lines.append(lines)
        return lines

    def post(self, plan, seconds):
        """[Answer] of the requests of the plan, spread over `seconds`."""
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
        self.latencies += [answer.latency for answer in answers]
        return answers

    def send_desk_entries(self, place, *entries):
        """The desk of a room sends its entries, each (act, content)."""
        from danchu.conference.actions.rooms import take_room_entries
        from danchu.kernel.days import now

        rows = []
        for act, content in entries:
            self.numbers[place] += 1
            uid = UUID(int=self.stage.pk << 64 | 3 << 40 | place << 20 | self.numbers[place])
            rows.append(
                {
                    "uid": str(uid),
                    "number": self.numbers[place],
                    "act": act,
                    "content": content,
                    "made_at": now(),
                }
            )
        answers = take_room_entries(
            self.stage.points[place], rows, by=self.desks[place], desk="bench", sent_at=now()
        )
        self.fault(
            "bàn điểm cầu bị từ chối",
            sum(
                not answer["ok"]
                for answer in answers
                if answer["uid"] in {entry["uid"] for entry in rows}
            ),
        )

    def heads(self, share):
        """Every desk enters its head count: a share of those on the list, and people without a
        device.
        """
        for place in self.desks:
            devices = sum(self.stage.point_of(person) == place for person in range(self.stage.size))
            count = (
                round(devices * share) + 5 + place % 37 if share < 1 else devices + 8 + place % 37
            )
            name = self.stage.points[place].name
            self.send_desk_entries(place, ("heads", {"count": count}))
            self.books.heads[name] = max(count, self.books.heads.get(name, 0))

    def start(self, title):
        from danchu.conference.actions.running import start_item

        item = self.stage.items[title]
        start_item(item, by=self.chair, instead_of=self.item.pk if self.item else None)
        self.item = item

    def play(self):
        """Play the ninety minutes; the closed conference."""
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
        Discussion(self).discuss()
        self.until(45)
        self.start("Hỏi đáp")
        QuestionTime(self).play_questions()
        early.close()
        self.lines.remove(early)
        self.inside -= stage.leaving
        self.heads(1)
        self.until(65)
        self.start("Biểu quyết")
        Voting(self).hold_all()
        self.until(85)
        self.start("Kết luận")
        skip_item(stage.items["Báo cáo chuyên đề (dự phòng)"], by=self.chair)
        self.until(90)
        end_item(self.item, by=self.chair)
        self.item = None
        time.sleep(1.5)  # what is on its way to the hubs' notes
        return close_conference(stage.conference, by=stage.by)

    def last_frame(self):
        """Note as faults clients without the closing frame, and frames lost or repeated; the number
        of that frame.
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
        for lines in self.lines:
            self.fault("chưa biết đã bế mạc", lines.conns - lines.wait(v or 0))
            stat = lines.stat()
            self.fault(
                "khung mất, lặp, đường dây đứt",
                stat["gaps"] + stat["doubles"] + stat["disagree"] + stat["cut"],
            )
        return v or 0


class Discussion:
    """The discussion: devices and desks raise hands, and speakers are called in order."""

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
        play.fault("không đăng ký được phát biểu", sum(answer.code != 201 for answer in answers))
        for place in list(play.desks)[:3]:
            play.send_desk_entries(
                place, ("hand", {"speaker": f"Người dự tại phòng {place + 1}", "kind": "speak"})
            )
        for number in range(min(SPEAKERS, len(hands))):
            first = speaking_order(FloorRequest.objects.filter(conference=stage.conference))[0]
            request = call_next(stage.conference, by=play.chair, expected=first.pk)
            time.sleep(play.seconds(1))
            text = (
                "Đề nghị công khai kế hoạch sửa đường của phường trước khi lấy ý kiến."
                if number % 2
                else ""
            )
            end_speech(request, by=play.chair, summary=text)
            play.books.speeches += 1


class QuestionTime:
    """The questions: thousands ask; the moderator shows, groups and refuses; everybody upvotes;
    some questions are answered, some are promised an answer.
    """

    def __init__(self, play):
        self.play, self.books, self.questions_by_text = play, play.books, {}

    def play_questions(self):
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
        play.fault("câu hỏi không được nhận", sum(answer.code != 201 for answer in answers))
        for place in list(play.desks)[:5]:
            play.send_desk_entries(
                place,
                (
                    "question",
                    {
                        "text": f"Phòng số {place + 1} hỏi: khi nào có nhà văn hóa?",
                        "asker": "Bà Mận",
                    },
                ),
            )
        self.books.questions_asked = len(texts) + len(list(play.desks)[:5])
        shown_count, refused_count = self._screen(texts, askers)
        self.books.questions_refused, self.books.questions_waiting = (
            refused_count,
            self.books.questions_asked - refused_count - shown_count,
        )
        self._send_upvotes()
        self._answer_or_owe()

    def _screen(self, texts, askers):
        from danchu.conference.actions.questions import refuse_question, show_question
        from danchu.conference.models import Question

        shown, refused = (
            askers[: min(SHOWN, len(askers) // 3)],
            askers[-min(REFUSED, len(askers) // 3) :],
        )
        rows = {
            question.text: question
            for question in Question.objects.filter(
                conference=self.play.stage.conference,
                text__in=[texts[person] for person in (*shown, *refused)],
            )
        }
        for person in shown:
            self.questions_by_text[texts[person]] = show_question(
                rows[texts[person]], by=self.play.moderator
            )
            self.books.upvoters[texts[person]] = set()
        for person in refused:
            refuse_question(
                rows[texts[person]],
                by=self.play.moderator,
                reason="Đã có câu trả lời trong báo cáo.",
            )
        return len(shown), len(refused)

    def _send_upvotes(self):
        """A hundred thousand upvotes at full size, more for the first questions; every fiftieth is
        sent twice.
        """
        play, stage = self.play, self.play.stage
        texts, people = list(self.questions_by_text), sorted(play.inside)
        upvotes = set()
        most = min(5 * stage.size, len(texts) * len(people) // 2)
        while len(upvotes) < most:
            upvotes.add(
                (
                    texts[int(len(texts) * play.chance.random() ** 2)],
                    people[play.chance.randrange(len(people))],
                )
            )
        plan = [
            (person, stage.url("upvote"), f"question={self.questions_by_text[text].pk}")
            for text, person in sorted(upvotes)
        ]
        play.chance.shuffle(plan)
        text_of_request = {
            f"question={question.pk}": text for text, question in self.questions_by_text.items()
        }
        requests = plan + plan[::50]
        for (person, _path, body), answer in zip(
            requests, play.post(requests, play.seconds(10)), strict=True
        ):
            play.fault("ủng hộ không được nhận", answer.code != 201)
            if answer.code == 201:
                self.books.upvoters[text_of_request[body]].add(person)

    def _answer_or_owe(self):
        from datetime import timedelta

        from danchu.conference.actions.questions import answer_question, group_question, owe_answer
        from danchu.kernel.days import today

        texts, by = list(self.questions_by_text), self.play.moderator
        for text in texts[-min(GROUPED, len(texts) // 4) :]:
            into = texts[len(self.books.grouped) % 2]
            group_question(self.questions_by_text[text], by=by, into=self.questions_by_text[into])
            self.books.grouped[text] = into
        open_texts = [text for text in texts if text not in self.books.grouped]
        for text in open_texts[: min(ANSWERED, len(open_texts) // 2)]:
            answer_question(self.questions_by_text[text], by=by, answer="Quý II năm nay.")
        for text in open_texts[-min(OWED, len(open_texts) // 4) :]:
            owe_answer(
                self.questions_by_text[text],
                by=by,
                due_on=today() + timedelta(days=15),
                office="Văn phòng Ủy ban nhân dân",
            )


def rehearsal(database, size, _rounds, minutes=MINUTES, folder=None):
    """Rows of the part."""
    size = min(size, FULL)
    result = rehearse(size, minutes, Path(folder or VAR / "rehearsal"), database.roots)
    label = f"diễn tập {PLANNED} phút trong {minutes:g} phút, {size:,} đại biểu"
    return [
        zero_row(
            "rehearsal",
            f"{label}: số trong biên bản đã duyệt khác số của máy phát tải, trên "
            f"{len(result['numbers']):,} số",
            len(result["apart"]),
            others=result["others"],
        ),
        zero_row(
            "rehearsal",
            f"{label}: việc không được nhận, khung mất hay lặp, đường dây đứt, sổ khác biên bản",
            sum(result["wrong"].values()),
        ),
        info_row(
            "rehearsal", f"{label}: lần gửi (phiếu, câu hỏi, ủng hộ, giơ tay)", result["sent"], ""
        ),
        row(
            "rehearsal",
            f"{label}: p99 tới lúc báo đã ghi / 1 giây",
            result["p99"],
            1.0,
            None,
            others=result["others"],
        ),
        info_row("rehearsal", f"{label}: từ bế mạc đến biên bản đã duyệt", result["sealed"], "s"),
    ]


def rehearse(size, minutes, folder, roots):
    """Play it and approve its minutes: {"numbers": [(name, own, in the minutes)], "apart", "wrong",
    "minutes", …}; papers and the comparison are written into the folder.
    """
    stage = Stage(size)
    with ExitStack() as stack:
        product = stack.enter_context(closing(Product(hubs=2, intake=True, sequencer=True)))
        other_load = OtherLoad([*product.roots(), *roots])
        play = Play(stage, product, minutes, stack)
        conference = play.play()
        frames = play.last_frame()
        at = time.monotonic()
        approved = _approved_minutes(conference, stage.by)
        duration, busy = time.monotonic() - at, other_load.share()
    numbers = _compare(play, conference, approved, folder)
    differences = [number for number in numbers if number[1] != number[2]]
    say(
        f"  {size:,} delegates, {frames} frames, {len(play.latencies):,} sent, p99 "
        f"{quantile(play.latencies, 0.99) * 1e3:.0f} ms; {len(numbers):,} numbers, "
        f"{len(differences)} differ; wrong {play.wrong}; others {busy:.0%}"
    )
    return {
        "numbers": numbers,
        "apart": differences,
        "wrong": play.wrong,
        "minutes": approved,
        "sent": len(play.latencies),
        "p99": quantile(play.latencies, 0.99),
        "sealed": duration,
        "others": busy,
    }


def _approved_minutes(conference, by):
    """The minutes that the product drafted, approved without a change."""
    from danchu.conference.actions.minuting import write_minutes
    from danchu.minutes.actions import approve_minutes

    return approve_minutes(write_minutes(conference, by=by), by=by)


def _compare(play, conference, approved, folder):
    """Compare every number of the paper with the generator's count, and check the register and the
    hash.
    """
    from django.db.models import Sum

    from danchu.minutes.input.blocks import content_hash
    from danchu.minutes.papers.minutes import minutes_file

    folder.mkdir(parents=True, exist_ok=True)
    papers = {ending: minutes_file(approved, ending) for ending in ("docx", "pdf")}
    for ending, data in papers.items():
        (folder / f"bien-ban.{ending}").write_bytes(data)
    blocks, passages = (
        list(approved.blocks.all()),
        list(approved.passages.select_related("owner__unit", "asker", "block")),
    )
    speeches = sum(bool(block.speaker) for block in blocks)
    own = play.books.numbers()
    numbers = compare(own, read_minutes(word_lines(papers["docx"]), speeches))
    event = conference.event
    play.fault(
        "sổ khác biên bản",
        abs(event.participants - own["đại biểu"])
        + abs(event.parts.aggregate(all=Sum("amount"))["all"] - own["đại biểu"]),
    )
    play.fault(
        "biên bản chưa duyệt hay mã băm khác",
        approved.state != "approved"
        or content_hash(approved, blocks, passages) != approved.content_hash,
    )
    with open(folder / "so-sanh.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("số", "máy phát tải đếm", "biên bản"))
        table.writerows(numbers)
    _print_comparison(numbers)
    return numbers


def _print_comparison(numbers):
    """Print the comparison; of rooms and questions only the first ones and those that differ."""
    times_shown = {}
    for name, own, in_minutes in numbers:
        kind = name.split(",")[0]
        times_shown[kind] = times_shown.get(kind, 0) + 1
        if own != in_minutes or kind not in ("có mặt", "ủng hộ") or times_shown[kind] <= AT_ODDS:
            print(
                f"  {'=' if own == in_minutes else '≠'} {own if own is not None else '–':>8} "
                f"{in_minutes if in_minutes is not None else '–':>8}  {name}",
                flush=True,
            )
    differing = sum(own != in_minutes for _name, own, in_minutes in numbers)
    print(f"  … {len(numbers):,} số, {differing} khác", flush=True)
