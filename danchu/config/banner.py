"""What `danchu serve` prints on the terminal. Vietnamese first, English in brackets."""

from danchu.demo.staff import ACCOUNTS, PASSWORD


def say(line):
    """Print a line at once, also into a pipe."""
    print(line, flush=True)


def banner(port, demo, seconds):
    """The address and the seconds the start took; for a demo also the accounts and first pages."""
    address = f"http://127.0.0.1:{port}"
    duration = f"{seconds:.1f}".replace(".", ",")
    lines = ["", f"  Dân Chủ: {address}   (sau {duration} giây; Ctrl-C để dừng / Ctrl-C to stop)"]
    if demo:
        lines += _demo(address)
    return "\n".join([*lines, ""])


def _demo(address):
    width = max(len(email) for email, _ in ACCOUNTS)
    return [
        "",
        "  SỐ LIỆU MINH HỌA, không phải số thật. (ILLUSTRATIVE RECORDS, not real ones.)",
        "",
        f"  Tài khoản, mật khẩu chung {PASSWORD} (accounts, one password for all):",
        *(f"    {email:<{width}}   {office}" for email, office in ACCOUNTS),
        "",
        "  Xem trước hết (look first at):",
        f"    {address}/   trang chính: đã làm gì, ở đâu (what was done, where)",
        f"    {address}/report/   báo cáo, mỗi con số mở ra tận hồ sơ (every number "
        f"opens to its records)",
        f"    {address}/desk/   bàn làm việc: ghi một cuộc giám sát rồi xem báo cáo "
        f"(record one, see the report)",
    ]
