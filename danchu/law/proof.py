"""What `danchu verify` checks of the law beside the digests of its rules."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from danchu.journal.models import Entry
from danchu.law.models import JoinedKey, LegalText


def joined_problems() -> Iterator[tuple[str, str]]:
    """(place, problem) of each joined key of rules that is not as its entry says, has none, or has
    gone: it says which rule governs what names the old key.
    """
    entries = Entry.objects.filter(act="rule.joined").values_list("data", flat=True)
    recorded = {data["key"]: data["into"] for data in entries}
    stored = dict(JoinedKey.objects.values_list("key", "into"))
    for key in sorted(recorded.keys() | stored.keys()):
        if recorded.get(key) != stored.get(key):
            yield _("khóa quy tắc %s") % key, _("không khớp với sổ nhật ký")


def text_problems() -> Iterator[tuple[str, str]]:
    """(place, problem) of each legal text that was added here and whose name or first day is not as
    its entry says, or that has gone.
    """
    entries = Entry.objects.filter(act="text.added").values_list("subject", "data")
    stored = LegalText.objects.in_bulk()
    for key, data in entries:
        text = stored.get(key)
        if text is None or (text.vi, text.since.isoformat()) != (data["vi"], data["since"]):
            yield _("văn bản %s") % data["vi"], _("không khớp với sổ nhật ký")
