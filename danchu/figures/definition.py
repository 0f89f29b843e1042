"""What a figure counts and what it does not, in sentences made from its declaration."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from danchu.figures.catalogue import Flow, Indicator, Level, Ratio, full_name, unit_of_measure


@dataclass(frozen=True)
class Definition:
    """`counts` in one sentence, the `formula`, and three sentences of what is not counted."""

    counts: str
    formula: str
    leaves_out: tuple[str, str, str]


def definition_of(indicator: Indicator) -> Definition:
    """The Definition of an indicator, in the reader's language."""
    if isinstance(indicator, Ratio):
        return _of_ratio(indicator)
    if isinstance(indicator, Flow):
        return _of_flow(indicator)
    if isinstance(indicator, Level):
        return _of_level()
    return Definition(
        _("Điểm và thứ hạng do cơ quan khác công bố cho cả năm, chép nguyên kèm nguồn."),
        _("không tính: con số của nơi công bố"),
        (
            _("Không tính lại, không ước lượng năm chưa công bố."),
            _("Không cộng, không lấy trung bình các tỉnh, các năm."),
            _("Không so qua năm mà nơi công bố đổi cách tính."),
        ),
    )


def _of_flow(indicator: Flow) -> Definition:
    if indicator.amount == "1":
        counts = _(
            "Mỗi hồ sơ đã xác nhận, có ngày trong kỳ, ghi ở nơi này hay ở đơn vị nay thuộc nơi "
            "này, tính là 1."
        )
        formula = _("số hồ sơ")
    else:
        counts = _(
            "Cộng con số (%(measure)s) của mỗi hồ sơ đã xác nhận, có ngày trong kỳ, ghi ở nơi này "
            "hay ở đơn vị nay thuộc nơi này."
        ) % {"measure": unit_of_measure(indicator)}
        formula = _("tổng %(measure)s của các hồ sơ") % {"measure": unit_of_measure(indicator)}
    return Definition(
        counts,
        formula,
        (
            _("Không tính bản nháp chưa xác nhận."),
            _("Không tính hồ sơ đã rút, hay đã có bản đính chính thay thế."),
            _(
                "Không tính số liệu báo bằng giấy khi cơ quan ấy đã có hồ sơ trong kỳ, "
                "và ngược lại."
            ),
        ),
    )


def _of_level() -> Definition:
    return Definition(
        _("Đếm những gì đang có vào ngày cuối của kỳ, ở nơi này; mỗi cái tính là 1."),
        _("số đang có vào ngày cuối kỳ"),
        (
            _("Không tính cái đã kết thúc trước ngày cuối của kỳ."),
            _("Không tính cái bắt đầu sau ngày ấy."),
            _("Không cộng các kỳ với nhau."),
        ),
    )


def _of_ratio(indicator: Ratio) -> Definition:
    names = {"over": full_name(indicator.over), "under": full_name(indicator.under)}
    return Definition(
        _("Phần trăm của “%(over)s” trên “%(under)s”, cùng kỳ, cùng nơi.") % names,
        _("%(over)s ÷ %(under)s × 100") % names,
        (
            _("Không lấy trung bình tỷ lệ của các nơi: cộng từng vế rồi mới chia."),
            _("Không có tỷ lệ khi mẫu số bằng 0."),
            _("Không tính ở cả hai vế bản nháp, hồ sơ đã rút hay đã được thay thế."),
        ),
    )
