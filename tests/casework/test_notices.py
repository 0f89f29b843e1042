"""Notices: whom they reach, that where they went is forgotten, that one that fails is tried
again and then given up.
"""

import pytest
from django.core.management import call_command

from danchu.kernel.refusals import Denied
from danchu.notices import actions, sending
from danchu.notices.actions import MOST_TRIES, see_notices, send_waiting, tell_holders, tell_person
from danchu.notices.adapters import NotSent
from danchu.notices.models import Notice
from danchu.people.actor import Actor


class Broken:
    def send(self, channel, target, letter):
        raise NotSent("hỏng")


def test_a_notice_reaches_who_holds_the_right_there_or_above(country, at, system):
    there, above, beside = (
        at("inspectorate_chief"),
        at("inspectorate_chief", "province"),
        at("inspectorate_chief", "next_door"),
    )
    assert tell_holders("confirm", "denouncer", country.here, "Có đề nghị", by=system) == 2
    assert {notice.account_id for notice in Notice.objects.all()} == {
        there.account_id,
        above.account_id,
    }
    assert (see_notices(by=there), see_notices(by=there), see_notices(by=beside)) == (1, 0, 0)
    with pytest.raises(Denied):
        see_notices(by=Actor.public())


def test_where_a_notice_went_is_forgotten_once_it_is_sent(system, caplog):
    tell_person("email", "man@vidu.vn", "Đơn PA-1: Đã trả lời", by=system)
    assert (
        tell_person("email", "", "x", by=system) is None
        and tell_person("desk", "a", "x", by=system) is None
    )
    assert send_waiting(by=system) == (1, 0)
    assert (Notice.objects.get().state, Notice.objects.get().target) == ("sent", "")
    assert "man@" not in caplog.text and "Đã trả lời" in caplog.text
    for by in (Actor.public(),):
        with pytest.raises(Denied):
            tell_person("email", "a@b.vn", "x", by=by)
        with pytest.raises(Denied):
            tell_holders("view", "report", None, "x", by=by)
        with pytest.raises(Denied):
            send_waiting(by=by)


def test_one_that_fails_is_tried_again_and_then_given_up(system, settings):
    settings.NOTICE_ADAPTERS = {"sms": f"{__name__}.Broken"}
    tell_person("sms", "0912345678", "x", by=system)
    for _ in range(MOST_TRIES - 1):
        assert send_waiting(by=system) == (0, 1)
    assert Notice.objects.get().target == "0912345678"
    send_waiting(by=system)
    assert (Notice.objects.get().state, Notice.objects.get().target) == ("failed", "")
    assert send_waiting(by=system) == (0, 0)


class FailsForOne:
    def send(self, _channel, target, _letter):
        if target == "hong@vidu.vn":
            raise NotSent("hỏng")


def test_one_bad_address_does_not_keep_those_after_it_from_being_sent_in_the_same_run(
    system, settings, monkeypatch, capsys
):
    settings.NOTICE_ADAPTERS = {**settings.NOTICE_ADAPTERS, "email": f"{__name__}.FailsForOne"}
    for module in (actions, sending):
        monkeypatch.setattr(module, "BATCH", 2)
    for name in ("hong", "a", "b", "c", "d"):
        tell_person("email", f"{name}@vidu.vn", "Đơn PA-0001: đã nhận", by=system)
    call_command("notices")
    assert "Đã gửi 4, chưa gửi được 1." in capsys.readouterr().out
    assert list(Notice.objects.filter(state="waiting").values_list("target", "tries")) == [
        ("hong@vidu.vn", 1)
    ]
