"""How a file is answered: its type, its name, who may keep a copy, and that no browser guesses.

Names are written as RFC 6266 asks (RFC 5987 for those outside ASCII). A paper is streamed from its
file; what was made for this answer is in memory already.
"""

from mimetypes import guess_extension

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

SHOWN = ("application/pdf", "image/png", "image/jpeg")  # a browser may show these in place


def paper_answer(paper, name, *, private=True, seconds=0, in_place=False):
    """The content of a Paper as `name`. `private`: nobody on the way keeps it, the reader's own
    browser for `seconds`. `in_place`: what a browser can show safely is shown, not saved.
    """
    answer = FileResponse(paper.open(), content_type=paper.media)
    return _headed(answer, name, private, seconds, in_place and paper.media in SHOWN)


def made_answer(content, name, media, *, private=True):
    """A file made for this answer: `content` is bytes, an open binary file, or text or bytes piece
    by piece.
    """
    if isinstance(content, bytes):
        answer = HttpResponse(content, content_type=media)
    elif hasattr(content, "read"):
        answer = FileResponse(content, content_type=media)
    else:
        answer = StreamingHttpResponse(content, content_type=media)
    return _headed(answer, name, private)


def as_file(answer, name, *, private=True):
    """Any answer, say one of JSON, as a file to save."""
    return _headed(answer, name, private)


def ending_of(media):
    """How the name of a file of this type ends, with its dot; "" where nothing is known."""
    return guess_extension(media) or ""


def _headed(answer, name, private, seconds=0, in_place=False):
    answer.headers["Content-Disposition"] = content_disposition_header(not in_place, name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if private:
        answer.headers["Cache-Control"] = (
            f"private, max-age={seconds}" if seconds else "private, no-store"
        )
    return answer
