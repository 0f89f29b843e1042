"""danchu account create | appoint | end | delegate | lock | unlock | reset-factor | token |
revoke-token | list
"""

import getpass
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.kernel.days import parse_day, show_day, today
from danchu.kernel.refusals import Denied, Refused
from danchu.people import actions
from danchu.people.actor import Actor
from danchu.people.models import Account, Holding, OfficeKind, Token
from danchu.units.find import unit_from
from danchu.units.names import name_of


class Command(BaseCommand):
    help = "Tài khoản và chức trách: tạo, giao, kết thúc, ủy quyền, khóa, liệt kê."

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True)
        create = acts.add_parser(
            "create", help="tạo tài khoản; mật khẩu hỏi ở bàn phím hoặc đọc từ đầu vào"
        )
        create.add_argument("email")
        create.add_argument("name")
        create.add_argument(
            "--no-password", action="store_true", help="đặt mật khẩu sau, hoặc đăng nhập một lần"
        )
        for act, text in [("appoint", "giao chức trách"), ("end", "kết thúc chức trách")]:
            parser_of_act = acts.add_parser(act, help=text)
            parser_of_act.add_argument("email")
            parser_of_act.add_argument("office")
            parser_of_act.add_argument("unit", help="số của đơn vị, hoặc MÃ@NGÀY như 01@2023-12-12")
            if act == "appoint":
                parser_of_act.add_argument("--since", type=parse_day, help="mặc định: hôm nay")
                parser_of_act.add_argument(
                    "--deputy-of", metavar="EMAIL", help="làm thay người này"
                )
            parser_of_act.add_argument(
                "--until", type=parse_day, required=act == "end", help="ngày đầu tiên không còn giữ"
            )
        lend = acts.add_parser("delegate", help="ghi một ủy quyền đã có văn bản")
        for name in ["email", "office", "unit", "to", "verb", "kind"]:
            lend.add_argument(name)
        lend.add_argument("--since", type=parse_day, help="mặc định: hôm nay")
        lend.add_argument(
            "--until", type=parse_day, required=True, help="ngày đầu tiên không còn hiệu lực"
        )
        lend.add_argument("--reason", required=True, help="số văn bản ủy quyền")
        for act, text in [
            ("lock", "khóa tài khoản"),
            ("unlock", "mở khóa"),
            ("reset-factor", "gỡ xác thực hai lớp khi mất thiết bị"),
        ]:
            parser_of_act = acts.add_parser(act, help=text)
            parser_of_act.add_argument("email")
            parser_of_act.add_argument("--reason", required=True)
        token = acts.add_parser(
            "token", help="cấp mã cho phần mềm gọi API thay tài khoản; mã hiện một lần"
        )
        token.add_argument("email")
        token.add_argument("--name", required=True, help="tên phần mềm")
        token.add_argument(
            "--until",
            type=parse_day,
            required=True,
            help="ngày đầu tiên không còn dùng được, trong một năm",
        )
        revoke = acts.add_parser("revoke-token", help="hủy mã của phần mềm")
        revoke.add_argument("email")
        revoke.add_argument("--name", required=True)
        revoke.add_argument("--reason", required=True)
        acts.add_parser("list", help="liệt kê tài khoản và chức trách hiện có")

    def handle(self, *, act, **options):
        by = Actor.system("dòng lệnh")
        try:
            getattr(self, f"_{act.replace('-', '_')}")(by, options)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        except Denied as denial:
            raise CommandError(denial.message or _("Không có quyền.")) from None

    def _create(self, by, options):
        password = None if options["no_password"] else _password()
        account = actions.create_account(
            by=by, email=options["email"], name=options["name"], password=password
        )
        self.stdout.write(
            _("Đã tạo tài khoản %(id)s: %(email)s") % {"id": account.pk, "email": account.email}
        )

    def _appoint(self, by, options):
        account = _account(options["email"])
        office = _office(options["office"])
        unit = unit_from(options["unit"])
        since = options["since"] or today()
        principal = None
        if options["deputy_of"]:
            principal = _holding_of(_account(options["deputy_of"]), office, unit)
        actions.appoint(
            account,
            by=by,
            office_kind=office,
            unit=unit,
            since=since,
            until=options["until"],
            deputy_of=principal,
        )
        values = {
            "name": account.name,
            "office": office.name_vi,
            "unit": name_of(unit.pk, since),
            "day": show_day(since),
        }
        self.stdout.write(_("Đã giao: %(name)s, %(office)s, %(unit)s, từ ngày %(day)s") % values)

    def _end(self, by, options):
        holding = _holding_of(
            _account(options["email"]), _office(options["office"]), unit_from(options["unit"])
        )
        actions.end_holding(holding, by=by, until=options["until"])
        self.stdout.write(_("Đã kết thúc từ ngày %(day)s") % {"day": show_day(options["until"])})

    def _delegate(self, by, options):
        holding = _holding_of(
            _account(options["email"]), _office(options["office"]), unit_from(options["unit"])
        )
        delegation = actions.delegate_right(
            holding,
            by=by,
            to=_account(options["to"]),
            verb=options["verb"],
            kind=options["kind"],
            since=options["since"] or today(),
            until=options["until"],
            reason=options["reason"],
        )
        self.stdout.write(_("Đã ghi ủy quyền cho %(name)s.") % {"name": delegation.to.name})

    def _lock(self, by, options):
        actions.deactivate_account(_account(options["email"]), by=by, reason=options["reason"])
        self.stdout.write(_("Đã khóa tài khoản."))

    def _unlock(self, by, options):
        actions.reactivate_account(_account(options["email"]), by=by, reason=options["reason"])
        self.stdout.write(_("Đã mở khóa tài khoản."))

    def _reset_factor(self, by, options):
        actions.remove_second_factor(_account(options["email"]), by=by, reason=options["reason"])
        self.stdout.write(_("Đã gỡ xác thực hai lớp; người dùng cần bật lại."))

    def _token(self, by, options):
        _token, secret = actions.issue_token(
            _account(options["email"]), by=by, name=options["name"], until=options["until"]
        )
        self.stdout.write(secret)

    def _revoke_token(self, by, options):
        tokens = Token.objects.filter(
            account=_account(options["email"]), name=options["name"], revoked_at=None
        )
        if not tokens:
            raise Refused(_("Không có mã “%(name)s” còn hiệu lực.") % {"name": options["name"]})
        for token in tokens:
            actions.revoke_token(token, by=by, reason=options["reason"])
        self.stdout.write(_("Đã hủy mã."))

    def _list(self, by, options):
        day = today()
        offices_by_account = {}
        for holding in (
            Holding.objects.on(day).select_related("office_kind").order_by("since", "pk")
        ):
            offices_by_account.setdefault(holding.account_id, []).append(
                f"{holding.office_kind_id}@{holding.unit_id} ({name_of(holding.unit_id, day)})"
            )
        for account in Account.objects.order_by("email"):
            state = "" if account.is_active else _(" [đã khóa]")
            offices = "; ".join(offices_by_account.get(account.pk, ["–"]))
            self.stdout.write(f"{account.email}\t{account.name}{state}\t{offices}")


def _account(email):
    try:
        return Account.objects.get_by_natural_key(email)
    except Account.DoesNotExist:
        raise Refused(_("Không có tài khoản “%(email)s”.") % {"email": email}) from None


def _office(key):
    try:
        return OfficeKind.objects.get(pk=key)
    except OfficeKind.DoesNotExist:
        known_keys = ", ".join(OfficeKind.objects.order_by("key").values_list("key", flat=True))
        raise Refused(
            _("Không có chức trách “%(key)s”. Có: %(known)s") % {"key": key, "known": known_keys}
        ) from None


def _holding_of(account, office, unit):
    holding = (
        Holding.objects.filter(account=account, office_kind=office, unit=unit)
        .order_by("-since")
        .first()
    )
    if holding is None:
        raise Refused(
            _("%(name)s không giữ chức trách này tại đơn vị này.") % {"name": account.name}
        )
    return holding


def _password():
    """Typed twice at a terminal, or one line of standard input. Never an argument: other users of
    the machine can read those.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass(_("Mật khẩu: "))
    if first != getpass.getpass(_("Nhập lại: ")):
        raise Refused(_("Hai lần nhập mật khẩu không giống nhau."))
    return first
