"""The draft of a poll is validated, also before it is opened; Refused by field."""

from django.utils.translation import gettext as _

from danchu.conference.votes.verdict import QUORUM, THRESHOLDS, rules_to_choose
from danchu.conference.words import Electorate, Franchise, PollKind, Secrecy
from danchu.kernel.days import day_of, now
from danchu.kernel.lines import line_refusals
from danchu.kernel.refusals import Refused, all_refusals
from danchu.kernel.text import clean

LONGEST_TITLE = 300
LONGEST_OPTION = 200
MOST_OPTIONS = 30
FEWEST_SECRET = 3
FIELDS = (
    "title",
    "options",
    "kind",
    "secrecy",
    "franchise",
    "electorate",
    "may_change",
    "publishes_names",
    "quorum_rule",
    "threshold_rule",
    "threshold_option",
    "item",
)
CHOICES = (
    ("kind", PollKind),
    ("secrecy", Secrecy),
    ("franchise", Franchise),
    ("electorate", Electorate),
)


def check_poll(poll):
    """Refused, on its field, where the draft cannot be voted on. Texts are cleaned and `on_roll` is
    set from the other fields.
    """
    poll.title = clean(poll.title)
    poll.options = [clean(option) for option in poll.options]
    poll.on_roll = poll.electorate != Electorate.HALL and poll.franchise != Franchise.ROOMS
    with all_refusals() as rule:
        for check in (_check_title, _check_options, _check_item, _check_secrecy, _check_kind):
            with rule():
                check(poll)
        for name, choices in CHOICES:
            if getattr(poll, name) not in choices.values:
                with rule():
                    raise Refused(_("Không có lựa chọn này. Hãy chọn lại."), name)
        with rule():
            _check_rules(poll)


def _check_title(poll):
    if not 1 <= len(poll.title) <= LONGEST_TITLE:
        raise Refused(
            _("Hãy ghi điều đưa ra biểu quyết, không quá %s ký tự.") % LONGEST_TITLE, "title"
        )


def _check_item(poll):
    if poll.item is not None and poll.item.conference_id != poll.conference_id:
        raise Refused(_("Mục này thuộc hội nghị khác. Hãy chọn mục của hội nghị này."), "item")


def _check_secrecy(poll):
    if poll.secrecy == Secrecy.SECRET and (
        poll.franchise != Franchise.DELEGATES or poll.publishes_names
    ):
        raise Refused(
            _("Bỏ phiếu kín thì từng đại biểu bỏ phiếu và không ghi tên ai. Hãy chọn lại."),
            "secrecy",
        )


def _check_kind(poll):
    if poll.kind == PollKind.BINDING and poll.electorate == Electorate.HALL:
        raise Refused(
            _("Biểu quyết phải tính trên người có mặt hoặc trên mọi người có quyền. Hãy chọn một."),
            "electorate",
        )
    if poll.kind == PollKind.OPINION and (poll.quorum_rule or poll.threshold_rule):
        raise Refused(
            _("Thăm dò ý kiến không có ngưỡng. Hãy bỏ quy tắc, hoặc chọn biểu quyết."),
            "threshold_rule",
        )


def _check_options(poll):
    if not 2 <= len(poll.options) <= MOST_OPTIONS:
        raise Refused(
            _("Hãy ghi từ 2 đến %s lựa chọn, mỗi dòng một lựa chọn.") % MOST_OPTIONS, "options"
        )
    with line_refusals(_("Lựa chọn %(number)s: %(why)s"), "options") as line:
        for number, option in enumerate(poll.options, 1):
            with line(number):
                _check_option(option, poll.options[: number - 1])
    if not 0 <= poll.threshold_option < len(poll.options):
        raise Refused(_("Hãy chọn lựa chọn phải đạt ngưỡng."), "threshold_option")


def _check_option(option, options_before):
    if not 1 <= len(option) <= LONGEST_OPTION:
        raise Refused(_("phải có chữ, không quá %s ký tự.") % LONGEST_OPTION)
    if option in options_before:
        raise Refused(_("trùng với một lựa chọn ở trên."))


def _check_rules(poll):
    starts = {"quorum_rule": QUORUM, "threshold_rule": THRESHOLDS.get(poll.electorate, QUORUM)}
    for name, start in starts.items():
        key = getattr(poll, name)
        if key and key not in dict(rules_to_choose(start, day_of(now()))):
            raise Refused(
                _("Quy tắc này không dùng được cho cách tính phiếu đã chọn. Hãy chọn lại."), name
            )


def refuse_without_voters(poll):
    """Refused where nobody, or too few, could vote in the poll that is being opened."""
    basis = poll.basis
    if poll.on_roll and poll.franchise == Franchise.DELEGATES and not basis["roll"]:
        raise Refused(
            _(
                "Chưa có đại biểu nào được biểu quyết đang có mặt. Hãy điểm danh trước "
                "khi mở biểu quyết."
            )
        )
    if poll.on_roll and poll.secrecy == Secrecy.SECRET and basis["roll"] < FEWEST_SECRET:
        raise Refused(
            _(
                "Bỏ phiếu kín cần ít nhất %s người: ít hơn thì ai cũng suy ra được ai "
                "chọn gì. Hãy biểu quyết công khai."
            )
            % FEWEST_SECRET
        )
    if not basis["entitled"] and (
        basis["quorum"] or basis["threshold"] and poll.electorate == Electorate.ENTITLED
    ):
        raise Refused(
            _(
                "Quy tắc tính trên số người có quyền biểu quyết, mà danh sách chưa có "
                "ai. Hãy lập danh sách đại biểu trước."
            )
        )


def refuse_few_ballots(number: int) -> None:
    """Refused where a secret result of so few ballots names the choice of a voter: who has voted is
    on the list of votes.
    """
    if 0 < number < FEWEST_SECRET:
        raise Refused(
            _(
                "Chỉ có %(number)d phiếu kín: công bố thì biết ai đã chọn gì. Cần ít nhất "
                "%(fewest)d phiếu; hãy hủy biểu quyết này, phiếu sẽ không bao giờ được mở."
            )
            % {"number": number, "fewest": FEWEST_SECRET}
        )
