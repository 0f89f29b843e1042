"""The view model of the hall has its rules once, in Python: the script of the pages is generated
from them, answers the same, and no other script or template has a rule of its own.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from danchu.conference import words as choices
from danchu.live.view_model import javascript
from danchu.live.view_model.formats import clock, hour_text, number_text
from danchu.live.view_model.hall import SCENES, hall_view
from danchu.live.wording import sentences, words

LIVE = Path(javascript.HERE).parent
TEMPLATES = sorted((LIVE / "templates").rglob("*.html"))
SCRIPTS = sorted(set((LIVE / "static/live").glob("*.js")) - {javascript.SCRIPT})
# Reads [function, arguments] a line and writes what the generated script answers.
LOOP = """
require(process.argv[1]);
const lines = require("node:readline").createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const [name, values] = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(HallView[name](...values))}\\n`);
});
"""


def node():
    """The node that Playwright brings, or the machine's."""
    driver = pytest.importorskip("playwright._impl._driver")
    path = Path(driver.compute_driver_executable()[0])
    return str(path) if path.exists() else shutil.which("node")


@pytest.fixture(scope="module")
def script():
    """Asks a function of the generated script: `script("hour_text", 7)`."""
    program = node()
    if program is None:
        pytest.skip("neither Playwright's node nor another one")
    process = subprocess.Popen(
        [program, "-e", LOOP, str(javascript.SCRIPT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask(name, *values):
        process.stdin.write(json.dumps([name, values]) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    with process:
        yield ask
        process.stdin.close()


def plain(value):
    """As JSON has it, where 7.0 and 7 are one number."""
    return json.loads(
        json.dumps(value), parse_float=lambda text: float(f"{float(text):.6f}"), parse_int=float
    )


numbers = st.integers(0, 30_000)
instants = st.floats(1.7e9, 1.8e9).map(lambda seconds: round(seconds, 3))
texts = st.sampled_from(["", "Đất ở", "$& %s <b>", "câu `${x}` \\ hỏi", "7"])
one_of = st.sampled_from


def table(rows, prefix, most=4):
    return st.dictionaries(st.integers(1, 40).map(lambda pk: f"{prefix}:{pk}"), rows, max_size=most)


halls = st.fixed_dictionaries(
    {"state": one_of(choices.State.values)},
    optional={"title": texts, "said": texts, "video": texts},
)
items = st.fixed_dictionaries(
    {
        "position": st.integers(1, 9),
        "title": texts,
        "kind": one_of(choices.ItemKind.values),
        "speaker": texts,
        "minutes": st.integers(0, 90),
        "state": one_of(choices.ItemState.values),
        "began": st.none() | instants,
    }
)


def rule_parts(whole):
    """A rule of what a poll needs; the numbers are known where `whole` is."""
    return st.fixed_dictionaries(
        {
            "sense": one_of(["at_least", "more_than", "at_most"]),
            "value": one_of(["1/2", "2/3", "5"]),
            "is_share": st.booleans(),
            "number": st.none() if whole is None else numbers,
            "whole": st.just(whole),
        }
    )


@st.composite
def polls(draw):
    options = draw(st.lists(texts, min_size=1, max_size=5))
    is_counted = draw(st.booleans())
    more = {
        "counts": [draw(numbers) for _option in options] if is_counted else None,
        "cast": draw(numbers),
        "roll": draw(st.none() | numbers),
        "at": draw(st.none() | instants),
        "uid": draw(st.none() | st.just("0b9b6a7e")),
        "outcome": draw(
            st.none() | one_of(["passed", "not_passed", "no_quorum", "void", "counted"])
        ),
        "why": draw(st.none() | texts),
        "needs": draw(
            st.fixed_dictionaries(
                {
                    "option": st.integers(0, len(options) - 1),
                    "of": one_of(choices.Electorate.values),
                    "quorum": st.none() | rule_parts(None) | rule_parts(4321),
                    "threshold": st.none() | rule_parts(None) | rule_parts(120),
                }
            )
        ),
    }
    named = draw(st.sets(one_of(sorted(more))))
    return {
        "title": draw(texts),
        "kind": draw(one_of(choices.PollKind.values)),
        "secrecy": draw(one_of(choices.Secrecy.values)),
        "franchise": draw(one_of(choices.Franchise.values)),
        "options": options,
        "state": draw(one_of(["open", "closed", "declared", "cancelled"])),
        "may_change": draw(st.booleans()),
        **{name: more[name] for name in named},
    }


questions = st.fixed_dictionaries(
    {"text": texts, "state": one_of(["shown", "owed", "answered"]), "answer": texts}
)
speakers = st.fixed_dictionaries(
    {
        "id": st.integers(1, 12),
        "name": texts,
        "point": texts,
        "kind": one_of(choices.FloorKind.values),
    }
)
floors = st.fixed_dictionaries(
    {
        "speaking": st.none()
        | st.builds(
            lambda row, began, seconds: {**row, "began": began, "seconds": seconds},
            speakers,
            instants,
            st.integers(0, 600),
        ),
        "waiting": st.lists(speakers, max_size=10),
        "number": st.integers(0, 40),
    }
)
presences = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("heads", "online", "delegates", "points", "rooms", "came"), numbers),
)


@st.composite
def states(draw):
    state = {
        **draw(table(items, "item", 9)),
        **draw(table(polls(), "poll")),
        **draw(table(questions, "question", 6)),
    }
    parts = {
        "hall": halls,
        "floor": floors,
        "presence": presences,
        "wanted": st.dictionaries(st.integers(1, 40).map(str), numbers),
        "questions": st.fixed_dictionaries({"waiting": numbers, "shown": numbers}),
    }
    for name in draw(st.sets(one_of(sorted(parts)))):
        state[name] = draw(parts[name])
    return state


def votes_of(state):
    """Votes that a delegate may have cast in the polls of a state."""
    cast = {
        key.partition(":")[2]: st.fixed_dictionaries(
            {
                "choice": st.none() | st.integers(0, len(poll["options"]) - 1),
                "code": one_of(["", "K7Q2M4R8K7Q2M4R8"]),
            }
        )
        for key, poll in state.items()
        if key.startswith("poll:")
    }
    return st.fixed_dictionaries({}, optional=cast)


@st.composite
def pages(draw):
    """(state, mine, screen)"""
    state = draw(states())
    mine = {
        "votes": draw(votes_of(state)),
        "hand": draw(st.none() | st.integers(1, 12)),
        "wanted": draw(st.lists(st.integers(1, 40), unique=True, max_size=3)),
        "asked": draw(
            st.just([]) | st.just([{"pk": 3, "text": "Khi nào?", "state": "Chờ", "answer": ""}])
        ),
    }
    return state, draw(st.none() | st.just(mine)), draw(one_of(["auto", *SCENES]))


def test_the_script_of_the_pages_is_what_the_python_modules_say():
    generated = javascript.script()
    assert javascript.SCRIPT.read_text() == generated, "run `make hall-script`"


@given(pages())
@settings(max_examples=100, deadline=None)
def test_script_and_server_derive_the_same_view(script, page):
    state, mine, screen = page
    names = words()
    by_script = script("hall_view", state, mine, screen, names)
    assert plain(by_script) == plain(hall_view(state, mine, screen, names))


@given(number=st.integers(0, 10**9), at=st.none() | instants, now=instants, span=numbers)
@settings(max_examples=100, deadline=None)
def test_script_and_server_write_numbers_and_times_alike(script, number, at, now, span):
    assert script("number_text", number, ".") == number_text(number, ".")
    assert number_text(number, ",") == f"{number:,}"
    assert script("hour_text", now) == hour_text(now)
    for kind in ("left", "gone", "now"):
        for until in (at, now + span / 7, now - span / 7):
            assert script("clock", kind, until, now, "quá %s") == clock(kind, until, now, "quá %s")


def test_python_outside_the_subset_is_refused_with_its_line(tmp_path, monkeypatch):
    monkeypatch.setattr(javascript, "HERE", tmp_path)
    monkeypatch.setattr(javascript, "MODULES", ("rules",))
    for statement in (
        "return row if rows else None",
        "return [row for row in rows if row.get('kinds')]",
        "while True:\n        pass",
        "return rows[-1]",
        "return rows.pop()",
        "return f'{row:02}'",
        "new = 1\n    return new",
    ):
        (tmp_path / "rules.py").write_text(f"def rule(row, rows):\n    {statement}\n")
        with pytest.raises(javascript.Untranslatable):
            javascript.script()


# The words of the hall's state, and those among them that forms and the outbox use as well.
KINDS = (
    choices.State,
    choices.ItemKind,
    choices.ItemState,
    choices.PollKind,
    choices.PollState,
    choices.Secrecy,
    choices.Franchise,
    choices.QuestionState,
    choices.FloorKind,
    choices.FloorState,
)
SHARED = {"vote", "question", "refused"}


def test_no_other_script_of_the_hall_compares_with_a_state_or_a_kind():
    values = {value for kind in KINDS for value in kind.values} - SHARED
    compared = re.compile(r"""[!=]==? *["'](\w+)["']|case ["'](\w+)["']""")
    for path in SCRIPTS:
        words_met = {first or second for first, second in compared.findall(path.read_text())}
        assert not words_met & values, path.name


SLOT = re.compile(r'data-text="([a-z_.]+)(\|[a-z]+)?"')
FILLED = re.compile(r'data-text="([a-z_.|]+)"[^<>]*>\s*\{\{ row\.([a-z_.|]+) \}\}\s*<')


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_the_server_fills_a_slot_by_the_name_that_the_script_binds(path):
    text = re.sub(r"\{% (when|sets|part) [^%]*%\}", "", path.read_text())
    filled = FILLED.findall(text)
    assert len(filled) == len(SLOT.findall(text))
    assert [first for first, _second in filled] == [second for _first, second in filled]


def names_of(value):
    """Every name of a view, of its parts and rows."""
    if isinstance(value, dict):
        return set(value).union(*map(names_of, value.values()))
    return set().union(*map(names_of, value)) if isinstance(value, list) else set()


def full_view():
    poll = {
        "title": "Thông qua?",
        "kind": "opinion",
        "secrecy": "named",
        "franchise": "delegates",
        "options": ["Có", "Không"],
        "may_change": True,
        "counts": [1, 2],
    }
    speaker = {"id": 1, "name": "A", "point": "B", "kind": "speak"}
    item = {"title": "Mục", "kind": "report", "speaker": "", "minutes": 5, "began": None}
    state = {
        "hall": {"state": "open", "said": "", "title": ""},
        "item:1": {**item, "position": 1, "state": "current", "began": 1.7e9},
        "item:2": {**item, "position": 2, "state": "planned"},
        "poll:1": {**poll, "state": "open"},
        "poll:2": {**poll, "state": "declared", "outcome": "passed"},
        "question:1": {"text": "Khi nào?", "state": "shown", "answer": ""},
        "floor": {
            "speaking": {**speaker, "began": 1.7e9, "seconds": 60},
            "waiting": [{**speaker, "id": 2}],
            "number": 1,
        },
    }
    asked = [{"pk": 1, "text": "Vì sao?", "state": "Chờ duyệt", "is_waiting": True, "answer": ""}]
    mine = {"votes": {}, "hand": None, "wanted": [], "asked": asked}
    return hall_view(state, mine, "auto", words())


def test_every_name_that_a_template_binds_is_in_the_view():
    names = names_of(full_view())
    bound = re.compile(r'data-(?:text|each)="([a-z_.]+)|\{% (?:when|part|sets) "([^"]+)" %\}')
    for path in TEMPLATES:
        for text, tag in bound.findall(path.read_text()):
            for slot in (text or tag).split(";"):
                for name in slot.rpartition(":")[2].removeprefix("!").split("."):
                    assert name in names, f"{path.name}: {slot}"


def test_a_word_of_the_view_and_a_sentence_of_the_script_share_no_key():
    assert not words().keys() & sentences().keys()


def test_a_text_is_empty_where_there_is_nothing_to_write():
    template = Template("{% load hall %}[{{ row.roll|n }}{{ row.at|hm }}{{ row.until|left:now }}]")
    assert template.render(Context({"row": {"roll": None}, "now": 1.7e9})) == "[]"
