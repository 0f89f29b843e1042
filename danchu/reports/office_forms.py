"""The forms of reports: of those that offices write, and of files."""

from dataclasses import replace

from django.http import Http404
from django.utils.translation import gettext as _

from danchu.kernel.actor import Acting
from danchu.kernel.addresses import uid_in
from danchu.kernel.days import Period, day_of
from danchu.kernel.refusals import Refused
from danchu.reports.draft_text import Block, blocks_of
from danchu.reports.models import OfficeReport
from danchu.reports.template import Form, Reference, days_of, form_of_rows, read_form

# The fields of a report that its official paper shows beside the text.
PAPER = ("issuer", "number", "place", "signer", "recipients")


def form_named(name: str, actor: Acting) -> Form:
    """The Form of a report in a file, by its name, or of one that an office wrote, by its uid.
    Refused, on "name", where there is none; Http404 for one that the actor may not see.
    """
    uid = uid_in(name)
    if uid is None:
        return read_form(name)
    report = OfficeReport.objects.visible_to(actor).filter(uid=uid).first()
    if report is None:
        raise Http404
    return form_of(report)


def titles_of(report: OfficeReport) -> list[str]:
    """The titles that were typed for the report, in each language."""
    return [title for title in (report.title, report.english_title) if title]


def form_of(report: OfficeReport) -> Form:
    """The Form of a report that an office writes, its name being the uid. Refused by the field
    (`text`, `english`) that cannot be read.
    """
    form = form_of_texts(
        report.name,
        report.unit_id,
        Period(report.since, report.until),
        report.map_day,
        {"vi": report.title, "en": report.english_title or report.title},
        {"text": report.text, "english": report.english},
    )
    paper = {name: getattr(report, name) for name in PAPER}
    if report.seal:
        paper["on"] = day_of(report.seal.sealed_at).isoformat()
    return replace(form, paper=paper)


def form_of_texts(name, unit_id, period, map_day, titles, texts) -> Form:
    """The Form of these texts, `texts` being {"text": Vietnamese, "english": English or ""}.
    Refused as `form_of`.
    """
    vietnamese = blocks_of(texts["text"], "text")
    english = blocks_of(texts["english"], "english") if texts["english"].strip() else vietnamese
    if [_shape(block) for block in vietnamese] != [_shape(block) for block in english]:
        raise Refused(
            _(
                "Bản tiếng Anh phải có cùng các mục, đoạn, bảng theo cùng thứ tự như bản tiếng "
                "Việt: %(vi)s khối, bản tiếng Anh có %(en)s."
            )
            % {"vi": len(vietnamese), "en": len(english)},
            "english",
        )
    rows = {
        "unit": unit_id,
        "since": f"{period.since}",
        "until": f"{period.until}",
        "map": f"{map_day}",
        "title": titles,
        "block": [_both(one, other) for one, other in zip(vietnamese, english, strict=True)],
    }
    form = form_of_rows(name, "", rows)
    for reference in _references(form):
        try:
            days_of(reference, form.period)
        except Refused as refusal:
            raise Refused(refusal.message, "text") from None
    return form


def _shape(block: Block) -> tuple:
    """What a block and its translation have in common."""
    return tuple(block.get(name) for name in ("kind", "keys", "level", "compare"))


def _both(vietnamese: Block, english: Block) -> Block:
    """The block with its text in both languages, as files have it."""
    return {**vietnamese, "vi": vietnamese["text"], "en": english["text"]}


def _references(form: Form) -> list[Reference]:
    texts = [block["text"].values() for block in form.blocks if block["kind"] == "paragraph"]
    return [
        piece for both in texts for text in both for piece in text if isinstance(piece, Reference)
    ]
