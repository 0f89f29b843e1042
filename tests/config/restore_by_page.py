"""Restores the backup SOURCE by the pages of an empty installation and prints what the last page
says: run by tests/config/test_backup.py on an installation of its own.
"""

import html
import io
import os
import re
import time

import django

PATIENCE_SECONDS = 90


def main():
    django.setup()
    from django.core.management import call_command  # Django must be ready first
    from django.db import DatabaseError, connection
    from django.test import Client

    out = io.StringIO()
    call_command("setup", stdout=out)
    client = Client(headers={"host": "127.0.0.1"})
    address = re.search(r"https?://[^/]+(/\S+)", out.getvalue())[1]
    client.post(address)
    answer = client.post("/accounts/restore/", {"chosen": os.environ["SOURCE"]})
    assert answer.status_code == 302, answer.content.decode()
    page = ""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            page = client.get("/accounts/restoring/").content.decode()
        except DatabaseError:  # the databases are being swapped under this connection
            connection.close()
            continue
        if "http-equiv" not in page:
            break
        time.sleep(0.2)
    print(html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])))


if __name__ == "__main__":
    main()
