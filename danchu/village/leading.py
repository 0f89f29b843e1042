"""From the page of a matter back to the record that leads it to its vote."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.village.models import Convention, HeadElection, HeadRelease


def leading_page(decision: Any) -> tuple[str, str] | None:
    """(words of the link, address) of the page of the election, the release or the convention on
    which the households vote; None for other matters.
    """
    election = HeadElection.objects.filter(decision=decision).first()
    if election is not None:
        words = _("Người ứng cử, kết quả từng người: trang bầu trưởng thôn, tổ trưởng")
        return words, reverse("desk_head_election", args=[election.uid])
    convention = Convention.objects.filter(decision=decision).first()
    if convention is not None:
        words = _("Dự thảo, hồ sơ đề nghị công nhận: trang hương ước, quy ước")
        return words, reverse("desk_convention", args=[convention.uid])
    release = HeadRelease.objects.select_related("head").filter(decision=decision).first()
    if release is not None:
        words = _("Người được đề nghị cho thôi: trang trưởng thôn, tổ trưởng")
        return words, reverse("desk_village_head", args=[release.head.uid])
    return None
