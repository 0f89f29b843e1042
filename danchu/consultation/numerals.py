"""Numbers as people write them, in digits. Pure."""

YEAR = "nam"
MOST_DIGITS = 15  # more are no number that somebody counts, and too many cannot be read as one
_ONE_WORDS = "mot hai ba bon nam sau bay tam chin"
WORDS = {word: number for number, word in enumerate(_ONE_WORDS.split(), 1)}
_ONES = {**WORDS, "tu": 4, "lam": 5}
_TENS = {**_ONES, "muoi": 10}
THOUSANDS = {"k": 1_000, "nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000, "tr": 1_000_000}
_MONEY = frozenset(["dong", "d", "vnd"])
MONTHS = {"gieng": "1", "tu": "4", "muoi": "10", "chap": "12"} | {
    word: str(number) for word, number in WORDS.items()
}
_UNITS = {"h": "gio", "g": "gio", "m": "met", "km": "cay so"}


def with_digits(words: list[str]) -> list[str]:
    """The words (without marks) with numbers of two words and more in digits, thousands written
    out and money without its unit: "hai mươi lăm nghìn đồng" is 25000. A single word stays, as
    most of them are other words too.
    """
    numbered = []
    place = 0
    while place < len(words):
        number, after = _number_at(words, place)
        if number is None:
            numbered.append(words[place])
            place += 1
            continue
        place = after
        if place < len(words) and words[place] in THOUSANDS:
            number *= THOUSANDS[words[place]]
            place += 1
        numbered.append(str(number))
        if place < len(words) and words[place] in _UNITS:
            numbered += _UNITS[words[place]].split()
            place += 1
        elif place < len(words) and words[place] in _MONEY and number >= THOUSANDS["k"]:
            place += 1
    return numbered


def _number_at(words, place):
    """(number, place after the number), or (None, place)."""
    word = words[place]
    following = words[place + 1 : place + 3]
    if word.isdecimal() and len(word) <= MOST_DIGITS:
        return int(word), place + 1
    if word == "muoi" and (ones := _ones_at(words, place + 1)):
        return 10 + ones, place + 2
    if word in _ONES and following[:1] == ["muoi"]:
        ones = _ones_at(words, place + 2)
        return 10 * _ONES[word] + ones, place + (3 if ones else 2)
    if following and following[0] in THOUSANDS and word in _TENS:
        return _TENS[word], place + 1
    if word in _ONES and following[:1] == ["tram"] and following[1:] and following[1] in THOUSANDS:
        return 100 * _ONES[word], place + 2
    return None, place


def _ones_at(words, place):
    """The ones that follow tens, 0 for none. "Hai mươi năm" are twenty years, while "hai mươi năm
    nghìn" is 25000.
    """
    word = words[place] if place < len(words) else ""
    counted = words[place + 1] if place + 1 < len(words) else ""
    is_year = word == YEAR and counted not in THOUSANDS and counted not in _MONEY
    return 0 if is_year else _ONES.get(word, 0)
