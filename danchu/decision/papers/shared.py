"""What the papers of a vote share: a line of facts, the matter, who signs."""

from django.utils import translation

from danchu.decision.models.decisions import FORM_WORDS
from danchu.decision.rules.items import item_words
from danchu.papers.official import Line

DOTS = "…………………………"
HEAD_SIGNS = f"TRƯỞNG THÔN (TỔ TRƯỞNG)\n\n\n\n{DOTS}"
FRONT_SIGNS = f"TRƯỞNG BAN CÔNG TÁC MẶT TRẬN\n\n\n\n{DOTS}"
HOUSEHOLDS_SIGN = f"ĐẠI DIỆN HAI HỘ GIA ĐÌNH\n\n\n\n{DOTS}"


def fact(word, text):
    return Line(((f"{word}: ", "strong"), (str(text), "")))


def matter_lines(decision):
    with translation.override("vi"):
        return [
            fact("Việc", decision.title),
            fact("Điều 15 Luật Thực hiện dân chủ ở cơ sở", item_words(decision.item)),
            *(Line.of(text) for text in decision.content.splitlines() if text.strip()),
        ]


def form_words(vote):
    with translation.override("vi"):
        return str(FORM_WORDS[vote.form])
