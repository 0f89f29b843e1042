"""The checks of what surrounds the doors: proxies, letters, keys, what the database server logs."""

import ipaddress
import os
import time
from contextlib import suppress
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.conf import global_settings, settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.config.checks import Trouble, check, public_hosts
from danchu.config.environment import levels_by_act
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.people.actor import VERBS
from danchu.people.factor_key import SECRETS, decrypt
from danchu.people.models import SecretFingerprint
from danchu.people.secret_key import fingerprint

NOTED_DAYS = 7
# What the database server must not write into its log: {name: values that are safe}. In a failed
# statement stands what people typed.
QUIET = {
    "log_min_error_statement": {"fatal", "panic"},
    "log_parameter_max_length_on_error": {"0"},
    "log_error_verbosity": {"terse"},
    "log_statement": {"none", "ddl"},
    "log_min_duration_statement": {"-1"},
    "log_min_duration_sample": {"-1"},
    "log_transaction_sample_rate": {"0"},
    "debug_print_parse": {"off"},
    "debug_print_rewritten": {"off"},
    "debug_print_plan": {"off"},
    "auto_explain.log_min_duration": {"-1"},  # only where the library is loaded
    "pgaudit.log": {"none"},
}


@check("proxies", gettext_lazy("Máy chủ trung gian"))
def proxies_are_counted():
    """Behind a proxy without DANCHU_PROXIES all visitors share one address and its limits."""
    if settings.SECURE and public_hosts() and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        yield Trouble(
            _(
                "Chạy sau máy chủ HTTPS mà DANCHU_PROXIES chưa đặt: mọi người truy cập chung một "
                "địa chỉ, nên chung một giới hạn gửi đơn và đăng nhập."
            ),
            _("Đặt DANCHU_PROXIES là số máy chủ trung gian, thường là 1 (docs/operate.md)."),
        )
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT and not settings.SECURE and not _listens_here():
        yield Trouble(
            _(
                "DANCHU_PROXIES đã đặt nhưng sản phẩm nghe thẳng từ mạng: ai cũng tự đặt được địa "
                "chỉ của mình."
            ),
            _("Bỏ DANCHU_PROXIES, hoặc đặt DANCHU_BIND=127.0.0.1 sau máy chủ trung gian."),
        )


@check("proxies-seen", gettext_lazy("Số máy chủ trung gian đã thấy"))
def proxies_are_there():
    """What a request lately showed (people/askers.py): fewer proxies than DANCHU_PROXIES says."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    with suppress(OSError, ValueError):
        path = settings.PROXIES_SEEN
        setting, number = map(int, path.read_text(encoding="ascii").split())
        is_fresh = time.time() - path.stat().st_mtime < NOTED_DAYS * 86_400
        if setting == proxies and is_fresh:
            yield Trouble(
                _(
                    "DANCHU_PROXIES là %(proxies)s nhưng yêu cầu chỉ qua %(number)s máy chủ trung "
                    "gian: người truy cập chung một giới hạn, và ai cũng tự đặt được địa chỉ của "
                    "mình."
                )
                % {"proxies": proxies, "number": number},
                _("Đặt DANCHU_PROXIES=%s rồi khởi động lại (docs/operate.md).") % number,
            )


def _listens_here():
    try:
        return ipaddress.ip_address(settings.BIND).is_loopback
    except ValueError:
        return settings.BIND in ("localhost", "")


@check("mail", gettext_lazy("Thư của tài khoản"))
def letters_are_sent():
    if settings.DEMO or settings.DEBUG or settings.TESTING:
        return
    if settings.EMAIL_BACKEND == "danchu.config.quiet.NoMail":
        yield Trouble(
            _(
                "Chưa có máy chủ thư: đường dẫn đặt lại mật khẩu không tới được ai (và không được "
                "in vào nhật ký)."
            ),
            _("Đặt DANCHU_EMAIL_SERVER và DANCHU_EMAIL_FROM (docs/operate.md)."),
        )
    elif settings.DEFAULT_FROM_EMAIL == global_settings.DEFAULT_FROM_EMAIL:
        yield Trouble(
            _("Thư mang người gửi %s: nhiều máy chủ thư từ chối.") % settings.DEFAULT_FROM_EMAIL,
            _("Đặt DANCHU_EMAIL_FROM (docs/operate.md)."),
        )


@check("identity", gettext_lazy("Đăng nhập một lần"))
def identity_provider_is_declared():
    for app in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        server = urlsplit(app["settings"]["server_url"])
        if server.scheme != "https" and server.hostname not in ("127.0.0.1", "localhost", "::1"):
            yield Trouble(
                _("Địa chỉ đăng nhập một lần không dùng https: ai nghe được mạng thì giả được."),
                _("Sửa DANCHU_OIDC_SERVER (docs/operate.md)."),
            )
        if not app["client_id"] or not app["secret"]:
            yield Trouble(
                _("Đăng nhập một lần chưa có mã và khóa của hệ thống này ở nhà cung cấp."),
                _("Đặt DANCHU_OIDC_CLIENT, DANCHU_OIDC_SECRET (docs/operate.md)."),
            )


@check("identity-acts", gettext_lazy("Mức định danh theo việc"))
def levels_of_acts_are_known():
    text = os.environ.get("DANCHU_OIDC_ACT_LEVELS", "")
    if text and not os.environ.get("DANCHU_OIDC_SERVER"):
        yield Trouble(
            _("Có việc cần mức định danh mà chưa có đăng nhập một lần: mức ấy không được hỏi."),
            _("Đặt DANCHU_OIDC_SERVER, hoặc bỏ DANCHU_OIDC_ACT_LEVELS (docs/operate.md)."),
        )
    for verb, levels in levels_by_act(text).items():
        if verb == "view" or verb not in VERBS:
            yield Trouble(
                _("DANCHU_OIDC_ACT_LEVELS nêu việc không có: “%s”.") % verb,
                _("Các việc: %s.") % ", ".join(verb for verb in VERBS if verb != "view"),
            )
        elif not levels:
            yield Trouble(
                _("DANCHU_OIDC_ACT_LEVELS không nêu mức nào cho “%s”: không ai làm được.") % verb,
                _("Ghi như seal=2, hoặc seal=1+2 khi mức nào cũng được."),
            )


@check("secret-key", gettext_lazy("Khóa bí mật của bản cài đặt"), database=True)
def every_machine_has_one_key():
    row = SecretFingerprint.objects.first()
    if row is not None and row.digest != fingerprint():
        yield Trouble(
            _(
                "Khóa bí mật của máy này khác khóa đã lập bản cài đặt: giấy mời, mã phòng, thẻ mã "
                "của hộ đã in, mã bí mật đã báo lại, đường dẫn theo dõi qua thư, phiên đăng nhập "
                "không dùng được ở đây."
            ),
            _(
                "Đặt DANCHU_SECRET_KEY như máy đầu tiên. Đã mất khóa cũ: danchu bootstrap "
                "--new-secret-key, rồi in lại giấy mời, thẻ mã của hộ."
            ),
        )


@check("factors", gettext_lazy("Khóa của xác thực hai lớp"), database=True)
def second_factors_can_be_read():
    number = 0
    for data in Authenticator.objects.values_list("data", flat=True):
        try:
            for name in SECRETS:
                decrypt(data.get(name, ""))
        except Refused:
            number += 1
    if number:
        yield Trouble(
            _("Máy này không đọc được xác thực hai lớp của %(n)s tài khoản.")
            % {"n": show_number(number)},
            _(
                "Chép DANCHU_VAULT/factor.keys từ máy cũ; mất hẳn thì gỡ xác thực hai lớp của từng "
                "tài khoản rồi bật lại."
            ),
        )


@check("server-log", gettext_lazy("Nhật ký của máy chủ cơ sở dữ liệu"), database=True)
def server_logs_no_statements():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s) ORDER BY name",
            [list(QUIET)],
        )
        loud = [(name, value) for name, value in cursor.fetchall() if value not in QUIET[name]]
    for name, value in loud:
        safe = sorted(QUIET[name])[-1]
        yield Trouble(
            _(
                "%(name)s = %(value)s: máy chủ cơ sở dữ liệu ghi cả câu lệnh, trong đó có họ tên, "
                "địa chỉ của người dân."
            )
            % {"name": name, "value": value},
            f"ALTER SYSTEM SET {name} = '{safe}'; SELECT pg_reload_conf();",
        )
