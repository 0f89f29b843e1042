"""The frame, the pages of refusal and the headers."""

import pytest

pytestmark = pytest.mark.django_db


def test_every_page_forbids_scripts_and_styles_in_the_page(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_page_that_is_not_there_says_so_in_vietnamese(client):
    answer = client.get("/khong-co/")
    assert answer.status_code == 404
    assert "Không tìm thấy trang này" in answer.content.decode()
