#!/usr/bin/env python3
"""Kiểm lại một cuộc biểu quyết từ tệp đã công bố / Recount a vote from its published file.

    python3 kiem-phieu.py KET-QUA.csv                    đếm lại, tính lại mã gốc, kiểm chữ ký /
      recount, recompute the root, check the signature
    python3 kiem-phieu.py KET-QUA.csv --key KHOA         … và chữ ký phải là của khóa này / … signed
      by this public key and no other
    python3 kiem-phieu.py KET-QUA.csv --proof PHIEU.json … và phiếu này nằm trong tệp này / … and
      this ballot is in this file
    python3 kiem-phieu.py --proof PHIEU.json             chỉ kiểm một phiếu / one ballot alone

Chỉ cần Python 3.8 trở lên; không nối mạng, không cần phần mềm Dân Chủ. Needs Python 3.8 or newer,
no network and nothing of Dân Chủ. Mã thoát / exit code: 0 mọi điều đều đúng / all holds; 1 có điều
sai / something is wrong; 2 không đọc được / unreadable.

SPDX-License-Identifier: AGPL-3.0-or-later
"""
# ruff: noqa: B905 - older Pythons know no strict zip

import argparse
import csv
import hashlib
import io
import json
import re
import sys
from fractions import Fraction

HEAD = [
    "danchu-poll",
    "conference",
    "poll",
    "kind",
    "secrecy",
    "franchise",
    "electorate",
    "opened",
    "closed",
    "option",
    "roll",
    "present",
    "entitled",
    "quorum",
    "threshold",
    "decides",
    "room",
    "count",
    "cast",
    "verdict",
    "ballots",
]
ONCE = set(HEAD) - {"option", "quorum", "threshold", "decides", "room", "count"}
FORMS = {1: re.compile(r"[0-9A-HJKMNP-TV-Z]{16}|[0-9a-f]{64}"), 3: re.compile(r"[1-9][0-9]*")}
WORDS = {
    "passed": "được thông qua / adopted",
    "not_passed": "không được thông qua / not adopted",
    "no_quorum": "không đủ số người dự / no quorum",
    "void": "không có giá trị: nhiều phiếu hơn người / void: more votes than people",
    "counted": "kết quả là các con số / the numbers are the result",
}


class Wrong(Exception):
    """Điều không đúng, bằng hai thứ tiếng / What does not hold, in both languages."""


def must(holds, vi, en):
    """Raise Wrong unless it holds."""
    if not holds:
        raise Wrong(f"{vi} / {en}")


def fields_of(line):
    """The fields of a line, which must be written in the one canonical way."""
    fields = next(csv.reader([line]), [])
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(fields)
    must(
        text.getvalue() == line and fields,
        f"dòng không đúng dạng: {line[:80]!r}",
        f"line not in canonical form: {line[:80]!r}",
    )
    return fields


def number(text):
    """A whole number in its one canonical form."""
    must(
        re.fullmatch(r"0|[1-9][0-9]{0,8}", text),
        f"không phải số: {text[:20]!r}",
        f"not a number: {text[:20]!r}",
    )
    return int(text)


def read_file(path):
    """(lines under the root, root line, signature line)"""
    with open(path, "rb") as file:
        content = file.read()
    text = content.decode("utf-8")
    must(
        text.endswith("\n") and "\r" not in text and "\ufeff" not in text,
        "tệp không đúng dạng (dòng, mã chữ)",
        "file not in canonical form (lines, encoding)",
    )
    lines = text[:-1].split("\n")
    must(len(lines) > 3, "tệp quá ngắn", "file too short")
    root = fields_of(lines[-2])
    signed = fields_of(lines[-1])
    must(
        root[0] == "root" and len(root) == 3 and signed[0] == "signed" and len(signed) == 3,
        "thiếu mã gốc hoặc chữ ký ở cuối tệp",
        "root or signature missing at the end",
    )
    return lines[:-2], root, signed


def parts_of(lines):
    """({name: [rows]}, ballots): the rows of the head by their first field, in the order they
    must have.
    """
    rows = [fields_of(line) for line in lines]
    head = {name: [] for name in HEAD}
    place = 0
    for row in rows:
        must(
            row[0] in HEAD and HEAD.index(row[0]) >= place,
            f"dòng đầu tệp sai chỗ: {row[0][:40]!r}",
            f"head line out of place: {row[0][:40]!r}",
        )
        place = HEAD.index(row[0])
        head[row[0]].append(row[1:])
        if row[0] == "ballots":
            break
    for name in ONCE:
        must(
            len(head[name]) == 1,
            f"phải có đúng một dòng “{name}”",
            f"there must be exactly one line “{name}”",
        )
    must(
        head["danchu-poll"] == [["1"]],
        "không biết phiên bản của tệp",
        "unknown version of the file",
    )
    return head, rows[sum(map(len, head.values())) :]


def check_ballots(head, ballots):
    """Each ballot once, in its order, for an option there is; the votes by option."""
    options = len(head["option"])
    secret = head["secrecy"][0][0] == "secret"
    must(
        [row[0] for row in head["option"]] == [str(n + 1) for n in range(options)] and options > 1,
        "danh sách lựa chọn sai",
        "the list of options is wrong",
    )
    must(
        len(ballots) == number(head["ballots"][0][0]),
        f"có {len(ballots)} phiếu, đầu tệp ghi {head['ballots'][0][0]}",
        f"{len(ballots)} ballots, the head says {head['ballots'][0][0]}",
    )
    by_option = [0] * options
    before = None
    for place, ballot in enumerate(ballots):
        text = ",".join(ballot)[:80]
        width = len(ballot) - 1
        must(
            width in FORMS and not (secret and width != 1) and FORMS[width].fullmatch(ballot[0]),
            f"phiếu không đúng dạng: {text}",
            f"ballot of no known form: {text}",
        )
        key = ballot[0] if width == 1 else number(ballot[0])
        must(
            before is None or (key > before if width == 1 else key == before + 1),
            f"phiếu lặp hoặc sai thứ tự: {text}",
            f"ballot repeated or out of order: {text}",
        )
        must(
            place or width == 1 or key == 1,
            f"phiếu đầu không mang số 1: {text}",
            f"first ballot is not number 1: {text}",
        )
        choice = number(ballot[-1])
        must(1 <= choice <= options, f"không có lựa chọn này: {text}", f"no such option: {text}")
        by_option[choice - 1] += 1
        before = key
    return by_option


def check_counts(head, by_option):
    """The counts stated are those of the ballots and the hands; the votes by option, hands
    included.
    """
    hands = [0] * len(by_option)
    for row in head["room"]:
        name = row[1]
        heads = number(row[2])
        devices = number(row[3])
        counts = [number(one) for one in row[4:]]
        must(
            len(counts) == len(hands),
            f"điểm cầu {name}: thiếu số theo lựa chọn",
            f"room {name}: not one number an option",
        )
        must(
            sum(counts) + devices <= heads,
            f"điểm cầu {name}: {sum(counts)} tay + {devices} phiếu máy > {heads} người",
            f"room {name}: {sum(counts)} hands + {devices} devices > {heads} heads",
        )
        hands = [one + more for one, more in zip(hands, counts)]
    must(
        not head["room"] or head["franchise"][0][0] in ("rooms", "both"),
        "có điểm cầu giơ tay mà không được phép",
        "rooms raised hands where none may",
    )
    stated = [[number(one) for one in row] for row in head["count"]]
    counted = [
        [place + 1, device, hand, device + hand]
        for place, (device, hand) in enumerate(zip(by_option, hands))
    ]
    must(
        stated == counted,
        f"số đếm ghi {stated}, đếm lại được {counted}",
        f"counts state {stated}, recounted {counted}",
    )
    total = [device + hand for device, hand in zip(by_option, hands)]
    must(
        number(head["cast"][0][0]) == sum(total),
        "tổng số phiếu sai",
        "the number of votes is wrong",
    )
    must(
        sum(by_option) <= number(head["roll"][0][0]),
        "nhiều phiếu hơn người trong danh sách",
        "more ballots than people on the roll",
    )
    return total


def reached(row, part, whole):
    """Whether part of whole reaches the rule, in whole numbers; a share of nobody is never
    reached.
    """
    sense = row[2]
    value = Fraction(row[3])
    unit = row[4]
    whole = whole if unit == "share" else 1
    over = part * value.denominator
    under = value.numerator * whole
    return (
        whole > 0
        and {"at_least": over >= under, "more_than": over > under, "at_most": over <= under}[sense]
    )


def check_verdict(head, total):
    """The verdict stated is the one that follows; the verdict."""
    electorate = head["electorate"][0][0]
    present = number(head["present"][0][0])
    entitled = number(head["entitled"][0][0])
    whole = entitled if electorate == "entitled" else present
    if electorate != "hall" and sum(total) > whole:
        follows = "void"
    elif head["quorum"] and not reached(head["quorum"][0], min(present, entitled), entitled):
        follows = "no_quorum"
    elif not head["threshold"]:
        follows = "counted"
    else:
        decides = number(head["decides"][0][0])
        must(
            1 <= decides <= len(total),
            "không rõ lựa chọn nào phải đạt ngưỡng",
            "unclear which option must reach the threshold",
        )
        follows = (
            "passed" if reached(head["threshold"][0], total[decides - 1], whole) else "not_passed"
        )
    stated = head["verdict"][0][0]
    must(
        stated == follows,
        f"kết luận ghi {stated}, tính lại là {follows}",
        f"the verdict states {stated}, it follows {follows}",
    )
    return stated


def leaf(line):
    """The hash of a leaf (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x00" + line.encode("utf-8")).digest()


def node(left, right):
    """The hash of an inner node (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(lines):
    """RFC 6962, section 2.1."""
    level = [leaf(line) for line in lines]
    while len(level) > 1:
        pairs = [node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[-1:] if len(level) % 2 else pairs
    return level[0].hex()


def leads_to(line, index, size, path, root):
    """RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    place = index
    last = size - 1
    digest = leaf(line)
    for step in path:
        if last == 0:
            return False
        if place % 2 or place == last:
            digest = node(bytes.fromhex(step), digest)
            while place and place % 2 == 0:
                place = place // 2
                last = last // 2
        else:
            digest = node(digest, bytes.fromhex(step))
        place = place // 2
        last = last // 2
    return last == 0 and digest.hex() == root


P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, 2**255 - 21, 2**255 - 19) % (2**255 - 19)


def point(content):
    """A point of Ed25519 as (X, Y, Z, T), or None (RFC 8032, section 5.1.3)."""
    y = int.from_bytes(content, "little")
    sign = y >> 255
    y = y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or x == 0 and sign:
        return None
    x = P - x if x % 2 != sign else x
    return x, y, 1, x * y % P


def add(a, b):
    """The sum of two points (RFC 8032, section 5.1.4)."""
    one = (a[1] - a[0]) * (b[1] - b[0])
    two = (a[1] + a[0]) * (b[1] + b[0])
    three = 2 * a[3] * b[3] * D
    four = 2 * a[2] * b[2]
    e = (two - one) % P
    f = (four - three) % P
    g = (four + three) % P
    h = (two + one) % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor, a):
    """The point `a` multiplied by a whole number."""
    product = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            product = add(product, a)
        a = add(a, a)
        factor = factor >> 1
    return product


def is_signed(text, signature, public):
    """Ed25519 by the `cryptography` package where there is one, else by RFC 8032, section
    5.1.7, as written above.
    """
    try:
        key = bytes.fromhex(public)
        mark = bytes.fromhex(signature)
    except ValueError:
        return False
    try:
        from cryptography.exceptions import InvalidSignature  # late: optional
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        a = point(key)
        r = point(mark[:32])
        s = int.from_bytes(mark[32:], "little")
        if a is None or r is None or s >= Q or len(key) != 32 or len(mark) != 64:
            return False
        hashed = (
            int.from_bytes(hashlib.sha512(mark[:32] + key + text.encode()).digest(), "little") % Q
        )
        base = point(bytes.fromhex("58" + "66" * 31))
        left = times(s, base)
        right = add(r, times(hashed, a))
        return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (
            left[1] * right[2] - right[1] * left[2]
        ) % P == 0
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(mark, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def check_signature(uid, size, root, public, signature, expected):
    """The root is signed by the key; by the `expected` one where the reader names it."""
    must(
        is_signed(f"danchu result 1\n{uid}\n{size}\n{root}\n", signature, public),
        "chữ ký không đúng",
        "the signature does not hold",
    )
    must(
        expected is None or expected == public,
        "tệp do khóa khác ký, không phải khóa đã nêu",
        "signed by another key than the one given",
    )


HOUSEHOLDS = [
    "danchu-household-vote",
    "place",
    "decision",
    "poll",
    "opened",
    "until",
    "households",
    "rule",
    "count",
    "verdict",
    "lines",
]
CHOICES = ("đồng ý / agree", "không đồng ý / disagree", "ý kiến khác / another opinion")


def households_parts(lines):
    """({name: [rows]}, rows of the three lists) of the file of a vote of households on line."""
    rows = [fields_of(line) for line in lines]
    names = [*HOUSEHOLDS[:8], *["count"] * 3, *HOUSEHOLDS[9:]]
    must(
        [row[0] for row in rows[: len(names)]] == names and rows[0] == [HOUSEHOLDS[0], "1"],
        "dòng đầu tệp sai",
        "the head of the file is wrong",
    )
    head = {name: [] for name in HOUSEHOLDS}
    for row in rows[: len(names)]:
        head[row[0]].append(row[1:])
    return head, rows[len(names) :]


def check_households(lines):
    """Every check of the file of a vote of households on line but root and signature; its poll."""
    head, rows = households_parts(lines)
    print(f"{head['place'][0][0]} — {head['decision'][0][1]}")
    lists = {mark: [row[1] for row in rows if row[0] == mark] for mark in "RCP"}
    must(
        [row[0] for row in rows] == [mark for mark in "RCP" for _one in lists[mark]]
        and all(len(row) == 2 and lists[row[0]] == sorted(lists[row[0]]) for row in rows),
        "ba danh sách sai dạng hoặc sai thứ tự",
        "the three lists are out of form or order",
    )
    receipts = lists["R"]
    size = number(head["lines"][0][0])
    households = number(head["households"][0][0])
    must(
        [len(lists[mark]) for mark in "RCP"] == [size] * 3,
        "số biên nhận, số phiếu, số hộ tham gia không bằng nhau",
        "receipts, choices and households that took part are not as many",
    )
    must(
        len(set(receipts)) == size and all(FORMS[1].fullmatch(code) for code in receipts),
        "biên nhận lặp hoặc sai dạng",
        "a receipt is repeated or of no known form",
    )
    must(size <= households, "nhiều phiếu hơn tổng số hộ", "more choices than households")
    print(f"✓ {size} phiếu của {households} hộ, mỗi hộ một lần / choices, each household once")
    counted = [lists["C"].count(str(place)) for place in (1, 2, 3)]
    must(sum(counted) == size, "có lựa chọn không có", "a choice that there is not")
    stated = [[number(one) for one in row] for row in head["count"]]
    must(
        stated == [[place + 1, count] for place, count in enumerate(counted)],
        f"số đếm ghi {stated}, đếm lại được {counted}",
        f"counts state {stated}, recounted {counted}",
    )
    for word, count in zip(CHOICES, counted):
        print(f"    {count:>8}  {word}")
    follows = "passed" if reached(head["rule"][0], counted[0], households) else "not_passed"
    must(
        head["verdict"] == [[follows]],
        f"kết luận ghi {head['verdict'][0][0]}, tính lại là {follows}",
        f"the verdict states {head['verdict'][0][0]}, it follows {follows}",
    )
    print(f"✓ Kết luận đúng / The verdict follows from the numbers: {WORDS[follows]}")
    return head["poll"][0][0]


def check_poll(lines):
    """Every check of the file of a poll of a conference but root and signature; its poll."""
    head, ballots = parts_of(lines)
    print(f"{head['conference'][0][1]} — {head['poll'][0][1]}")
    by_option = check_ballots(head, ballots)
    print(f"✓ {len(ballots)} phiếu, mỗi phiếu một lần / ballots, each once")
    total = check_counts(head, by_option)
    for row, votes in zip(head["option"], total):
        print(f"    {votes:>8}  {row[1]}")
    verdict = check_verdict(head, total)
    print(
        f"✓ Kết luận đúng với các con số / The verdict follows from the numbers: {WORDS[verdict]}"
    )
    return head["poll"][0][0]


def check_file(path, expected):
    """Every check of the file; (poll, root)."""
    lines, root, signed = read_file(path)
    is_of_households = lines[0].startswith(HOUSEHOLDS[0])
    uid = check_households(lines) if is_of_households else check_poll(lines)
    must(
        root[1:] == [str(len(lines)), root_of(lines)],
        "mã gốc không phải của các dòng này",
        "the root is not that of these lines",
    )
    print(f"✓ Mã gốc / Root: {root[2]}")
    check_signature(uid, root[1], root[2], signed[1], signed[2], expected)
    print(
        f"✓ Chữ ký của khóa / Signed by key: {signed[1]}"
        + ("" if expected else "\n  (so với khóa đã công bố / compare it with the published key)")
    )
    return uid, root[2]


def check_proof(path, expected, file):
    """The proof of one ballot; against the file too when there is one."""
    with open(path, encoding="utf-8") as opened:
        proof = json.load(opened)
    must(
        leads_to(
            proof["line"], int(proof["index"]), int(proof["size"]), proof["path"], proof["root"]
        ),
        "phiếu này không nằm dưới mã gốc này",
        "this ballot does not lie under this root",
    )
    check_signature(
        proof["poll"],
        int(proof["size"]),
        proof["root"],
        proof["public_key"],
        proof["signature"],
        expected,
    )
    must(
        file is None or file == (proof["poll"], proof["root"]),
        "phiếu này là của một tệp khác",
        "this ballot is of another file",
    )
    print(f"✓ Phiếu đã được đếm / Ballot counted: {proof['line']}")


def main(arguments=None):
    """Run every check that the arguments name; returns the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", help="tệp kết quả / the published file")
    parser.add_argument(
        "--key", help="khóa công khai đã biết / the public key as published (64 hex)"
    )
    parser.add_argument("--proof", help="chứng minh của một phiếu / the proof of one ballot (JSON)")
    options = parser.parse_args(arguments)
    if not options.file and not options.proof:
        parser.error("hãy nêu một tệp / name a file")
    sys.stdout.reconfigure(encoding="utf-8")
    try:
        checked = check_file(options.file, options.key) if options.file else None
        if options.proof:
            check_proof(options.proof, options.key, checked)
    except Wrong as wrong:
        print(f"✗ SAI / WRONG: {wrong}")
        return 1
    except (
        OSError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        ArithmeticError,
        csv.Error,
    ) as error:
        print(f"✗ Không đọc được / Unreadable: {type(error).__name__}: {error}")
        return 2
    print("ĐÚNG / ALL HOLDS")
    return 0


if __name__ == "__main__":
    sys.exit(main())
