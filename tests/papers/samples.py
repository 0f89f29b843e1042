"""Small files of each kind with MARK in every place where programs write who made a file."""

import io
import zipfile
import zlib

from tests.inspection.pictures import jpeg

MARK = "Nguyen Van To"
TEXT = "Noi dung to cao"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CELLS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument."
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
PROPERTIES = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
TYPES = "[Content_Types].xml"


def archive(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, part in parts.items():
            pack.writestr(name, part)
    return file.getvalue()


def types(**overrides):
    rows = "".join(
        f'<Override PartName="/{name.replace("__", "/")}.xml" ContentType="{media}"/>'
        for name, media in overrides.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="jpeg" ContentType="image/jpeg"/>{rows}</Types>'
    )


def relations(*rows, base=REL):
    """`rows` are (type, target) or (type, target, mode)."""
    return (
        f'<Relationships xmlns="{RELS}">'
        + "".join(
            f'<Relationship Id="rId{number}" Target="{target}" '
            + (f'TargetMode="{mode[0]}" ' if mode else "")
            + f'Type="{kind if kind.startswith("http") else f"{base}/{kind}"}"/>'
            for number, (kind, target, *mode) in enumerate(rows, 1)
        )
        + "</Relationships>"
    )


def core():
    return (
        f'<cp:coreProperties xmlns:cp="{PROPERTIES}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{MARK}</dc:creator><cp:lastModifiedBy>{MARK}</cp:lastModifiedBy>"
        "</cp:coreProperties>"
    )


def docx_parts(body="", **more):
    """The parts of a DOCX; `body` stands in its text."""
    return {
        TYPES: types(
            word__document=f"{OFFICE}wordprocessingml.document.main+xml",
            docProps__core=CORE,
            word__comments=f"{OFFICE}wordprocessingml.comments+xml",
        ),
        "_rels/.rels": relations(
            ("officeDocument", "word/document.xml"),
            (f"{PROPERTIES}", "docProps/core.xml"),
        ),
        "docProps/core.xml": core(),
        "docProps/app.xml": f"<Properties><Company>{MARK}</Company></Properties>",
        "customXml/item1.xml": f"<a>{MARK}</a>",
        "word/document.xml": (
            f'<w:document xmlns:w="{WORD}" xmlns:wp="urn:wp"><w:body>'
            f'<w:p w:rsidR="00AB12CD"><w:ins w:id="1" w:author="{MARK}" '
            f'w:date="2026-01-02T03:04:05Z"><w:r><w:t>{TEXT}</w:t></w:r></w:ins>'
            f'<wp:docPr id="1" name="Picture 1" descr="C:\\Users\\{MARK}\\a.jpg"/></w:p>'
            f"{body}</w:body></w:document>"
        ),
        "word/comments.xml": (
            f'<w:comments xmlns:w="{WORD}"><w:comment w:id="0" w:author="{MARK}" '
            'w:initials="NVT"><w:p><w:r><w:t>Xem lai</w:t></w:r></w:p></w:comment></w:comments>'
        ),
        "word/people.xml": f'<p:people xmlns:p="urn:p"><p:person p:author="{MARK}"/></p:people>',
        "word/settings.xml": (
            f'<w:settings xmlns:w="{WORD}"><w:rsids><w:rsid w:val="00AB12CD"/></w:rsids>'
            f'<w:docVars><w:docVar w:name="a" w:val="{MARK}"/></w:docVars></w:settings>'
        ),
        "word/_rels/document.xml.rels": relations(
            ("comments", "comments.xml"),
            ("people", "people.xml"),
            ("settings", "settings.xml"),
            ("image", "media/image1.jpeg"),
            ("hyperlink", "https://vidu.vn/", "External"),
            ("customXml", "../customXml/item1.xml"),
        ),
        "word/media/image1.jpeg": jpeg(),
        **more,
    }


def docx(body="", **more):
    return archive(docx_parts(body, **more))


def xlsx_parts(formula="1+1", **more):
    return {
        TYPES: types(xl__workbook=f"{OFFICE}spreadsheetml.sheet.main+xml", docProps__core=CORE),
        "_rels/.rels": relations(
            ("officeDocument", "xl/workbook.xml"), (PROPERTIES, "docProps/core.xml")
        ),
        "docProps/core.xml": core(),
        "xl/workbook.xml": (
            f'<workbook xmlns="{CELLS}" xmlns:r="{REL}" xmlns:a="urn:a">'
            f'<a:absPath url="C:\\Users\\{MARK}\\"/><fileSharing userName="{MARK}"/>'
            '<sheets><sheet name="Trang" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{CELLS}" xmlns:r="{REL}"><sheetData><row r="1">'
            f'<c r="A1" t="inlineStr"><is><t>{TEXT}</t></is></c><c r="B1"><f>{formula}</f></c>'
            '</row></sheetData><pageSetup r:id="rId2"/></worksheet>'
        ),
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            ("comments", "../comments1.xml"),
            ("printerSettings", "../printerSettings/printerSettings1.bin"),
        ),
        "xl/comments1.xml": (
            f'<comments xmlns="{CELLS}"><authors><author>{MARK}</author></authors><commentList>'
            f'<comment ref="A1" authorId="0"><text><r><t>{MARK}:</t></r><r><t>Xem lai</t></r>'
            "</text></comment></commentList></comments>"
        ),
        "xl/printerSettings/printerSettings1.bin": f"PRINTER {MARK}",
        **more,
    }


def xlsx(formula="1+1", **more):
    return archive(xlsx_parts(formula, **more))


ODF = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = (
    f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" xmlns:draw="{ODF}:drawing:1.0" '
    f'xmlns:table="{ODF}:table:1.0" xmlns:script="{ODF}:script:1.0" '
    f'xmlns:manifest="{ODF}:manifest:1.0" xmlns:meta="{ODF}:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def odt_parts(body="", kind="text", **more):
    media = f"application/vnd.oasis.opendocument.{kind}"
    return {
        "mimetype": media,
        "content.xml": (
            f"<office:document-content {SPACES}><office:body><office:{kind}>"
            f"<text:p>{TEXT}<office:annotation><dc:creator>{MARK}</dc:creator>"
            f"<dc:date>2026-01-02</dc:date><meta:creator-initials>{MARK}</meta:creator-initials>"
            f"<text:p>Xem lai</text:p></office:annotation></text:p>{body}"
            f"</office:{kind}></office:body></office:document-content>"
        ),
        "meta.xml": f"<office:document-meta {SPACES}><dc:creator>{MARK}</dc:creator>"
        "</office:document-meta>",
        "settings.xml": f"<office:settings {SPACES}>{MARK}</office:settings>",
        "Thumbnails/thumbnail.png": f"x{MARK}",
        "Pictures/1.jpeg": jpeg(),
        "META-INF/manifest.xml": (
            f'<manifest:manifest {SPACES}><manifest:file-entry manifest:full-path="/" '
            f'manifest:media-type="{media}"/><manifest:file-entry manifest:full-path="meta.xml" '
            'manifest:media-type="text/xml"/></manifest:manifest>'
        ),
        **more,
    }


def odt(body="", **more):
    return archive(odt_parts(body, **more))


def ods(body="", **more):
    return archive(odt_parts(body, "spreadsheet", **more))


def pdf(extra=(), catalog="", page="", trailer="", is_packed=False):
    """A PDF of one page with a photo, a comment and an earlier version of its properties. `extra`
    are more objects, numbered from 10; `is_packed`: properties and more in an object stream.
    """
    photo = jpeg()
    info = f"<</Author ({MARK}) /Creator ({MARK})>>".encode()
    text = zlib.compress(f"BT /F1 12 Tf ({TEXT}) Tj ET".encode())
    xmp = f"<x:xmpmeta>{MARK}</x:xmpmeta>".encode()
    rows = {
        1: f"<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R {catalog}>>".encode(),
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: (
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Annots[8 0 R]"
            f"/Resources<</XObject<</I 6 0 R>>>> {page}>>"
        ).encode(),
        4: b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(text), text),
        5: b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream" % (len(xmp), xmp),
        6: b"<</Subtype/Image/Width 64/Height 48/ColorSpace/DeviceRGB/BitsPerComponent 8"
        b"/Filter/DCTDecode/Length %d>>\nstream\n%s\nendstream" % (len(photo), photo),
        8: f"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T({MARK})/Contents(Xem lai)>>".encode(),
    }
    packed_rows = {7: info, **{10 + number: row.encode() for number, row in enumerate(extra)}}
    if is_packed:
        head, body = b"", b""
        for number, row in packed_rows.items():
            head += b"%d %d " % (number, len(body))
            body += row + b" "
        plain = zlib.compress(head + body)
        rows[40] = (
            b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream"
            % (len(packed_rows), len(head), len(plain), plain)
        )
    else:
        rows |= packed_rows
    file = b"%PDF-1.5\n"
    for number, row in rows.items():
        file += b"%d 0 obj\n%s\nendobj\n" % (number, row)
    file += f"trailer\n<</Root 1 0 R/Info 7 0 R {trailer}>>\nstartxref\n0\n%%EOF\n".encode()
    return file
