"""Proof that the journal is whole: nothing altered, removed, slipped in or cut off at the end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils.translation import gettext as _

from danchu.journal.chain import BEGINNING, digest
from danchu.journal.models import Entry, Head

# Other rooms append their own proofs in AppConfig.ready(): callables that yield (place, message).
CHECKS: list[Callable[[], Iterator[tuple[str, str]]]] = []


@dataclass(frozen=True)
class Problem:
    place: str
    message: str


def verify_chain(noted=(), progress=None):
    """Walk every entry once, in flat memory, and return the list of problems, first one first.

    `noted` are (number, hash) pairs written down earlier outside the system (a sealed report,
    paper): they find even a chain that was recomputed whole. `progress` is called with the number
    of entries walked so far. Others may go on writing meanwhile.
    """
    walk = _Walk(dict(noted), progress)
    with transaction.atomic():
        with (
            connection.cursor() as cursor
        ):  # settle the head of entries made in this very transaction
            cursor.execute("SET CONSTRAINTS journal_head_kept IMMEDIATE")
            cursor.execute("SET CONSTRAINTS journal_head_kept DEFERRED")
        walk.on()
        head = Head.objects.first()
        walk.on()  # what was committed before the head was read and after the walk began
        walk.end_at(head)
    return walk.problems


@dataclass
class _Walk:
    """One way along the chain: where it has come to and what was found wrong."""

    noted: dict
    progress: object = None
    last: int = 0
    hash: str = BEGINNING
    walked: int = 0
    problems: list = field(default_factory=list)

    def on(self):
        """Up to the last entry there is now."""
        rest = Entry.objects.filter(number__gt=self.last) if self.walked else Entry.objects.all()
        for entry in rest.order_by("number").iterator(chunk_size=2000):
            self._check(entry)
            if entry.number > 0:
                self.last = entry.number
                self.hash = entry.hash
            self.walked += 1
            if self.progress and self.walked % 10000 == 0:
                self.progress(self.walked)

    def _check(self, entry):
        number = entry.number
        follows = entry.number == self.last + 1
        if number <= self.last:  # only below the first: numbers are unique and walked in order
            self._wrong(number, _("mang số không thể có: dòng bị chèn"))
        elif not follows:
            self._gone(self.last + 1, number - 1, _("đã bị xóa khỏi nhật ký"))
        if entry.hash != digest(entry):
            self._wrong(number, _("nội dung đã bị sửa sau khi ghi"))
        elif follows and entry.previous != self.hash:
            self._wrong(
                number,
                _("không nối tiếp dòng %(last)s: có dòng bị thay, chèn hoặc đánh số lại")
                % {"last": self.last},
            )
        if self.noted.pop(number, entry.hash) != entry.hash:
            self._wrong(number, _("mã không khớp với mã đã ghi lại trước đây"))

    def end_at(self, head):
        """What the kept head and the heads noted elsewhere say about the end."""
        if head is not None and head.number > self.last:
            self._gone(self.last + 1, head.number, _("đã bị xóa ở cuối nhật ký"))
        elif self.last and not self._is_head(head):
            self.problems.append(Problem(_("dấu đầu chuỗi"), _("không khớp dòng cuối của nhật ký")))
        for number in sorted(self.noted):
            self._wrong(number, _("đã ghi lại trước đây nhưng nay không còn trong nhật ký"))

    def _is_head(self, head):
        """Whether the head named an entry as it stands, and now names one not before the last
        that was walked.
        """
        return (
            head is not None
            and Entry.objects.filter(number=head.number, hash=head.hash).exists()
            and Head.objects.filter(number__gte=self.last).exists()
        )

    def _gone(self, first, last, message):
        self._wrong(first if first == last else f"{first}–{last}", message)

    def _wrong(self, number, message):
        self.problems.append(Problem(_("nhật ký %(number)s") % {"number": number}, message))


def head():
    """(number, hash) of the end of the chain, (0, zeros) when nothing was recorded yet."""
    return Entry.objects.order_by("-number").values_list("number", "hash").first() or (0, BEGINNING)


def verify_rooms():
    """Every further proof the rooms declared, as problems."""
    for check in CHECKS:
        for place, message in check():
            yield Problem(str(place), str(message))
