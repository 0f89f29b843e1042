"""Everything that can be done with the vault: seal, ask, judge, read, and keep its keys in order."""

from datetime import timedelta

from django.db import transaction
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
NO_RIGHT = gettext_lazy("Ông/bà không có quyền với danh tính này.")


@transaction.atomic
def seal_identity(*, by, unit, pseudonym, words, files=()):
    """Seal who it is: `words` a dict of text, `files` (name, bytes) pairs. Nobody reads it back alone, whoever sealed it too."""
    require(by.is_public or by.may("draft", "petition_file", unit), NO_RIGHT)
    content, packed, locks = sealed(words, files)
    made = Sealed.objects.create(pseudonym=pseudonym, unit=unit, content=content, made_at=now())
    SealedFile.objects.bulk_create(SealedFile(sealed=made, content=one) for one in packed)
    Lock.objects.bulk_create(Lock(sealed=made, key=name, content=lock) for name, lock in locks.items())
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
    made = Opening.objects.create(sealed=it, asked_by_id=by.account_id, asked_at=now(), reason=reason[:500])
    tell_holders("confirm", "denouncer", it.unit_id, _("Có đề nghị mở danh tính của %s.") % it, by=by, link=f"/desk/vault/{it}/")
    record(by, "vault.asked", made, unit=it.unit_id, pseudonym=it.pseudonym)
    return made


@transaction.atomic
def judge_opening(opening, *, by, granted):
    """The second person grants it, for a short while, or refuses. Never the one who asked."""
    require(by.account_id is not None and by.may("confirm", "denouncer", opening.sealed.unit), NO_RIGHT)
    require(by.account_id != opening.asked_by_id, _("Người đề nghị không tự cho phép: cần người thứ hai."))
    opening = Opening.objects.select_for_update().select_related("sealed").get(pk=opening.pk)
    if opening.judged_by_id is not None:
        raise Refused(_("Đề nghị này đã có người quyết định."))
    instant = now()
    opening.judged_by_id, opening.judged_at, opening.granted = by.account_id, instant, bool(granted)
    opening.until = instant + timedelta(minutes=MINUTES) if granted else None
    opening.save(update_fields=["judged_by", "judged_at", "granted", "until"])
    told = _("Đã cho phép mở danh tính của %s.") if granted else _("Đã từ chối mở danh tính của %s.")
    tell_holders("verify", "denouncer", opening.sealed.unit_id, told % opening.sealed, by=by, link=f"/desk/vault/{opening.sealed}/")
    record(by, "vault.granted" if granted else "vault.refused", opening, unit=opening.sealed.unit_id, pseudonym=opening.sealed.pseudonym)
    return opening


@transaction.atomic
def read_identity(it, *, by):
    """(words, [(name, bytes)]) for who was granted it and while it lasts. Each reading is in the journal before it is shown."""
    opening = next((one for one in Opening.objects.filter(sealed=it, asked_by=by.account_id, granted=True) if one.is_open()), None)
    require(by.account_id is not None and opening is not None and by.may("draft", "denouncer", it.unit), NO_RIGHT)
    found = opened(it), [opened_file(it, file) for file in it.files.order_by("pk")]
    record(by, "vault.read", opening, unit=it.unit_id, pseudonym=it.pseudonym)
    return found


@transaction.atomic
def hand_over_identity(it, *, by, unit):
    """The file it belongs to went to another unit: its officers ask from now on."""
    require(by.may("draft", "petition_file", it.unit) or by.may("reorganise", "unit", None), NO_RIGHT)
    Sealed.objects.filter(pk=it.pk).update(unit=unit)
    record(by, "vault.handed_over", it, unit=unit)


@transaction.atomic
def lock_anew(*, by, after=0, size=500, without=()):
    """Lock `size` identities behind the one numbered `after` for every key of the ring; the last number, or None at the end.

    Run batch by batch it can be broken off and begun again. Locks of the keys named in `without` are removed.
    """
    require(by.account_id is None and by.may("verify", "denouncer", None), NO_RIGHT)
    ring = {name: key for name, key in sealing_keys().items() if name not in without}
    rows = list(Sealed.objects.filter(pk__gt=after).order_by("pk").prefetch_related("locks").select_for_update()[:size])
    fresh = []
    for it in rows:
        missing = ring.keys() - {lock.key for lock in it.locks.all()}
        secret = secret_of(it) if missing else b""
        fresh += [Lock(sealed=it, key=name, content=locked(secret, ring[name])) for name in sorted(missing)]
    Lock.objects.bulk_create(fresh)
    Lock.objects.filter(sealed__in=rows, key__in=without).delete()
    record(by, "vault.locked_anew", None, number=len(rows), keys=sorted(ring))
    return rows[-1].pk if len(rows) == size else None
