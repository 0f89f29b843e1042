"""Levels and kinds of units and bodies: the keys stored in the database and their labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    NATION = "nation", _("Cả nước")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")
    VILLAGE = "village", _("Thôn, tổ dân phố")


class UnitKind(TextChoices):
    NUOC = "nuoc", _("Nước")
    TINH = "tinh", _("Tỉnh")
    THANH_PHO_TW = "thanh_pho_tw", _("Thành phố trực thuộc trung ương")
    HUYEN = "huyen", _("Huyện")
    QUAN = "quan", _("Quận")
    THI_XA = "thi_xa", _("Thị xã")
    THANH_PHO = "thanh_pho", _("Thành phố")
    XA = "xa", _("Xã")
    PHUONG = "phuong", _("Phường")
    THI_TRAN = "thi_tran", _("Thị trấn")
    DAC_KHU = "dac_khu", _("Đặc khu")
    THON = "thon", _("Thôn")
    LANG = "lang", _("Làng")
    AP = "ap", _("Ấp")
    BAN = "ban", _("Bản")
    BUON = "buon", _("Buôn")
    BON = "bon", _("Bon")
    PHUM = "phum", _("Phum")
    SOC = "soc", _("Sóc")
    KHOM = "khom", _("Khóm")
    KHU_PHO = "khu_pho", _("Khu phố")
    TO_DAN_PHO = "to_dan_pho", _("Tổ dân phố")


KINDS_OF = {
    "nation": {UnitKind.NUOC},
    "province": {UnitKind.TINH, UnitKind.THANH_PHO_TW},
    "district": {UnitKind.HUYEN, UnitKind.QUAN, UnitKind.THI_XA, UnitKind.THANH_PHO},
    "commune": {UnitKind.XA, UnitKind.PHUONG, UnitKind.THI_TRAN, UnitKind.DAC_KHU},
    "village": {
        UnitKind.THON,
        UnitKind.LANG,
        UnitKind.AP,
        UnitKind.BAN,
        UnitKind.BUON,
        UnitKind.BON,
        UnitKind.PHUM,
        UnitKind.SOC,
        UnitKind.KHOM,
        UnitKind.KHU_PHO,
        UnitKind.TO_DAN_PHO,
    },
}


class BodyKind(TextChoices):
    PEOPLES_COMMITTEE = "peoples_committee", _("Ủy ban nhân dân")
    PEOPLES_COUNCIL = "peoples_council", _("Hội đồng nhân dân")
    FATHERLAND_FRONT = "fatherland_front", _("Ủy ban Mặt trận Tổ quốc Việt Nam")
    PARTY_COMMITTEE = "party_committee", _("Cấp ủy")
    STEERING_COMMITTEE = "steering_committee", _("Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở")
    STANDING_BODY = "standing_body", _("Cơ quan thường trực của Ban Chỉ đạo")
    PEOPLES_INSPECTION_BOARD = (
        "peoples_inspection_board",
        _("Ban Thanh tra nhân dân xã, phường, đặc khu"),
    )
    PIB_AGENCY = "pib_agency", _("Ban Thanh tra nhân dân ở cơ quan, đơn vị")
    PIB_ENTERPRISE = "pib_enterprise", _("Ban Thanh tra nhân dân ở doanh nghiệp nhà nước")
    INVESTMENT_BOARD = "investment_board", _("Ban Giám sát đầu tư của cộng đồng")
    AGENCY = "agency", _("Cơ quan")
    SCHOOL = "school", _("Trường học")
    STATE_ENTERPRISE = "state_enterprise", _("Doanh nghiệp nhà nước")
    TRADE_UNION = "trade_union", _("Công đoàn")
    SOCIO_POLITICAL_ORG = "socio_political_org", _("Tổ chức chính trị – xã hội")


class BodyChange(TextChoices):
    OPENED = "opened", _("Thành lập")
    RENAMED = "renamed", _("Đổi tên")
    CODED = "coded", _("Đổi mã định danh")
    CLOSED = "closed", _("Kết thúc")
    SUCCEEDED = "succeeded", _("Sáp nhập, kế thừa")


# Boards that watch the authorities: the Front and the trade union open and close them, never the
# committee that they watch (Law 10/2022/QH15 articles 36, 41, 60, 77).
WATCHING = frozenset(
    {
        BodyKind.PEOPLES_INSPECTION_BOARD,
        BodyKind.PIB_AGENCY,
        BodyKind.PIB_ENTERPRISE,
        BodyKind.INVESTMENT_BOARD,
    }
)
# Kinds of which a unit has at most one at a time.
SINGLE = frozenset(
    {
        BodyKind.PEOPLES_COMMITTEE,
        BodyKind.PEOPLES_COUNCIL,
        BodyKind.FATHERLAND_FRONT,
        BodyKind.PARTY_COMMITTEE,
        BodyKind.STEERING_COMMITTEE,
        BodyKind.STANDING_BODY,
        BodyKind.PEOPLES_INSPECTION_BOARD,
    }
)


def right_over(kind: str) -> str:
    """The kind of record that the right to change a body of this kind names."""
    return "inspection_board" if kind in WATCHING else "body"
