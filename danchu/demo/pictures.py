"""Drawn pictures of what citizens report, as a telephone would send them: no photograph of a real
street or person.
"""

import io

from PIL import Image, ImageDraw, ImageFilter

SIZE = (960, 720)
HORIZON = 400
DAY = ((176, 206, 232), (206, 200, 188))  # sky, ground
DUSK = ((38, 44, 74), (58, 58, 66))
RAIN = ((140, 150, 160), (96, 110, 120))


def picture_of(chance, title):
    """[(file, name)] of a picture for a title that speaks of something to be seen, else []."""
    for words, (sky, ground), draw_scene in SCENES:
        if words in title:
            image = Image.new("RGB", SIZE, sky)
            draw = ImageDraw.Draw(image)
            draw.rectangle((0, HORIZON, *SIZE), ground)
            _houses(draw, chance, sky)
            draw_scene(draw, chance)
            return [(_jpeg(image), "anh-hien-truong.jpg")]
    return []


def picture_of_sheet():
    """The file of a picture of a sheet of paper with a table, as a telephone would take it."""
    image = Image.new("RGB", SIZE, (122, 104, 88))
    draw = ImageDraw.Draw(image)
    draw.polygon(((210, 40), (760, 56), (740, 690), (196, 672)), (240, 238, 230))
    draw.line((330, 110, 640, 116), (60, 60, 66), 10)
    for row in range(12):
        y = 180 + row * 38
        draw.line((250, y, 700, y + 8), (150, 150, 152), 2)
        draw.line((270, y + 20, 270 + 150 + row * 37 % 120, y + 24), (70, 70, 82), 5)
        draw.line((610, y + 20, 650, y + 22), (38, 54, 120), 6)
    return _jpeg(image)


def _jpeg(image):
    file = io.BytesIO()
    soft = image.filter(ImageFilter.GaussianBlur(1.2))
    soft.save(file, "JPEG", quality=78)
    file.seek(0)
    return file


def _houses(draw, chance, sky):
    """A row of narrow houses along the horizon."""
    left = -20
    while left < SIZE[0]:
        width, height = chance.randrange(90, 170), chance.randrange(140, 330)
        tint = chance.randrange(-30, 40)
        wall = tuple(max(20, min(235, part + tint - 20)) for part in sky)
        draw.rectangle((left, HORIZON - height, left + width, HORIZON + 6), wall)
        for floor in range(HORIZON - height + 24, HORIZON - 50, 62):
            for window in range(left + 16, left + width - 30, 44):
                draw.rectangle((window, floor, window + 24, floor + 34), (70, 82, 96))
        left += width + 4


def _lamps(draw, chance):
    for foot in range(chance.randrange(120, 200), 960, 300):
        draw.line((foot, 640, foot, 210), (30, 30, 34), 10)
        draw.line((foot, 214, foot + 74, 196), (30, 30, 34), 8)
        draw.ellipse((foot + 62, 188, foot + 96, 212), (52, 52, 58))


def _rubbish(draw, chance):
    for _ in range(38):
        x, y = chance.randrange(280, 700), chance.randrange(470, 610)
        size = chance.randrange(28, 84)
        grey = chance.randrange(30, 120)
        colour = chance.choice(
            ((grey, grey, grey + 8), (188, 176, 150), (60, 96, 150), (44, 44, 48))
        )
        draw.ellipse((x, y, x + size, y + size * 2 // 3), colour)


def _holes(draw, chance):
    draw.polygon(((260, 720), (430, HORIZON), (560, HORIZON), (820, 720)), (92, 92, 96))
    for _ in range(4):
        x, y = chance.randrange(380, 600), chance.randrange(480, 660)
        width = (y - 360) // 2
        draw.ellipse((x, y, x + width, y + width // 3), (52, 48, 46))
        draw.ellipse((x + 8, y + 6, x + width - 10, y + width // 3 - 8), (112, 122, 128))


def _cover(draw, chance):
    x = chance.randrange(330, 470)
    draw.ellipse((x, 500, x + 260, 620), (70, 70, 74))
    draw.pieslice((x + 18, 510, x + 242, 610), 20, 200, (24, 24, 26))
    for end in ((x + 20, 540), (x + 120, 612), (x + 230, 560)):
        draw.line((x + 130, 560, *end), (130, 130, 134), 5)


def _water(draw, chance):
    draw.rectangle((0, 470, *SIZE), (112, 120, 116))
    for _ in range(40):
        x, y = chance.randrange(0, 900), chance.randrange(480, 700)
        draw.line((x, y, x + chance.randrange(30, 120), y), (146, 154, 150), 3)
    draw.rectangle((600, 380, 800, 500), (130, 40, 40))
    draw.ellipse((620, 470, 670, 520), (20, 20, 20))
    draw.ellipse((730, 470, 780, 520), (20, 20, 20))


def _bricks(draw, chance):
    for row in range(6):
        for place in range(9 - row):
            x = 300 + row * 22 + place * 46
            y = 600 - row * 26
            red = chance.randrange(150, 190)
            draw.rectangle((x, y, x + 42, y + 22), (red, 84, 60))
    draw.polygon(((640, 622), (760, 520), (900, 622)), (196, 180, 140))


def _pavement(draw, chance):
    for x in range(-100, 1000, 90):
        for y in range(HORIZON + 20, 720, 60):
            sunk = chance.randrange(0, 26) if 300 < x < 640 else 0
            draw.polygon(
                ((x, y + sunk), (x + 84, y + sunk // 2), (x + 84, y + 52), (x, y + 54 + sunk)),
                (166 - sunk * 2, 110, 96),
            )


def _tree(draw, chance):
    lean = chance.randrange(80, 170)
    draw.line((420, 640, 420 + lean, 220), (92, 66, 44), 34)
    for _ in range(26):
        x = 300 + lean + chance.randrange(0, 240)
        y = chance.randrange(90, 270)
        size = chance.randrange(50, 110)
        draw.ellipse((x, y, x + size, y + size), (60, chance.randrange(96, 140), 62))


SCENES = (
    ("Rác tồn đọng", DAY, _rubbish),
    ("Đèn đường hỏng", DUSK, _lamps),
    ("Nắp cống", DAY, _cover),
    ("Ổ gà", DAY, _holes),
    ("Ngập sau mưa", RAIN, _water),
    ("Đổ vật liệu", DAY, _bricks),
    ("Vỉa hè lún", DAY, _pavement),
    ("Cây nghiêng", DAY, _tree),
)
