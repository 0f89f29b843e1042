// What a delegate does: votes, asks, wants answers, raises a hand. Each is kept on the device until
// the intake has answered for it, and sent again with the same number; nothing is shown as done
// before that answer.
(() => {
  "use strict";
  const Hall = window.Hall;
  const main = Hall.main;
  if (!main || !Hall.mine) return;
  const { intake, here, id, pass } = main.dataset;
  const place = `hall-${id}-${pass}`;
  const PATIENCE = 15000;
  const words = Hall.words;
  let out = [];
  const notes = {};
  let codes = {};
  let sending = false;
  let again = 0;
  let unreached = 0;

  // --- kept on this device ---
  function read() {
    try {
      const kept = JSON.parse(localStorage.getItem(place)) || {};
      out = kept.out || [];
      codes = kept.codes || {};
    } catch {
      /* a device that keeps nothing can still send */
    }
  }
  function keep() {
    try {
      localStorage.setItem(place, JSON.stringify({ out, codes }));
    } catch {
      /* as above */
    }
  }
  function number() {
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
  const ways = {
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
    const signal = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined;
    if (unreached < 2) {
      try {
        const answer = await fetch(intake + entry.act, {
          method: "POST",
          credentials: "include",
          body,
          signal,
        });
        unreached = 0;
        return answer;
      } catch (problem) {
        unreached += navigator.onLine ? 1 : 0;
        throw problem;
      }
    }
    // The intake's own address cannot be reached from here: the site takes it instead.
    unreached = 0;
    const headers = { Accept: "application/json", "X-CSRFToken": cookie("csrftoken") };
    return fetch(here + ways[entry.act], {
      method: "POST",
      credentials: "same-origin",
      headers,
      body,
      signal,
    });
  }

  async function send() {
    clearTimeout(again);
    if (sending) return;
    sending = true;
    while (out.length) {
      const entry = out[0];
      note(entry, "sending");
      let answer = null;
      let told = {};
      try {
        answer = await post(entry);
        told = await answer.json();
      } catch {
        /* told below */
      }
      if (!answer || answer.status >= 500 || answer.status === 429) {
        entry.tries = (entry.tries || 0) + 1;
        note(entry, answer && answer.status === 429 ? "too_fast" : "kept");
        again = setTimeout(
          send,
          Math.min(20000, 1000 * 2 ** entry.tries) * (0.75 + Math.random() / 2),
        );
        break;
      }
      out.shift();
      keep();
      settle(entry, answer, told);
    }
    sending = false;
  }

  function settle(entry, answer, told) {
    const { act, fields } = entry;
    const mine = Hall.mine;
    if (!answer.ok) {
      const reason = answer.status === 403 ? "no_pass" : "wrong";
      note(entry, words[told.status] ? told.status : reason);
    } else if (act === "vote") {
      // The choice of a secret vote is shown to nobody.
      mine.votes[fields.poll] = { choice: told.code ? null : told.choice, code: told.code };
      if (told.code) codes[fields.poll] = told.code;
      note(entry, "");
    } else if (act === "upvote") {
      mine.wanted.push(Number(fields.question));
      note(entry, "");
    } else if (act === "question") {
      note(entry, "asked");
      const box = main.querySelector("form[data-act=question]");
      if (box && box.elements.text.value.trim() === fields.text.trim()) box.reset();
      learn();
    } else {
      note(entry, "");
      if (act === "unhand") mine.hand = null;
      else learn();
    }
    keep();
    Hall.render();
    draw();
  }

  async function learn() {
    // What only the server knows: the number of my request to speak, what became of my questions.
    try {
      const answer = await fetch(`${here}mine.json`, { credentials: "same-origin" });
      if (answer.ok) take(await answer.json());
    } catch {
      /* the next time something changes */
    }
  }
  function take(told) {
    Hall.mine = { ...told, votes: { ...Hall.mine.votes, ...told.votes } };
    remember();
    Hall.render();
    draw();
  }
  const remember = () => {
    for (const [poll, code] of Object.entries(codes))
      Hall.mine.votes[poll] = { choice: null, ...Hall.mine.votes[poll], code };
  };

  // --- what the page says of it ---
  function note(entry, what) {
    notes[nameOf(entry.act, entry.fields)] = what;
    draw();
  }
  function draw() {
    for (const form of main.querySelectorAll("form[data-act]")) {
      const told = form.querySelector("[data-told]");
      const fields = Object.fromEntries(new FormData(form));
      const name = nameOf(form.dataset.act, fields);
      const waits = out.some((entry) => nameOf(entry.act, entry.fields) === name);
      const what = words[notes[name]] || "";
      if (told && told.textContent !== what) told.textContent = what;
      for (const button of form.querySelectorAll("button"))
        button.setAttribute("aria-disabled", waits && form.dataset.act !== "question");
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.act) return;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form, event.submitter));
    const act = form.dataset.act;
    delete fields.csrfmiddlewaretoken;
    const entry = { uid: number(), act, fields };
    if (act === "vote" && fields.choice === undefined) return note(entry, "pick");
    if (act === "question" && !fields.text.trim()) return form.elements.text.focus();
    if (
      out.some((one) => nameOf(one.act, one.fields) === nameOf(act, fields) && act !== "question")
    )
      return send();
    out.push(entry);
    keep();
    send();
  });

  // A question being written outlives a reload.
  const box = main.querySelector("form[data-act=question]");
  if (box) {
    const draft = `${place}-draft`;
    try {
      box.elements.text.value = box.elements.text.value || localStorage.getItem(draft) || "";
      box.addEventListener("input", () => localStorage.setItem(draft, box.elements.text.value));
      box.addEventListener("reset", () => localStorage.removeItem(draft));
    } catch {
      /* a device that keeps nothing */
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
  Hall.afterwards.push((now) => {
    // What the moderators did may be about a question of mine.
    const told = `${now.asking.waiting} ${now.asking.shown}`;
    const waits = (Hall.mine.asked || []).some((one) => one.is_waiting);
    if (seen && seen !== told && waits) setTimeout(learn, Math.random() * 3000);
    seen = told;
    draw();
  });
  read();
  remember();
  addEventListener("online", send);
  addEventListener("storage", (event) => {
    if (event.key === place) {
      read();
      remember();
    }
  });
  draw();
  if (out.length) send();
})();
