"""Compresses pages and answers of text; files and static files are left as they are (static files
are compressed beforehand by WhiteNoise).

Against BREACH (compression that tells a secret beside reflected input by its length) each answer
gets a random number of bytes more, as Django's middleware does ("Heal the Breach", 2022); tokens of
forms are masked anew in each answer; and answers to anything but a reading, in which codes are
shown once, are not compressed at all.
"""

from django.middleware.gzip import GZipMiddleware

COMPRESSED = (
    *("text/html", "text/csv", "text/xml", "application/json", "text/plain"),
    "image/svg+xml",
)


class PageCompression(GZipMiddleware):
    """Django's GZipMiddleware for the answers that are worth it and may be compressed."""

    def process_response(self, request, response):
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if (
            request.method not in ("GET", "HEAD")
            or response.streaming
            or response.status_code != 200
            or kind not in COMPRESSED
        ):
            return response
        return super().process_response(request, response)
