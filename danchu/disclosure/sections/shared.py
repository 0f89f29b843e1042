"""What the lists of contents at the desk and in public share."""

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.disclosure.judging import gaps_of, lines_of, places_of, standings_of
from danchu.disclosure.lives import Form
from danchu.disclosure.models import Content
from danchu.disclosure.quarters import MONTHS
from danchu.disclosure.words import words_of_gap
from danchu.kernel.days import show_day, today
from danchu.law.book import book
from danchu.law.rule import amount_words
from danchu.subjects.listing import Column

ITEM_WORD = gettext_lazy("Mục")
ITEM_CHOICES = [(str(number), format_lazy("{} {}", ITEM_WORD, number)) for number in range(1, 15)]


def more_of(rows):
    """{key of a content: what its line tells beside its fields}: the due day of its latest version
    and how many things are missing.
    """
    missing = gaps_of(rows, today())
    return {row.pk: {"due_on": due_of(row), "gaps": len(missing.get(row.pk, ()))} for row in rows}


def due_of(content):
    """The due day of the latest version; None where no rule was in force."""
    versions = sorted(content.versions.all(), key=lambda version: version.number)
    obligation = versions[-1].obligation if versions else None
    return obligation and obligation.due_on


def gap_words(line):
    """How many things are missing, in words; "" for none."""
    number = line.more.get("gaps", 0)
    return _("thiếu %s việc") % number if number else ""


def item_words(line):
    """The number and name of the item."""
    item = line.row.item
    return f"{item.number}. {item.name}" if item.number else item.name


def forms_of(line):
    """The forms in which the content was posted, each once."""
    postings = line.row.postings.all()
    return "; ".join(dict.fromkeys(str(one.get_form_display()) for one in postings))


def document_of(line):
    """The number of the document of the latest version."""
    versions = sorted(line.row.versions.all(), key=lambda version: version.number)
    return versions[-1].document if versions else ""


def quarter_of(line):
    """The quarter of the year in which the content was first disclosed, from 1; "" before."""
    day = line.row.disclosed_on
    return (day.month - 1) // MONTHS + 1 if day else ""


def year_of(line):
    """The year in which the content was first disclosed; "" before."""
    day = line.row.disclosed_on
    return day.year if day else ""


# What table I of the reports of provinces asks for beside what the list shows: in its files.
TABLE_I = (
    Column("forms", gettext_lazy("Hình thức"), forms_of, on_page=False),
    Column("document", gettext_lazy("Số, ký hiệu văn bản"), document_of, on_page=False),
    Column("quarter", gettext_lazy("Quý công khai"), quarter_of, on_page=False),
    Column("year", gettext_lazy("Năm công khai"), year_of, on_page=False),
)


def facts_of(content, *, is_public):
    """The context of the page of a content: its versions, how each need stands, its postings and
    what is missing. Witnesses and signed sheets are for the desk only.
    """
    names = {
        place.pk: place.name for place in places_of([content.unit_id]).get(content.unit_id, ())
    }
    versions = sorted(content.versions.all(), key=lambda version: -version.number)
    missing = gaps_of([content], today()).get(content.pk, [])
    numbers = {version.pk: version.number for version in versions}
    postings = sorted(content.postings.all(), key=lambda one: (one.since, one.pk), reverse=True)
    return {
        "versions": versions,
        "standings": standings_of(content, today()),
        "missing": [words_of_gap(gap, names) for gap in missing],
        "postings": [(one, numbers[one.version_id]) for one in postings],
        "terms": content.terms,
        "rules": rules_of(content),
        "due_on": due_of(content),
        "contests": sorted(content.contests.all(), key=lambda one: -one.pk),
        "may_contest": any(one.form == Form.POSTING for one in postings),
        "is_public": is_public,
    }


def rules_of(content):
    """The forms that the law owes, those that the plan adds, and the rules of their days, each as
    the law book has it.
    """
    line = lines_of([content]).get(content.origin_uid)
    return {
        "forms": [Form(form).label for form in content.terms.forms],
        "planned": [
            Form(form).label
            for form in (line.forms if line else ())
            if form not in content.terms.forms
        ],
        "rules": words_of_rules(content.terms, content.decided_on),
    }


def words_of_rules(item, day):
    """(name, amount, source) of each rule of days of an item, as in force on the day."""
    law = book()
    keys = (item.publish_rule, item.posting_rule, item.spoken_rule)
    rules = [law.rule_if_any(key, day) for key in keys if key]
    return [(rule.name, amount_words(rule), rule.source) for rule in rules if rule is not None]


def placed(content: Content):
    """The unit and day that place a content."""
    return content.unit_id, content.decided_on


def choice_of_posting(posting):
    """What a posting is called among those that may be taken down."""
    place = posting.place.name if posting.place else posting.where
    return f"{posting.get_form_display()} · {place} · {_('từ')} {show_day(posting.since)}"
