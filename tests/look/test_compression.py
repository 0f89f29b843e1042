"""Pages are compressed, without telling a secret by their length; static files keep for years."""

import gzip

from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from danchu.look.compression import PageCompression

TEXT = "Đơn đã nhận, hạn trả lời 12/12/2026. " * 100


def answered(method="get", media="text/html; charset=utf-8", status=200, streamed=False):
    def view(_request):
        if streamed:
            return StreamingHttpResponse([TEXT], content_type=media)
        return HttpResponse(TEXT, content_type=media, status=status)

    request = getattr(RequestFactory(), method)("/", headers={"Accept-Encoding": "gzip"})
    return PageCompression(view)(request)


def test_a_page_is_compressed_and_its_length_tells_nothing():
    answers = [answered() for _ in range(30)]
    for answer in answers:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert gzip.decompress(answer.content).decode() == TEXT
        assert len(answer.content) < len(TEXT.encode()) / 4
    assert len({len(answer.content) for answer in answers}) > 5


def test_what_shows_a_code_once_and_what_is_a_file_is_left_as_it_is():
    for answer in (
        answered("post"),
        answered(media="application/pdf"),
        answered(media="image/png"),
        answered(streamed=True),
        answered(status=404),
    ):
        assert "Content-Encoding" not in answer.headers


def test_static_files_with_a_digest_in_their_names_keep_for_years(tmp_path, settings):
    settings.WHITENOISE_USE_FINDERS = False
    settings.WHITENOISE_AUTOREFRESH = False
    settings.STATIC_ROOT = tmp_path
    name = "look.0123456789ab.css"
    (tmp_path / name).write_text("a{}")
    (tmp_path / "look.css").write_text("a{}")
    noise = WhiteNoiseMiddleware(lambda request: HttpResponse(status=404))
    noise.immutable_file_test = lambda path, url: url.endswith(name)
    noise.files = {}
    noise.add_files(str(tmp_path), prefix="/static/")
    head = dict(noise.files[f"/static/{name}"].get_response("GET", {}).headers)
    assert head["Cache-Control"] == "max-age=315360000, public, immutable"
