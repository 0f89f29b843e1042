"""What a camera wrote into a photo is taken out, the pixels never touched, and nothing but a
whole picture is taken.
"""

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageOps

from danchu.inspection.photos.plain import plain_photo
from danchu.kernel.refusals import Refused
from tests.inspection.pictures import GPS, TAKEN, jpeg, opened, png

TOLD = (
    b"Tr\xe1\xba\xa7n",
    b"Model 5",
    b"nh\xc3\xa0",
    b"MotionPhoto",
    b"second picture",
    b"Author",
    b"Location",
    b"21.0285",
)


@pytest.mark.parametrize(
    "more", [{}, {"progressive": True}, {"subsampling": 0}, {"icc_profile": b"profile" * 20}]
)
@pytest.mark.parametrize("keeps", [True, False])
def test_only_how_to_turn_it_is_left_and_the_trace_where_it_is_wanted(more, keeps):
    sent = jpeg(**more)
    plain, ending = plain_photo(sent, keeps)
    assert ending == "jpg"
    exif = opened(plain).getexif()
    assert set(exif) == ({0x0112, 0x8769, 0x8825} if keeps else {0x0112}) and exif[0x0112] == 6
    assert exif.get_ifd(0x8769) == ({0x9003: TAKEN} if keeps else {})
    assert {
        tag: tuple(map(float, value)) if tag in (2, 4) else value
        for tag, value in exif.get_ifd(0x8825).items()
    } == (GPS if keeps else {})
    assert [word for word in TOLD if word in plain] == []
    assert opened(plain).info.get("icc_profile") == more.get("icc_profile")
    before, after = (ImageOps.exif_transpose(opened(one).convert("RGB")) for one in (sent, plain))
    assert (before.size, before.tobytes()) == (after.size, after.tobytes())


def test_a_photo_that_stands_upright_carries_no_tags_at_all():
    assert b"Exif" in jpeg(turn=1) and b"Exif" not in plain_photo(jpeg(turn=1), False)[0]


def test_what_is_plain_already_stays_as_it_is():
    once, _ending = plain_photo(jpeg(), True)
    assert plain_photo(once, True)[0] == once


def test_a_png_keeps_its_pixels_and_none_of_its_texts():
    plain, ending = plain_photo(png(), False)
    assert (ending, opened(plain).text, [word for word in TOLD if word in plain]) == ("png", {}, [])
    assert opened(plain).tobytes() == opened(png()).tobytes() and plain.endswith(b"IEND\xaeB`\x82")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"\xff\xd8",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe1\x00",
        b"\xff\xd8hello",
        b"\x89PNG\r\n\x1a\n",
        b"<svg/>",
        b"%PDF-1.4",
    ],
)
def test_what_is_no_whole_picture_is_refused_by_field(content):
    with pytest.raises(Refused) as refusal:
        plain_photo(content, False)
    assert refusal.value.field == "photos"


@pytest.mark.parametrize("make", [jpeg, png])
def test_a_picture_cut_off_anywhere_is_never_taken_for_a_whole_one(make):
    whole = make(tagged=False) if make is jpeg else png()[: -len(b"behind the end")]
    for end in range(2, len(whole) - 2, 7):
        with pytest.raises(Refused):
            plain_photo(whole[:end], False)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_garbage_inside_is_refused_or_survived_and_never_a_fault(data):
    whole = bytearray(data.draw(st.sampled_from([jpeg(), png()])))
    for _n in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, min(len(whole), 700) - 1))] = data.draw(st.integers(0, 255))
    try:
        plain, _ending = plain_photo(bytes(whole), True)
    except Refused:
        return
    assert len(plain) <= len(whole) + 200


def in_seconds(content):
    """The processor time that one reading takes."""
    before = time.thread_time()
    with suppress(Refused):
        plain_photo(content, False)
    return time.thread_time() - before


START_OF_SCAN = b"\xff\xda\x00\x02"


@pytest.mark.parametrize(
    "piece",
    [
        b"\xff",
        b"\xff\x00",
        b"\xff\xd0",
        b"\x00",
        b"\xff\xff\x00",
        START_OF_SCAN,
        b"\xff\xfe\x00\x02",
    ],
    ids=["fill", "stuffed", "restart", "nought", "fill and stuffed", "scans", "comments"],
)
@pytest.mark.parametrize("end", [b"", b"\x00", b"\xff\xd9"])
@pytest.mark.case("SE-H4")
def test_the_time_to_read_a_photo_grows_with_its_length_whatever_repeats_in_it(piece, end):
    def photo(size):
        return b"\xff\xd8" + START_OF_SCAN + piece * (size // len(piece)) + end

    short = min(in_seconds(photo(4_000)) for _try in range(3))
    long = min(in_seconds(photo(40_000)) for _try in range(3))
    assert long < 40 * max(short, 0.002)  # ten times as long; squared it is seconds


def test_a_run_of_fill_bytes_before_a_marker_belongs_to_the_marker():
    plain, _ending = plain_photo(b"\xff\xd8" + START_OF_SCAN + b"ab\xff\xff\xff\xd9", False)
    assert plain == b"\xff\xd8" + START_OF_SCAN + b"ab\xff\xd9"


def test_a_png_of_countless_chunks_is_refused():
    chunk = b"\x00\x00\x00\x00IDAT\x00\x00\x00\x00"
    with pytest.raises(Refused):
        plain_photo(b"\x89PNG\r\n\x1a\n" + chunk * 30_000, False)


@pytest.mark.case("SE-H4")
def test_a_photo_of_countless_scans_is_refused_before_it_is_decoded():
    """Each of them is decoded over the whole picture, however few bytes it has."""
    scan = START_OF_SCAN + b"ab"
    assert plain_photo(b"\xff\xd8" + scan * 12 + b"\xff\xd9", False)
    with pytest.raises(Refused):
        plain_photo(b"\xff\xd8" + scan * 200 + b"\xff\xd9", False)
