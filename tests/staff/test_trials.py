"""Messages tried from the set-up page at the desk."""

import pytest

from danchu.kernel.refusals import Denied
from danchu.people.actor import Actor
from danchu.portal.doors import FaultForm
from danchu.staff import actions
from danchu.staff.codes import sms_code
from danchu.staff.models import Installation
from tests.staff.conftest import staff  # noqa: F401
from tests.staff.test_set_up import empty, enrol, keys, operator  # noqa: F401


class Telephones:
    """An adapter of notices that keeps what it is given."""

    messages = []

    def send(self, channel, target, letter):
        self.messages.append((channel, target, letter.text))


def test_a_message_is_tried_by_its_code_and_the_number_is_not_kept(operator, settings):  # noqa: F811
    page = operator.post("/desk/setup/sms/", {"phone": "0912 345 678"})
    assert page.status_code == 400 and "DANCHU_GATEWAY_SMS" in page.content.decode()
    settings.NOTICE_ADAPTERS = {**settings.NOTICE_ADAPTERS, "sms": f"{__name__}.Telephones"}
    for wrong in ("", "không số", "12"):
        page = operator.post("/desk/setup/sms/", {"phone": wrong})
        assert page.status_code == 400 and 'id="id_phone_error"' in page.content.decode()
    assert operator.post("/desk/setup/sms/", {"phone": "+84 912 345 678"}).status_code == 302
    channel, target, text = Telephones.messages[-1]
    code = sms_code(Installation.objects.get().sms_tried_at)
    assert (channel, target) == ("sms", "0912345678") and code in text
    assert "0912345678" not in str(Installation.objects.values().get())
    assert operator.post("/desk/setup/sms-code/", {"sms-code": "BCFGHJ"}).status_code == 400
    assert "sms" in keys()
    assert operator.post("/desk/setup/sms-code/", {"sms-code": code.lower()}).status_code == 302
    assert "sms" not in keys()


def test_only_channels_that_are_set_up_are_offered(empty, settings):  # noqa: F811
    def offered():
        field = FaultForm().fields["notify_by"]
        return [key for key, _word in field.choices if key], field.widget.is_hidden

    settings.DEMO = False
    assert offered() == ([], True)
    adapters = {"email": "danchu.notices.adapters.Email", "zalo": "danchu.notices.adapters.Gateway"}
    settings.NOTICE_ADAPTERS = settings.NOTICE_ADAPTERS | adapters
    assert offered() == (["email"], False)
    settings.NOTICE_GATEWAYS = {"zalo": "https://gateway.example/?to={to}&text={text}"}
    assert offered() == (["email", "zalo"], False)
    settings.EMAIL_BACKEND = "danchu.config.quiet.NoMail"
    assert offered() == (["zalo"], False)
    settings.NOTICE_ADAPTERS = {"sms": "nowhere.Adapter"}
    assert offered() == ([], True)


def test_where_no_messages_are_used_none_are_offered(operator, settings):  # noqa: F811
    settings.NOTICE_ADAPTERS = settings.NOTICE_ADAPTERS | {"sms": f"{__name__}.Telephones"}
    assert "sms" in dict(FaultForm().fields["notify_by"].choices)
    assert operator.post("/desk/setup/sms-none/").status_code == 302
    assert "sms" not in keys()
    assert "sms" not in dict(FaultForm().fields["notify_by"].choices)
    assert "Nơi này không dùng tin nhắn" in operator.get("/desk/setup/").content.decode()


def test_only_who_appoints_everywhere_tries_them(empty):  # noqa: F811
    by = Actor("account:1", "Ai", 1)
    for act in (
        lambda: actions.try_sms(by=by, phone="0912345678"),
        lambda: actions.confirm_sms(by=by, code="x"),
        lambda: actions.leave_sms(by=by),
    ):
        with pytest.raises(Denied):
            act()
