"""The guard before uploaded files: stops reading as soon as a request has brought more than it
may.
"""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

FILE_BYTES = max(settings.PAPER_BYTES, settings.IMPORT_BYTES)


class LimitedUploadHandler(FileUploadHandler):
    """Counts bytes of all files of a request and passes them on; keeps nothing itself.

    Raises `RequestDataTooBig` (400) as soon as the count exceeds `limit` bytes, so that a body
    whose announced length lies fills neither memory nor disk.
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
