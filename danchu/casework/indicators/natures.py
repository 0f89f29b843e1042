"""Breakdowns of petitions and visits by nature."""

from django.utils.translation import gettext_noop as _

from danchu.casework.natures import Nature

NATURES = {
    n: (_(vi), en)
    for n, vi, en in (
        (Nature.COMPLAINT, "– khiếu nại", "– complaints"),
        (Nature.DENUNCIATION, "– tố cáo", "– denunciations"),
        (Nature.FEEDBACK, "– kiến nghị, phản ánh", "– feedback"),
    )
}


def by_nature(flow):
    """The breakdowns of a flow, one for each nature."""
    return [flow.only(str(n.value), vi, en, nature=n.value) for n, (vi, en) in NATURES.items()]
