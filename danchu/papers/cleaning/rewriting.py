"""Markup that is checked, or written again, while it is read: no tree of it is in memory, so a part
may be as long as the archive allows.

Parsed by expat without entities and document types; prefixes and namespaces stay as they are.
"""

from xml.parsers import expat

from danchu.papers.cleaning.reasons import Reason, Unfit

_SEPARATOR = " "  # stands in no name
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_VALUE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
)
DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


class Names:
    """The names of elements and attributes as the parser gives them, each split once."""

    def __init__(self):
        self._split = {}

    def of(self, name):
        """(the name with its prefix, the name without it)"""
        if name not in self._split:
            parts = name.split(_SEPARATOR)  # [namespace,] name[, prefix]
            kind = parts[1] if len(parts) > 1 else parts[0]
            self._split[name] = (f"{parts[2]}:{kind}" if len(parts) > 2 else kind, kind)
        return self._split[name]


def check_tags(pieces, check):
    """Call `check(name, {name: value})`, names without prefix, for each start tag of a part that is
    read in pieces; Unfit where it is no XML or declares a document type.
    """
    names = Names()

    def start(name, attributes):
        check(names.of(name)[1], [(names.of(key)[1], value) for key, value in attributes.items()])

    parser = _parser()
    parser.StartElementHandler = start
    for _piece in _feed(parser, pieces):
        pass


def rewritten(pieces, rules):
    """Yields the bytes of the part, in blocks, without what the Rules leave out; Unfit as above."""
    writer = _Writer(rules)
    yield DECLARATION.encode()
    for _piece in _feed(writer.parser, pieces):
        yield writer.take()


class Rules:
    """What of the markup is left out. `kind` and `parent` are names without prefix, `parent` is ""
    at the root.
    """

    def drops(self, kind, parent):
        """Whether the element goes with all it contains."""
        return False

    def drops_text(self, kind, text):
        """Whether the text at the beginning of the element goes."""
        return False

    def attribute(self, kind, name, value):
        """The value of the attribute to write; None for none."""
        return value


def _parser():
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.namespace_prefixes = True
    parser.buffer_text = True
    parser.buffer_size = 65_536
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_declared):
    raise Unfit(Reason.BROKEN, "document type")


def _feed(parser, pieces):
    """Parses the pieces, and yields after each."""
    try:
        for piece in pieces:
            parser.Parse(piece)
            yield piece
        parser.Parse(b"", True)
        yield b""
    except expat.ExpatError as error:
        is_limit = error.code == expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]
        raise Unfit(Reason.LARGE if is_limit else Reason.BROKEN, str(error)) from None


class _Writer:
    """Writes what the parser reads, but for what the rules leave out."""

    def __init__(self, rules):
        self.rules = rules
        self.names = Names()
        self.output = []
        self.open = [""]
        self.spaces = []  # declared by the next start tag: (prefix, namespace)
        self.dropped = 0  # the depth within an element that goes
        self.first_text = []  # of the open element, which has no child yet
        self.is_first = False
        self.parser = _parser()
        self.parser.StartNamespaceDeclHandler = self._declare
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def take(self):
        """The bytes written since the last call."""
        block = "".join(self.output).encode()
        self.output.clear()
        return block

    def _declare(self, prefix, namespace):
        self.spaces.append((prefix, namespace))

    def _start(self, name, attributes):
        written, kind = self.names.of(name)
        if self.dropped or self.rules.drops(kind, self.open[-1]):
            self.dropped += 1
            self.spaces.clear()
            return
        self._write_first_text()
        self.open.append(kind)
        self.is_first = True
        tag = [f"<{written}"]
        for prefix, namespace in self.spaces:
            at = f"xmlns:{prefix}" if prefix else "xmlns"
            tag.append(f' {at}="{(namespace or "").translate(_VALUE)}"')
        self.spaces.clear()
        for key, value in attributes.items():
            key, attribute = self.names.of(key)
            value = self.rules.attribute(kind, attribute, value)
            if value is not None:
                tag.append(f' {key}="{value.translate(_VALUE)}"')
        self.output.append("".join([*tag, ">"]))

    def _end(self, name):
        if self.dropped:
            self.dropped -= 1
            return
        self._write_first_text()
        self.open.pop()
        self.output.append(f"</{self.names.of(name)[0]}>")

    def _text(self, text):
        if self.dropped:
            return
        if self.is_first:
            self.first_text.append(text)
        else:
            self.output.append(text.translate(_TEXT))

    def _write_first_text(self):
        """The text of an element up to its first child or its end, which the rules see whole."""
        if self.is_first:
            text = "".join(self.first_text)
            if text and not self.rules.drops_text(self.open[-1], text):
                self.output.append(text.translate(_TEXT))
        self.first_text.clear()
        self.is_first = False
