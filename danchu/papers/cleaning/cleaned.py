"""One function for each kind of file: content in, the content to store instead out."""


def cleaned(kind):
    """The function (content, is_anonymous) -> bytes of the kind; b"" where the file may be stored
    as it is. It raises Unfit. Libraries are imported here.
    """
    if kind == "picture":
        from danchu.papers.cleaning.pictures import rewritten_picture  # noqa: PLC0415  late: slow

        return rewritten_picture
    if kind == "pdf":
        from danchu.papers.cleaning import pdf  # noqa: PLC0415  late: slow

        return lambda content, is_anonymous: _check_and_clean(
            pdf.checked_objects(content), is_anonymous, lambda read: pdf.without_authors(*read)
        )
    if kind == "open_xml":
        from danchu.papers.cleaning import open_xml, open_xml_authors  # noqa: PLC0415  late: slow

        return lambda content, is_anonymous: _check_and_clean(
            open_xml.checked_parts(content), is_anonymous, open_xml_authors.without_authors
        )
    from danchu.papers.cleaning import open_document  # noqa: PLC0415  late: slow

    return lambda content, is_anonymous: _check_and_clean(
        open_document.checked_parts(content), is_anonymous, open_document.without_authors
    )


def _check_and_clean(read, is_anonymous, clean):
    return clean(read) if is_anonymous else b""
