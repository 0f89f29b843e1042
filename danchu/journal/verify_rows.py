"""Verifies the records against the digests that the entries of the journal prove."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from django.db import connection, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from danchu.journal.digest_form import LEAF, Form, forms
from danchu.journal.digests import VERSION
from danchu.journal.merkle import Peaks
from danchu.journal.models import Entry, Founding, RowDigest

CHUNK = 2_000
NAMED = 20  # records named of an entry whose tree is wrong
# The latest digest of each record of a kind.
_LATEST = """(SELECT DISTINCT ON (subject) entry, subject, form, state, salt, digest
    FROM journal_rowdigest WHERE kind = '{kind}' ORDER BY subject, id DESC)"""
Problems = Iterator[tuple[str, str]]


def row_problems(since: int = 0) -> Problems:
    """(place, problem) of everything that records and digests do not agree on; `since` limits it to
    what entries after this number say, and to records that were digested after it.

    The records of each kind are compared in one statement, so they may be changed meanwhile.
    """
    founded_kinds = _founded_kinds()
    yield from _wrong_foundings(founded_kinds)
    yield from _tree_problems(since)
    for kind in founded_kinds:
        yield from record_problems(forms()[kind], since)


def unfounded_kinds() -> list[str]:
    """The kinds whose records are not verified yet: an upgrade founds them at its next start."""
    return [kind for kind in forms() if kind not in _founded_kinds()]


def _founded_kinds():
    """{kind: number of the entry that founded it}, as the journal says."""
    rows = Entry.objects.filter(act="rows.founded").order_by("number").values_list("number", "data")
    return {
        kind: number for number, data in rows for kind in data.get("kinds", ()) if kind in forms()
    }


def _wrong_foundings(founded_kinds):
    stored = dict(Founding.objects.values_list("kind", "entry"))
    for kind in sorted(founded_kinds.keys() | stored.keys()):
        if founded_kinds.get(kind) != stored.get(kind):
            yield _("mở mã kiểm %s") % kind, _("không khớp với sổ nhật ký")


def _tree_problems(since):
    """The entries whose digests are not those of which they carry the root."""
    last = Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    with transaction.atomic():
        entries = Entry.objects.filter(number__gt=since, number__lte=last).exclude(rows="")
        roots = entries.order_by("number").values_list("number", "rows").iterator(CHUNK)
        leaves = groupby(_leaves(since, last), key=itemgetter(0))
        yield from _compare(roots, leaves)
    yield from _beyond(last)


def _compare(roots, leaves):
    end = (None, None)
    number, rows = next(roots, end)
    entry, group = next(leaves, end)
    while number is not None or entry is not None:
        place = _("nhật ký %(number)s") % {"number": number if entry is None else entry}
        if number is not None and (entry is None or number < entry):
            place = _("nhật ký %(number)s") % {"number": number}
            yield place, _("mã kiểm các bản ghi của dòng này đã bị xóa")
            number, rows = next(roots, end)
        elif number is None or entry < number:
            yield place, _("có mã kiểm bản ghi mà dòng này không ghi")
            entry, group = next(leaves, end)
        else:
            tree = Peaks()
            for _entry, leaf in group:
                tree.add(bytes(leaf))
            if rows != f"{VERSION} {tree.size} {tree.root().hex()}":
                message = _("mã kiểm bản ghi của dòng này đã bị sửa, thêm hoặc bớt: %(names)s")
                yield place, message % {"names": _digested_by(entry)}
            number, rows = next(roots, end)
            entry, group = next(leaves, end)


def _digested_by(number):
    """The records that the stored digests of an entry name, the first of them."""
    rows = RowDigest.objects.filter(entry=number).order_by("pk").values_list("kind", "subject")
    names = [f"{_title(kind)} #{subject}" for kind, subject in rows[: NAMED + 1]]
    return ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")


def _leaves(since, last):
    """(number of the entry, hash of the leaf) of every digest; those of one entry follow each other
    because their writers wait for each other.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT entry, {LEAF} FROM journal_rowdigest AS d WHERE entry > %s AND entry <= %s "
            f"ORDER BY id",
            [since, last],
        )
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


def _beyond(last):
    """Digests of entries that do not exist."""
    numbers = RowDigest.objects.filter(entry__gt=last).values_list("entry", flat=True)
    for number in numbers.exclude(entry__in=Entry.objects.values("number")).distinct():
        place = _("nhật ký %(number)s") % {"number": number}
        yield place, _("có mã kiểm bản ghi mà không có dòng nhật ký")


def record_problems(form: Form, since: int = 0) -> Problems:
    """(place, problem) of the records of one kind; `since` as in `row_problems`."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_comparison(form, since))
        while rows := cursor.fetchmany(CHUNK):
            names = form.model._default_manager.in_bulk(
                [row[0] for row in rows], field_name=form.rule.key or "pk"
            )
            for key, entry, *findings in rows:
                record = names.get(key)
                yield _place(form, key, record), _message(entry, *findings)


def _comparison(form: Form, since: int) -> str:
    """SQL query for (key, entry, exists, counts, state, digested state, is digested, has a salt) of
    the records of which something is wrong.
    """
    join = "JOIN" if since else "FULL JOIN"
    digest = form.digest("d.salt", "d.form")
    return f"""
SELECT coalesce(r."{form.key}", d.subject), d.entry, r."{form.key}" IS NOT NULL, {form.counts},
    {form.state}, d.state, d.digest IS NOT NULL, d.salt IS NOT NULL
FROM {form.table} AS r {join} {_LATEST.format(kind=form.rule.kind)} AS d
    ON d.subject = r."{form.key}"
WHERE {f"d.entry > {int(since)} AND" if since else ""} CASE
    WHEN d.digest IS NULL THEN {form.counts}
    WHEN NOT {form.counts} THEN TRUE
    ELSE d.state <> coalesce({form.state}, '') OR d.salt IS NULL OR d.digest <> {digest} END
ORDER BY 1"""


def _place(form, key, record):
    title = _title(form.rule.kind)
    name = str(record) if record is not None else ""
    return f"{title} {name} (#{key})" if name else f"{title} #{key}"


def _title(kind):
    form = forms().get(kind)
    return form.title(get_language() or "vi") if form else kind


def _message(entry, exists, counts, state, digested_state, is_digested, has_salt):
    number = {"number": entry}
    if entry is None:
        return _("không có dòng nhật ký nào ghi bản ghi này")
    if not exists:
        return _("đã bị xóa khỏi cơ sở dữ liệu; nhật ký %(number)s ghi là có") % number
    if not is_digested:
        return _("nhật ký %(number)s ghi là không còn tính, nay lại có") % number
    if not counts or state != digested_state:
        return _("trạng thái là “%(state)s”, nhật ký %(number)s ghi “%(digested)s”") % {
            "state": state,
            "digested": digested_state,
            **number,
        }
    if not has_salt:
        return _("mất muối của mã kiểm ở nhật ký %(number)s nên không kiểm được nội dung") % number
    return _("nội dung không còn như khi ghi ở nhật ký %(number)s") % number
