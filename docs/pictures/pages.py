"""The pages of the demo, and the papers, of which the manual has pictures."""

from typing import NamedTuple

CLERK, FRONT = "congchuc@hoankiem.example", "mattran@hoankiem.example"
HANDLER = "tiepdan@hoankiem.example"
OPERATOR = "quantri@demo.example"
BOARD = "thanhtra@hoankiem.example"
CHAIR, OFFICER = "chutich@hoankiem.example", "bcd@hanoi.example"
PERIOD = "unit=01@2023-12-12&since=2021-01-01&last=2023-12-12&map=2023-12-12"
WARD = "/units/?q=hoan+kiem"
FIRST_UNIT = "main ol.rows a, main .columns a, main table a"
FIRST_ROW = "main tbody a"


class Page(NamedTuple):
    """An address, who is logged in there ("" for nobody), and the links to follow from it in turn,
    as selectors.
    """

    address: str
    who: str = ""
    links: tuple[str, ...] = ()


# Of these a reader of English has a picture too, `<name>-en`.
BILINGUAL = {
    "front": Page("/"),
    "unit": Page(WARD, links=(FIRST_UNIT,)),
    "report": Page("/report/ha-noi-2023/"),
    "desk": Page("/desk/", CLERK),
}
FIGURES = {
    "figure": Page(f"/figures/supervisions_217/?{PERIOD}"),
    "figures": Page("/figures/"),
    "compare": Page("/compare/"),
    "search": Page("/search/?q=hoan+kiem"),
    "report-seal": Page("/report/ha-noi-2023/", OFFICER),
    "tables": Page("/tables/?unit=00070@2026-11-01"),
}
REGISTER = {
    "login": Page("/accounts/login/"),
    "form": Page("/desk/records/new/?kind=supervision_217", FRONT),
    "records": Page("/desk/records/", CHAIR),
    "statement": Page("/desk/statements/new/", CLERK),
    "import": Page("/desk/imports/", CLERK),
}
KNOW = {
    "disclosures": Page("/disclosures/"),
    "disclosure": Page("/disclosures/?q=dieu+chuyen+xe", links=(FIRST_ROW,)),
    "disclosure-desk": Page("/desk/disclosures/?q=dieu+chuyen+xe", CLERK, (FIRST_ROW,)),
    "disclosure-plan": Page("/desk/disclosure-plans/", CLERK, (FIRST_ROW,)),
    "reminders": Page("/desk/reminders/", CLERK),
    "contest": Page("/desk/contests/?q=dieu+chuyen+xe", CLERK, (FIRST_ROW,)),
    "information": Page("/desk/information-requests/", CLERK, (FIRST_ROW,)),
}
DISCUSS = {
    "consultation": Page("/consultations/?q=mo+rong+duong", links=(FIRST_ROW,)),
    "consultation-desk": Page("/desk/consultations/?q=mo+rong+duong", CLERK, (FIRST_ROW,)),
    "opinions": Page("/desk/opinions/", CLERK),
    "opinion": Page("/desk/opinions/", CLERK, (FIRST_ROW,)),
    "summary": Page("/consultations/?q=dat+ten", links=(FIRST_ROW,)),
}
DECIDE = {
    "households": Page("/desk/households/", CLERK),
    "meeting": Page("/desk/decisions/?q=lat+lai+san", CLERK, (FIRST_ROW,)),
    "ballot": Page("/desk/decisions/?q=ke+vach+cho", CLERK, (FIRST_ROW,)),
    "decision": Page("/decisions/?q=lich+truc+don+tre", links=(FIRST_ROW,)),
    "decision-desk": Page("/desk/decisions/?q=lich+truc+don+tre", CLERK, (FIRST_ROW,)),
    "online-vote": Page("/decisions/?q=tong+ve+sinh", links=(FIRST_ROW,)),
    "head-election": Page("/desk/head-elections/?q=so+3", CLERK, (FIRST_ROW,)),
    "convention": Page("/conventions/?q=so+2", links=(FIRST_ROW,)),
    "village-conference": Page("/desk/village-conferences/?q=so+5", CLERK, (FIRST_ROW,)),
}
PETITIONS = {
    "petitions": Page("/petitions/?unit=01@2026-03-16"),
    "petition-send": Page("/petitions/send/"),
    "petition-fault": Page("/petitions/send/fault/"),
    "petition-list": Page("/desk/petitions/", HANDLER),
    "petition-file": Page("/desk/petitions/?nature=complaint", HANDLER, (FIRST_ROW,)),
    "reception": Page("/desk/reception/", HANDLER),
}
BOARDS = {
    "round": Page("/desk/rounds/new/", BOARD),
    "project": Page("/projects/", links=(FIRST_ROW,)),
}
LAW = {
    "law-rules": Page("/desk/law/", OPERATOR),
    "law-rule": Page("/desk/law/complaint.accept/", OPERATOR),
    "law-form": Page("/desk/law/complaint.resolve/new/", OPERATOR),
    "law-calendar": Page("/desk/law/calendar/2026/", OPERATOR),
    "law-escalations": Page("/desk/law/escalations/", OPERATOR),
}
CONFERENCES = {
    "conferences": Page("/conferences/", links=(FIRST_ROW,)),
    "conference": Page("/desk/conferences/", OFFICER, (FIRST_ROW,)),
    "conference-delegates": Page(
        "/desk/conferences/", OFFICER, (FIRST_ROW, "main a[href$='/delegates/']")
    ),
    "conference-presence": Page(
        "/desk/conferences/", OFFICER, (FIRST_ROW, "main a[href$='/presence/']")
    ),
    "conference-form": Page("/desk/conferences/new/", OFFICER),
    "polls": Page("/desk/polls/", OFFICER),
    "commitments": Page("/commitments/?unit=01@2026-03-16"),
    "minutes": Page("/desk/minutes/?state=approved&q=doi+thoai", CLERK, (FIRST_ROW,)),
    "minutes-edit": Page(
        "/desk/minutes/?state=drafted", CLERK, (FIRST_ROW, ".page-actions a.primary")
    ),
}
PAGES = {
    **BILINGUAL,
    **{
        f"{name}-en": page._replace(address=f"/en{page.address}")
        for name, page in BILINGUAL.items()
    },
    **FIGURES,
    **REGISTER,
    **KNOW,
    **DISCUSS,
    **DECIDE,
    **PETITIONS,
    **BOARDS,
    **LAW,
    **CONFERENCES,
}
# The first sheet of each, as it is printed; the last link is that of the PDF.
PAPERS = {
    "paper-notice": Page(
        "/desk/decisions/?q=lap+muoi+den", CLERK, (FIRST_ROW, "a[href$='notice.pdf']")
    ),
    "paper-ballot": Page(
        "/desk/decisions/?q=ke+vach+cho", CLERK, (FIRST_ROW, "a[href$='ballots.pdf']")
    ),
    "paper-minutes": Page(
        "/desk/decisions/?q=lich+truc+don+tre", CLERK, (FIRST_ROW, "a[href$='minutes.pdf']")
    ),
}
