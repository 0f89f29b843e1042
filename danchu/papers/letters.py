"""The letters that an official paper can print: those of Vietnamese and of the languages of Vietnam
that are written in Latin letters, alone and with the marks that Unicode has no letter for.

The orthographies are listed by letters beyond a–z and those of Vietnamese, lower case; capitals
follow. Sources: the primers of the languages taught at school by decree 82/2010/NĐ-CP (Ê Đê, Gia
Rai, Ba Na, M'Nông, Xơ Đăng), and the scripts approved by the provinces for the others.
"""

import unicodedata

VIETNAMESE = "ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
ORTHOGRAPHIES = {
    "Ê Đê": "ƀ č ĕ ê̆ ĭ ñ ŏ ô̆ ơ̆ ŭ ư̆ ă",
    "Gia Rai": "ƀ č ĕ ê̆ ĭ ñ ŏ ô̆ ơ̆ ŭ ư̆ ă",
    "Ba Na": "ƀ č ĕ ê̆ ĭ ñ ŏ ô̆ ơ̆ ŭ ư̆ ă",
    "M’Nông": "ƀ č ĕ ê̆ ĭ ñ ŏ ô̆ ơ̆ ŭ ư̆ ă",
    "Xơ Đăng": "ƀ ê̆ ĕ ĭ ŏ ô̆ ơ̆ ŭ ư̆ ă ñ ế̆",
    "Cơ Ho": "ƀ ñ ă ĕ ĭ ŏ ŭ ê̆ ô̆ ơ̆ ư̆ ờ̆ ừ̆ ồ̆",
    "Chu Ru": "ƀ č ñ ĕ ĭ ŏ ŭ ơ̆ ư̆",
    "Ra Glai": "ƀ č ñ ĕ ĭ ŏ ŭ ơ̆ ư̆ ĩ ũ",
    "Hrê": "ƀ ĕ ĭ ŏ ŭ ê̆ ô̆ ơ̆ ư̆",
    "Co": "ƀ ĕ ĭ ŏ ŭ ê̆ ô̆ ơ̆ ư̆",
    "Cơ Tu": "ƀ č ñ ĕ ĭ ŏ ŭ ê̆ ô̆ ơ̆ ư̆",
    "Bru – Vân Kiều": "ƀ ĕ ĭ ŏ ŭ â̆ ê̆ ô̆ ơ̆ ư̆ ŏ́ ớ",
    "Tà Ôi": "ƀ ĕ ĭ ŏ ŭ â̆ ê̆ ô̆ ơ̆ ư̆ ŏ́ ĕ́",
    "Xtiêng": "ƀ ĕ ĭ ŏ ŭ ê̆ ô̆ ơ̆ ư̆ č ñ",
    "Chăm (chữ Latinh)": "ƀ č ñ ǒ ĕ ĭ ŏ ŭ ơ̆ ư̆ é è",
    "Hmông": "",
    "Dao": "",
    "Mường": "â ă ê ô ơ ư",
    "Tày – Nùng": "",
    "Thái (chữ Latinh)": "",
}
_VOWELS = "aeiouyăâêôơưɛɔɨ"
_MARKS_ABOVE = "\u0300\u0301\u0303\u0309\u0306\u030c\u0302\u0308\u0304"
_BREVE = "\u0306"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_DOT_BELOW = "\u0323"
FIRST_PRIVATE = 0xE000


def normal(text):
    """The text in NFC: letters with one code where Unicode has one."""
    return unicodedata.normalize("NFC", text)


def _clusters():
    bases = [*_VOWELS, *_VOWELS.upper()]
    marks = [*_MARKS_ABOVE, _DOT_BELOW, *(_BREVE + tone for tone in _TONES)]
    marks += [_DOT_BELOW + mark for mark in _MARKS_ABOVE]
    clusters = {normal(base + mark) for base in bases for mark in marks}
    clusters |= {normal(base + _BREVE) for base in (*VIETNAMESE, *VIETNAMESE.upper())}
    return tuple(sorted(cluster for cluster in clusters if len(cluster) > 1))


# Letters with marks for which Unicode has no code of their own; the face has a glyph for each, at
# FIRST_PRIVATE plus its place in this list.
CLUSTERS = _clusters()


def letters_of(orthography):
    """The letters of one of the ORTHOGRAPHIES, both cases, each in NFC."""
    letters = [*VIETNAMESE, *ORTHOGRAPHIES[orthography].split()]
    return {normal(form) for letter in letters for form in (letter, letter.upper())}
