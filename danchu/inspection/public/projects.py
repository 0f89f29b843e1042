"""Investment projects under community supervision: disclosures of their owners, findings and
recommendations.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from danchu.inspection.models import Capital, Finding, Item, Project, Recommendation
from danchu.inspection.moves import PUBLIC
from danchu.kernel.days import show_day, today
from danchu.subjects.columns import PLACE
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Link, Record, Section
from danchu.subjects.verbs import CHECK

STATES = {
    "running": lambda rows: rows.running_on(today()),
    "over": lambda rows: rows.filter(Q(ended_on__lte=today())),
}


def disclosure_text(line):
    """The state of the disclosures, with the day of the last one or the due day."""
    project = line.row
    if project.disclosed_on:
        words = _("đủ %s") % show_day(project.disclosed_on)
        return f"{words}, {_('muộn')}" if project.disclosure.state == "late" else words
    if project.ended_on:
        return _("không đủ")
    return _("hạn %s") % show_day(project.disclosure.due_on) if project.disclosure else ""


def _is_overdue(project):
    return bool(project.disclosure) and project.disclosure.due_on < today()


def _warning(line):
    """The warning under the state of disclosure; "" where all is in order."""
    project = line.row
    if project.disclosed_on or project.ended_on:
        return ""
    if project.disclosure is None:
        return _("chưa đủ")
    return _("Quá hạn") if _is_overdue(project) else ""


def facts(project, actor):
    """The context of the page: disclosed and missing items, public findings and recommendations."""
    disclosed = list(project.disclosures.order_by("disclosed_on", "pk"))
    disclosed_items = {disclosure.item for disclosure in disclosed}
    findings = Finding.objects.counted().filter(project=project, is_recommended=True)
    recommendations = Recommendation.objects.filter(project=project, state__in=PUBLIC)
    return {
        "board": project.board and project.board.name_on(today()),
        "disclosed": disclosed,
        "missing": [Item(item).label for item in project.items if item not in disclosed_items],
        "findings": list(findings.order_by("-found_on", "-pk")),
        "recommendations": list(
            recommendations.select_related("obligation").order_by("-received_on", "-pk")
        ),
        "suspension": _("đề nghị đình chỉ"),
    }


LISTING = Listing(
    name="projects",
    title=_("Dự án do cộng đồng giám sát"),
    lead=_(
        "Chủ đầu tư đã công khai những gì, Ban Giám sát đầu tư của cộng đồng phát hiện, kiến nghị "
        "gì và được trả lời ra sao."
    ),
    rows=lambda actor: Project.objects.select_related("disclosure"),
    placed=lambda project: (project.unit_id, project.begun_on),
    sorted_by="-begun_on",
    columns=(
        Column(
            "name",
            pgettext_lazy("list", "Dự án"),
            sort="name",
            links=True,
            under=lambda line: f"{line.where} · {line.row.owner}",
        ),
        Column("begun_on", _("Khởi công"), sort="begun_on"),
        Column("budget", _("Tổng mức (đồng)"), lambda line: int(line.row.budget), is_number=True),
        Column("disclosure", _("Công khai"), disclosure_text, under=_warning),
        PLACE,
        Column("owner", _("Chủ đầu tư"), on_page=False),
        Column(
            "capital", _("Nguồn vốn"), lambda line: line.row.get_capital_display(), on_page=False
        ),
        Column("ended_on", _("Ngày kết thúc"), on_page=False),
    ),
    filters={
        "unit": Place(by_number=True),
        "capital": Choice(Capital.choices, _("Nguồn vốn"), "capital"),
        "state": Choice(
            [("running", _("Đang thực hiện")), ("over", _("Đã kết thúc"))],
            _("Trạng thái"),
            conditions=STATES,
        ),
        "since": Since("begun_on", label=_("Khởi công từ ngày")),
        "last": Last("begun_on"),
        "q": Words("name"),
    },
    file_name="du-an",
    empty=_("Chưa có dự án nào."),
    advice=_("Dự án được cộng đồng giám sát sẽ hiện ở đây cùng những gì chủ đầu tư công khai."),
)

PUBLIC_PROJECTS = Section(
    one="project",
    verb=CHECK,
    listing=LISTING,
    above=("projects", pgettext_lazy("list", "Dự án")),
    links=(Link("recommendations", _("Kiến nghị của Ban Thanh tra nhân dân")),),
    record=Record(
        template="inspection/public_project.html",
        rows=lambda actor: Project.objects.select_related("board", "disclosure", "notice"),
        title=lambda project: project.name,
        state=lambda project: project.get_capital_display(),
        facts=facts,
    ),
)
