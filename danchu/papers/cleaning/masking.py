"""Masks over personal data in a PDF or a picture: each page becomes a picture in which the masked
places are black, so that nothing of them stays in the file: no text, no layer, no earlier version.

The process reads on its input a line of JSON and then the file, and writes a PDF, after a line with
the number of masks for each word: `python -I masking.py KIND BYTES SECONDS < IN > OUT`.
"""

import io
import json
import os
import re
import resource
import sys

# Pixels an inch of the pages; enough to read small print.
DOTS = 150
MOST_PAGES = 200
PAD = 2
# Numbers of identity papers and telephones, addresses of mail.
NUMBERS = (
    r"(?<!\d)(?:\d{12}|\d{9})(?!\d)"
    r"|(?<!\d)(?:\+84|0)(?:[ .-]?\d){9,10}(?!\d)"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)


def pattern_of(word):
    """A word as a pattern that also matches where a line breaks between its parts."""
    return r"\s+".join(re.escape(part) for part in word.split())


def masked(kind, content, wish):
    """(the PDF, {word: number of masks}) of a file of the kind "pdf" or "picture".

    `wish` has "words", "hides_numbers" and "areas": (page from 1, left, top, right, bottom) in
    percent of the page. ValueError where the file has too many pages or cannot be read.
    """
    pages, counts = (_of_pdf if kind == "pdf" else _of_picture)(content, wish)
    for number, page in enumerate(pages, 1):
        for area_page, *corners in wish["areas"]:
            if area_page == number:
                _blacken(page, _in_pixels(page, corners))
    output = io.BytesIO()
    first, *others = pages
    first.save(output, "PDF", save_all=True, append_images=others, resolution=DOTS, quality=85)
    return output.getvalue(), counts


def _of_picture(content, wish):
    from PIL import Image  # noqa: PLC0415  late: limits

    picture = Image.open(io.BytesIO(content)).convert("RGB")
    return [picture], dict.fromkeys(wish["words"], 0)


def _of_pdf(content, wish):
    import pypdfium2  # noqa: PLC0415  late: limits

    document = pypdfium2.PdfDocument(content)
    if len(document) > MOST_PAGES:
        raise ValueError("pages")
    patterns = {word: re.compile(pattern_of(word), re.IGNORECASE) for word in wish["words"]}
    if wish["hides_numbers"]:
        patterns[""] = re.compile(NUMBERS)
    counts = dict.fromkeys(wish["words"], 0)
    pages = []
    for page in document:
        picture = page.render(scale=DOTS / 72).to_pil().convert("RGB")
        text = page.get_textpage()
        letters = text.get_text_range()
        for word, pattern in patterns.items():
            for match in pattern.finditer(letters):
                counts[word] = counts.get(word, 0) + 1
                _mask_letters(page, picture, text, match)
        pages.append(picture)
    return pages, counts


def _mask_letters(page, picture, text, match):
    width, height = page.get_size()
    for index in range(text.count_rects(match.start(), match.end() - match.start())):
        left, bottom, right, top = text.get_rect(index)
        box = (left / width, 1 - top / height, right / width, 1 - bottom / height)
        _blacken(picture, _in_pixels(picture, [100 * share for share in box]))


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
    from PIL import Image, ImageDraw  # noqa: F401, PLC0415

    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    wish = json.loads(sys.stdin.buffer.readline())
    content, counts = masked(kind, sys.stdin.buffer.read(), wish)
    sys.stdout.buffer.write(json.dumps(counts).encode() + b"\n" + content)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    code = 99
    try:
        code = main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    finally:
        os._exit(code)  # without tearing down: after MemoryError that could fail too
