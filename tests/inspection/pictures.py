"""Photos as cameras make them: with maker, owner, day, point, thumbnail, a second picture
behind the end.
"""

import io

from PIL import Image, PngImagePlugin

GPS, TAKEN = {1: "N", 2: (21.0, 1.0, 42.6), 3: "E", 4: (105.0, 51.0, 15.12)}, "2025:08:11 09:30:00"


def jpeg(seed=1, size=(64, 48), turn=6, tagged=True, **more):
    """The bytes of a JPEG; different for each seed."""
    picture = Image.new("RGB", size, (seed % 256, 40, 200))
    picture.putpixel((seed % size[0], seed % size[1]), (255, 255, 255))
    exif = Image.Exif()
    if tagged:
        exif[0x010F], exif[0x0110], exif[0x013B], exif[0x0112] = (
            "Máy ảnh",
            "Model 5",
            "Trần Thị Tám",
            turn,
        )
        exif.get_ifd(0x8769)[0x9003] = TAKEN
        exif.get_ifd(0x8825).update(GPS)
    kept = io.BytesIO()
    picture.save(
        kept, "JPEG", exif=exif, comment="nhà bà Tám" if tagged else b"", quality=90, **more
    )
    return kept.getvalue() + (b"\xff\xd8 a second picture \xff\xd9 MotionPhoto" if tagged else b"")


def png(seed=1):
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "Trần Thị Tám")
    told.add_itxt("Location", "21.0285, 105.8542")
    kept = io.BytesIO()
    Image.new("RGBA", (40, 30), (seed % 256, 90, 20, 128)).save(
        kept, "PNG", pnginfo=told, dpi=(72, 72)
    )
    return kept.getvalue() + b"behind the end"


def opened(content):
    return Image.open(io.BytesIO(content))
