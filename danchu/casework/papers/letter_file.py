"""A letter as a file: its legal form, its paragraphs, a place for the signature."""

from danchu.papers.official import Line, Official, official_file


def letter_file(letter, ending):
    """The bytes of the letter as "docx" or "pdf"."""
    lines = (Line.of(f"Căn cứ {letter.basis};", "italic"), *(Line.of(text) for text in letter.body))
    return official_file(
        Official(
            letter.title, letter.issuer, letter.place, letter.on, f"………… ({letter.code})", lines
        ),
        ending,
    )
