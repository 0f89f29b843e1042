"""Invitations at the desk: the list, a new one, its page, its acts."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import day_of, show_instant
from danchu.notices.models import Channel as NoticeChannel
from danchu.notices.models import Notice
from danchu.people.actor import EVERYWHERE
from danchu.people.offices_held import office_name, place_of
from danchu.staff import actions
from danchu.staff.checking import valid_contact
from danchu.staff.first import may_invite, why_not
from danchu.staff.installation import place_of_use
from danchu.staff.letters import own_address
from danchu.staff.lives import INVITATION_LIFE, invitation_state
from danchu.staff.models import Invitation
from danchu.staff.sections.fields import (
    SpanFields,
    email_field,
    office_and_place,
    office_choices,
    phone_field,
    place_field,
)
from danchu.staff.set_up import offered_channels
from danchu.staff.words import EXPIRED, INVITATION_STATES, Channel, InvitationState
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import ActForm, ReasonForm, RecordForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, Link, New, Record, Section, ShownOnce, may_begin
from danchu.units.models import Unit
from danchu.units.names import name_of

DENIED = _("Chức trách của ông/bà không giao chức trách cho người khác.")
APPOINT = ("appoint", "office")
SAVED = {
    Channel.MAIL: _("Đã mời. Giấy mời đang được gửi qua thư."),
    Channel.SMS: _("Đã mời. Giấy mời đang được gửi bằng tin nhắn."),
    Channel.LETTER: _("Đã mời. Hãy in giấy mời và trao tận tay."),
}
CHANNELS = {NoticeChannel.EMAIL: Channel.MAIL, NoticeChannel.SMS: Channel.SMS}
STATE_WORDS = dict(INVITATION_STATES)
TAGS = {EXPIRED[0]: "warning", InvitationState.WITHDRAWN: "withdrawn"}


def offer_letters(form: forms.Form, channel: str = "") -> None:
    """Offer in the form's `channel` the ways by which a letter arrives here: printed always, by
    mail and message where they are set up. It begins with the `channel`, else by mail, where that
    is offered.
    """
    offered = {Channel.LETTER, *(CHANNELS[one] for one in offered_channels() if one in CHANNELS)}
    form.fields["channel"].choices = [one for one in Channel.choices if one[0] in offered]
    first = [one for one in (channel, Channel.MAIL, Channel.LETTER) if one in offered]
    form.initial["channel"] = first[0]


class InvitationForm(SpanFields, RecordForm):
    """One person, one office at one place."""

    wide = ("grounds",)
    field_order = (
        "uid",
        "name",
        "email",
        "phone",
        "office_kind",
        "unit",
        "since",
        "last",
        "grounds",
        "channel",
    )
    uid = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    email = email_field(
        _("Địa chỉ thư điện tử"),
        required=False,
        help_text=_("Là tên đăng nhập. Không có thì ghi điện thoại: cần một trong hai."),
    )
    phone = phone_field(
        _("Điện thoại"),
        required=False,
        help_text=_(
            "Cần khi gửi tin nhắn, hoặc khi không có thư điện tử: người ấy tự ghi địa chỉ đăng "
            "nhập lúc nhận."
        ),
    )
    office_kind = forms.ChoiceField(label=_("Chức trách"))
    unit = place_field()
    grounds = forms.CharField(
        label=_("Căn cứ"), max_length=200, help_text=_("Số quyết định, ngày, cơ quan ban hành.")
    )
    channel = forms.ChoiceField(
        label=_("Gửi giấy mời"),
        choices=Channel.choices,
        widget=forms.RadioSelect,
        help_text=_("Mã trong thư, tin nhắn dùng được ba ngày, mã trên giấy in hai tuần."),
    )

    def prepare(self) -> None:
        self.scope = self.actor.scope("appoint", "office")
        choices = [("", "—"), *office_choices()]
        self.fields["office_kind"].choices = choices
        self.initial["uid"] = uuid4()
        offer_letters(self)
        is_everywhere = self.scope is EVERYWHERE
        self.initial["unit"] = (is_everywhere and place_of_use()) or place_of(
            self.actor, self.scope
        )
        self.begin_today()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not {"email", "phone"} & set(self.errors):
            self.check(valid_contact, cleaned["email"], cleaned["phone"])
        office_and_place(self, cleaned)
        kind = cleaned.get("office_kind")
        unit = cleaned.get("unit")
        if kind and isinstance(unit, Unit) and not may_invite(self.actor, kind, unit):
            self.add_error("office_kind", why_not(self.actor, kind, unit))
        return cleaned


class ResendForm(ActForm):
    channel = forms.ChoiceField(
        label=_("Gửi giấy mời"), choices=Channel.choices, widget=forms.RadioSelect
    )

    def prepare(self) -> None:
        offer_letters(self, self.row.channel)


def _rows(actor: Any) -> QuerySet[Invitation]:
    rows = Invitation.objects.handled_by(actor)
    return rows.select_related("office_kind", "unit", "giver", "account")


def _state_word(invitation: Invitation) -> Any:
    return STATE_WORDS[invitation_state(invitation)]


def sheets_of(letters: Iterable[tuple[Invitation, str]]) -> dict[str, Any]:
    """The context of the page with printed letters, from [(invitation, code)]."""
    return {
        "sheets": [
            {
                "invitation": invitation,
                "office": office_name(invitation.office_kind),
                "where": name_of(invitation.unit_id, invitation.since),
                "code": code,
                "until": show_instant(invitation.valid_until),
            }
            for invitation, code in letters
        ],
        "door": own_address(reverse("join")),
    }


def _letter(result: tuple[Invitation, str]) -> dict[str, Any]:
    return sheets_of([result])


def _facts(invitation: Invitation, actor: Any) -> dict[str, Any]:
    notice = (
        Notice.objects.filter(subject_kind=Invitation.journal_kind, subject=invitation.pk)
        .order_by("-pk")
        .first()
    )
    return {
        "office": office_name(invitation.office_kind),
        "notice": notice if invitation.channel != Channel.LETTER else None,
        "valid_until": show_instant(invitation.valid_until),
        "is_open": invitation_state(invitation) == InvitationState.OPEN,
    }


LISTING = Listing(
    name="account-invitations",
    title=_("Giấy mời nhận chức trách"),
    rows=_rows,
    allows=may_begin(*APPOINT),
    denied=DENIED,
    placed=lambda invitation: (invitation.unit_id, day_of(invitation.made_at)),
    columns=(
        Column(
            "made_at",
            _("Mời ngày"),
            lambda line: day_of(line.row.made_at),
            sort="made_at",
        ),
        Column("name", _("Họ và tên"), sort="name", links=True, under=lambda line: line.where),
        Column("email", _("Thư điện tử"), on_page=False),
        Column("phone", _("Điện thoại"), on_page=False),
        Column("office", _("Chức trách"), lambda line: office_name(line.row.office_kind)),
        PLACE,
        Column("since", _("Từ ngày"), on_page=False),
        Column("grounds", _("Căn cứ"), on_page=False),
        state_column(
            lambda line: _state_word(line.row),
            tag=lambda line: TAGS.get(invitation_state(line.row), ""),
        ),
    ),
    filters={
        "unit": Place(),
        "state": Choice(
            INVITATION_STATES,
            _("Trạng thái"),
            conditions={
                "open": lambda rows: rows.valid(),
                "expired": lambda rows: rows.expired(),
                "accepted": Q(state="accepted"),
                "withdrawn": Q(state="withdrawn"),
            },
        ),
        "since": Since("made_at", of_instants=True),
        "last": Last("made_at", of_instants=True),
        "q": Words(
            "name", "email", "phone", label=_("Tên, thư điện tử hoặc điện thoại"), is_of_names=True
        ),
    },
    in_body=("q",),
    file_name="giay-moi-chuc-trach",
    empty=_("Chưa mời ai."),
    advice=_("Mời một người vào một chức trách: người ấy tự đặt mật khẩu bằng mã trong giấy mời."),
)

INVITATIONS = Section(
    one="account_invitation",
    listing=LISTING,
    life=INVITATION_LIFE,
    template="staff/people.html",
    is_secret=True,
    above=("desk_people", _("Người và chức trách")),
    links=(
        Link("desk_people_sheet_upload", _("Mời nhiều người từ tệp"), may_begin(*APPOINT)),
        Link("desk_invitation_letters", _("In nhiều giấy mời"), may_begin(*APPOINT)),
    ),
    record=Record(
        template="staff/invitation.html",
        rows=_rows,
        title=lambda invitation: invitation.name,
        state=_state_word,
        facts=_facts,
    ),
    new=New(
        title=_("Mời người nhận chức trách"),
        word=_("Mời người"),
        form=InvitationForm,
        create=actions.invite,
        allows=may_begin(*APPOINT),
        denied=DENIED,
        saved=lambda invitation: SAVED[invitation.channel],
        again=_("Giấy mời này đã có từ trước."),
    ),
    acts=(
        Act(
            "letter",
            _("In giấy mời"),
            actions.print_letter,
            after=ShownOnce(_letter, template="staff/letter.html"),
        ),
        Act("resend", _("Gửi lại, đổi mã"), actions.send_again, ResendForm),
        Act("withdraw", _("Thu hồi"), actions.withdraw_invitation, ReasonForm),
    ),
)
