// Generated from danchu/live/view_model/ by `make hall-script`. Do not edit.
(() => {
"use strict";
const get = (row, key, other) => (row[key] === undefined ? other : row[key]);
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const enumerate = (rows, start = 0) => rows.map((row, place) => [place + start, row]);
const compare = (a, b) => {
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return a[at] < b[at] ? -1 : 1;
  return 0;
};
const sorted = (rows, key) => [...rows].sort((a, b) => compare([key(a)].flat(), [key(b)].flat()));
function numbered_rows(state, prefix) {
  return Object.entries(state).filter(([key, value]) => key.startsWith(prefix)).map(([key, value]) => ({ ...value, pk: Math.trunc(key.slice(prefix.length)) }));
}
function first(rows) {
  return rows.length > 0 ? rows[0] : null;
}
function text_of(value) {
  return value == null ? "" : String(value);
}
function zero_if_none(number) {
  return number == null ? 0 : number;
}
const SOON_SECONDS = 30;
const DAY_MINUTES = 1440;
const VIETNAM_OFFSET = 25200;
function percent(share, whole) {
  return whole > 0 ? Math.floor(((share * 200) + whole) / (2 * whole)) : 0;
}
function number_text(number, separator) {
  if (number < 1000) {
    return String(number);
  }
  const rest = String((number % 1000) + 1000).slice(1);
  return (number_text(Math.floor(number / 1000), separator) + separator) + rest;
}
function hour_text(seconds) {
  const minutes = Math.trunc(Math.floor((seconds + VIETNAM_OFFSET) / 60)) % DAY_MINUTES;
  return `${_two_digits(Math.floor(minutes / 60))}:${_two_digits(minutes % 60)}`;
}
function clock(kind, at, now, late) {
  if (kind === "now") {
    return { text: hour_text(now), is_late: false, is_soon: false };
  }
  if (at == null) {
    return { text: "", is_late: false, is_soon: false };
  }
  if (kind === "gone") {
    return { text: _span(Math.trunc(Math.max(0, now - at))), is_late: false, is_soon: false };
  }
  const left = at - now;
  if (left < 0) {
    const text = late.split("%s").join(_span(Math.trunc(-left)));
    return { text, is_late: true, is_soon: false };
  }
  const rounded_up = -Math.trunc(Math.floor(-left / 1));
  return { text: _span(rounded_up), is_late: false, is_soon: left <= SOON_SECONDS };
}
function _span(seconds) {
  const minutes = Math.floor(seconds / 60);
  const rest = _two_digits(seconds % 60);
  if (minutes < 60) {
    return `${minutes}:${rest}`;
  }
  return `${Math.floor(minutes / 60)}:${_two_digits(minutes % 60)}:${rest}`;
}
function _two_digits(number) {
  return String(number + 100).slice(1);
}
const ITEMS_COMING = 3;
const MINUTE = 60;
function programme_items(state, words) {
  const rows = sorted(numbered_rows(state, "item:"), (row) => [row.position, row.pk]);
  const whole = rows.filter((row) => row.kind !== "session").length;
  let number = 0;
  const items = [];
  for (const row of rows) {
    const is_session = row.kind === "session";
    if (!is_session) {
      number += 1;
    }
    const began = row.began;
    items.push({ ...row, is_session, is_current: row.state === "current", is_over: ["done", "skipped"].includes(row.state), place: is_session ? "" : `${number}/${whole}`, kind_word: words[`item.${row.kind}`], state_word: words[`now.${row.state}`], until: began == null ? null : began + (row.minutes * MINUTE), at: began, css: `line is-${row.state}` + (is_session ? " is-session" : "") });
  }
  return items;
}
function coming_items(items, current) {
  const after = current == null ? 0 : current.position;
  let at = current == null ? null : current.until;
  const coming = [];
  for (const item of items) {
    if (item.position > after && item.state === "planned" && !item.is_session) {
      coming.push({ ...item, expected: at });
      at = at == null ? null : at + (item.minutes * MINUTE);
    }
  }
  return coming.slice(0, ITEMS_COMING);
}
function needs_text(needs, options, words) {
  if (needs == null) {
    return "";
  }
  const threshold = needs.threshold;
  const quorum = needs.quorum;
  const sentences = [];
  if (quorum != null) {
    sentences.push(_sentence(words["needs.quorum"], quorum, "", words));
  }
  if (threshold != null) {
    const kind = threshold.is_share ? needs.of : "number";
    const option = options[needs.option];
    sentences.push(_sentence(words[`needs.${kind}`], threshold, option, words));
  }
  if (threshold == null) {
    sentences.push(words["needs.nothing"]);
  }
  return sentences.join(" ");
}
function _sentence(sentence, part, option, words) {
  const mark = words.thousands_mark;
  const amount = words[`sense.${part.sense}`].split("%s").join(part.value);
  let text = sentence.split("%(amount)s").join(amount);
  if (part.is_share && part.number != null) {
    let number = words[`number.${part.sense}`];
    number = number.split("%(number)s").join(number_text(part.number, mark));
    text = (text + " ") + number.split("%(whole)s").join(number_text(part.whole, mark));
  }
  return text.split("%(option)s").join(option);
}
function opened_polls(state, mine, words) {
  const rows = sorted(numbered_rows(state, "poll:"), (row) => row.pk);
  return rows.filter((row) => row.state !== "cancelled").map((row) => _poll(row, mine, words));
}
function _poll(row, mine, words) {
  const counts = row.counts ?? null;
  const vote = mine == null ? null : mine.votes[String(row.pk)] ?? null;
  const choice = vote == null ? null : vote.choice ?? null;
  const is_open = row.state === "open";
  const by_hands = row.franchise === "rooms";
  const outcome = text_of(row.outcome ?? null);
  const cast = get(row, "cast", 0);
  const roll = row.roll ?? null;
  const uid = text_of(row.uid ?? null);
  return { ...row, is_open, is_declared: row.state === "declared", is_closed: row.state === "closed", by_hands: by_hands && is_open && mine != null, kind_word: words[`poll.${row.kind}`], secrecy_word: words[`secrecy.${row.secrecy}`], counted: counts != null, roll, cast, turnout: percent(cast, zero_if_none(roll)), outcome_word: outcome === "" ? "" : words[`outcome.${outcome}`], outcome_css: outcome === "" ? "verdict is-none" : `verdict is-${outcome}`, why: text_of(row.why ?? null), needs: needs_text(row.needs ?? null, row.options, words), at: row.at ?? null, lines: enumerate(row.options).map(([place, text]) => _bar(place, text, counts)), can_vote: is_open && mine != null && !by_hands && vote == null, can_change: is_open && vote != null && row.may_change, my_choice: choice == null ? "" : row.options[choice], has_voted: vote != null, my_code: vote == null ? "" : text_of(vote.code ?? null), address: uid === "" ? "" : `/polls/${uid}/` };
}
function _bar(place, text, counts) {
  const count = counts == null ? null : counts[place];
  const share = percent(zero_if_none(count), counts == null ? 0 : sum(counts));
  return { pk: place, text, count, part: `${share}%`, count_name: `count-${place}`, css: `bar bar-${place % 4}` };
}
const QUESTIONS_SHOWN = 30;
function shown_questions(state, mine, is_open, words) {
  const wanted_by = get(state, "wanted", {  });
  const up_voted = mine == null ? [] : mine.wanted;
  const rows = numbered_rows(state, "question:").map((row) => ({ ...row, votes: get(wanted_by, String(row.pk), 0), is_shown: row.state === "shown" }));
  const ranked = sorted(rows, (row) => [!row.is_shown, -row.votes, row.pk]);
  return ranked.slice(0, QUESTIONS_SHOWN).map((row) => ({ ...row, is_wanted: up_voted.includes(row.pk), state_word: row.is_shown ? "" : words[`question.${row.state}`], can_want: row.is_shown && mine != null && !up_voted.includes(row.pk) && is_open }));
}
const WAITING_SHOWN = 8;
function floor_view(floor, mine, words) {
  const request = mine == null ? null : mine.hand;
  const speaking = floor.speaking ?? null;
  const listed = get(floor, "waiting", []);
  const number = get(floor, "number", 0);
  const rows = enumerate(listed, 1).map(([place, row]) => ({ ...row, pk: row.id, place, kind_word: _floor_word(row, words), is_mine: row.id === request }));
  const own = first(rows.filter((row) => row.is_mine));
  const is_speaking = speaking != null && request != null && speaking.id === request;
  const is_waiting = request != null && !is_speaking && (own != null || number > listed.length);
  return { speaking: speaking == null ? null : _speaker(speaking, words), waiting: rows.slice(0, WAITING_SHOWN), more_waiting: Math.max(0, number - WAITING_SHOWN), line_length: number, my_turn: is_speaking, my_place: own == null ? null : own.place, hand_up: is_waiting, hand_down: mine != null && !is_waiting && !is_speaking, hand_far: is_waiting && own == null, next_speaker: first(rows) };
}
function _speaker(row, words) {
  return { ...row, until: row.began + row.seconds, kind_word: _floor_word(row, words) };
}
function _floor_word(row, words) {
  return row.kind === "speak" ? "" : words[`floor.${row.kind}`];
}
function announcements(current, notice, is_over, is_my_turn, polls, words) {
  const rows = [];
  if (is_my_turn) {
    rows.push({ pk: "turn", text: words["say.turn"], is_urgent: true });
  }
  if (current != null) {
    rows.push(_announcement(`item:${current.pk}`, "item", current.title, words));
  }
  if (notice !== "") {
    rows.push(_announcement(`said:${notice}`, "said", notice, words));
  }
  if (is_over) {
    rows.push(_announcement("over", "over", "", words));
  }
  for (const poll of polls) {
    let text = poll.title;
    if (poll.is_declared) {
      const counts = poll.lines.map((line) => `${line.text}: ${text_of(line.count)}`).join(", ");
      text = `${text}. ${poll.outcome_word}. ${counts}`;
    }
    rows.push({ ..._announcement(`poll:${poll.pk}:${poll.state}`, poll.state, text, words), is_urgent: poll.is_open });
  }
  return rows;
}
function _announcement(pk, kind, text, words) {
  return { pk, text: words[`say.${kind}`].split("%s").join(text), is_urgent: false };
}
const QUESTIONS_ON_SCREEN = 4;
const SCENES = ["item", "poll", "result", "questions", "floor", "entry"];
function hall_view(state, mine, screen, words) {
  const hall = get(state, "hall", {  });
  const hall_state = get(hall, "state", "");
  const is_open = hall_state === "open";
  const items = programme_items(state, words);
  const current = first(items.filter((item) => item.is_current));
  const polls = opened_polls(state, mine, words);
  const open_polls = polls.filter((poll) => poll.is_open);
  const ended_polls = polls.filter((poll) => !poll.is_open).slice().reverse();
  const questions = shown_questions(state, mine, is_open, words);
  const floor = floor_view(get(state, "floor", {  }), mine, words);
  const asking = get(state, "questions", { waiting: 0, shown: 0 });
  const unanswered = questions.filter((question) => question.is_shown);
  const on_screen = unanswered.slice(0, QUESTIONS_ON_SCREEN);
  let scene = screen;
  if (screen === "auto") {
    scene = _scene(hall_state, current, open_polls, ended_polls, floor.speaking, on_screen.length);
  }
  const is_over = ["closed", "cancelled"].includes(hall_state);
  const notice = get(hall, "said", "");
  return { said: notice, is_open, is_before: ["drafted", "convened"].includes(hall_state), is_over, is_cancelled: hall_state === "cancelled", item: current, items, coming: coming_items(items, current), open_polls, big_poll: first(open_polls), result: first(ended_polls), results: ended_polls.slice(1), done_polls: ended_polls, room_polls: open_polls.filter((poll) => poll.franchise !== "delegates"), questions, big_questions: on_screen, more_big_questions: unanswered.length - on_screen.length, more_questions: Math.max(0, asking.shown - questions.length), asking, ...floor, present: _present(state.presence ?? null), can_act: mine != null && is_open, between: is_open && current == null, asked: mine == null ? [] : mine.asked, ...Object.fromEntries(SCENES.map((name) => [`on_${name}`, name === scene])), title_mark: open_polls.length > 0 ? "● " : "", announcements: announcements(current, notice, is_over, floor.my_turn, polls, words) };
}
function _scene(hall_state, current, open_polls, ended_polls, speaking, questions) {
  if (["drafted", "convened"].includes(hall_state)) {
    return "entry";
  }
  if (open_polls.length > 0) {
    return "poll";
  }
  if (ended_polls.length > 0 && (current == null || zero_if_none(ended_polls[0].at) >= zero_if_none(current.began))) {
    return "result";
  }
  if (speaking != null) {
    return "floor";
  }
  if (current != null && current.kind === "questions" && questions > 0) {
    return "questions";
  }
  return "item";
}
function _present(presence) {
  const numbers = presence == null ? {  } : presence;
  const heads = get(numbers, "heads", 0);
  return { is_known: presence != null && (numbers.came ?? null) == null, came: numbers.came ?? null, heads, delegates: get(numbers, "delegates", 0), rooms: get(numbers, "rooms", 0), has_rooms: heads > 0 };
}
globalThis.HallView = { hall_view, number_text, hour_text, clock };
})();
