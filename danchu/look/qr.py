"""QR codes as inline SVG."""

import io

import qrcode
from qrcode.image.svg import SvgPathImage


def qr_svg(text):
    """The QR code of a text as SVG in the text colour of the page, hidden from screen readers."""
    buffer = io.BytesIO()
    qrcode.make(text, image_factory=SvgPathImage, box_size=8, border=2).save(buffer)
    svg = buffer.getvalue().decode().partition("?>")[2].strip()
    return svg.replace("<svg ", '<svg role="img" aria-hidden="true" class="qr" ', 1)
