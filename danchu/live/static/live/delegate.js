// The acts of a delegate: votes, questions, up-votes, requests to speak. Each is stored on the device
// until the intake has answered it and is sent again with the same uid; nothing is shown as recorded
// before that answer.
(() => {
  "use strict";
  const Hall = window.Hall;
  const main = Hall.main;
  if (!main || !Hall.mine) return;
  const { intake, here, id, pass } = main.dataset;
  const place = `hall-${id}-${pass}`;
  const TIMEOUT = 15000; // milliseconds
  const words = Hall.words;
  let queue = [];
  const notes = {};
  let codes = {};
  let sending = false;
  let retry = 0;
  let failures = 0; // requests in a row that did not reach the intake

  // --- stored on this device ---
  function load() {
    try {
      const stored = JSON.parse(localStorage.getItem(place)) || {};
      queue = stored.out || [];
      codes = stored.codes || {};
    } catch {
      /* a device that stores nothing can still send */
    }
  }
  function store() {
    try {
      localStorage.setItem(place, JSON.stringify({ out: queue, codes }));
    } catch {
      /* as above */
    }
  }
  function newUid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return [...bytes]
      .map(
        (byte, at) => ([4, 6, 8, 10].includes(at) ? "-" : "") + byte.toString(16).padStart(2, "0"),
      )
      .join("");
  }
  const nameOf = (act, fields) =>
    `${act.replace("unhand", "hand")}:${fields.poll || fields.question || ""}`;

  // --- sending ---
  // {act: address at the site}
  const siteAddresses = {
    vote: "vote/",
    question: "ask/",
    upvote: "want/",
    hand: "hand/",
    unhand: "unhand/",
  };
  const cookie = (name) =>
    (document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`)) || [])[1] || "";

  async function post(entry) {
    const body = new URLSearchParams({ ...entry.fields, uid: entry.uid });
    const signal = AbortSignal.timeout ? AbortSignal.timeout(TIMEOUT) : undefined;
    if (failures < 2) {
      try {
        const answer = await fetch(intake + entry.act, {
          method: "POST",
          credentials: "include",
          body,
          signal,
        });
        failures = 0;
        return answer;
      } catch (problem) {
        failures += navigator.onLine ? 1 : 0;
        throw problem;
      }
    }
    // The address of the intake cannot be reached from here: send to the site instead.
    failures = 0;
    const headers = { Accept: "application/json", "X-CSRFToken": cookie("csrftoken") };
    return fetch(here + siteAddresses[entry.act], {
      method: "POST",
      credentials: "same-origin",
      headers,
      body,
      signal,
    });
  }

  async function send() {
    clearTimeout(retry);
    if (sending) return;
    sending = true;
    while (queue.length) {
      const entry = queue[0];
      note(entry, "sending");
      let answer = null;
      let result = {};
      try {
        answer = await post(entry);
        result = await answer.json();
      } catch {
        /* handled below */
      }
      if (!answer || answer.status >= 500 || answer.status === 429) {
        entry.tries = (entry.tries || 0) + 1;
        note(entry, answer && answer.status === 429 ? "too_fast" : "kept");
        retry = setTimeout(
          send,
          Math.min(20000, 1000 * 2 ** entry.tries) * (0.75 + Math.random() / 2),
        );
        break;
      }
      queue.shift();
      store();
      applyResult(entry, answer, result);
    }
    sending = false;
  }

  function applyResult(entry, answer, result) {
    const { act, fields } = entry;
    const mine = Hall.mine;
    if (!answer.ok) {
      const reason = answer.status === 403 ? "no_pass" : "wrong";
      note(entry, words[result.status] ? result.status : reason);
    } else if (act === "vote") {
      // The choice of a secret vote is shown to nobody.
      mine.votes[fields.poll] = { choice: result.code ? null : result.choice, code: result.code };
      if (result.code) codes[fields.poll] = result.code;
      note(entry, "");
    } else if (act === "upvote") {
      mine.wanted.push(Number(fields.question));
      note(entry, "");
    } else if (act === "question") {
      note(entry, "asked");
      const box = main.querySelector("form[data-act=question]");
      if (box && box.elements.text.value.trim() === fields.text.trim()) box.reset();
      fetchMine();
    } else {
      note(entry, "");
      if (act === "unhand") mine.hand = null;
      else fetchMine();
    }
    store();
    Hall.render();
    draw();
  }

  async function fetchMine() {
    // What only the server knows: the id of my request to speak and the state of my questions.
    try {
      const answer = await fetch(`${here}mine.json`, { credentials: "same-origin" });
      if (answer.ok) applyMine(await answer.json());
    } catch {
      /* fetched again at the next change */
    }
  }
  function applyMine(mine) {
    Hall.mine = { ...mine, votes: { ...Hall.mine.votes, ...mine.votes } };
    addStoredCodes();
    Hall.render();
    draw();
  }
  const addStoredCodes = () => {
    for (const [poll, code] of Object.entries(codes))
      Hall.mine.votes[poll] = { choice: null, ...Hall.mine.votes[poll], code };
  };

  // --- what the page shows of it ---
  function note(entry, what) {
    notes[nameOf(entry.act, entry.fields)] = what;
    draw();
  }
  function draw() {
    for (const form of main.querySelectorAll("form[data-act]")) {
      const label = form.querySelector("[data-told]");
      const fields = Object.fromEntries(new FormData(form));
      const name = nameOf(form.dataset.act, fields);
      const isQueued = queue.some((entry) => nameOf(entry.act, entry.fields) === name);
      const text = words[notes[name]] || "";
      if (label && label.textContent !== text) label.textContent = text;
      for (const button of form.querySelectorAll("button"))
        button.setAttribute("aria-disabled", isQueued && form.dataset.act !== "question");
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.act) return;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form, event.submitter));
    const act = form.dataset.act;
    delete fields.csrfmiddlewaretoken;
    const entry = { uid: newUid(), act, fields };
    if (act === "vote" && fields.choice === undefined) return note(entry, "pick");
    if (act === "question" && !fields.text.trim()) return form.elements.text.focus();
    if (
      queue.some(
        (other) => nameOf(other.act, other.fields) === nameOf(act, fields) && act !== "question",
      )
    )
      return send();
    queue.push(entry);
    store();
    send();
  });

  // The text of a question being written survives a reload.
  const box = main.querySelector("form[data-act=question]");
  if (box) {
    const draft = `${place}-draft`;
    try {
      box.elements.text.value = box.elements.text.value || localStorage.getItem(draft) || "";
      box.addEventListener("input", () => localStorage.setItem(draft, box.elements.text.value));
      box.addEventListener("reset", () => localStorage.removeItem(draft));
    } catch {
      /* a device that stores nothing */
    }
  }
  for (const opener of main.querySelectorAll("[data-opens]")) {
    opener.addEventListener("click", (event) => {
      const part = document.getElementById(opener.dataset.opens);
      if (!part) return;
      event.preventDefault();
      part.hidden = false;
      part.scrollIntoView({
        block: "center",
        behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
      });
      part.querySelector("textarea, input:not([type=hidden])").focus({ preventScroll: true });
    });
  }

  let seen = "";
  Hall.afterwards.push((view) => {
    // When the numbers change, a moderator may have decided on a question of mine.
    const numbers = `${view.asking.waiting} ${view.asking.shown}`;
    const isWaiting = (Hall.mine.asked || []).some((question) => question.is_waiting);
    if (seen && seen !== numbers && isWaiting) setTimeout(fetchMine, Math.random() * 3000);
    seen = numbers;
    draw();
  });
  load();
  addStoredCodes();
  addEventListener("online", send);
  addEventListener("storage", (event) => {
    if (event.key === place) {
      load();
      addStoredCodes();
    }
  });
  draw();
  if (queue.length) send();
})();
