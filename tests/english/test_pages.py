"""English pages hold no Vietnamese beside names and what people wrote; the switch needs no
script.
"""

import re
from datetime import date
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.urls import translate_url
from django.utils import timezone, translation

from danchu.config import messages
from danchu.law.loading import load_law
from danchu.law.models import LegalText
from danchu.look.foreign import MARK
from danchu.people.actions import appoint, create_account
from danchu.people.actor import Actor
from danchu.people.loading import load_office_kinds
from danchu.people.models import OfficeKind
from danchu.register.models import Event
from danchu.units.find import unit_from
from danchu.units.models import Standing
from danchu.units.spelling import PREFIXES
from tests.markup import tight
from tests.sizes import long, part
from tests.units.conftest import _loaded, country  # noqa: F401

BETWEEN_TAGS = re.compile("[<>]")
VIETNAMESE = re.compile(r"[^\s<>\"=]*[À-ÖØ-öø-ỹ][^<>\"=]*")
UID, TITLE = UUID(int=7), "Giám sát thu chi quỹ"
PUBLIC = (
    "/",
    "/figures/",
    "/figures/supervisions_217/?unit=01@2023-12-12&since=2023-01-01&until=2024-01-01&map=2023-12-12",
    "/figures/pib_resolution_rate/",
    "/figures/par_index/",
    "/figures/reception_visitors/",
    "/compare/",
    "/report/",
    "/report/ha-noi-2023/",
    "/report/tp-hcm-2023/",
    "/recommendations/",
    "/law/",
    "/law/complaint.accept/?event=25/06/2026",
    "/law/zzz/",
    "/units/",
    "/units/?on=2023-12-12&q=hoan",
    "/search/?q=hoan+kiem",
    "/search/?q=khong-co-gi-ca",
    "/style/",
    f"/records/{UID}/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/join/",
    "/accounts/join/BCFG/",
    "/accounts/recover/",
    "/no-such-page/",
    "/figures/no-such-figure/",
    "/figures/opinions/?since=hom-nay",
)
DESK = (
    "/desk/",
    "/desk/figures/",
    "/desk/records/",
    "/desk/records/?q=x",
    "/desk/records/new/",
    "/desk/statements/",
    "/desk/statements/new/",
    "/desk/obligations/",
    "/desk/obligations/new/",
    "/desk/recommendations/",
    "/desk/recommendations/new/",
    "/desk/imports/",
    "/desk/people/",
    "/desk/account-invitations/",
    "/desk/account-invitations/new/",
    "/desk/rights/",
    "/desk/rights/?verb=confirm&kind=dialogue&unit=x",
    "/desk/setup/",
    f"/desk/records/{UID}/",
    f"/desk/records/{UID}/correct/",
    "/accounts/2fa/",
    "/accounts/password/change/",
    *(
        f"/desk/records/new/?kind={kind}"
        for kind in ("critique", "conference", "petition", "document")
    ),
)


@pytest.fixture
def written(law_loaded, country, settings):
    """A record, and an operator who may see everything; the second factor is relaxed as in a
    demo.
    """
    settings.DEMO = True
    by = Actor.system("test")
    load_office_kinds(by=by)
    load_law(by=by)
    unit = unit_from("00004@2023-12-12")
    Event.objects.create(
        uid=UID,
        reference="GS-1",
        kind="supervision_217",
        form="delegation",
        held_on=date(2023, 5, 1),
        unit=unit,
        state="confirmed",
        title=TITLE,
        recorded_by="test",
        recorded_at=timezone.now(),
        participants=1204,
    )
    Event.objects.create(
        uid=uuid4(),
        reference="GS-2",
        kind="supervision_217",
        held_on=date(2023, 5, 2),
        unit=unit,
        title=TITLE,
        recorded_by="test",
        recorded_at=timezone.now(),
    )
    account = create_account(
        by=by, email="op@example.vn", name="Operator", password="mot-cau-dai-de-nho"
    )
    nation = Standing.objects.on(date(2026, 1, 1)).get(unit__level="nation").unit
    appoint(
        account,
        by=by,
        office_kind=OfficeKind.objects.get(key="operator"),
        unit=nation,
        since=date(2025, 7, 1),
    )
    return account


@pytest.fixture(scope="module")
def names():
    """What stays Vietnamese in English, longest first: filled at the first page."""
    return []


def allowed(names):
    if not names:
        units = set(Standing.objects.values_list("name", flat=True))
        units |= {re.sub(f"^({'|'.join(PREFIXES)}) ", "", name) for name in units}
        [path] = messages.catalogues()
        with open(path, "rb") as file:
            said = {
                string
                for message in messages.read_po(file)
                if isinstance(string := message.string, str) and VIETNAMESE.search(string)
            }
        names += sorted(
            units
            | {s for s in said if "%(" not in s}
            | set(LegalText.objects.values_list("en", flat=True))
            | {TITLE, "Dân Chủ", "Tiếng Việt"},
            key=len,
            reverse=True,
        )
        names[:] = [name for name in names if VIETNAMESE.search(name)]
    return names


def left_over(page, names):
    """The pieces of a page in Vietnamese that are no name."""
    # What the page marks as Vietnamese by its letters is looked at as if it were not marked.
    page = re.sub(rf"<span{MARK}>(.*?)</span>", r"\1", page).replace(MARK, "")
    text = re.sub(
        r'(?s)<div class="print-head".*?</div>\s*</div>', "", page
    )  # an official head, Vietnamese in any language
    text = re.sub(
        r"(?s)<(svg|script)\b.*?</\1>|<[^>]* lang=\"vi\"[^>]*>[^<]*",
        lambda m: m.group() if "<title" in m.group() else "",
        text,
    )
    text = re.sub(r"\bpoint đ\b", "", unescape(text))  # the name of a point
    # Thousands of names are looked for in those pieces only that hold Vietnamese.
    text = "\n".join(piece for piece in BETWEEN_TAGS.split(text) if VIETNAMESE.search(piece))
    for name in allowed(names) if text else ():
        if name in text:
            text = text.replace(name, "")
    return [found.group().strip()[:80] for found in VIETNAMESE.finditer(text)]


@long
@pytest.mark.parametrize("path", part([*PUBLIC, *DESK], 2, "english"))
def test_an_english_page_is_in_english(client, written, names, path):
    if path in DESK:
        client.force_login(written)
    answer = client.get("/en" + path)
    page = answer.content.decode()
    assert answer.status_code in (200, 400, 404), path
    assert '<html lang="en"' in page
    assert left_over(page, names) == []


def test_a_refusal_at_the_desk_is_told_in_english(client, written, names):
    client.force_login(written)
    typed = {
        "uid": str(uuid4()),
        "held_on": "31/02/2023",
        "unit": "khong co",
        "title": "",
        "participants": "12,567",
    }
    page = client.post("/en/desk/records/new/?kind=supervision_217", typed).content.decode()
    assert "There is no day “31/02/2023” in the calendar" in page
    assert left_over(page, names) == []


@pytest.mark.parametrize(
    "path", ["/", "/figures/opinions/?unit=1&since=2023-01-01", "/desk/records/?q=x"]
)
def test_each_page_links_to_itself_in_the_other_language(client, written, path):
    client.force_login(written)
    page = client.get(path).content.decode()
    there = re.search(r'<a href="([^"]+)" lang="en"', tight(page)).group(1)
    assert unescape(there) == "/en" + path
    page = tight(client.get(unescape(there)).content.decode())
    back = re.search(r'<a href="([^"]+)" lang="vi"', page).group(1)
    assert unescape(back) == path
    with translation.override("en"):
        assert translate_url("/en" + path, "vi") == path
