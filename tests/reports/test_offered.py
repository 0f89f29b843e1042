"""A real installation offers no report of what it has no records of."""

import shutil

import pytest

from danchu.reports.offered import offered_forms
from danchu.reports.template import form_files
from danchu.units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def country(country_database):
    """The units of the country, and no records."""


def test_a_new_installation_offers_none_of_the_reports_of_the_product(client):
    assert Unit.objects.exists() and len(form_files()) > 1
    assert offered_forms() == []
    page = client.get("/report/").content.decode()
    assert "/report/ha-noi-2023/" not in page and "Chưa có báo cáo nào" in page
    assert "/report/ha-noi-2023/" not in client.get("/").content.decode()


def test_the_operator_s_own_form_is_always_offered(client, tmp_path, monkeypatch):
    shutil.copy(form_files()["ha-noi-2023"], tmp_path / "cua-toi.toml")
    monkeypatch.setenv("DANCHU_FORMS", str(tmp_path))
    assert [form.name for form in offered_forms()] == ["cua-toi"]
    assert "/report/cua-toi/" in client.get("/report/").content.decode()
