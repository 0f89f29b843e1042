"""Verifies the hash chain: no entry was altered, deleted, inserted or cut off at the end."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils.translation import gettext as _

from danchu.journal.chain import BEGINNING, digest
from danchu.journal.heads import verified_head, written_heads
from danchu.journal.models import Entry, Head
from danchu.journal.signing import Ring, existing_ring
from danchu.journal.verify_rows import row_problems
from danchu.journal.verify_tree import tree_problems

# Rooms append checks of their own in AppConfig.ready(): callables that yield (place, message).
CHECKS: list[Callable[[], Iterator[tuple[str, str]]]] = []


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where."""

    place: str
    message: str


def verify_chain(
    noted: Iterable[tuple[int, str]] = (),
    progress: Callable[[int], None] | None = None,
    *,
    alone: bool = False,
    since: tuple[int, str] = (0, BEGINNING),
) -> list[Problem]:
    """Read every entry once, in constant memory, and return the problems in the order of the chain.
    `since` is a head up to which the chain was verified before: only entries after it are read.

    `noted` are (number, hash) pairs that were recorded outside the system, in a sealed report or
    on paper: they detect even a chain that was recomputed as a whole. `progress` is called with the
    number of entries read so far. Entries may be written meanwhile.

    The heads that this installation wrote down itself (heads.py) are compared too, and every
    signature after the last head up to which they were right; `alone`: neither, for a journal that
    comes from elsewhere.
    """
    walk = _Walk(progress)
    for number, entry_hash in noted:
        walk.expect(number, entry_hash, "")
    if not alone:
        for head in written_heads():
            walk.expect(head.number, head.hash, head.source)
        walk.ring = existing_ring()
        walk.signed_up_to = verified_head()[0]
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Update the head now for entries written earlier in this transaction.
            cursor.execute("SET CONSTRAINTS journal_head_kept IMMEDIATE")
            cursor.execute("SET CONSTRAINTS journal_head_kept DEFERRED")
        if since[0]:
            walk.begin_after(*since)
        walk.read_on()
        head = Head.objects.first()
        walk.read_on()  # entries that were committed between the first pass and reading the head
        walk.end_at(head)
    if walk.unverifiable and not alone:
        walk.problems.append(
            Problem(
                _("chữ ký của nhật ký"),
                _(
                    "máy này không có khóa nhật ký nên không kiểm được chữ ký: mang thư mục khóa "
                    "sang (docs/operate.md)"
                ),
            )
        )
    return walk.problems


@dataclass
class _Walk:
    """A pass along the chain: its position, and the problems so far."""

    progress: Callable[[int], None] | None = None
    # By number: the hashes noted for that entry, and where each was written down.
    noted: dict[int, dict[str, str]] = field(default_factory=dict)
    ring: Ring | None = None
    signed_up_to: int = 0
    unverifiable: int = 0  # signed entries, where this machine has no key
    last: int = 0
    hash: str = BEGINNING
    walked: int = 0
    problems: list[Problem] = field(default_factory=list)

    def expect(self, number, entry_hash, source):
        """Note that an entry has this hash, as written down at `source`."""
        self.noted.setdefault(number, {}).setdefault(entry_hash, source)

    def begin_after(self, number, noted_hash):
        """Skip the entries up to one that was verified before, unless it has changed since."""
        entry = Entry.objects.filter(number=number).first()
        if entry is None or not entry.hash == digest(entry) == noted_hash:
            self._wrong(number, _("mã không khớp với mã đã ghi lại trước đây"))
            return
        self.last = number
        self.hash = noted_hash
        for earlier in sorted(noted for noted in self.noted if noted <= number):
            for entry_hash, source in self.noted.pop(earlier).items():
                if not Entry.objects.filter(number=earlier, hash=entry_hash).exists():
                    self._wrong(earlier, _("mã không khớp với mã đã ghi lại trước đây"), source)

    def read_on(self):
        """Read on to the last entry there is now."""
        rest = Entry.objects.all()
        if self.walked or self.last:
            rest = rest.filter(number__gt=self.last)
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
        is_altered = entry.hash != digest(entry)
        if is_altered:
            self._wrong(number, _("nội dung đã bị sửa sau khi ghi"))
        elif follows and entry.previous != self.hash:
            self._wrong(
                number,
                _("không nối tiếp dòng %(last)s: có dòng bị thay, chèn hoặc đánh số lại")
                % {"last": self.last},
            )
        for entry_hash, source in self.noted.pop(number, {}).items():
            if entry_hash != entry.hash:
                self._wrong(number, _("mã không khớp với mã đã ghi lại trước đây"), source)
        if not is_altered:
            self._check_signature(entry)

    def _check_signature(self, entry):
        if self.ring is None:
            self.unverifiable += bool(entry.signature)
        elif entry.number > max(self.ring.number, self.signed_up_to) and not self.ring.accepts(
            entry.number, entry.hash, entry.signature
        ):
            self._wrong(
                entry.number,
                _("không có chữ ký của khóa nhật ký: dòng được ghi thẳng vào cơ sở dữ liệu"),
            )

    def end_at(self, head):
        """Compare the end with the stored head and with the heads noted elsewhere."""
        if head is not None and head.number > self.last:
            self._missing(self.last + 1, head.number, _("đã bị xóa ở cuối nhật ký"))
        elif self.last and not self._is_head(head):
            self.problems.append(Problem(_("dấu đầu chuỗi"), _("không khớp dòng cuối của nhật ký")))
        for number, sources in sorted(self.noted.items()):
            for source in sources.values():
                self._wrong(
                    number, _("đã ghi lại trước đây nhưng nay không còn trong nhật ký"), source
                )

    def _is_head(self, head):
        """Whether `head` matches its entry, and the present head is not before the last entry that
        was read.
        """
        return (
            head is not None
            and Entry.objects.filter(number=head.number, hash=head.hash).exists()
            and Head.objects.filter(number__gte=self.last).exists()
        )

    def _missing(self, first, last, message):
        self._wrong(first if first == last else f"{first}–{last}", message)

    def _wrong(self, number, message, source=""):
        if source:
            message = f"{message} ({source})"
        self.problems.append(Problem(_("nhật ký %(number)s") % {"number": number}, message))


def head() -> tuple[int, str]:
    """(number, hash) of the last entry; (0, BEGINNING) for an empty journal."""
    return Entry.objects.order_by("-number").values_list("number", "hash").first() or (0, BEGINNING)


def verify_tree(*, alone: bool = False) -> Iterator[Problem]:
    """The problems of the tree over the entries and of its checkpoints; `alone`: without those that
    lie beside the database.
    """
    for place, message in tree_problems(alone=alone):
        yield Problem(place, message)


def verify_rows(since: int = 0) -> Iterator[Problem]:
    """The problems of the records that entries prove; `since` as in `row_problems`."""
    for place, message in row_problems(since):
        yield Problem(place, message)


def verify_rooms() -> Iterator[Problem]:
    """The problems of every further check that the rooms declared."""
    for check in CHECKS:
        for place, message in check():
            yield Problem(str(place), str(message))
