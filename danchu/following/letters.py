"""The letters to followers at the moment of sending: the codes of their addresses are derived then,
and a letter to who follows no more is dropped.
"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from danchu.following.codes import CONFIRM, OWN_PAGE, code_of
from danchu.following.models import Confirmation, DailyLetter, Follower
from danchu.following.things import words_of
from danchu.kernel.text import clean
from danchu.notices.letters import Letter
from danchu.notices.models import Notice
from danchu.staff.letters import own_address


def own_page_of(follower: Follower) -> str:
    """The address of a follower's own page; its last part is secret."""
    return reverse("followed", args=[code_of(OWN_PAGE, follower.uid)])


def write_confirmations(notices: Iterable[Notice]) -> dict[int, Letter]:
    """{primary key: Letter} of those that can still be confirmed."""
    rows = list(notices)
    waiting = Confirmation.objects.valid().select_related("thing", "thing__unit")
    confirmations = waiting.in_bulk([row.subject for row in rows])
    letters = {}
    for row in rows:
        confirmation = confirmations.get(row.subject)
        if confirmation is not None and confirmation.email == row.target:
            with override(confirmation.language):
                letters[row.pk] = _confirmation(confirmation, row.text)
    return letters


def _confirmation(confirmation, masked):
    code = code_of(CONFIRM, confirmation.uid)
    words = {
        "name": clean(words_of(confirmation.thing).name),
        "address": own_address(reverse("follow_confirm", args=[code])),
    }
    text = (
        _(
            "Có người xin nhận thư ở địa chỉ này mỗi khi có thay đổi về: %(name)s.\n\n"
            "Nếu là ông/bà, hãy mở %(address)s và bấm nút xác nhận. Địa chỉ này dùng được một "
            "lần, trong hai giờ.\n\n"
            "Nếu không phải, xin bỏ qua: địa chỉ thư sẽ tự xóa và không có thư nào nữa."
        )
        % words
    )
    return Letter(_("Dân Chủ: xác nhận theo dõi"), text, masked)


def write_daily_letters(notices: Iterable[Notice]) -> dict[int, Letter]:
    """{primary key: Letter} of those whose follower still follows."""
    rows = list(notices)
    daily = DailyLetter.objects.select_related("follower")
    letters_of = daily.in_bulk([row.subject for row in rows])
    letters = {}
    for row in rows:
        letter = letters_of.get(row.subject)
        if letter is not None and letter.follower.email == row.target:
            with override(letter.follower.language):
                letters[row.pk] = _daily(letter, row.text)
    return letters


def _daily(letter, masked):
    address = own_address(own_page_of(letter.follower))
    foot = _("Thôi theo dõi, hoặc xem mình theo dõi gì: %s") % address
    return Letter(
        _("Dân Chủ: có thay đổi"),
        f"{letter.text}\n\n--\n{foot}\n",
        masked,
        # RFC 8058: the mail program has a button that ends all of it.
        headers={
            "List-Unsubscribe": f"<{address}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


LETTER_WRITERS = {
    Confirmation.journal_kind: write_confirmations,
    DailyLetter.journal_kind: write_daily_letters,
}
