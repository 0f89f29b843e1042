"""Verifies the hash chain: no entry was altered, deleted, inserted or cut off at the end."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils.translation import gettext as _

from danchu.journal.chain import BEGINNING, digest
from danchu.journal.models import Entry, Head

# Rooms append checks of their own in AppConfig.ready(): callables that yield (place, message).
CHECKS: list[Callable[[], Iterator[tuple[str, str]]]] = []


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where."""

    place: str
    message: str


def verify_chain(
    noted: Iterable[tuple[int, str]] = (), progress: Callable[[int], None] | None = None
) -> list[Problem]:
    """Read every entry once, in constant memory, and return the problems in the order of the chain.

    `noted` are (number, hash) pairs that were recorded outside the system, in a sealed report or
    on paper: they detect even a chain that was recomputed as a whole. `progress` is called with the
    number of entries read so far. Entries may be written meanwhile.
    """
    walk = _Walk(dict(noted), progress)
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Update the head now for entries written earlier in this transaction.
            cursor.execute("SET CONSTRAINTS journal_head_kept IMMEDIATE")
            cursor.execute("SET CONSTRAINTS journal_head_kept DEFERRED")
        walk.read_on()
        head = Head.objects.first()
        walk.read_on()  # entries that were committed between the first pass and reading the head
        walk.end_at(head)
    return walk.problems


@dataclass
class _Walk:
    """A pass along the chain: its position, and the problems so far."""

    noted: dict[int, str]
    progress: Callable[[int], None] | None = None
    last: int = 0
    hash: str = BEGINNING
    walked: int = 0
    problems: list[Problem] = field(default_factory=list)

    def read_on(self):
        """Read on to the last entry there is now."""
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
        if number <= self.last:  # only for numbers below 1: they are unique and read in order
            self._wrong(number, _("mang số không thể có: dòng bị chèn"))
        elif not follows:
            self._missing(self.last + 1, number - 1, _("đã bị xóa khỏi nhật ký"))
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
        """Compare the end with the stored head and with the heads noted elsewhere."""
        if head is not None and head.number > self.last:
            self._missing(self.last + 1, head.number, _("đã bị xóa ở cuối nhật ký"))
        elif self.last and not self._is_head(head):
            self.problems.append(Problem(_("dấu đầu chuỗi"), _("không khớp dòng cuối của nhật ký")))
        for number in sorted(self.noted):
            self._wrong(number, _("đã ghi lại trước đây nhưng nay không còn trong nhật ký"))

    def _is_head(self, head):
        """Whether `head` matches its entry, and the head of now is not before the last entry that
        was read.
        """
        return (
            head is not None
            and Entry.objects.filter(number=head.number, hash=head.hash).exists()
            and Head.objects.filter(number__gte=self.last).exists()
        )

    def _missing(self, first, last, message):
        self._wrong(first if first == last else f"{first}–{last}", message)

    def _wrong(self, number, message):
        self.problems.append(Problem(_("nhật ký %(number)s") % {"number": number}, message))


def head() -> tuple[int, str]:
    """(number, hash) of the last entry; (0, BEGINNING) for an empty journal."""
    return Entry.objects.order_by("-number").values_list("number", "hash").first() or (0, BEGINNING)


def verify_rooms() -> Iterator[Problem]:
    """The problems of every further check that the rooms declared."""
    for check in CHECKS:
        for place, message in check():
            yield Problem(str(place), str(message))
