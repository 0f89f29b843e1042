"""The sample table that somebody downloads could be sent by them as it is."""

from datetime import date
from itertools import product
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.kernel.days import today
from danchu.people.actions import appoint, create_account
from danchu.people.models import OfficeKind
from danchu.units.find import unit_from
from tests.desk.conftest import BY, OFFICES, PASSWORD
from tests.sizes import long, part

TABLES = (
    "/desk/imports/",
    "/desk/bodies/import/",
    "/desk/villages/import/",
    "/desk/account-invitations/import/",
)


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.PAPERS_ROOT = tmp_path / "papers"


def preview(client, table, ending):
    sample = client.get(f"{table}sample.{ending}")
    assert sample.status_code == 200
    content = b"".join(sample.streaming_content) if sample.streaming else sample.content
    sent = client.post(table, {"file": SimpleUploadedFile(f"mau.{ending}", content)})
    assert sent.status_code == 302, quote(sent.content.decode()[:200])
    return client.get(sent.url).context["preview"]


@long
@pytest.mark.parametrize(
    ("role", "ending"), part(product(sorted(OFFICES), ("csv", "xlsx")), 4, "samples")
)
def test_whoever_may_send_a_table_could_send_its_sample(client, officials, role, ending):
    client.force_login(getattr(officials, role))
    allowed = [table for table in TABLES if client.get(table).status_code == 200]
    for table in allowed:
        seen = preview(client, table, ending)
        assert [(one.column, one.message) for one in seen.problems] == [], table
    assert "/desk/imports/" in allowed


def test_who_may_send_all_tables_could_send_all_samples(client, officials):
    account = create_account(by=BY, email="van@example.vn", name="Vận", password=PASSWORD)
    office = OfficeKind.objects.get(key="operator")
    city = unit_from(f"01@{today().isoformat()}")
    appoint(account, by=BY, office_kind=office, unit=city, since=date(2025, 7, 1))
    client.force_login(account)
    for table in TABLES:
        seen = preview(client, table, "csv")
        assert [(one.column, one.message) for one in seen.problems] == [], table
