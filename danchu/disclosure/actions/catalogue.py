"""A row of the catalogue is changed from a day on, where a text of the law was read again."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.disclosure.lives import ITEM_LIFE, Form, PlaceKind
from danchu.disclosure.models import Item
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, show_day
from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.subjects.texts import line_of, reason_of


@transaction.atomic
def amend_item(
    item: Item,
    *,
    by: Acting,
    since: date,
    owed_forms: Iterable[str],
    owed_places: Iterable[str],
    posting_rule: str = "",
    article: str = "",
    is_permanent: bool = False,
    reason: str,
) -> Item:
    """End a row of the catalogue and put another one in its place from `since` on; what was judged
    by the earlier row stays as it was judged. Refused by field; Denied without the right.
    """
    ITEM_LIFE.require(by, "amend", item)
    item = ITEM_LIFE.hold(item, "amend")
    if not isinstance(since, date) or since <= item.since:
        raise Refused(_("Ngày phải sau %s.") % show_day(item.since), "since")
    forms = [form for form in Form.values if form in set(owed_forms)]
    places = [kind for kind in PlaceKind.values if kind in set(owed_places)]
    if posting_rule:
        book().rule(posting_rule, since)  # Refused, naming the key, where there is none
    reason = reason_of(reason)
    article = line_of(article, "article", 120) or item.article
    item.until = since
    item.save(update_fields=["until"])
    amended = Item.objects.create(
        key=item.key,
        sphere=item.sphere,
        number=item.number,
        vi=item.vi,
        en=item.en,
        text=item.text,
        article=article,
        since=since,
        mark="operator",
        forms=forms,
        places=places,
        publish_rule=item.publish_rule,
        posting_rule=posting_rule,
        spoken_rule=item.spoken_rule,
        is_permanent=bool(is_permanent),
        is_special=item.is_special,
        made_by=by.key,
        made_at=now(),
    )
    record(by, "disclosure_item.amended", amended, key=item.key, reason=reason)
    return amended
