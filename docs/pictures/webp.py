"""A picture as a small WebP file of this folder."""

import base64
from pathlib import Path

HERE = Path(__file__).parent
WIDTHS = {1280: 900, 390: 844}
TALLEST = 1500
LARGEST = 150_000  # bytes of a picture
# The browser itself turns its picture into WebP: no further library.
SMALLER = """async ([png, quality]) => {
  const source = await fetch('data:image/png;base64,' + png);
  const picture = await createImageBitmap(await source.blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext('2d').drawImage(picture, 0, 0);
  const blob = await canvas.convertToBlob({type: 'image/webp', quality});
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}"""


def keep(blank, png, name):
    """Write a picture as WebP that is not too large."""
    png = base64.b64encode(png).decode()
    for quality in (0.85, 0.7, 0.5, 0.3):
        picture = base64.b64decode(blank.evaluate(SMALLER, [png, quality]))
        if len(picture) <= LARGEST:
            break
    (HERE / f"{name}.webp").write_bytes(picture)
    print(f"✓ {name}.webp {len(picture) // 1000} kB")
