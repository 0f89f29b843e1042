"""Decodes a JPEG or PNG under a limit of pixels and writes it anew from what was decoded.

What is written holds no byte of the input that is not a pixel, a quantisation table or one of the
tags that stay: no comment, profile, thumbnail, second picture, nothing behind the end.
"""

import io

from PIL import Image, TiffImagePlugin, UnidentifiedImageError, WebPImagePlugin

from danchu.papers.cleaning.reasons import Reason, Unfit
from danchu.papers.cleaning.segments import JPEG, PNG, plain_jpeg, plain_png

MOST_PIXELS = 50_000_000  # a telephone's photo has 12 to 50 million, a page at 600 dpi 35
IN_DOCUMENTS = (
    *("JPEG", "PNG", "GIF", "BMP"),
    TiffImagePlugin.TiffImageFile.format,
    WebPImagePlugin.WebPImageFile.format,
)
Image.preinit()  # before the limit of memory of whoever cleans a file
JPEG_MODES = ("L", "RGB", "CMYK", "YCbCr")


def rewritten_picture(content, is_anonymous):
    """The bytes of the picture, decoded and encoded again: PNG without loss, JPEG with its own
    quantisation tables. Its orientation stays, day and coordinates unless `is_anonymous`; Unfit for
    a picture that cannot be decoded whole or has more than MOST_PIXELS.
    """
    try:
        if content.startswith(JPEG):
            plain = plain_jpeg(content, keeps_trace=not is_anonymous)
        elif content.startswith(PNG):
            plain = plain_png(content)
        else:
            raise Unfit(Reason.BROKEN, "no picture")
    except (IndexError, ValueError) as error:
        raise Unfit(Reason.BROKEN, str(error)) from None
    # The limit is asked below, with a reason of its own.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(io.BytesIO(plain), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unfit(Reason.PIXELS, f"{picture.width} x {picture.height}")
            picture.load()
            return _encode(picture)
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, EOFError) as error:
        raise Unfit(Reason.BROKEN, str(error)) from None


def check_pixels(content, name):
    """Unfit where the content is a picture that says it has more than MOST_PIXELS, which whoever
    opens the document around it would have to decode. Other content passes.
    """
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(io.BytesIO(content), formats=IN_DOCUMENTS) as picture:
            width, height = picture.size
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, EOFError):
        return
    if width * height > MOST_PIXELS:
        raise Unfit(Reason.PIXELS, f"{name}: {width} x {height}")


def _encode(picture):
    output = io.BytesIO()
    density = {"dpi": picture.info["dpi"]} if "dpi" in picture.info else {}
    if picture.format == "PNG":
        picture.save(output, "PNG", icc_profile=None, **density)
        return output.getvalue()
    if picture.mode not in JPEG_MODES:
        raise Unfit(Reason.BROKEN, picture.mode)
    picture.save(
        output,
        "JPEG",
        quality="keep",
        exif=picture.info.get("exif", b""),
        icc_profile=None,
        comment=None,
        progressive="progressive" in picture.info,
        **density,
    )
    return output.getvalue()
