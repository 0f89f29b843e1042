"""The acts that keep the locks of the vault in step with the key ring."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import Refused, require
from danchu.vault.contents import data_key_of, is_bound, lock_content
from danchu.vault.keys import opening_keys, sealing_keys
from danchu.vault.models import Lock, Sealed
from danchu.vault.proof import BOUND, may_be_unbound
from danchu.vault.writes.ring import lock_ring

NO_RIGHT = gettext_lazy("Ông/bà không có quyền với danh tính này.")


@transaction.atomic
def add_missing_locks(
    *, by: Acting, after: int = 0, size: int = 500, without: Collection[str] = ()
) -> int | None:
    """Encrypt the data keys of the next `size` identities, by pk behind `after`, for every key of
    the ring except those `without`. Returns the last pk, or None when there are no more.

    Idempotent: an interrupted run is begun again. It waits for all transactions that seal for the
    ring as it was before. Denied for everyone but the system; Refused without a key that decrypts.
    """
    require(by.account_id is None and by.may("verify", "denouncer", None), NO_RIGHT)
    lock_ring()
    ring = {name: key for name, key in sealing_keys().items() if name not in without}
    identities = list(
        Sealed.objects.filter(pk__gt=after)
        .order_by("pk")
        .prefetch_related("locks")
        .select_for_update()[:size]
    )
    new_locks = []
    for identity in identities:
        names = ring.keys() - {lock.key for lock in identity.locks.all()}
        data_key = data_key_of(identity) if names else None
        new_locks += [
            Lock(
                sealed=identity,
                key=name,
                content=lock_content(data_key, ring[name], identity.pseudonym),
            )
            for name in sorted(names)
            if data_key
        ]
    Lock.objects.bulk_create(new_locks)
    record(by, "vault.locked_anew", None, number=len(identities), keys=sorted(ring))
    return identities[-1].pk if len(identities) == size else None


@transaction.atomic
def remove_locks(keys: Iterable[str], *, by: Acting) -> int:
    """Delete the locks of those `keys` that are no longer on the ring. Returns how many. Refused
    while an identity has no other lock; Denied for everyone but the system.
    """
    require(by.account_id is None and by.may("verify", "denouncer", None), NO_RIGHT)
    lock_ring()
    old_keys = sorted(set(keys) - sealing_keys().keys())
    current_locks = Lock.objects.filter(key__in=sealing_keys())
    old_locks = Lock.objects.filter(key__in=old_keys)
    if old_locks.exclude(sealed__in=current_locks.values("sealed")).exists():
        raise Refused(_("Còn danh tính chỉ mở được bằng khóa cũ. Hãy chạy lại lệnh."))
    number, _models = old_locks.delete()
    record(by, "vault.locks_forgotten", None, number=number, keys=old_keys)
    return number


@transaction.atomic
def bind_earlier_locks(*, by: Acting) -> int:
    """Bind the locks of identities that an earlier version sealed to their pseudonym and unit.
    Returns how many. Idempotent; without a private key nothing is bound yet. Denied for everyone
    but the system.
    """
    require(by.account_id is None and by.may("verify", "denouncer", None), NO_RIGHT)
    lock_ring()
    if not opening_keys():
        return 0
    ring = sealing_keys()
    number = 0
    for identity in Sealed.objects.order_by("pk").prefetch_related("locks"):
        locks = [lock for lock in identity.locks.all() if not is_bound(lock.content)]
        if not locks or not may_be_unbound(identity):
            continue
        data_key = data_key_of(identity)
        for lock in locks:
            if lock.key in ring:
                lock.content = lock_content(data_key, ring[lock.key], identity.pseudonym)
                lock.save(update_fields=["content"])
        record(by, BOUND, identity, unit=identity.unit_id)
        number += 1
    return number
