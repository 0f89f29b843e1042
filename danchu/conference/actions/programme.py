"""The programme is written: sessions and their items, their order, the papers to read before."""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.input.fields import checked_item
from danchu.conference.models import FloorRequest, ItemPaper, Poll, ProgrammeItem, Question
from danchu.conference.rules import LIVING, NO_RIGHT, locked, may_prepare
from danchu.conference.words import ItemKind, ItemState
from danchu.conference.writes import frames
from danchu.journal.actions import record
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require
from danchu.papers.actions import keep_paper
from danchu.papers.names import clean_name

MOST_ITEMS = 200
MOST_PAPERS = 20


@transaction.atomic
def add_item(conference, *, by, title, parent=None, **fields):
    """A line at the end of the programme, or of the session `parent`."""
    require(may_prepare(by, conference), NO_RIGHT)
    found = locked(conference, LIVING)
    kept = checked_item({"title": title, **fields})
    rows = _in_order(found)
    if len(rows) >= MOST_ITEMS:
        raise Refused(_("Một chương trình có tối đa %s mục.") % MOST_ITEMS)
    _check_parent(found, parent, kept.get("kind", ItemKind.REPORT))
    made = ProgrammeItem.objects.create(
        conference=found, parent=parent, position=len(rows) + 1, **kept
    )
    if parent is not None:
        last = max(
            place
            for place, row in enumerate(rows)
            if row.pk == parent.pk or row.parent_id == parent.pk
        )
        _renumber([*rows[: last + 1], made, *rows[last + 1 :]])
    frames.wake(found, "programme")
    record(by, "programme_item.added", made, unit=found.unit_id)
    return made


@transaction.atomic
def edit_item(item, *, by, **fields):
    """Change a line; of one that is over only what it says."""
    require(may_prepare(by, item.conference), NO_RIGHT)
    held = locked(item.conference, LIVING)
    found = held.items.get(pk=item.pk)
    kept = checked_item(fields)
    if (
        "kind" in kept
        and kept["kind"] != found.kind
        and (
            found.state != ItemState.PLANNED
            or ItemKind.SESSION in (kept["kind"], found.kind)
            and (found.parent_id or found.items.exists())
        )
    ):
        raise Refused(_("Mục này đã diễn ra hoặc thuộc một phiên: không đổi loại được."), "kind")
    for name, value in kept.items():
        setattr(found, name, value)
    found.save(update_fields=[*kept] or None)
    frames.wake(held, "programme")
    record(by, "programme_item.edited", found, unit=held.unit_id, fields=sorted(fields))
    return found


@transaction.atomic
def move_item(item, *, by, down):
    """One place up or down among its neighbours; a session takes its items along. Nothing at
    the end of the way.
    """
    require(may_prepare(by, item.conference), NO_RIGHT)
    held = locked(item.conference, LIVING)
    rows = _in_order(held)
    found = next((row for row in rows if row.pk == item.pk), None)
    if found is None:
        raise Refused(_("Mục này không còn trong chương trình."))
    siblings = [row for row in rows if row.parent_id == found.parent_id]
    place = siblings.index(found)
    other = place + (1 if down else -1)
    if 0 <= other < len(siblings):
        siblings[place], siblings[other] = siblings[other], siblings[place]
        _renumber(_woven(rows, found.parent_id, siblings))
        frames.wake(held, "programme")
    record(by, "programme_item.moved", found, unit=held.unit_id, down=bool(down))
    return found


@transaction.atomic
def remove_item(item, *, by):
    """Take a line out that has not begun and that nothing was said or asked about."""
    require(may_prepare(by, item.conference), NO_RIGHT)
    held = locked(item.conference, LIVING)
    found = held.items.filter(pk=item.pk).first()
    if found is None:
        raise Refused(_("Mục này không còn trong chương trình."))
    used = (
        found.state != ItemState.PLANNED
        or found.items.exists()
        or any(of.objects.filter(item=found).exists() for of in (Poll, Question, FloorRequest))
    )
    if used:
        raise Refused(
            _(
                "Mục này đã diễn ra, đang chứa mục khác, hoặc đã có biểu quyết, câu hỏi: "
                "không bỏ được. Có thể “Bỏ qua”."
            )
        )
    record(by, "programme_item.removed", found, unit=held.unit_id)
    ItemPaper.objects.filter(item=found).delete()
    ProgrammeItem.objects.filter(pk=found.pk).delete()
    _renumber(_in_order(held))
    frames.wake(held, "programme")


@transaction.atomic
def add_item_paper(item, file, name, *, by):
    """A document to be read before the item; once, however often it is sent."""
    require(may_prepare(by, item.conference), NO_RIGHT)
    held = locked(item.conference, LIVING)
    if item.papers.count() >= MOST_PAPERS:
        raise Refused(_("Một mục có tối đa %s tài liệu.") % MOST_PAPERS, "file")
    paper = keep_paper(file, name, by=by)
    made, is_new = ItemPaper.objects.get_or_create(
        item=item,
        paper=paper,
        defaults={"name": clean_name(name), "added_by": by.key, "added_at": now()},
    )
    if is_new:
        record(by, "programme_item.paper_added", item, unit=held.unit_id, hash=paper.hash)
    return made


@transaction.atomic
def remove_item_paper(paper, *, by):
    """Take a document off an item."""
    item = paper.item
    require(may_prepare(by, item.conference), NO_RIGHT)
    held = locked(item.conference, LIVING)
    ItemPaper.objects.filter(pk=paper.pk).delete()
    record(by, "programme_item.paper_removed", item, unit=held.unit_id, hash=paper.paper.hash)


def _check_parent(conference, parent, kind):
    if parent is None:
        return
    if parent.conference_id != conference.pk or parent.kind != ItemKind.SESSION or parent.parent_id:
        raise Refused(_("Mục chỉ đặt được vào một phiên của hội nghị này."), "parent")
    if kind == ItemKind.SESSION:
        raise Refused(_("Phiên không đặt vào trong phiên khác."), "kind")


def _in_order(conference):
    return list(ProgrammeItem.objects.filter(conference=conference).order_by("position"))


def _woven(rows, parent, siblings):
    """All rows in order again after the siblings of one parent were put in another order."""

    def block(row):
        return [row, *(one for one in rows if one.parent_id == row.pk)]

    tops = siblings if parent is None else [row for row in rows if row.parent_id is None]
    return [one for top in tops for one in ([top, *siblings] if top.pk == parent else block(top))]


def _renumber(rows):
    for place, row in enumerate(rows, 1):
        row.position = place
    ProgrammeItem.objects.bulk_update(rows, ["position"])
