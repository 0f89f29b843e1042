"""B01–B08 are what a slow oracle counts by hand over a year that chance made."""

import random
from datetime import date, timedelta

import pytest

from danchu.disclosure import actions
from danchu.disclosure.actions.requests import Asker
from danchu.disclosure.models import Content, Contest, InformationRequest, Posting, Version
from danchu.figures.answer import figure
from danchu.figures.catalogue import indicator
from danchu.kernel.days import Period
from danchu.people.actor import Actor

LAST = date(2026, 7, 1)
PERIOD = Period(date(2026, 1, 1), LAST)
KEYS = ("commune.2", "commune.4", "commune.7", "commune.14")
FORMS = {
    "Trụ sở": "posting",
    "Nhà văn hóa Tổ 5": "posting",
    "Trang phường": "portal",
    "Loa phường": "loudspeaker",
}


@pytest.fixture
def year(ward, begin, post, clock, system, item):
    """Contents with any postings whatever, contests of every end, requests of every end."""
    chance = random.Random(8)
    for number in range(24):
        decided = date(2026, 1, 5) + timedelta(chance.randrange(60))
        clock.set("2026-07-01")
        content = begin(chance.choice(KEYS), title=f"Việc {number}", decided_on=decided)
        for place, form in FORMS.items():
            if chance.random() < 0.5:
                since = decided + timedelta(chance.randrange(12))
                until = since + timedelta(chance.choice([3, 29, 31, 40]))
                post(content, place, since, until if chance.random() < 0.8 else None, form=form)
        if chance.random() < 0.3:
            actions.renew_content(
                content, by=system, decided_on=decided + timedelta(30), changed="Sửa"
            )
    for number, posting in enumerate(Posting.objects.filter(form="posting").order_by("pk")):
        if number % 2:
            _contest(posting, number % 4, clock, system)
    for number in range(9):
        clock.set(f"2026-06-{number + 1:02}")
        request, _secret = actions.ask_information(
            by=Actor.public(), unit=ward.here, question="Quỹ", asker=Asker("An")
        )
        clock.set(f"2026-06-{number + 1 + number * 2:02}")
        if number % 3 == 1:
            actions.refuse_request(request, by=system, ground="secret", answer="Mật")
        elif number % 3 == 2:
            actions.answer_request(request, by=system, answer="Gửi")
    clock.set("2026-07-02")
    return ward.here


def _contest(posting, kind, clock, system):
    clock.set("2026-07-01")
    if kind == 3:
        clock.set("2026-06-01")
    contest = actions.contest_posting(
        posting.content, by=Actor.public(), posting=posting, seen_on=posting.since, text="Không có"
    )
    if kind == 1 and posting.pk % 2:
        actions.uphold_contest(contest, by=system, answer="Rơi")
    elif kind == 1:
        actions.dismiss_contest(contest, by=system, answer="Có ảnh")
    clock.set("2026-07-01")
    actions.lapse_contests(by=system)


def in_period(day):
    return day is not None and PERIOD.since <= day < PERIOD.until


def oracle():
    """{key: value} counted row by row in Python."""
    against = {c.posting_id for c in Contest.objects.all() if c.state in ("upheld", "unanswered")}
    contents = [c for c in Content.objects.all() if c.state != "withdrawn"]
    postings = list(Posting.objects.select_related("content__item", "version"))
    counts = {"disclosures": 0, "disclosure_postings": 0}
    for content in contents:
        days = [p.since for p in postings if p.content_id == content.pk]
        if days and in_period(min(days)):
            counts["disclosures"] += 1
            key = f"disclosures.{content.item.number}"
            counts[key] = counts.get(key, 0) + 1
    for posting in postings:
        if in_period(posting.since):
            counts["disclosure_postings"] += 1
            key = f"disclosure_postings.{posting.form}"
            counts[key] = counts.get(key, 0) + 1
    due = in_time = ever = 0
    for version in Version.objects.select_related("content__item", "obligation"):
        due_on = version.obligation.due_on
        if not in_period(due_on) or (version.replaced_on and version.replaced_on <= due_on):
            continue
        due += 1
        owed = [
            p
            for p in postings
            if p.version_id == version.pk and p.form in version.content.item.forms
        ]
        in_time += any(p.since <= due_on for p in owed)
        ever += any(p.pk not in against for p in owed)
    ended = [
        p
        for p in postings
        if p.form == "posting"
        and p.needed > 0
        and in_period(p.until)
        and p.pk not in against
        and not (p.version.replaced_on and p.until >= p.version.replaced_on)
    ]
    requests = list(InformationRequest.objects.select_related("obligation"))
    given = [r for r in requests if r.state == "answered" and in_period(r.answered_on)]
    return counts | {
        "disclosures_due": due,
        "disclosures_in_time": in_time,
        "disclosures_ever": ever,
        "postings_ended": len(ended),
        "postings_long_enough": sum((p.until - p.since).days >= p.needed for p in ended),
        "contests": sum(in_period(c.received_on) for c in Contest.objects.all()),
        "contests.against": sum(
            in_period(c.received_on) and c.posting_id in against for c in Contest.objects.all()
        ),
        "information_requests": sum(in_period(r.received_on) for r in requests),
        "information_in_time": sum(r.answered_on <= r.obligation.due_on for r in given),
    }


def test_each_figure_of_family_b_is_what_the_oracle_counts(year):
    values = oracle()
    counted = {key: figure(indicator(key), year.pk, PERIOD, LAST).value for key in values}
    assert counted == values
    plain = {key for key in values if "." not in key}
    assert all(values[key] for key in plain - {"contests"}), values
    assert values["disclosures_in_time"] < values["disclosures_due"]
    assert 0 < values["information_in_time"] < values["information_requests"]
    for rate, over, under in (
        ("disclosures_in_time_rate", "disclosures_in_time", "disclosures_due"),
        ("postings_long_enough_rate", "postings_long_enough", "postings_ended"),
        ("disclosures_ever_rate", "disclosures_ever", "disclosures_due"),
    ):
        share = figure(indicator(rate), year.pk, PERIOD, LAST).value
        assert share * values[under] == values[over] * 100
