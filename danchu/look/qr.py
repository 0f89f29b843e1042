"""A QR code as SVG that stands in the page itself."""

import io

import qrcode
from qrcode.image.svg import SvgPathImage


def qr_svg(text):
    """The code of a text, drawn in the colour of the page's ink; for the reader of the screen
    it is only a picture.
    """
    kept = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, box_size=8, border=2).save(kept)
    svg = kept.getvalue().decode().partition("?>")[2].strip()
    return svg.replace("<svg ", '<svg role="img" aria-hidden="true" class="qr" ', 1)
