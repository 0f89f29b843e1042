"""A text in clauses, without greeting, thanks and the name and address of who sent it. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from danchu.consultation.courtesy import POLITE, SYLLABLE, TELEX
from danchu.consultation.likeness import turns
from danchu.consultation.numerals import THOUSANDS, with_digits
from danchu.consultation.phrases import (
    ANSWER,
    ASKS,
    NO_SYLLABLES,
    OPENING,
    PHRASES,
    READINGS,
    SHORT_FORMS,
    SIGNS,
    STANCE,
    TAIL,
)
from danchu.consultation.whereabouts import Places, places_of
from danchu.kernel.text import fold

_PIECES = re.compile(
    r"\d+(?:[.,]\d{3})+(?!\d)|\d+|[^\W\d_]+(?:\d[^\W\d_]+)*(?:(?:[6-9]?[1-5]|\d)(?!\d))?|[-.,;:!?()\n]"
)
_POINTS = frozenset("-.,;:!?()\n")
# Words that join a reason to what it is a reason for, as they are written with marks.
_JOINING = frozenset(["vì", "do", "bởi", "nên"])
_JOINING_BARE = frozenset(["vi"])  # as they are written without marks, where it is no other word
# Behind these, and behind a "not", the word joins nothing: "quý vị", "chỉ nên".
_NOT_JOINED = frozenset(["quy", "chi", "ko", "k"])
_HENCE = frozenset(["vậy", "thế", "đó", "vay", "the"])
_FAMILY_NAMES = (
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh mai cao trinh "
    "luong dao doan ta truong lam ha quach trieu nong lo vi giang thach son kim ma"
)
_FAMILIES = frozenset(_FAMILY_NAMES.split())
_I_AM = re.compile(
    r"(?:toi|em|chau|minh|con)(?: ten)?(?: la)?|nguoi (?:gui|viet|ky)|ky ten|ho (?:va )?ten"
)
_HOME_WORDS = (
    "hien|tru|cu ngu|o|tai|dia chi|so|nha|ngo|ngach|hem|kiet|to|to dan pho|duong|khu|khu pho|thon"
    "|xom|ap|phong|dien thoai|dt|sdt"
)
_HOME = re.compile(rf"(?:(?:(?:{_HOME_WORDS}) )+\d+[a-z]?(?: \d+)*(?: |$))+$")
_GREETING = re.compile(
    r"(?:(?:da|xin|chan thanh|toi|em|chau|kinh|va|rat) *)*"
    r"(?:cam on|tran trong|gui|thua|chao|chuc)\b"
)
_LIVES = re.compile(rf"(?:{_HOME_WORDS}|doi|ban)(?: \S+){{1,6}}$")
LONGEST_HOME, LONGEST_PLACE, SHORTEST_HOPE = 9, 3, 5  # words
LONGEST_GREETING = 10  # words; what is longer has run on into what is said, without a point
# Verbs with which one asks, where nothing is thanked for or hoped.
_ASKED = re.compile(r"\b(?:(?:rat |kinh )?mong|xin)\b(?! (?:cam|chan|duoc|som|loi|phep)\b)")
# Words of everyday courtesy of which a whole clause may consist.
_COURTEOUS_WORDS = (
    "ad admin am chuc het khoe kinh lang luu nghe nhieu nhu quan rat suc tam tks thanks tri"
)
_COURTEOUS = POLITE | frozenset(_COURTEOUS_WORDS.split())


@dataclass(frozen=True)
class Text:
    """What somebody says."""

    words: tuple[str, ...]  # in small letters without marks
    starts: frozenset[int]  # places of the first words of clauses, and the place after the last
    asking: frozenset[int]  # those of clauses that ask for something or take a side
    names: frozenset[str]
    is_against: bool | None  # of what is proposed; None: takes no side
    places: Places = frozenset()


@lru_cache(maxsize=4_096)
def text_in_clauses(text: str) -> Text:
    """The clauses of a text; all of them where nothing but courtesy stands there."""
    pieces = _PIECES.findall(_written_out(text))
    is_bare = not any(letter >= "\u0300" for letter in unicodedata.normalize("NFD", text))
    joining = _JOINING_BARE if is_bare else _JOINING
    clauses = [words for clause in _parted(pieces, joining) for words in _without_tail(clause)]
    rest = [words for words in _unsigned(clauses) if not _is_courtesy(words)] or clauses
    words = []
    starts = {0}
    asking = set()
    stance = None
    where: Places = frozenset()
    for clause in rest:
        phrase = _ASKED.sub("de nghi", " ".join(clause))
        clause = phrase.split()
        where |= places_of(clause)
        stance = stance or STANCE.search(phrase)
        if STANCE.search(phrase) or ASKS.search(phrase):
            asking.add(len(words))
        words += clause
        starts.add(len(words))
    is_against = bool(stance["no"] or stance["against"]) if stance else None
    names = frozenset(_names(pieces) & set(words))
    return Text(tuple(words), frozenset(starts), frozenset(asking), names, is_against, where)


def _written_out(text):
    for sign, words in SIGNS:
        text = sign.sub(words, text)
    return unicodedata.normalize("NFC", text)


def _parted(pieces, joining):
    """Lists of words between points and before words that join a reason."""
    clause = []
    before = ""
    for piece in pieces:
        low = piece.lower()
        if (low in joining and not _is_not_joined(before)) or piece in _POINTS:
            if not (piece == ":" and _is_introduction(clause)):
                yield clause
            clause = ["nen"] if low == "nên" else []
        elif low in THOUSANDS and before.isdigit():
            clause.append(low)
        elif not (low in _HENCE and before in joining):
            clause += plain_word(piece).split()
        before = low
    yield clause


def _is_introduction(words):
    """Whether the words before a colon only say who writes: "I copied this from our group:"."""
    return len(words) <= LONGEST_HOME and not ASKS.search(" ".join(words))


def _is_not_joined(before):
    word = fold(before)
    return word in _NOT_JOINED or (not word.isdigit() and turns(word))


@lru_cache(maxsize=65_536)
def plain_word(piece: str) -> str:
    """The word in small letters without marks, written out, as keys of Telex or VNI mean it."""
    if piece[0].isdigit():
        return re.sub("[.,]", "", piece)
    word = READINGS.get(piece.lower()) or fold(piece).replace("oo", "o")
    if word == piece.lower().replace("đ", "d") or word in NO_SYLLABLES:
        word = SHORT_FORMS.get(word, word)
    if " " in word or SYLLABLE.fullmatch(word):
        return word
    for letters in (TELEX.sub("", word), re.sub(r"\d", "", word)):
        if letters != word and len(letters) > 1 and SYLLABLE.fullmatch(letters):
            return letters
    return word


def _without_tail(words):
    """The clause in digits, parted where thanks or a signature follow without a point."""
    phrase = " ".join(words)
    for pattern, instead in PHRASES:
        phrase = pattern.sub(instead, phrase)
    phrase = OPENING.sub("", phrase)
    return [with_digits(part.split()) for part in TAIL.split(phrase) if part]


def _unsigned(clauses):
    """The clauses without those in which the sender gives a name and an address."""
    others = []
    is_signing = False
    for words in clauses:
        phrase = " ".join(words)
        after = _I_AM.match(phrase)
        name = phrase[after.end() :].split() if after else words
        is_name = len(name) in range(2, 5) and name[0] in _FAMILIES
        home = _HOME.search(phrase)
        is_home = home and len(words) <= LONGEST_HOME
        if is_name or (after and not name):
            is_signing = True
        elif (is_home and home.start() == 0) or (
            is_signing and (is_home or len(words) <= LONGEST_PLACE or _LIVES.match(phrase))
        ):
            continue
        elif home and name[0] in _FAMILIES and (after or is_home):
            is_signing = True
        else:
            is_signing = False
            others.append(words)
    if len(others) > 1 and _is_only_a_name(others[-1]):
        others.pop()
    return others


def _is_only_a_name(words):
    """Whether a last clause is too short to say anything: "Mrs Tuyết", "a citizen"."""
    phrase = " ".join(words)
    is_said = ASKS.search(phrase) or STANCE.search(phrase) or any(map(turns, words))
    return len(words) <= LONGEST_PLACE and not is_said


def _is_courtesy(words):
    phrase = " ".join(words)
    others = sum(word not in _COURTEOUS for word in words)
    is_hope = "mong" in words[:3] and len(words) >= SHORTEST_HOPE  # with one slip
    return others <= is_hope or bool(
        ANSWER.fullmatch(phrase)
        or len(words) <= LONGEST_GREETING
        and _GREETING.match(phrase)
        and not ASKS.search(phrase)
        and not STANCE.search(phrase)
    )


def _names(pieces):
    """Words with a capital letter inside a sentence, unless most of the text is in capitals."""
    if sum(piece.isupper() for piece in pieces) * 2 > len(pieces):
        return set()
    return {
        fold(piece)
        for before, piece, after in zip(pieces, pieces[1:], [*pieces[2:], "."], strict=False)
        if piece[0].isupper()
        and before not in ".,!?\n:-"
        and (fold(piece) not in POLITE or (before.islower() and not after.islower()))
    }
