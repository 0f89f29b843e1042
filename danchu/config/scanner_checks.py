"""The check of the scanner of uploads: it must know the test file of EICAR, and pass a harmless
one.
"""

import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.config.checks import Trouble, check
from danchu.papers.scanner import ScanFailed, scan

# The test file of every scanner (eicar.org), in two parts: whole it would set off those that watch
# over source files.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANT" + "IVIRUS-TEST-FILE!$H+H*").encode()
HARMLESS = "Biên bản họp tổ dân phố.\n".encode()


@check("scanner", gettext_lazy("Bộ quét mã độc"))
def scanner_tells_harm_from_harmless():
    if not settings.SCANNER:
        return
    try:
        knows_harm = _verdict(EICAR) is not None
        passes_harmless = _verdict(HARMLESS) is None
    except ScanFailed as failure:
        yield Trouble(
            _("Bộ quét mã độc không trả lời (%(why)s): không tệp nào được nhận.")
            % {"why": failure},
            _("Xem dịch vụ clamav-daemon và quyền của tài khoản chạy sản phẩm (docs/operate.md)."),
        )
        return
    if not knows_harm:
        yield Trouble(
            _("Bộ quét mã độc cho qua tệp mẫu EICAR."),
            _("Sửa DANCHU_SCANNER; cập nhật dữ liệu của bộ quét (freshclam)."),
        )
    if not passes_harmless:
        yield Trouble(
            _("Bộ quét mã độc coi một tệp chữ vô hại là có mã độc: không tệp nào được nhận."),
            _("Sửa DANCHU_SCANNER; lệnh phải kết thúc bằng 0 khi tệp sạch, 1 khi có mã độc."),
        )


def _verdict(content):
    with tempfile.NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as file:
        file.write(content)
        file.flush()
        return scan(file, Path(file.name))
