"""Everything that can be done with the vault: seal, ask, judge, read, and keep its keys in
order.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.journal.actions import record
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.notices.actions import tell_holders
from danchu.vault.contents import opened, opened_file, sealed, secret_of
from danchu.vault.keys import locked, sealing_keys
from danchu.vault.models import Lock, Opening, Sealed, SealedFile

MINUTES = 30
# Whoever seals or reads holds this lock together with others, whoever changes the ring alone: no
# identity is sealed for a ring that is gone, none is read by a lock whose key has just left.
RING = "SELECT pg_advisory_xact_lock{}(hashtext('danchu.vault.ring'))"
NO_RIGHT = gettext_lazy("Ông/bà không có quyền với danh tính này.")


@transaction.atomic
def seal_identity(*, by, unit, pseudonym, words, files=()):
    """Seal who it is: `words` a dict of text, `files` (name, bytes) pairs. Nobody reads it back
    alone, whoever sealed it too.
    """
    require(
        by.is_public
        or by.may("draft", "petition_file", unit)
        or by.may("draft", "reception_book", unit),
        NO_RIGHT,
    )
    _hold_ring("_shared")
    content, packed, locks = sealed(words, files)
    made = Sealed.objects.create(pseudonym=pseudonym, unit=unit, content=content, made_at=now())
    SealedFile.objects.bulk_create(SealedFile(sealed=made, content=one) for one in packed)
    Lock.objects.bulk_create(
        Lock(sealed=made, key=name, content=lock) for name, lock in locks.items()
    )
    record(by, "vault.sealed", made, unit=unit, files=len(packed))
    return made


@transaction.atomic
def ask_opening(it, *, by, reason):
    """The first of two persons asks, and says why; who may grant it and the overseer are told."""
    require(by.account_id is not None and by.may("draft", "denouncer", it.unit), NO_RIGHT)
    reason = clean(reason)
    if len(reason) < 10:
        raise Refused(_("Hãy ghi rõ vì sao cần biết danh tính, ít nhất 10 ký tự."), "reason")
    if Opening.objects.filter(sealed=it, asked_by=by.account_id, judged_by=None).exists():
        raise Refused(_("Ông/bà đã đề nghị mở và đang chờ người thứ hai."))
    made = Opening.objects.create(
        sealed=it, asked_by_id=by.account_id, asked_at=now(), reason=reason[:500]
    )
    tell_holders(
        "confirm",
        "denouncer",
        it.unit_id,
        _("Có đề nghị mở danh tính của %s.") % it,
        by=by,
        link=f"/desk/vault/{it}/",
    )
    record(by, "vault.asked", made, unit=it.unit_id, pseudonym=it.pseudonym)
    return made


@transaction.atomic
def judge_opening(opening, *, by, granted):
    """The second person grants it, for a short while, or refuses. Never the one who asked."""
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
    told = (
        _("Đã cho phép mở danh tính của %s.") if granted else _("Đã từ chối mở danh tính của %s.")
    )
    tell_holders(
        "verify",
        "denouncer",
        opening.sealed.unit_id,
        told % opening.sealed,
        by=by,
        link=f"/desk/vault/{opening.sealed}/",
    )
    record(
        by,
        "vault.granted" if granted else "vault.refused",
        opening,
        unit=opening.sealed.unit_id,
        pseudonym=opening.sealed.pseudonym,
    )
    return opening


@transaction.atomic
def read_identity(it, *, by):
    """(words, [(number, name, size)] of its files) for who was granted it and while it lasts;
    the overseer is told, the journal first.
    """
    opening = _granted(it, by)
    require(opening is not None, NO_RIGHT)
    _hold_ring("_shared")
    found = (
        opened(it),
        [
            (file.pk, name, len(held))
            for file in it.files.order_by("pk")
            for name, held in [opened_file(it, file)]
        ],
    )
    tell_holders(
        "verify",
        "denouncer",
        it.unit_id,
        _("Đã đọc danh tính của %s.") % it,
        by=by,
        link=f"/desk/vault/{it}/",
    )
    record(by, "vault.read", opening, unit=it.unit_id, pseudonym=it.pseudonym)
    return found


@transaction.atomic
def read_sealed_file(it, number, *, by):
    """(name, bytes) of one of its files, for who was granted it and while it lasts."""
    opening = _granted(it, by)
    require(opening is not None, NO_RIGHT)
    file = it.files.filter(pk=number).first()
    if file is None:
        raise Refused(_("Không có tệp này."))
    _hold_ring("_shared")
    found = opened_file(it, file)
    record(by, "vault.file_read", opening, unit=it.unit_id, pseudonym=it.pseudonym, file=file.pk)
    return found


@transaction.atomic
def hand_over_identity(it, *, by, unit):
    """The file it belongs to went to another unit: its officers ask from now on."""
    require(
        by.may("draft", "petition_file", it.unit) or by.may("reorganise", "unit", None), NO_RIGHT
    )
    Sealed.objects.filter(pk=it.pk).update(unit=unit)
    record(by, "vault.handed_over", it, unit=unit)


@transaction.atomic
def lock_anew(*, by, after=0, size=500, without=()):
    """Lock `size` identities behind the one numbered `after` for every key of the ring but those
    `without`; the last number, None at the end.

    Run batch by batch it can be broken off and begun again. It waits for whoever seals for the ring
    as it was before.
    """
    require(by.account_id is None and by.may("verify", "denouncer", None), NO_RIGHT)
    _hold_ring()
    ring = {name: key for name, key in sealing_keys().items() if name not in without}
    rows = list(
        Sealed.objects.filter(pk__gt=after)
        .order_by("pk")
        .prefetch_related("locks")
        .select_for_update()[:size]
    )
    fresh = []
    for it in rows:
        missing = ring.keys() - {lock.key for lock in it.locks.all()}
        secret = secret_of(it) if missing else b""
        fresh += [
            Lock(sealed=it, key=name, content=locked(secret, ring[name]))
            for name in sorted(missing)
        ]
    Lock.objects.bulk_create(fresh)
    record(by, "vault.locked_anew", None, number=len(rows), keys=sorted(ring))
    return rows[-1].pk if len(rows) == size else None


@transaction.atomic
def forget_locks(keys, *, by):
    """Remove the locks of keys that are no longer on the ring; how many. Refused for an
    identity that nothing else would open.
    """
    require(by.account_id is None and by.may("verify", "denouncer", None), NO_RIGHT)
    _hold_ring()
    gone = sorted(set(keys) - sealing_keys().keys())
    kept = Lock.objects.filter(key__in=sealing_keys())
    if Lock.objects.filter(key__in=gone).exclude(sealed__in=kept.values("sealed")).exists():
        raise Refused(_("Còn danh tính chỉ mở được bằng khóa cũ. Hãy chạy lại lệnh."))
    number, _models = Lock.objects.filter(key__in=gone).delete()
    record(by, "vault.locks_forgotten", None, number=number, keys=gone)
    return number


def _granted(it, by):
    """The grant under which the actor may read it now, if any."""
    if by.account_id is None or not by.may("draft", "denouncer", it.unit):
        return None
    return next(
        (
            one
            for one in Opening.objects.filter(sealed=it, asked_by=by.account_id, granted=True)
            if one.is_open()
        ),
        None,
    )


def _hold_ring(together=""):
    with connection.cursor() as cursor:
        cursor.execute(RING.format(together))
