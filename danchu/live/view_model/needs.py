"""What a poll needs to be valid and to pass, in words."""

from typing import Any

from danchu.live.view_model.formats import number_text


def needs_text(needs: dict[str, Any] | None, options: list[str], words: dict[str, str]) -> str:
    """The sentences of what conference/votes/needed.py answers for a poll with these options."""
    if needs is None:
        return ""
    threshold = needs["threshold"]
    quorum = needs["quorum"]
    sentences = []
    if quorum is not None:
        sentences.append(_sentence(words["needs.quorum"], quorum, "", words))
    if threshold is not None:
        kind = needs["of"] if threshold["is_share"] else "number"
        option = options[needs["option"]]
        sentences.append(_sentence(words[f"needs.{kind}"], threshold, option, words))
    if threshold is None:
        sentences.append(words["needs.nothing"])
    return " ".join(sentences)


def _sentence(sentence: str, part: dict[str, Any], option: str, words: dict[str, str]) -> str:
    """A rule in words, and how many that is where it is known. What people wrote is put in last."""
    mark = words["thousands_mark"]
    amount = words[f"sense.{part['sense']}"].replace("%s", part["value"])
    text = sentence.replace("%(amount)s", amount)
    if part["is_share"] and part["number"] is not None:
        number = words[f"number.{part['sense']}"]
        number = number.replace("%(number)s", number_text(part["number"], mark))
        text = text + " " + number.replace("%(whole)s", number_text(part["whole"], mark))
    return text.replace("%(option)s", option)
