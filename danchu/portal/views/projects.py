"""Investment projects that the community supervises: what their owners disclosed, what was
found, asked and answered.
"""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from danchu.inspection.models import Capital, Finding, Item, Project, Recommendation
from danchu.inspection.moves import PUBLIC
from danchu.kernel.days import today
from danchu.look.pages import page
from danchu.look.paging import page_by_key
from danchu.units.named import units_counted_at
from danchu.units.names import name_of, names_of


def projects(request):
    """All of them, the newest first; of a unit and all below it, of a source of money, running
    or over.
    """
    rows, place = (
        Project.objects.select_related("disclosure", "board").prefetch_related("board__standings"),
        request.GET.get("unit", "").strip(),
    )
    if place:
        rows = rows.filter(unit__in=units_counted_at(place))
    if request.GET.get("capital", "") in Capital.values:
        rows = rows.filter(capital=request.GET["capital"])
    if request.GET.get("state") == "running":
        rows = rows.running_on(today())
    elif request.GET.get("state") == "over":
        rows = rows.filter(ended_on__lte=today())
    found = page_by_key(request, rows, ("begun_on", "name"))
    names = names_of({(it.unit_id, it.begun_on) for it in found.rows})
    return page(
        request,
        "portal/projects.html",
        found=found,
        asked=request.GET,
        capitals=Capital.choices,
        day=today(),
        rows=[{"it": it, "where": names[it.unit_id, it.begun_on]} for it in found.rows],
    )


def project(request, uid):
    """One project: its facts, what was and was not disclosed, violations that were recommended,
    recommendations with their answers.
    """
    found = get_object_or_404(
        Project.objects.select_related("board", "disclosure", "notice"), uid=uid
    )
    disclosed = list(found.disclosures.order_by("disclosed_on", "pk"))
    told = {one.item for one in disclosed}
    return page(
        request,
        "portal/project.html",
        it=found,
        where=name_of(found.unit_id, found.begun_on),
        board=found.board and found.board.name_on(today()),
        disclosed=disclosed,
        missing=[Item(item).label for item in found.items if item not in told],
        day=today(),
        findings=list(
            Finding.objects.counted()
            .filter(project=found, is_recommended=True)
            .order_by("-found_on", "-pk")[:100]
        ),
        recommendations=list(
            Recommendation.objects.filter(project=found, state__in=PUBLIC)
            .select_related("obligation")
            .order_by("-received_on", "-pk")[:100]
        ),
        suspension=_("đề nghị đình chỉ"),
    )
