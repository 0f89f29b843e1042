"""Proof that the journal is whole: nothing altered, removed, slipped in or cut off at the end."""

from dataclasses import dataclass

from django.db import connection, transaction

from danchu.journal.chain import BEGINNING, digest
from danchu.journal.models import Entry, Head

# Other rooms append their own proofs in AppConfig.ready(): callables that yield (place, message).
CHECKS = []


@dataclass(frozen=True)
class Problem:
    place: str
    message: str


def verify_chain(noted=(), progress=None):
    """Walk every entry once, in flat memory, and return the list of problems, first one first.

    `noted` are (number, hash) pairs written down earlier outside the system (a sealed report, paper): they find
    even a chain that was recomputed whole. `progress` is called with the number of entries walked so far.
    """
    problems, noted = [], dict(noted)
    last, previous = 0, BEGINNING
    with transaction.atomic():
        with connection.cursor() as cursor:  # pending heads of this very transaction, if any
            cursor.execute("SET CONSTRAINTS journal_head_kept IMMEDIATE")
            cursor.execute("SET CONSTRAINTS journal_head_kept DEFERRED")
        head = Head.objects.first()
        for walked, entry in enumerate(Entry.objects.order_by("number").iterator(chunk_size=2000), 1):
            problems += _faults(entry, last, previous)
            if entry.number in noted and noted.pop(entry.number) != entry.hash:
                problems.append(_at(entry.number, "mã không khớp với mã đã ghi lại trước đây"))
            last, previous = entry.number, entry.hash
            if progress and walked % 10000 == 0:
                progress(walked)
    problems += _faults_at_end(head, last, previous)
    problems += [_at(number, "đã ghi lại trước đây nhưng nay không còn trong nhật ký") for number in sorted(noted)]
    return problems


def _faults(entry, last, previous):
    """What is wrong with one entry, knowing the one before it."""
    found = []
    if entry.number > last + 1:
        missing = f"{last + 1}" if entry.number == last + 2 else f"{last + 1}–{entry.number - 1}"
        found.append(Problem(f"nhật ký {missing}", "đã bị xóa khỏi nhật ký"))
    elif entry.number <= last:  # only 0 or below can come here: numbers are unique and walked in order
        found.append(_at(entry.number, "mang số không hợp lệ"))
    if entry.hash != digest(entry):
        found.append(_at(entry.number, "nội dung đã bị sửa sau khi ghi"))
    elif entry.previous != previous and entry.number == last + 1:
        found.append(_at(entry.number, f"không nối tiếp dòng {last}: có dòng bị thay, chèn hoặc đánh số lại"))
    return found


def _faults_at_end(head, last, hash_of_last):
    """What the kept head says about the end of the chain."""
    if head is None:
        return [Problem("đầu chuỗi nhật ký", "dấu đầu chuỗi không còn")] if last else []
    if head.number > last:
        missing = f"{head.number}" if head.number == last + 1 else f"{last + 1}–{head.number}"
        return [Problem(f"nhật ký {missing}", "đã bị xóa ở cuối nhật ký")]
    if (head.number, head.hash) != (last, hash_of_last):
        return [Problem("đầu chuỗi nhật ký", f"dấu đầu chuỗi (dòng {head.number}) không khớp dòng cuối ({last})")]
    return []


def _at(number, message):
    return Problem(f"nhật ký {number}", message)


def head():
    """(number, hash) of the end of the chain, (0, zeros) when nothing was recorded yet."""
    return Entry.objects.order_by("-number").values_list("number", "hash").first() or (0, BEGINNING)


def verify_rooms():
    """Every further proof the rooms declared, as problems."""
    for check in CHECKS:
        for place, message in check():
            yield Problem(str(place), str(message))
