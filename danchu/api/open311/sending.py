"""Registers the feedback that a program sends."""

from django.utils.translation import gettext as _

from danchu.api.open311.answers import answer
from danchu.api.open311.places import place_of
from danchu.casework.actions import register_petition
from danchu.casework.input.persons import checked_persons
from danchu.casework.models import Matter
from danchu.casework.natures import Channel, Nature
from danchu.casework.writes.entry import Submission, checked_texts
from danchu.kernel.refusals import Refused, all_refusals
from danchu.kernel.text import clean
from danchu.kernel.words import local_name
from danchu.people.actor import Actor

MEMBERS = {"name": ("first_name", "last_name"), "phone": ("phone",), "email": ("email",)}


def receive_feedback(fields, ending, area):
    """The response to the fields of a POST, with the number of the new petition and its secret;
    Refused with every field that is wrong. `area`: the units of the jurisdiction, None for all.
    """
    fields = {name: str(value) for name, value in fields.items()}
    person = {
        field: clean(" ".join(fields.get(name, "") for name in names))
        for field, names in MEMBERS.items()
    }
    persons = [person] if any(person.values()) else []
    description = fields.get("description", "").strip()
    with all_refusals() as rule:
        with rule():
            matter = _matter_of(fields)
        with rule():
            place = _place_in(area, fields)
        title = clean(fields.get("title", "")) or "-"  # else that of the matter, which is short
        with rule():
            checked_texts(Submission(title, description))
        with rule():
            checked_persons(persons)
    petition, secret = register_petition(
        by=Actor.public(),
        nature=Nature.FEEDBACK,
        channel=Channel.OPEN311,
        matter=matter,
        place=place,
        content=description,
        title=clean(fields.get("title") or local_name(matter)),
        persons=persons,
    )
    notice = _("Đã nhận. Mã bí mật để theo dõi (chỉ hiện một lần): %s") % secret
    return answer(
        "service_requests",
        [{"service_request_id": petition.code, "service_notice": notice, "account_id": ""}],
        ending,
        201,
    )


def _matter_of(fields):
    key = fields.get("service_code", "")[:40]
    matter = Matter.objects.filter(is_open=True, key=key).first()
    if matter is None:
        raise Refused(_("Thiếu service_code, hoặc không có loại việc này."), "service_code")
    return matter


def _place_in(area, fields):
    place = place_of(fields)
    if area is not None and place.pk not in area:
        raise Refused(_("Nơi này không thuộc jurisdiction_id đã gửi."), "address_string")
    return place
