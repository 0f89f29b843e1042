"""python -m bench.crash ADDRESS [ACCOUNT PASSWORD]: on a running demo, upload a workbook of 5 KB
three times whose only cells are the first and a blank at its far end, while another reader goes on
reading the front page and a figure. Prints what each upload was answered and how long the reader
waited at most, beside the same reader without the uploads.
"""

import io
import re
import sys
import threading
import time

import requests
import xlsxwriter

UPLOADS = 3
PAGES = ("/", "/figures/opinions/")
TIMEOUT = 120


def crash_file():
    """The bytes of the workbook: XFD1048576 is a blank."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "reference")
        sheet.write(1_048_575, 16_383, " ")
    return out.getvalue()


def read_pages(address, go_on, waits):
    """Read the pages in turn while `go_on()`; the seconds of each go to `waits`."""
    with requests.Session() as client:
        number = 0
        while go_on():
            begun = time.perf_counter()
            path = PAGES[number % len(PAGES)]
            client.get(f"{address}{path}", timeout=TIMEOUT).raise_for_status()
            waits.append(time.perf_counter() - begun)
            number += 1


def upload(client, address):
    """Upload the file by the form of the desk; the error that the page shows."""
    page = f"{address}/desk/imports/"
    form = {"csrfmiddlewaretoken": _token(client.get(page, timeout=TIMEOUT).text)}
    files = {"file": ("so.xlsx", crash_file())}
    answer = client.post(page, form, files=files, headers={"Referer": page}, timeout=TIMEOUT)
    error = re.search(r'role="?alert"?><p>([^<]+)', answer.text)
    return f"{answer.status_code} {error[1].strip() if error else answer.url}"


def _token(page):
    return re.search(r'name="?csrfmiddlewaretoken"? value="?([^" >]+)', page)[1]


def main(address, account="chutich@hoankiem.example", password="thuc-hanh-2026"):
    alone, beside, answers = [], [], []
    until = time.perf_counter() + 5
    read_pages(address, lambda: time.perf_counter() < until, alone)
    with requests.Session() as client:
        page = f"{address}/accounts/login/"
        token = _token(client.get(page, timeout=TIMEOUT).text)
        form = {"login": account, "password": password, "csrfmiddlewaretoken": token}
        client.post(page, form, headers={"Referer": page}, timeout=TIMEOUT)
        uploads = threading.Thread(
            target=lambda: answers.extend(upload(client, address) for _ in range(UPLOADS))
        )
        uploads.start()
        read_pages(address, uploads.is_alive, beside)
    print(f"{len(crash_file())} bytes, {UPLOADS} times:", *answers, sep="\n  ")
    for name, waits in (("without uploads", alone), ("beside them", beside)):
        print(f"{name}: {len(waits)} pages, the longest {max(waits) * 1000:.0f} ms")


if __name__ == "__main__":
    main(*sys.argv[1:])
