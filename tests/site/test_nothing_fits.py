"""A list that its filters leave empty says so and offers to remove them; one without does not."""

import pytest
from django.urls import reverse

from danchu.desk.sections import Face
from danchu.portal.sections import PublicFace
from danchu.subjects.filters import Matching, Words
from danchu.subjects.room import public_sections, sections

FACES = [
    face(section)
    for face, declared in ((Face, sections()), (PublicFace, public_sections()))
    for section in declared
    if section.parent is None
]


def narrowest(face):
    """(name, value) of a filter that leaves nothing of the list; None where it has none of them."""
    for name, one in face.section.listing.filters.items():
        if type(one) in (Words, Matching) and name not in face.section.listing.in_body:
            return name, "qzxqzx"
    return None


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.list_address)
def test_filters_that_leave_nothing_are_named_and_can_be_removed(face, client, world, settings):
    settings.DEMO = True
    of_people = face.section.listing.name in ("petitions", "reception", "bookings")
    role = "petition_officer@own" if of_people and isinstance(face, Face) else "operator@above"
    client.force_login(world.accounts[role])
    narrow = narrowest(face)
    if narrow is None:
        pytest.skip("no filter by words")
    answer = client.get(reverse(face.list_address), dict([narrow]))
    text = answer.content.decode()
    assert "Không có mục nào khớp với bộ lọc" in text
    assert f'href="{answer.context["whole_url"].replace("&", "&amp;")}"' in text
    whole = client.get(reverse(face.list_address) + answer.context["whole_url"])
    assert whole.status_code == 200 and not whole.context["filters_used"]
    assert "Bỏ bộ lọc" not in whole.content.decode()
