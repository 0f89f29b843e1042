"""An upload handler that aborts a request as soon as its files exceed a limit."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http.request import RawPostDataException

FILE_BYTES = max(settings.PAPER_BYTES, settings.IMPORT_BYTES)


class LimitedUploadHandler(FileUploadHandler):
    """Counts the bytes of all files of a request and passes them to the next handler.

    Raises `RequestDataTooBig` (400) as soon as they exceed `limit` bytes, so that a body with a
    wrong Content-Length fills neither memory nor disk.
    """

    limit = FILE_BYTES

    def __init__(self, request=None):
        super().__init__(request)
        self.seen = 0

    def receive_data_chunk(self, raw_data, start):
        self.seen += len(raw_data)
        if self.seen > self.limit:
            raise RequestDataTooBig(f"More than {self.limit} bytes of files in one request")
        return raw_data

    def file_complete(self, file_size):
        return None


def body_of(request):
    """The bytes of a request that is no form; b"" for a form, whose body was read as fields."""
    try:
        return request.body
    except RawPostDataException:
        return b""
