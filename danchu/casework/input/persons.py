"""The persons of a petition as typed: checked, cleaned, no more columns than the law needs."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused, all_refusals
from danchu.kernel.telephones import telephone
from danchu.kernel.text import clean
from danchu.notices.models import Channel
from danchu.subjects.texts import check_length

LENGTHS = {"name": 120, "address": 200, "identity": 20, "phone": 20, "email": 254, "notify_by": 8}
MOST = 20_000
# The column with the address of each channel of notices.
ADDRESS_OF = {"": "", Channel.EMAIL: "email", Channel.SMS: "phone", Channel.ZALO: "phone"}


def checked_persons(rows):
    """[{column: text, "is_representative": bool}] of the persons, in their order; the first gets
    the notices. Refused by field, on "signers" above MOST.
    """
    if len(rows) > MOST:
        raise Refused(
            _("Một đơn ghi nhiều nhất %s người; những người còn lại đính kèm danh sách.") % MOST,
            "signers",
        )
    return [_clean_person(row) for row in rows]


def _clean_person(row):
    person = {name: clean(row.get(name) or "") for name in LENGTHS} | {
        "is_representative": row.get("is_representative") is True
    }
    with all_refusals() as rule:
        for name, most in LENGTHS.items():
            with rule():
                check_length(person[name], name, most)
        for check in (_check_phone, _check_identity, _check_email, _check_channel):
            with rule():
                check(person)
    return person


def _check_phone(person):
    try:
        person["phone"] = telephone(person["phone"])
    except Refused as refusal:
        raise Refused(refusal.message, "phone") from None


def _check_identity(person):
    if re.fullmatch(r"[0-9]{10,11}", person["identity"]):
        raise Refused(
            _("Số căn cước có 12 chữ số; số này có thể đã mất số 0 đứng đầu. Hãy ghi đủ."),
            "identity",
        )
    if person["identity"] and not re.fullmatch(r"[0-9A-Za-z]{6,20}", person["identity"]):
        raise Refused(
            _("Số giấy tờ gồm 6 đến 20 chữ cái không dấu hoặc chữ số, ví dụ 12 số của căn cước."),
            "identity",
        )


def _check_email(person):
    if not person["email"]:
        return
    try:
        validate_email(person["email"])
    except ValidationError:
        raise Refused(_("Địa chỉ thư điện tử chưa đúng, ví dụ ten@vidu.vn."), "email") from None
    person["email"] = person["email"].lower()  # one address, however it was typed


def _check_channel(person):
    if person["notify_by"] not in ADDRESS_OF:
        raise Refused(_("Hãy chọn cách nhận tin trong danh sách."), "notify_by")
    if person["notify_by"] and not person[ADDRESS_OF[person["notify_by"]]]:
        raise Refused(
            _("Hãy ghi số điện thoại hoặc địa chỉ thư để nhận tin theo cách đã chọn."),
            ADDRESS_OF[person["notify_by"]],
        )


def is_named(persons):
    """Whether the first person gives both name and address, without which a petition is not
    eligible.
    """
    return bool(persons and persons[0]["name"] and persons[0]["address"])
