"""The notice of a refused reception (form 01/TCD) as a paper to sign, in Vietnamese as the legal
form is.
"""

from django.utils import translation

from danchu.casework.papers.letters import fill_holes
from danchu.casework.rules.refusals import reasons, source
from danchu.kernel.days import show_day
from danchu.papers.official import Line, Official, official_file
from danchu.units.models import Body
from danchu.units.names import name_of

BLANK = "……………………"  # filled in by hand: for a denouncer by whoever may open the vault


def notice_of(visit):
    """The notice as an Official paper; None where the law requires none. `sealed` of the visit is
    read: join it.
    """
    reason = reasons().get(visit.refused_for)
    if reason is None or not reason.needs_notice:
        return None
    with translation.override("vi"):
        day = visit.noticed_on or visit.received_on
        template = next(
            row
            for row in source()["notice"]
            if row["since"] <= visit.received_on
            and ("until" not in row or visit.received_on < row["until"])
        )
        place = name_of(visit.unit_id, day) or ""
        committee = (
            Body.objects.on(day)
            .filter(unit=visit.unit_id, kind="peoples_committee")
            .order_by("pk")
            .first()
        )
        issuer = (committee and committee.name_on(day)) or place
        values = {
            "who": f"ông (bà) {visit.name or BLANK}",
            "identity": visit.identity or BLANK,
            "address": visit.address or BLANK,
            "day": show_day(visit.received_on),
            "nature": str(visit.get_nature_display()).lower(),
            "content": visit.content,
            "reason": reason.vi[0].lower() + reason.vi[1:],
            "article": reason.article,
            "body": visit.handled_before,
            "issuer": issuer,
        }
        lines = [
            Line.of(
                f"Căn cứ {', '.join(filter(None, (template['form'], template['text'])))};", "italic"
            )
        ]
        lines += [Line.of(fill_holes(text, values)) for text in template["lines"]]
        return Official(
            "Thông báo về việc từ chối tiếp công dân",
            issuer,
            place,
            day,
            f"{visit.notice_number or '…………'} ({visit.code})",
            tuple(lines),
        )


def notice_file(visit, ending):
    """The bytes of the notice as "docx" or "pdf"; None where the law requires none."""
    paper = notice_of(visit)
    return paper and official_file(paper, ending)
