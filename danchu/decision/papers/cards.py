"""The cards with which households vote on line: one page for each, handed over in person."""

from danchu.decision.models import RollEntry
from danchu.decision.online_codes import secret_of
from danchu.decision.papers.sheets import paper_of
from danchu.papers.official import Line, Official, official_pages

CARDS = "cards"


def cards_file(decision, vote, address):
    """The bytes of a PDF with a card for each household of the frozen roll. The code alone lets
    nobody vote: the name and the address of the roll are asked for too.
    """
    notice = paper_of(decision, vote, "notice")
    entries = RollEntry.objects.filter(vote=vote).select_related("household")
    return official_pages(
        [
            Official(
                "Thẻ biểu quyết trực tuyến",
                notice.issuer,
                notice.place,
                vote.noticed_on,
                "",
                lines=(
                    _fact("Việc", decision.title),
                    _fact("Hộ số", entry.household.number),
                    _fact("Mã của hộ", secret_of(vote, entry)),
                    _fact("Nơi biểu quyết", address),
                    Line.of(
                        "Người đại diện hộ mở địa chỉ trên, ghi số hộ, mã này, họ tên và địa chỉ "
                        "thường trú. Mỗi hộ một phiếu, trước hạn đổi được. Không đưa mã cho ai."
                    ),
                ),
                signers=notice.signers,
            )
            for entry in entries.order_by("household__number", "pk")
        ]
    )


def _fact(word, text):
    return Line(((f"{word}: ", "strong"), (str(text), "")))
