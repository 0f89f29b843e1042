"""Responses that carry a file: its media type, its name, its caching, and `nosniff`.

Names are encoded as RFC 6266 requires (RFC 5987 outside ASCII). Papers are streamed from disk.
"""

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from danchu.papers.media import ALLOWED

# Stored by caches, but asked for before each use (RFC 9111, section 5.2.2.4): a file that was
# withdrawn is gone everywhere at once.
ASKED_FOR_AGAIN = "public, no-cache"
SHOWN = ("application/pdf", "image/png", "image/jpeg")  # types that are safe to display inline


def paper_answer(paper, name, *, private=True, in_place=False, request=None):
    """Stream the content of a Paper as a file called `name`. `private`: no cache stores it.
    `in_place`: types that are safe to display are sent inline instead of as an attachment. With the
    `request` for a public paper, 304 where the asker has this content already.
    """
    etag = f'"{paper.hash}"'
    unchanged = get_conditional_response(request, etag=etag) if request and not private else None
    if unchanged is not None:
        unchanged.headers["Cache-Control"] = ASKED_FOR_AGAIN
        unchanged.headers["ETag"] = etag
        return unchanged
    answer = FileResponse(paper.open(), content_type=paper.media)
    if not private:
        answer.headers["ETag"] = etag
    name = offered_name(name, paper.media)
    return _with_headers(answer, name, private, in_place and paper.media in SHOWN)


def made_answer(content, name, media, *, private=True):
    """A file generated for this response: `content` is bytes, an open binary file, or an iterable
    of bytes or text that is streamed.
    """
    if isinstance(content, bytes):
        answer = HttpResponse(content, content_type=media)
    elif hasattr(content, "read"):
        answer = FileResponse(content, content_type=media)
    else:
        answer = StreamingHttpResponse(content, content_type=media)
    return _with_headers(answer, name, private)


def as_file(answer, name, *, private=True):
    """Any response, such as one of JSON, as an attachment called `name`."""
    return _with_headers(answer, name, private)


def ending_of(media):
    """The file name extension of a media type with its dot; "" for an unknown type."""
    return next((f".{row.endings[0]}" for row in ALLOWED if row.name == media), "")


def offered_name(name, media):
    """The file name with an extension that belongs to the media type."""
    endings = next((row.endings for row in ALLOWED if row.name == media), ())
    is_right = not endings or name.rpartition(".")[2].lower() in endings
    return name if is_right else f"{name}{ending_of(media)}"


def _with_headers(answer, name, private, in_place=False):
    answer.headers["Content-Disposition"] = content_disposition_header(not in_place, name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store" if private else ASKED_FOR_AGAIN
    return answer
