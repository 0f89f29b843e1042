"""Contents: opened with their first version, renewed, put under a special law, withdrawn."""

from datetime import date
from typing import BinaryIO
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.disclosure.lives import CONTENT_LIFE, DISCLOSURE
from danchu.disclosure.models import Content, Item, Origin, Version
from danchu.disclosure.writes.versions import add_version, file_of, owe_version
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.obligations.clock import LAW
from danchu.obligations.writes import excuse_unless_closed
from danchu.papers.masks import Masks
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import line_of, reason_of
from danchu.subjects.writes import move_on
from danchu.units.models import Unit
from danchu.units.on_day import check_unit_on

LONGEST_TITLE = 180
LONGEST_DOCUMENT = 120
LONGEST_CHANGE = 500


@transaction.atomic
def open_content(
    *,
    by: Acting,
    unit: Unit,
    item: Item,
    title: str,
    decided_on: date,
    document: str = "",
    special: Item | None = None,
    file: BinaryIO | None = None,
    file_name: str = "",
    masks: Masks | None = None,
    origin: str = Origin.HAND,
    origin_kind: str = "",
    origin_uid: UUID | None = None,
    uid: UUID | None = None,
    illustrative: bool = False,
) -> Content:
    """Write down something that `unit` must disclose, with its first version: a decision or
    document of `decided_on`, and its file. The duty to disclose it is owed from that day on.
    Refused by field; Denied without the right.
    """
    require(by.may("draft", DISCLOSURE, unit), CONTENT_LIFE.no_right)
    with all_refusals() as rule:
        with rule():
            title = line_of(title, "title", LONGEST_TITLE, _("Hãy ghi nội dung công khai."))
        with rule():
            document = line_of(document, "document", LONGEST_DOCUMENT)
        with rule():
            check_day(decided_on, None, "decided_on")
            _check_item(item, special, decided_on)
    check_unit_on(unit, decided_on, "decided_on")
    check_unsent(Content, uid)
    paper, paper_name = file_of(file, file_name, by, masks)
    content = Content.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        item=item,
        special=special,
        title=title,
        decided_on=decided_on,
        origin=origin,
        origin_kind=origin_kind,
        origin_uid=origin_uid,
        illustrative=illustrative,
        made_by=by.key,
        made_at=now(),
    )
    add_version(
        content,
        by=by,
        number=1,
        decided_on=decided_on,
        document=document,
        paper=paper,
        paper_name=paper_name,
    )
    record(by, "disclosure.opened", content, unit=unit, item=item.key)
    return content


def _check_item(item, special, decided_on):
    """Refused, on its field, where an item was not in force, or the special one is of another."""
    for row, field in ((item, "item"), (special, "special")):
        if row is None:
            continue
        if row.since > decided_on or (row.until is not None and row.until <= decided_on):
            raise Refused(_("Mục này không áp dụng vào ngày ban hành. Hãy chọn mục khác."), field)
    if item.is_special:
        raise Refused(_("Hãy chọn một mục của Luật Thực hiện dân chủ ở cơ sở."), "item")
    _check_special(item, special)


def _check_special(item, special):
    if special is None:
        return
    if not special.is_special or (special.sphere, special.number) != (item.sphere, item.number):
        raise Refused(_("Quy định riêng này không dành cho mục đã chọn."), "special")


@transaction.atomic
def renew_content(
    content: Content,
    *,
    by: Acting,
    decided_on: date,
    changed: str,
    document: str = "",
    file: BinaryIO | None = None,
    file_name: str = "",
    masks: Masks | None = None,
) -> Content:
    """Write down a new version: what changed is disclosed again, and owed from its day on. Refused
    by field; Denied without the right.
    """
    CONTENT_LIFE.require(by, "renew", content)
    content = CONTENT_LIFE.hold(content, "renew", "unit")
    last = content.versions.select_related("obligation").order_by("-number").first()
    with all_refusals() as rule:
        with rule():
            changed = line_of(changed, "changed", LONGEST_CHANGE, _("Hãy ghi điều đã thay đổi."))
        with rule():
            document = line_of(document, "document", LONGEST_DOCUMENT)
        with rule():
            check_day(decided_on, last.decided_on, "decided_on")
    paper, paper_name = file_of(file, file_name, by, masks)
    last.replaced_on = decided_on
    last.save(update_fields=["replaced_on"])
    _excuse(last, _("Đã có bản thay thế."), decided_on)
    add_version(
        content,
        by=by,
        number=last.number + 1,
        decided_on=decided_on,
        document=document,
        changed=changed,
        paper=paper,
        paper_name=paper_name,
    )
    move_on(content, CONTENT_LIFE, "renew", decided_on=decided_on)
    record(by, "disclosure.renewed", content, unit=content.unit_id, number=last.number + 1)
    return content


@transaction.atomic
def specialise_content(content: Content, *, by: Acting, special: Item | None) -> Content:
    """Put a content under the days, forms and places of a special law, or (None) back under the
    general ones, before it is disclosed. Refused by field; Denied without the right.
    """
    CONTENT_LIFE.require(by, "specialise", content)
    content = CONTENT_LIFE.hold(content, "specialise", "item", "unit")
    _check_special(content.item, special)
    if special is not None and not Item.objects.on(content.decided_on).filter(pk=special.pk):
        raise Refused(_("Quy định riêng này không áp dụng vào ngày ban hành."), "special")
    content.special = special
    content.save(update_fields=["special"])
    version = content.versions.select_related("obligation__rule").order_by("-number").first()
    _owe_anew(content, version)
    record(by, "disclosure.specialised", content, unit=content.unit_id)
    return content


def _owe_anew(content, version):
    """The duty of the version by the rule of its terms, where that is another one."""
    key = content.terms.publish_rule
    if version.obligation and version.obligation.rule.key == key:
        return
    _excuse(version, _("Áp dụng thời hạn của quy định riêng."), version.decided_on)
    version.obligation = owe_version(content, version.decided_on)
    version.save(update_fields=["obligation"])


@transaction.atomic
def withdraw_content(content: Content, *, by: Acting, reason: str) -> Content:
    """Take back a content that was written by mistake and never disclosed. Refused by field; Denied
    without the right.
    """
    CONTENT_LIFE.require(by, "withdraw", content)
    content = CONTENT_LIFE.hold(content, "withdraw", "unit")
    reason = reason_of(reason)
    for version in content.versions.select_related("obligation"):
        _excuse(version, reason, None)
    move_on(content, CONTENT_LIFE, "withdraw", reason=reason)
    record(by, "disclosure.withdrawn", content, unit=content.unit_id, reason=reason)
    return content


def _excuse(version: Version, reason: str, on: date | None) -> None:
    """The duty of a version that need not be done any more."""
    if version.obligation:
        excuse_unless_closed(version.obligation, by=LAW, reason=reason, on=on)
