"""The programme: sessions and their items, their order, the documents to read before an item."""

from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.input.fields import clean_item
from danchu.conference.models import (
    Conference,
    FloorRequest,
    ItemPaper,
    Poll,
    ProgrammeItem,
    Question,
)
from danchu.conference.rules import NO_RIGHT, UNFINISHED, lock_conference, may_prepare
from danchu.conference.words import ItemKind, ItemState
from danchu.conference.writes import frames
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require
from danchu.papers.actions import keep_paper
from danchu.papers.names import clean_name

MOST_ITEMS = 200
MOST_PAPERS = 20


@transaction.atomic
def add_item(
    conference: Conference,
    *,
    by: Acting,
    title: str,
    parent: ProgrammeItem | None = None,
    **fields: Any,
) -> ProgrammeItem:
    """Add an item at the end of the programme, or of the session `parent`. `fields` are any others
    of `clean_item`. Refused, on its field, where a value is bad, the parent is no session of the
    conference, or there are MOST_ITEMS already; Denied without the right.
    """
    require(may_prepare(by, conference), NO_RIGHT)
    conference = lock_conference(conference, UNFINISHED)
    values = clean_item({"title": title, **fields})
    rows = _in_order(conference)
    if len(rows) >= MOST_ITEMS:
        raise Refused(_("Một chương trình có tối đa %s mục.") % MOST_ITEMS)
    _check_parent(conference, parent, values.get("kind", ItemKind.REPORT))
    item = ProgrammeItem.objects.create(
        conference=conference, parent=parent, position=len(rows) + 1, **values
    )
    if parent is not None:
        last_place = max(
            place
            for place, row in enumerate(rows)
            if row.pk == parent.pk or row.parent_id == parent.pk
        )
        _renumber([*rows[: last_place + 1], item, *rows[last_place + 1 :]])
    frames.wake(conference, "programme")
    record(by, "programme_item.added", item, unit=conference.unit_id)
    return item


@transaction.atomic
def edit_item(item: ProgrammeItem, *, by: Acting, **fields: Any) -> ProgrammeItem:
    """Change the named `fields` of an item. Refused, on its field, where a value is bad, or the
    kind would change of an item that has begun or belongs to a session; Denied without the right.
    """
    require(may_prepare(by, item.conference), NO_RIGHT)
    conference = lock_conference(item.conference, UNFINISHED)
    item = conference.items.get(pk=item.pk)
    values = clean_item(fields)
    if (
        "kind" in values
        and values["kind"] != item.kind
        and (
            item.state != ItemState.PLANNED
            or ItemKind.SESSION in (values["kind"], item.kind)
            and (item.parent_id or item.items.exists())
        )
    ):
        raise Refused(_("Mục này đã diễn ra hoặc thuộc một phiên: không đổi loại được."), "kind")
    for name, value in values.items():
        setattr(item, name, value)
    item.save(update_fields=[*values] or None)
    frames.wake(conference, "programme")
    record(by, "programme_item.edited", item, unit=conference.unit_id, fields=sorted(fields))
    return item


@transaction.atomic
def move_item(item: ProgrammeItem, *, by: Acting, down: bool) -> ProgrammeItem:
    """Move an item one position up or down within its parent; a session moves with its items. No-op
    at either end. Refused when the item was removed meanwhile; Denied without the right.
    """
    require(may_prepare(by, item.conference), NO_RIGHT)
    conference = lock_conference(item.conference, UNFINISHED)
    rows = _in_order(conference)
    item = next((row for row in rows if row.pk == item.pk), None)
    if item is None:
        raise Refused(_("Mục này không còn trong chương trình."))
    siblings = [row for row in rows if row.parent_id == item.parent_id]
    place = siblings.index(item)
    target = place + (1 if down else -1)
    if 0 <= target < len(siblings):
        siblings[place], siblings[target] = siblings[target], siblings[place]
        _renumber(_reorder(rows, item.parent_id, siblings))
        frames.wake(conference, "programme")
    record(by, "programme_item.moved", item, unit=conference.unit_id, down=bool(down))
    return item


@transaction.atomic
def remove_item(item: ProgrammeItem, *, by: Acting) -> None:
    """Remove an item that has not begun and that no poll, question, request to speak or other item
    refers to; Refused otherwise. Denied without the right.
    """
    require(may_prepare(by, item.conference), NO_RIGHT)
    conference = lock_conference(item.conference, UNFINISHED)
    item = conference.items.filter(pk=item.pk).first()
    if item is None:
        raise Refused(_("Mục này không còn trong chương trình."))
    is_used = (
        item.state != ItemState.PLANNED
        or item.items.exists()
        or any(model.objects.filter(item=item).exists() for model in (Poll, Question, FloorRequest))
    )
    if is_used:
        raise Refused(
            _(
                "Mục này đã diễn ra, đang chứa mục khác, hoặc đã có biểu quyết, câu hỏi: "
                "không bỏ được. Có thể “Bỏ qua”."
            )
        )
    record(by, "programme_item.removed", item, unit=conference.unit_id)
    ItemPaper.objects.filter(item=item).delete()
    ProgrammeItem.objects.filter(pk=item.pk).delete()
    _renumber(_in_order(conference))
    frames.wake(conference, "programme")


@transaction.atomic
def add_item_paper(item: ProgrammeItem, file: BinaryIO, name: str, *, by: Acting) -> ItemPaper:
    """Attach a document to be read before the item, without what says who made it. Idempotent by
    the content of `file`, an open binary file. Refused when it cannot be stored or there are
    MOST_PAPERS already; Denied without the right.
    """
    require(may_prepare(by, item.conference), NO_RIGHT)
    conference = lock_conference(item.conference, UNFINISHED)
    if item.papers.count() >= MOST_PAPERS:
        raise Refused(_("Một mục có tối đa %s tài liệu.") % MOST_PAPERS, "file")
    paper = keep_paper(file, name, by=by, is_anonymous=True)
    item_paper, is_new = ItemPaper.objects.get_or_create(
        item=item,
        paper=paper,
        defaults={"name": clean_name(name), "added_by": by.key, "added_at": now()},
    )
    if is_new:
        record(by, "programme_item.paper_added", item, unit=conference.unit_id, hash=paper.hash)
    return item_paper


@transaction.atomic
def remove_item_paper(paper: ItemPaper, *, by: Acting) -> None:
    """Detach a document from its item; the stored file stays. Denied without the right."""
    item = paper.item
    require(may_prepare(by, item.conference), NO_RIGHT)
    conference = lock_conference(item.conference, UNFINISHED)
    ItemPaper.objects.filter(pk=paper.pk).delete()
    record(by, "programme_item.paper_removed", item, unit=conference.unit_id, hash=paper.paper.hash)


def _check_parent(conference, parent, kind):
    if parent is None:
        return
    if parent.conference_id != conference.pk or parent.kind != ItemKind.SESSION or parent.parent_id:
        raise Refused(_("Mục chỉ đặt được vào một phiên của hội nghị này."), "parent")
    if kind == ItemKind.SESSION:
        raise Refused(_("Phiên không đặt vào trong phiên khác."), "kind")


def _in_order(conference):
    return list(ProgrammeItem.objects.filter(conference=conference).order_by("position"))


def _reorder(all_rows, parent, siblings):
    """All rows in their new order after the children of one parent were reordered."""

    def block(session):
        return [session, *(row for row in all_rows if row.parent_id == session.pk)]

    tops = siblings if parent is None else [row for row in all_rows if row.parent_id is None]
    return [row for top in tops for row in ([top, *siblings] if top.pk == parent else block(top))]


def _renumber(rows):
    for place, row in enumerate(rows, 1):
        row.position = place
    ProgrammeItem.objects.bulk_update(rows, ["position"])
