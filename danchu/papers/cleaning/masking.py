"""Masks over personal data in a PDF or a picture: each page becomes a picture in which the masked
places are black, so that nothing of them stays in the file: no text, no layer, no earlier version.

The process reads on its input a line of JSON and then the file, and writes a PDF, after a line with
what was done: `python -I masking.py KIND BYTES SECONDS < IN > OUT`.
"""

import io
import json
import math
import os
import re
import resource
import sys
import unicodedata

# Pixels an inch of the pages; enough to read small print.
DOTS = 150
MOST_PAGES = 200
# A page says itself how large it is: larger ones are drawn with fewer dots, and all together must
# not be more than MOST_PAGES of A4.
MOST_PIXELS = 16_000_000
MOST_PIXELS_OF_ALL = 440_000_000
# A page with fewer letters that is not blank is a scan, where nothing can be looked for.
FEWEST_LETTERS = 20
PAD = 2
# Numbers of identity papers and telephones, addresses of mail. Only a number that begins with 0
# may have any signs between its digits: sums of money do not.
NUMBERS = (
    r"(?<!\d)(?:\d{12}|\d{9}|\d{3}\s\d{3}\s\d{3}|0(?:[\s.-]?\d){11})(?!\d)"
    r"|(?<!\d)(?:\+84|0)(?:[\s.()-]{0,2}\d){9,10}(?!\d)"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)


def pattern_of(word):
    """A word as a pattern that also matches where a line breaks between its parts, and where the
    marks of its letters stand apart.
    """
    forms = {unicodedata.normalize(form, word) for form in ("NFC", "NFD")}
    return "|".join(r"\s+".join(re.escape(part) for part in form.split()) for form in sorted(forms))


def masked(kind, content, wish):
    """(the PDF, what was done) of a file of the kind "pdf" or "picture".

    `wish` has "words", "hides_numbers" and "areas": (page from 1, left, top, right, bottom) in
    percent of the page as it is shown. What was done has "words": {word: number of masks}, "pages":
    how many, and "unread": the numbers of those without text in which words or numbers were to be
    looked for. ValueError where the file has too many pages, too large ones, or cannot be read.
    """
    patterns = {word: re.compile(pattern_of(word), re.IGNORECASE) for word in wish["words"]}
    if wish["hides_numbers"]:
        patterns[""] = re.compile(NUMBERS)
    counts = dict.fromkeys(wish["words"], 0)
    with_areas = {page for page, *_corners in wish["areas"]}
    pages, unread = [], []
    for number, (page, has_text) in enumerate(
        (_of_pdf if kind == "pdf" else _of_picture)(content, patterns, counts), 1
    ):
        if patterns and not has_text and number not in with_areas and not _is_blank(page):
            unread.append(number)
        for area_page, *corners in wish["areas"]:
            if area_page == number:
                _blacken(page, _in_pixels(page, corners))
        pages.append(page)
    output = io.BytesIO()
    first, *others = pages
    first.save(output, "PDF", save_all=True, append_images=others, resolution=DOTS, quality=85)
    return output.getvalue(), {"words": counts, "pages": len(pages), "unread": unread}


def _of_picture(content, patterns, counts):
    """As `_of_pdf`, of a picture as viewers turn it."""
    from PIL import Image, ImageOps  # noqa: PLC0415  late: limits

    picture = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    yield picture.convert("RGB"), False


def _of_pdf(content, patterns, counts):
    """(the picture of a page with its words masked, whether it has text) of each page. What stands
    in annotations and fields becomes part of the page first.
    """
    import pypdfium2  # noqa: PLC0415  late: limits
    from pypdfium2 import raw  # noqa: PLC0415  late: limits

    document = pypdfium2.PdfDocument(content)
    if len(document) > MOST_PAGES:
        raise ValueError("pages")
    scales = [_scale(*document.get_page_size(index)) for index in range(len(document))]
    if sum(pixels for _scale, pixels in scales) > MOST_PIXELS_OF_ALL:
        raise ValueError("pixels")
    for index, (scale, _pixels) in enumerate(scales):
        page = document[index]
        if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_FAIL:
            raise ValueError("annotations")
        page.close()
        page = document[index]
        bitmap = page.render(scale=scale)
        picture = bitmap.to_pil().convert("RGB")
        place = bitmap.get_posconv(page).to_bitmap
        text = page.get_textpage()
        letters = _letters(text)
        for word, pattern in patterns.items():
            for match in pattern.finditer(letters):
                counts[word] = counts.get(word, 0) + 1
                _mask_letters(place, picture, text, match)
        yield picture, sum(map(str.isalnum, letters)) >= FEWEST_LETTERS


def _scale(width, height):
    """(pixels a point, pixels of the page) of a page of so many points."""
    area = width * height
    if not 0 < area < math.inf:
        raise ValueError("size")
    scale = min(DOTS / 72, math.sqrt(MOST_PIXELS / area))
    return scale, area * scale * scale


def _letters(text):
    """The text of the page, one letter for each place of it: pdfium leaves out of its own text what
    has no Unicode, and later letters would be looked for in other places.
    """
    from pypdfium2 import raw  # noqa: PLC0415  late: limits

    codes = (raw.FPDFText_GetUnicode(text, index) for index in range(text.count_chars()))
    return "".join(map(chr, codes))


def _mask_letters(place, picture, text, match):
    """Masks the rectangles of the letters; `place` turns points of the page, which may be turned or
    cut, into pixels.
    """
    for index in range(text.count_rects(match.start(), match.end() - match.start())):
        left, bottom, right, top = text.get_rect(index)
        (one, two), (three, four) = place(left, bottom), place(right, top)
        box = (min(one, three), min(two, four), max(one, three), max(two, four))
        _blacken(picture, (box[0] - PAD, box[1] - PAD, box[2] + PAD, box[3] + PAD))


def _is_blank(picture):
    darkest, lightest = picture.convert("L").getextrema()
    return darkest == lightest


def _in_pixels(picture, corners):
    left, top, right, bottom = corners
    wide, high = picture.width / 100, picture.height / 100
    return (left * wide - PAD, top * high - PAD, right * wide + PAD, bottom * high + PAD)


def _blacken(picture, box):
    from PIL import ImageDraw  # noqa: PLC0415  late: limits

    ImageDraw.Draw(picture).rectangle(box, fill=(0, 0, 0))


def main(kind, most_bytes, most_seconds):
    """Mask what the input says; the exit code is 0 where it was written."""
    # What they take themselves does not depend on the file.
    import pypdfium2  # noqa: F401, PLC0415  late: limits
    from PIL import Image, ImageDraw, ImageOps  # noqa: F401, PLC0415

    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    wish = json.loads(sys.stdin.buffer.readline())
    content, done = masked(kind, sys.stdin.buffer.read(), wish)
    sys.stdout.buffer.write(json.dumps(done).encode() + b"\n" + content)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    code = 99
    try:
        code = main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    finally:
        os._exit(code)  # without tearing down: after MemoryError that could fail too
