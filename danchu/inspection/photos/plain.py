"""Removes the metadata of a photo: maker, owner, thumbnail, embedded pictures.

The orientation stays; day and coordinates stay where the board asks for it. Anything that is not a
complete JPEG or PNG is Refused.
"""

from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.papers.cleaning.segments import JPEG, PNG, plain_jpeg, plain_png


def plain_photo(content, keeps_trace):
    """(bytes, "jpg" or "png") of the photo without its metadata; Refused on "photos" unless it is a
    complete JPEG or PNG.
    """
    try:
        if content.startswith(JPEG):
            return plain_jpeg(content, keeps_trace), "jpg"
        if content.startswith(PNG):
            return plain_png(content), "png"
    except (IndexError, ValueError):
        raise Refused(
            _("Ảnh bị hỏng hoặc bị cắt giữa chừng. Hãy chụp hoặc chọn lại."), "photos"
        ) from None
    raise Refused(_("Chỉ nhận ảnh JPEG hoặc PNG."), "photos")
