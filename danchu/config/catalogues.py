"""A catalogue of translations (.po) compiled into the form that gettext reads (.mo).

The files are those that `make messages` writes. The format of both is described in the manual of
GNU gettext, chapter "The Format of PO Files" and "The Format of GNU MO Files".
"""

import ast
import struct
from dataclasses import dataclass, field

MAGIC = 0x950412DE
HEAD_BYTES = 28


@dataclass
class Message:
    """One entry of a .po file: `texts` maps each keyword to its text; `is_fuzzy`: flagged fuzzy."""

    texts: dict = field(default_factory=dict)
    is_fuzzy: bool = False

    @property
    def key(self):
        """What gettext looks a message up by: context, singular and plural joined."""
        context = self.texts.get("msgctxt")
        words = self.texts["msgid"]
        if "msgid_plural" in self.texts:
            words = f"{words}\0{self.texts['msgid_plural']}"
        return words if context is None else f"{context}\x04{words}"

    @property
    def translation(self):
        """The translation, its plural forms joined; "" where there is none."""
        forms = [text for name, text in self.texts.items() if name.startswith("msgstr")]
        return "\0".join(forms) if all(forms) else ""


def messages_of(text):
    """The messages of a .po file in order; obsolete ones (#~) are left out."""
    message = Message()
    keyword = ""
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("#,") or not line:
            if "msgid" in message.texts:
                yield message
                message = Message()
            message.is_fuzzy = message.is_fuzzy or "fuzzy" in line
        elif line.startswith('"'):
            message.texts[keyword] += ast.literal_eval(line)
        elif not line.startswith("#"):
            keyword, _space, quoted = line.partition(" ")
            if keyword in ("msgctxt", "msgid") and "msgid" in message.texts:
                yield message
                message = Message()
            message.texts[keyword] = ast.literal_eval(quoted)
    if "msgid" in message.texts:
        yield message


def compile_catalogue(text):
    """The .mo file, as bytes, of the text of a .po file."""
    pairs = sorted(
        (message.key.encode(), message.translation.encode())
        for message in messages_of(text)
        if message.translation and not (message.is_fuzzy and message.key)
    )
    number = len(pairs)
    offset = HEAD_BYTES + 16 * number
    tables = []
    strings = b""
    for column in (0, 1):
        for pair in pairs:
            tables += [len(pair[column]), offset + len(strings)]
            strings += pair[column] + b"\0"
    head = struct.pack(
        "<7I", MAGIC, 0, number, HEAD_BYTES, HEAD_BYTES + 8 * number, 0, HEAD_BYTES + 16 * number
    )
    return head + struct.pack(f"<{4 * number}I", *tables) + strings
