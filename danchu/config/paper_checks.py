"""The check of published files: those that may still tell who made them are named."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.models import ItemPaper
from danchu.config.checks import Trouble, check
from danchu.config.published_papers import published_papers
from danchu.kernel.numbers import show_number
from danchu.minutes.models import CommitmentPaper
from danchu.papers.clean_marks import not_known_clean

MOST_NAMED = 5


@check("published-papers", gettext_lazy("Tệp công khai"), database=True)
def published_papers_tell_no_author():
    papers = not_known_clean(published_papers())
    number = papers.count()
    if not number:
        return
    proofs = CommitmentPaper.objects.filter(is_public=True, paper__in=papers.values("pk"))
    documents = ItemPaper.objects.filter(paper__in=papers.values("pk"))
    names = [
        *(f"{row.commitment.code}: {row.name}" for row in proofs.select_related("commitment")),
        *(
            f"{row.item.conference.title}: {row.name}"
            for row in documents.select_related("item__conference")
        ),
    ]
    yield Trouble(
        _(
            "%(number)s tệp công khai được nhận trước khi tệp được làm sạch lúc nhận, và còn (hoặc "
            "có thể còn) thông tin về người soạn; các tệp này không được gửi ra ngoài: %(names)s"
        )
        % {
            "number": show_number(number),
            "names": "; ".join(names[:MOST_NAMED]) + ("; …" if len(names) > MOST_NAMED else ""),
        },
        _(
            "Gửi lại bản đã làm sạch ở trang cam kết hoặc trang hội nghị (tệp cũ giữ nguyên làm "
            "chứng cứ, chỉ cán bộ đọc được); rồi chạy: danchu bootstrap"
        ),
    )
