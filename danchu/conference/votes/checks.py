"""Verification of every published result, for `danchu verify`."""

from django.utils.translation import gettext as _

from danchu.conference.models import Ballot, Declaration, Vote
from danchu.conference.votes.result_file import ballots_of
from danchu.conference.words import Secrecy
from danchu.journal.models import Entry
from danchu.vault import merkle
from danchu.vault.signatures import is_signed, result_text
from danchu.vault.signed_file import file_text, signed_lines


def poll_problems():
    """(place, message) of each result whose file, root, signature, ballots or journal entry do not
    agree.
    """
    entries = Entry.objects.filter(act="poll.declared").values_list("subject", "data")
    roots = {subject: data.get("root") for subject, data in entries}
    for row in Declaration.objects.select_related("poll").order_by("pk").iterator(20):
        place = _("kết quả biểu quyết số %s") % row.pk
        if roots.get(str(row.pk)) != row.root:
            yield place, _("mã gốc không phải mã đã ghi vào nhật ký khi công bố")
        lines = signed_lines(row.content)
        root = merkle.root(lines)
        text = file_text(lines, root, row.public_key, row.signature)
        if (len(lines), root, text) != (row.size, row.root, row.content):
            yield place, _("tệp không còn khớp với mã gốc")
        elif not is_signed(
            result_text(row.poll.uid, row.size, row.root), row.signature, row.public_key
        ):
            yield place, _("chữ ký không còn đúng")
        elif row.poll.secrecy == Secrecy.SECRET:
            yield from _secret_problems(row, lines, place)


def _secret_problems(row, lines, place):
    _first, ballots = ballots_of(lines)
    stored_ballots = (
        Ballot.objects.filter(poll=row.poll).order_by("code").values_list("code", "choice")
    )
    if [(code, str(choice + 1)) for code, choice in stored_ballots] != [
        tuple(ballot) for ballot in ballots
    ]:
        yield place, _("phiếu trong cơ sở dữ liệu khác phiếu trong tệp")
    if Vote.objects.filter(poll=row.poll).exclude(sealed=None).exists():
        yield place, _("còn phiếu niêm phong gắn với người bỏ phiếu")
