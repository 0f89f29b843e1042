// What a page of the hall shows, worked out of the hall's state exactly as showing.py does, and put
// into the slots its markup names:
//   data-t="name|filter"     text
//   data-if="name", "!name"  shown or hidden
//   data-a="attribute:name;…"  attributes
//   data-with="name"         a part of its own, hidden when there is none
//   data-each="name"         a row for each, by its <template>
// Only text and named attributes are ever written: nothing that comes from people is read as
// markup.
(() => {
  "use strict";
  const Hall = {};
  window.Hall = Hall;
  const main = document.getElementById("hall");
  const given = (id) => JSON.parse(document.getElementById(id)?.textContent || "null");
  const language = document.documentElement.lang === "en" ? "en-GB" : "vi-VN";
  const numbers = new Intl.NumberFormat(language);
  const hours = new Intl.DateTimeFormat("vi-VN", {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone: "Asia/Ho_Chi_Minh",
  });
  Hall.words = given("hall-words") || {};
  Hall.mine = given("hall-mine");
  Hall.main = main;

  // --- the same sums as showing.py ---
  const COMING = 3;
  const QUESTIONS = 30;
  const ON_SCREEN = 4;
  const WAITING = 8;
  const STAGES = ["item", "poll", "result", "questions", "floor", "entry"];
  const rowsOf = (state, start) =>
    Object.entries(state)
      .filter(([key]) => key.startsWith(start))
      .map(([key, value]) => ({ ...value, pk: Number(key.slice(start.length)) }));
  const percent = (part, whole) => (whole ? Math.floor((part * 200 + whole) / (2 * whole)) : 0);

  function itemsOf(state) {
    const rows = rowsOf(state, "item:").sort((a, b) => a.position - b.position);
    const whole = rows.filter((row) => row.kind !== "session").length;
    let number = 0;
    for (const row of rows) {
      row.is_session = row.kind === "session";
      if (!row.is_session) number += 1;
      row.is_current = row.state === "current";
      row.is_over = row.state === "done" || row.state === "skipped";
      row.place = row.is_session ? "" : `${number}/${whole}`;
      row.number = row.is_session ? "" : number;
      row.whole = row.is_session ? "" : whole;
      row.kind_word = Hall.words[`item.${row.kind}`];
      row.state_word = Hall.words[`now.${row.state}`];
      row.at = row.began;
      row.until = row.began ? row.began + row.minutes * 60 : null;
      row.css = `line is-${row.state}${row.is_session ? " is-session" : ""}`;
    }
    return rows;
  }

  function comingOf(items, current) {
    const after = current ? current.position : 0;
    let at = current?.began ? current.began + current.minutes * 60 : null;
    return items
      .filter((row) => row.position > after && row.state === "planned" && !row.is_session)
      .slice(0, COMING)
      .map((row) => {
        const shown = { ...row, expected: at };
        at = at ? at + row.minutes * 60 : null;
        return shown;
      });
  }

  function lineOf(poll, place, text, counts, whole, vote) {
    const part = `${percent(counts ? counts[place] : 0, whole)}%`;
    return {
      pk: place,
      text,
      count: counts ? counts[place] : null,
      part,
      bar: part,
      poll,
      count_name: `count-${place}`,
      is_mine: Boolean(vote) && vote.choice === place,
      css: `bar bar-${place % 4}`,
      is_counted: Boolean(counts),
    };
  }

  function pollsOf(state, mine) {
    return rowsOf(state, "poll:")
      .sort((a, b) => a.pk - b.pk)
      .filter((row) => row.state !== "cancelled")
      .map((row) => {
        const counts = row.counts || null;
        const whole = counts ? counts.reduce((a, b) => a + b, 0) : 0;
        const vote = mine?.votes[row.pk] || null;
        const open = row.state === "open";
        const hands = row.franchise === "rooms";
        const chosen = vote && vote.choice != null ? row.options[vote.choice] : "";
        return {
          ...row,
          is_open: open,
          is_declared: row.state === "declared",
          is_closed: row.state === "closed",
          is_binding: row.kind === "binding",
          is_secret: row.secrecy === "secret",
          by_hands: hands && open && Boolean(mine),
          kind_word: Hall.words[`poll.${row.kind}`],
          secrecy_word: Hall.words[`secrecy.${row.secrecy}`],
          state_word: Hall.words[`pollstate.${row.state}`],
          counted: Boolean(counts),
          cast: row.cast || 0,
          turnout: percent(row.cast || 0, row.roll || 0),
          outcome_word: row.outcome ? Hall.words[`outcome.${row.outcome}`] : "",
          outcome_css: `verdict is-${row.outcome || "none"}`,
          why: row.why || "",
          lines: row.options.map((text, place) => lineOf(row.pk, place, text, counts, whole, vote)),
          can_vote: open && Boolean(mine) && !hands && !vote,
          can_change: open && Boolean(vote) && row.may_change,
          my_choice: chosen,
          has_voted: Boolean(vote),
          my_code: vote?.code || "",
          address: row.uid ? `/polls/${row.uid}/` : "",
        };
      });
  }

  function questionsOf(state, mine, open) {
    const wanted = new Set(mine ? mine.wanted : []);
    const by = state.wanted || {};
    const rows = rowsOf(state, "question:").map((row) => ({ ...row, votes: by[row.pk] || 0 }));
    rows.sort(
      (a, b) => (a.state !== "shown") - (b.state !== "shown") || b.votes - a.votes || a.pk - b.pk,
    );
    return rows.slice(0, QUESTIONS).map((row) => {
      const shown = row.state === "shown";
      return {
        ...row,
        is_shown: shown,
        is_wanted: wanted.has(row.pk),
        state_word: shown ? "" : Hall.words[`question.${row.state}`],
        can_want: shown && Boolean(mine) && !wanted.has(row.pk) && open,
      };
    });
  }

  const floorWord = (row) => (row.kind === "speak" ? "" : Hall.words[`floor.${row.kind}`]);

  function floorOf(floor, mine) {
    const hand = mine && mine.hand != null ? mine.hand : null;
    const speaking = floor.speaking || null;
    const told = floor.waiting || [];
    const number = floor.number || 0;
    const rows = told.map((row, place) => ({
      ...row,
      pk: row.id,
      place: place + 1,
      kind_word: floorWord(row),
      is_mine: row.id === hand,
    }));
    const own = rows.find((row) => row.is_mine);
    const place = own ? own.place : null;
    const turn = Boolean(speaking) && hand !== null && speaking.id === hand;
    const waits = hand !== null && !turn && (place !== null || number > told.length);
    return {
      speaking: speaking && {
        ...speaking,
        until: speaking.began + speaking.seconds,
        kind_word: floorWord(speaking),
      },
      waiting: rows.slice(0, WAITING),
      more_waiting: Math.max(0, number - WAITING),
      line_length: number,
      my_turn: turn,
      my_place: place,
      hand_up: waits,
      hand_down: Boolean(mine) && !waits && !turn,
      hand_far: waits && place === null,
      next_speaker: rows[0] || null,
    };
  }

  function stageOf(state, current, opened, done, speaking, asked) {
    if (state === "drafted" || state === "convened") return "entry";
    if (opened.length) return "poll";
    if (done.length && (!current || (done[0].at || 0) >= (current.began || 0))) return "result";
    if (speaking) return "floor";
    return current && current.kind === "questions" && asked.some((row) => row.is_shown)
      ? "questions"
      : "item";
  }

  Hall.shown = (state, mine, view) => {
    const hall = state.hall || {};
    const open = hall.state === "open";
    const items = itemsOf(state);
    const current = items.find((item) => item.is_current) || null;
    const polls = pollsOf(state, mine);
    const done = polls.filter((poll) => !poll.is_open).reverse();
    const presence = state.presence || null;
    const floor = floorOf(state.floor || {}, mine);
    const asked = questionsOf(state, mine, open);
    const opened = polls.filter((poll) => poll.is_open);
    const stage =
      view && view !== "auto"
        ? view
        : stageOf(hall.state, current, opened, done, floor.speaking, asked);
    return {
      title: hall.title || "",
      said: hall.said || "",
      video: hall.video || "",
      is_open: open,
      is_before: hall.state === "drafted" || hall.state === "convened",
      is_over: hall.state === "closed" || hall.state === "cancelled",
      is_cancelled: hall.state === "cancelled",
      item: current,
      items,
      coming: comingOf(items, current),
      open_polls: opened,
      big_poll: opened[0] || null,
      result: done[0] || null,
      results: done.slice(1),
      done_polls: done,
      room_polls: opened.filter((poll) => poll.franchise !== "delegates"),
      questions: asked,
      big_questions: asked.filter((row) => row.is_shown).slice(0, ON_SCREEN),
      asking: state.questions || { waiting: 0, shown: 0 },
      ...floor,
      ...Object.fromEntries(STAGES.map((name) => [`on_${name}`, name === stage])),
      can_act: Boolean(mine) && open,
      between: open && !current,
      asked: mine?.asked || [],
      present: {
        heads: 0,
        online: 0,
        delegates: 0,
        points: 0,
        rooms: 0,
        came: null,
        ...presence,
        is_known: Boolean(presence) && !("came" in presence),
        has_rooms: Boolean(presence && presence.heads > 0),
      },
    };
  };

  // --- slots ---
  const look = (scope, path) =>
    path.split(".").reduce((value, name) => (value == null ? value : value[name]), scope);
  const filters = {
    n: (value) => numbers.format(value),
    hm: (value) => hours.format(value * 1000),
    pc: (value) => `${value}%`,
  };
  const truth = (value) => (Array.isArray(value) ? value.length > 0 : Boolean(value));

  function text(scope, asked) {
    const [path, filter] = asked.split("|");
    const value = look(scope, path);
    if (value == null || value === "") return "";
    return filter ? filters[filter](value) : String(value);
  }

  function attributes(node, scope, asked) {
    for (const pair of asked.split(";")) {
      const [name, path] = pair.split(":");
      const value = look(scope, path);
      if (value == null || value === false) node.removeAttribute(name);
      else if (node.getAttribute(name) !== String(value))
        node.setAttribute(name, value === true ? "" : value);
    }
  }

  function rows(box, list) {
    const blank = box.querySelector(":scope > template");
    const had = new Map();
    for (const node of [...box.children]) if (node !== blank) had.set(node.dataset.k, node);
    const focused = document.activeElement;
    let last = blank;
    for (const row of list || []) {
      const key = String(row.pk);
      let node = had.get(key);
      had.delete(key);
      if (!node) {
        node = blank.content.firstElementChild.cloneNode(true);
        node.dataset.k = key;
      }
      if (last.nextElementSibling !== node) last.after(node);
      fill(node, row);
      last = node;
    }
    for (const gone of had.values()) gone.remove();
    if (focused && focused !== document.activeElement && box.contains(focused))
      focused.focus({ preventScroll: true });
  }

  function fill(node, scope) {
    const asked = node.dataset;
    if (asked.if)
      node.hidden =
        asked.if[0] === "!" ? truth(look(scope, asked.if.slice(1))) : !truth(look(scope, asked.if));
    if (asked.with) {
      scope = look(scope, asked.with);
      node.hidden = !scope;
      if (!scope) return;
    }
    if (asked.a) attributes(node, scope, asked.a);
    if (asked.t) {
      const value = text(scope, asked.t);
      if (node.textContent !== value) node.textContent = value;
    } else if (asked.each) rows(node, look(scope, asked.each));
    else for (const child of node.children) if (child.localName !== "template") fill(child, scope);
  }

  Hall.fill = fill;
  Hall.render = () => {
    Hall.now = Hall.shown(Hall.state, Hall.mine, main.dataset.view);
    if (!main.hasAttribute("data-plain")) fill(main, Hall.now);
    for (const hook of Hall.afterwards) hook(Hall.now);
  };
  Hall.afterwards = [];

  // --- clocks: data-clock="left" counts down to data-at, "gone" up from it ---
  const ahead = main ? Number(main.dataset.now) * 1000 - Date.now() : 0;
  Hall.seconds = () => (Date.now() + ahead) / 1000;
  const span = (seconds) => {
    const whole = Math.abs(Math.trunc(seconds));
    const left = String(whole % 60).padStart(2, "0");
    return whole < 3600
      ? `${Math.floor(whole / 60)}:${left}`
      : `${Math.floor(whole / 3600)}:${String(Math.floor(whole / 60) % 60).padStart(2, "0")}:${left}`;
  };
  Hall.tick = () => {
    for (const node of document.querySelectorAll("[data-clock]")) {
      const at = Number(node.dataset.at);
      if (node.dataset.clock === "now") node.textContent = hours.format(Hall.seconds() * 1000);
      else if (!at) node.textContent = "";
      else if (node.dataset.clock === "gone")
        node.textContent = span(Math.max(0, Hall.seconds() - at));
      else {
        const left = at - Hall.seconds();
        const late = left < 0;
        node.textContent = late
          ? Hall.words.over_by.replace("%s", span(left))
          : span(Math.ceil(left));
        node.classList.toggle("is-late", late);
        node.classList.toggle("is-soon", !late && left <= 30);
      }
    }
  };
  if (main) setInterval(Hall.tick, 1000);
})();
