"""Acts on one identity: seal it, request, judge and read an opening, hand it over."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require
from danchu.notices.actions import tell_holders
from danchu.subjects.texts import LONGEST_REASON, line_of
from danchu.units.models import Unit
from danchu.vault.actions.ring import NO_RIGHT
from danchu.vault.contents import (
    decrypt_file,
    decrypt_words,
    encrypt_identity,
)
from danchu.vault.models import Lock, Opening, Sealed, SealedFile
from danchu.vault.proof import (
    HANDED_OVER,
    SEALED,
    VERSION,
    is_at_its_unit,
    is_granted,
)
from danchu.vault.writes.ring import lock_ring

log = logging.getLogger("danchu")
MINUTES = 30


@transaction.atomic
def seal_identity(
    *,
    by: Acting,
    unit: Unit,
    pseudonym: str,
    words: dict[str, Any],
    files: Iterable[tuple[str, bytes]] = (),
) -> Sealed:
    """Encrypt an identity: `words` as JSON, `files` as (name, bytes). Nobody can read it alone,
    not even the actor. Denied without a right to petitions or receptions at the unit.
    """
    require(
        by.is_public
        or by.may("draft", "petition_file", unit)
        or by.may("draft", "reception_book", unit),
        NO_RIGHT,
    )
    lock_ring("_shared")
    content, file_contents, locks = encrypt_identity(words, files, pseudonym, unit.pk)
    identity = Sealed.objects.create(pseudonym=pseudonym, unit=unit, content=content, made_at=now())
    SealedFile.objects.bulk_create(
        SealedFile(sealed=identity, content=file_content) for file_content in file_contents
    )
    Lock.objects.bulk_create(
        Lock(sealed=identity, key=name, content=lock) for name, lock in locks.items()
    )
    record(by, SEALED, identity, unit=unit, files=len(file_contents), version=VERSION)
    return identity


@transaction.atomic
def ask_opening(identity: Sealed, *, by: Acting, reason: str) -> Opening:
    """Request to read the identity, with a reason of ten characters or more; those who may grant
    it and the overseer get a notice. Refused on "reason", and while a request of the actor waits;
    Denied without the right.
    """
    require(by.account_id is not None and by.may("draft", "denouncer", identity.unit), NO_RIGHT)
    reason = line_of(reason, "reason", LONGEST_REASON)
    if len(reason) < 10:
        raise Refused(_("Hãy ghi rõ vì sao cần biết danh tính, ít nhất 10 ký tự."), "reason")
    if Opening.objects.filter(sealed=identity, asked_by=by.account_id, judged_by=None).exists():
        raise Refused(_("Ông/bà đã đề nghị mở và đang chờ người thứ hai."))
    opening = Opening.objects.create(
        sealed=identity, asked_by_id=by.account_id, asked_at=now(), reason=reason
    )
    tell_holders(
        "confirm",
        "denouncer",
        identity.unit_id,
        _("Có đề nghị mở danh tính của %s.") % identity,
        by=by,
        link=f"/desk/vault/{identity}/",
    )
    record(by, "vault.asked", opening, unit=identity.unit_id, pseudonym=identity.pseudonym)
    return opening


@transaction.atomic
def judge_opening(opening: Opening, *, by: Acting, granted: bool) -> Opening:
    """Grant the request for MINUTES, or refuse it. Refused when it was judged before; Denied
    without the right, and for the official who made the request.
    """
    require(
        by.account_id is not None and by.may("confirm", "denouncer", opening.sealed.unit), NO_RIGHT
    )
    require(
        by.account_id != opening.asked_by_id,
        _("Người đề nghị không tự cho phép: cần người thứ hai."),
    )
    opening = Opening.objects.select_for_update().select_related("sealed").get(pk=opening.pk)
    if opening.judged_by_id is not None:
        raise Refused(_("Đề nghị này đã có người quyết định."))
    instant = now()
    opening.judged_by_id = by.account_id
    opening.judged_at = instant
    opening.granted = bool(granted)
    opening.until = instant + timedelta(minutes=MINUTES) if granted else None
    opening.save(update_fields=["judged_by", "judged_at", "granted", "until"])
    sentence = (
        _("Đã cho phép mở danh tính của %s.") if granted else _("Đã từ chối mở danh tính của %s.")
    )
    tell_holders(
        "verify",
        "denouncer",
        opening.sealed.unit_id,
        sentence % opening.sealed,
        by=by,
        link=f"/desk/vault/{opening.sealed}/",
    )
    record(
        by,
        "vault.granted" if granted else "vault.refused",
        opening,
        unit=opening.sealed.unit_id,
        pseudonym=opening.sealed.pseudonym,
        **({"until": opening.until.isoformat()} if opening.until else {}),
    )
    return opening


@transaction.atomic
def read_identity(
    identity: Sealed, *, by: Acting
) -> tuple[dict[str, Any], list[tuple[int, str, int]]]:
    """(words, [(pk, name, size in bytes)] of its files). Only for the actor to whom an opening was
    granted, while it is open: Denied otherwise. The overseer gets a notice.
    """
    opening = _open_grant(identity, by)
    require(opening is not None, NO_RIGHT)
    lock_ring("_shared")
    words = decrypt_words(identity)
    files = []
    for file in identity.files.order_by("pk"):
        name, content = decrypt_file(identity, file)
        files.append((file.pk, name, len(content)))
    tell_holders(
        "verify",
        "denouncer",
        identity.unit_id,
        _("Đã đọc danh tính của %s.") % identity,
        by=by,
        link=f"/desk/vault/{identity}/",
    )
    record(by, "vault.read", opening, unit=identity.unit_id, pseudonym=identity.pseudonym)
    return words, files


@transaction.atomic
def read_sealed_file(identity: Sealed, number: int, *, by: Acting) -> tuple[str, bytes]:
    """(name, bytes) of the file with the pk `number`. Denied as `read_identity`; Refused where the
    identity has no such file.
    """
    opening = _open_grant(identity, by)
    require(opening is not None, NO_RIGHT)
    file = identity.files.filter(pk=number).first()
    if file is None:
        raise Refused(_("Không có tệp này."))
    lock_ring("_shared")
    name, content = decrypt_file(identity, file)
    record(
        by,
        "vault.file_read",
        opening,
        unit=identity.unit_id,
        pseudonym=identity.pseudonym,
        file=file.pk,
    )
    return name, content


@transaction.atomic
def hand_over_identity(identity: Sealed, *, by: Acting, unit: Unit) -> None:
    """Move the identity to another unit with its file: officials there may request it from now on.
    Denied without the right.
    """
    require(
        by.may("draft", "petition_file", identity.unit) or by.may("reorganise", "unit", None),
        NO_RIGHT,
    )
    Sealed.objects.filter(pk=identity.pk).update(unit=unit)
    record(by, HANDED_OVER, identity, unit=unit)


def _open_grant(identity: Sealed, by: Acting) -> Opening | None:
    """The opening under which the actor may read the identity now; None without one. Refused where
    the journal does not say that it was granted, or that the identity belongs to this unit.
    """
    if by.account_id is None or not by.may("draft", "denouncer", identity.unit):
        return None
    openings = Opening.objects.filter(sealed=identity, asked_by=by.account_id, granted=True)
    opening = next((opening for opening in openings if opening.is_open()), None)
    if opening is not None and not (is_granted(opening) and is_at_its_unit(identity)):
        log.error("Vault: an opening or a unit is in the table and not in the journal")
        raise Refused(
            _(
                "Nhật ký không có việc cho phép này: dữ liệu đã bị sửa ngoài sản phẩm. Hãy báo "
                "ngay người giám sát và chạy danchu verify."
            )
        )
    return opening
