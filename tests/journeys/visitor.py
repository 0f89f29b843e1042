"""A person at a browser without script: follows links by their words, fills fields by their labels,
presses buttons by what stands on them. What they cannot find, nobody at the page could.
"""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

BUTTONS = ".//button[not(@type) or @type='submit'] | .//input[@type='submit']"
FIELDS = ".//input | .//select | .//textarea"
# What browsers do not send: buttons that were not pressed, and files that were not chosen.
UNSENT = ("submit", "button", "reset", "image", "file")


class Stuck(AssertionError):
    """The page has no such link, field or button; the message lists those it has."""


class Visitor:
    """`page` is the parsed page on the screen, `answer` the response, `path` its address; who asks
    may have a network address of their own.
    """

    def __init__(self, asks_from="127.0.0.1"):
        self.client = Client(enforce_csrf_checks=True, REMOTE_ADDR=asks_from)
        self.answer = self.page = None
        self.path = ""

    def open(self, path):
        """Type an address, or open it from a letter."""
        return self._show(self.client.get(path, follow=True), path)

    def follow(self, words):
        """Follow the first link with these words, in the page before its frame."""
        links = [
            link
            for part in (".//main//a[@href]", ".//a[@href]")
            for link in self.page.iterfind(part)
            if _is_named(_text(link), words)
        ]
        if not links:
            raise Stuck(f"{self.path}: no link “{words}” among {self._links()}")
        exact = [link for link in links if _text(link) == words]
        return self.open((exact or links)[0].get("href").partition("#")[0])

    def press(self, button, typed=None, status=200):
        """Press a button after typing {label: value} into its form. A value is the text of a field
        or choice, True or False for a tick, (name, bytes) for a file.
        """
        typed = typed or {}
        form, pressed = self._form(button, typed)
        fields = self._values(form)
        for label, value in typed.items():
            self._type(form, fields, label, value)
        if pressed.get("name"):
            fields.append((pressed.get("name"), pressed.get("value", "")))
        path = pressed.get("formaction") or form.get("action") or self.path
        path = path.partition("#")[0] or self.path
        data = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        if (form.get("method") or "get").lower() == "get":
            answer = self.client.get(path, data, follow=True)
        else:
            answer = self.client.post(path, data, follow=True)
        return self._show(answer, path, status)

    def says(self, words):
        """Whether the words stand on the page."""
        return words in self.text

    @property
    def text(self):
        return _text(self.page)

    @property
    def content(self):
        """The bytes of a file that was answered."""
        return b"".join(self.answer) if self.answer.streaming else self.answer.content

    def _show(self, answer, path, status=200):
        if answer.redirect_chain:
            path = answer.redirect_chain[-1][0]
        self.answer, self.path = answer, path
        if "text/html" in answer.headers.get("Content-Type", ""):
            self.page = html.fromstring(answer.content.decode())
        assert answer.status_code == status, f"{path}: {answer.status_code} {self.faults()}"
        return self

    def faults(self):
        """What the page says is wrong."""
        places = ".//*[@role='alert'] | .//*[contains(@class, 'error')] | .//h1"
        return " | ".join(_text(node) for node in self.page.xpath(places))

    def _links(self):
        return sorted({_text(link) for link in self.page.iterfind(".//main//a[@href]")})

    def _form(self, button, typed):
        buttons = [
            (form, pressed)
            for form in self.page.iterfind(".//form")
            for pressed in form.xpath(BUTTONS)
            if _is_named(_text(pressed) or pressed.get("value", ""), button)
        ]
        fitting = [
            (form, pressed)
            for form, pressed in buttons
            if all(field_of(form, label) is not None for label in typed)
        ]
        if fitting:
            return fitting[0]
        if buttons:
            labels = [sorted(_labels(form)) for form, _pressed in buttons]
            raise Stuck(f"{self.path}: no form “{button}” with {sorted(typed)} but {labels}")
        found = sorted({_text(one) for one in self.page.xpath(".//form//button")})
        raise Stuck(f"{self.path}: no button “{button}” among {found}; {self.faults()}")

    def _values(self, form):
        """[(name, value)] as a browser would send the untouched form."""
        fields = []
        for field in form.xpath(FIELDS):
            name, kind = field.get("name"), field.get("type", "text")
            if not name or field.get("disabled") is not None or kind in UNSENT:
                continue
            if field.tag == "select":
                options = field.xpath(".//option")
                chosen = [one for one in options if one.get("selected") is not None]
                chosen = chosen or ([] if field.get("multiple") is not None else options[:1])
                fields += [(name, one.get("value", _text(one))) for one in chosen]
            elif field.tag == "textarea":
                fields.append((name, (field.text or "").removeprefix("\n")))
            elif kind in ("radio", "checkbox"):
                if field.get("checked") is not None:
                    fields.append((name, field.get("value", "on")))
            else:
                fields.append((name, field.get("value", "")))
        return fields

    def _type(self, form, fields, label, value):
        field = field_of(form, label)
        name, kind = field.get("name"), field.get("type", "text")
        if kind == "checkbox":
            given = field.get("value", "on")
            fields[:] = [one for one in fields if one != (name, given)]
            if value:
                fields.append((name, given))
            return
        fields[:] = [one for one in fields if one[0] != name]
        if kind == "radio":
            value = self._radio(form, name, value)
        elif field.tag == "select":
            value = self._option(field, value)
        elif kind == "file":
            value = SimpleUploadedFile(*value)
        fields.append((name, value))

    def _radio(self, form, name, words):
        for label in form.iterfind(".//label"):
            field = _labelled(form, label)
            if field is not None and field.get("name") == name and _is_named(_text(label), words):
                return field.get("value")
        raise Stuck(f"{self.path}: no choice “{words}” of {name}")

    def _option(self, field, words):
        options = {_text(one): one.get("value", "") for one in field.xpath(".//option")}
        for text, value in options.items():
            if text == words or (words and text.startswith(words)):
                return value
        raise Stuck(f"{self.path}: no choice “{words}” among {sorted(options)}")


def _text(node):
    return re.sub(r"\s+", " ", node.text_content()).strip()


def _is_named(text, words):
    return text == words or text.startswith(f"{words} ")


def _labelled(form, label):
    """The field of a label, in the form or anywhere on its page."""
    if label.get("for"):
        fields = form.getroottree().xpath("//*[@id=$id]", id=label.get("for"))
        return fields[0] if fields else None
    return next(iter(label.xpath(FIELDS)), None)


def _labels(form):
    """{words: field} of the labels and of the legends of radios."""
    labels = {}
    for group in form.iterfind(".//fieldset"):
        legend = group.find("legend")
        radio = next(iter(group.xpath(".//input[@type='radio']")), None)
        if legend is not None and radio is not None:
            labels[_text(legend)] = radio
    for label in form.iterfind(".//label"):
        field = _labelled(form, label)
        if field is not None and field.get("type") != "radio":
            labels.setdefault(_text(label), field)
    return labels


def field_of(form, words):
    """The field with the label; words in brackets after it do not count."""
    for text, field in _labels(form).items():
        if text == words or text.startswith((f"{words} (", f"{words} *")):
            return field
    return None
