"""Texts to begin an answer from, and the documents of every step under the law of its day."""

import io
from datetime import date

import pytest
from docx import Document as WordFile

from danchu.casework.actions import drop_answer_text, keep_answer_text
from danchu.casework.models import AnswerText, Step
from danchu.casework.moves import ACTS as STEPS
from danchu.casework.moves import PETITION_LIFE
from danchu.casework.papers.letter_file import letter_file
from danchu.casework.papers.letters import letter_of, template_for, templates
from danchu.casework.queries.answer_texts import ACTS, chosen_text, product_texts, texts_at
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from tests.casework.conftest import PERSON
from tests.casework.test_life import WAYS, walked


def test_a_text_is_offered_at_its_place_and_below_and_filled_for_each_petition(
    registered, country, at, system
):
    clerk, above, beside_him = (
        at("petition_officer"),
        at("committee_chair", "province"),
        at("petition_officer", "next_door"),
    )
    own = keep_answer_text(
        by=clerk,
        unit=country.here,
        act="answer",
        title="Đã dọn",
        text="Đơn {code}: {title} – đã dọn {khác}",
        nature="feedback",
    )
    keep_answer_text(
        by=above, unit=country.province, act="answer", title="Của thành phố", text="Chung"
    )
    it, beside = registered("feedback"), registered("feedback", unit=country.next_door)
    assert [one.title for one in texts_at(country.here.pk)][:2] == ["Của thành phố", "Đã dọn"]
    assert [one.title for one in texts_at(country.next_door.pk)][:1] == ["Của thành phố"]
    assert chosen_text(str(own.pk), it, "answer") == f"Đơn {it.code}: {it.title} – đã dọn {{khác}}"
    assert [
        chosen_text(str(own.pk), *asked)
        for asked in ((beside, "answer"), (it, "refuse"), (registered("complaint"), "answer"))
    ] == ["", "", ""]
    with pytest.raises(Denied):
        drop_answer_text(own, by=beside_him)
    drop_answer_text(own, by=clerk)
    assert chosen_text(str(own.pk), it, "answer") == ""
    for by in (beside_him, at("inspectorate_chief"), Actor.public()):
        with pytest.raises(Denied):
            keep_answer_text(by=by, unit=country.here, act="answer", title="a", text="b")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"act": "burn"}, "act"),
        ({"title": " "}, "title"),
        ({"title": "a" * 121}, "title"),
        ({"text": ""}, "text"),
        ({"text": "a" * 20_001}, "text"),
        ({"nature": "x"}, "act"),
    ],
)
def test_a_text_that_cannot_be_is_refused_by_field(law, system, country, more, field):
    with pytest.raises(Refused) as refusal:
        keep_answer_text(
            **{
                "by": system,
                "unit": country.here,
                "act": "answer",
                "title": "a",
                "text": "b",
                **more,
            }
        )
    assert refusal.value.field == field and not AnswerText.objects.exists()


def test_the_texts_of_the_product_fit_acts_that_their_natures_have():
    assert product_texts() and all(
        one.act in ACTS and any(PETITION_LIFE.of_act(one.act, nature))
        for one in product_texts()
        for nature in one.natures
    )


@pytest.mark.parametrize("on", [date(2026, 6, 30), date(2026, 7, 1)])
def test_every_step_of_every_nature_has_one_document_of_the_law_of_its_day(registered, on):
    for nature in WAYS:
        it = registered(nature)
        for act in ("register", *(act for act in STEPS if any(PETITION_LIFE.of_act(act, nature)))):
            fitting = [
                one
                for one in templates()
                if act in one["acts"]
                and nature in one["natures"]
                and one["since"] <= on
                and (one.get("until") is None or on < one["until"])
            ]
            assert len(fitting) == 1, (nature, act)
            made = letter_of(
                it,
                Step(
                    petition=it,
                    number=1,
                    act=act,
                    on=on,
                    state="received",
                    unit=it.unit,
                    text="Lời ở bước này",
                ),
            )
            told = " ".join(made.body)
            assert it.code in told and "{" not in told and PERSON["name"] not in told, (
                nature,
                act,
                told,
            )


def test_a_document_names_the_form_and_the_text_in_force_on_its_day(registered, system):
    it = registered("complaint")
    before, after = (
        template_for(it, Step(act="register", on=day))
        for day in (date(2026, 6, 30), date(2026, 7, 1))
    )
    assert (
        (before["form"], after["form"]) == ("", "Mẫu 02/TCD")
        and "04/2021" in before["text"]
        and "154/2026" in after["text"]
    )
    before, after = (
        template_for(it, Step(act="accept", on=day))["text"]
        for day in (date(2026, 6, 30), date(2026, 7, 1))
    )
    assert "155/2026" not in before and "155/2026" in after


@pytest.mark.parametrize(("act", "on"), [("turn", date(2026, 3, 2)), ("accept", date(2012, 6, 30))])
def test_a_step_that_no_law_gives_a_document_has_none(registered, act, on):
    step = Step(act=act, on=on)
    petition = registered("complaint")
    assert template_for(petition, step) is None and letter_of(petition, step) is None


@pytest.mark.parametrize("nature", WAYS)
def test_the_documents_of_a_whole_life_open_as_word_and_pdf(registered, system, nature):
    it = walked(registered(nature, title="Việc <b>&</b> “ngoặc”"), WAYS[nature]["closed"], system)
    for step in it.steps.all():
        made = letter_of(it, step)
        word = WordFile(io.BytesIO(letter_file(made, "docx")))
        assert it.code in "\n".join(
            [p.text for p in word.paragraphs]
            + [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        )
        assert letter_file(made, "pdf").startswith(b"%PDF-")
