"""What was done to the records of this room, in words."""

from django.utils.translation import gettext_lazy as _

ACT_WORDS_OF = {
    "household": {
        "entered": _("Ghi vào danh sách"),
        "corrected": _("Sửa"),
        "moved": _("Chuyển sang thôn khác"),
        "left": _("Thôi tính"),
    },
    "household_decision": {
        "proposed": _("Đưa ra"),
        "consented": _("Ghi các hộ đồng thuận"),
        "submitted": _("Nộp đề xuất"),
        "announced": _("Thông báo họp"),
        "opened": _("Mở cuộc họp, chốt danh sách hộ"),
        "attended": _("Ghi các hộ dự họp"),
        "struck": _("Bỏ một hộ ghi nhầm"),
        "chosen": _("Ghi thư ký, cách biểu quyết, ban kiểm phiếu"),
        "voted": _("Ghi kết quả biểu quyết"),
        "fell_short": _("Kết thúc, không đủ người dự"),
        "ballot_planned": _("Thông báo phát phiếu"),
        "issued": _("Phát phiếu, chốt danh sách hộ"),
        "handed_out": _("Ghi các hộ đã nhận phiếu"),
        "taken_back": _("Bỏ một hộ ghi nhầm là đã nhận phiếu"),
        "counted": _("Ghi số phiếu đã kiểm"),
        "works_noted": _("Ghi công trình, đóng góp"),
        "sent": _("Gửi cấp xã"),
        "recognised": _("Công nhận"),
        "refused": _("Không công nhận"),
        "posted": _("Niêm yết kết quả"),
        "carried_out": _("Ghi đã thực hiện"),
        "annulled": _("Bãi bỏ"),
        "withdrawn": _("Rút"),
        "clusters_planned": _("Gửi kế hoạch họp theo cụm dân cư"),
        "clusters_approved": _("Đồng ý cho họp theo cụm dân cư"),
        "cluster_counted": _("Ghi kết quả biểu quyết của cụm"),
        "clusters_closed": _("Tổng hợp kết quả các cụm"),
        "villages_opened": _("Giao cho các thôn, tổ dân phố quyết định"),
        "villages_added": _("Cập nhật thôn đã nhập, chia"),
        "villages_closed": _("Tổng hợp kết quả của các thôn"),
        "day_set": _("Ấn định ngày có hiệu lực"),
        "plan_copied": _("Gửi kế hoạch phát phiếu lên xã"),
        "asked_again": _("Yêu cầu làm lại"),
        "redone": _("Đưa ra lại"),
        "reported": _("Báo cáo tại hội nghị thôn cuối năm"),
    },
    "decision_sheet": {
        "entered": _("Ghi lại từ giấy"),
        "photographed": _("Kèm ảnh tờ giấy"),
    },
}
ACT_WORDS = {"imported": _("Nhập từ tệp")}
