// A room's desk. Whatever it enters is written down on the device first, with a number of its own,
// and sent in that order whenever there is a line; the server takes each in once and says what
// became of it. A service worker keeps the page for when there is none.
(() => {
  "use strict";
  const Hall = window.Hall;
  const main = Hall.main;
  const { id, point, entries: address, worker } = main.dataset;
  const place = `${id}-${point}`;
  const words = Hall.words;
  const MOST = 200;
  const AGAIN = 8000;
  let entries = [];
  let sending = false;
  let again;
  let heads = null;

  // --- written down on the device ---
  const opened = new Promise((done, fail) => {
    const asked = indexedDB.open("hall-room", 1);
    asked.onupgradeneeded = () =>
      asked.result.createObjectStore("entries", { keyPath: ["place", "number"] });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const mine = IDBKeyRange.bound([place, 0], [place, Infinity]);
  const answered = (request) =>
    new Promise((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
  async function all() {
    const store = (await opened).transaction("entries").objectStore("entries");
    return answered(store.getAll(mine));
  }
  async function write(entry) {
    // The next number, drawn and kept in one transaction: two windows of a desk never share one.
    const transaction = (await opened).transaction("entries", "readwrite");
    const store = transaction.objectStore("entries");
    const last = await answered(store.openKeyCursor(mine, "prev"));
    entry.number = last ? last.key[1] + 1 : 1;
    store.add(entry);
    return new Promise((done, fail) => {
      transaction.oncomplete = () => done(entry);
      transaction.onerror = transaction.onabort = () => fail(transaction.error);
    });
  }
  async function settle(told) {
    const transaction = (await opened).transaction("entries", "readwrite");
    const store = transaction.objectStore("entries");
    const by = new Map(told.map((one) => [one.uid, one]));
    for (const entry of await answered(store.getAll(mine))) {
      const one = by.get(entry.uid);
      if (one) store.put({ ...entry, outcome: one.outcome, told: one.told, ok: one.ok });
    }
    return new Promise((done, fail) => {
      transaction.oncomplete = done;
      transaction.onerror = () => fail(transaction.error);
    });
  }
  function number() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return [...bytes]
      .map(
        (byte, at) => ([4, 6, 8, 10].includes(at) ? "-" : "") + byte.toString(16).padStart(2, "0"),
      )
      .join("");
  }
  let desk = "";
  try {
    desk = localStorage.getItem("hall-desk") || number();
    localStorage.setItem("hall-desk", desk);
  } catch {
    desk = number();
  }

  // --- sent in order ---
  const cookie = (name) =>
    (document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`)) || [])[1] || "";
  async function send() {
    clearTimeout(again);
    if (sending) return;
    sending = true;
    try {
      for (;;) {
        entries = await all();
        const waiting = entries.filter((one) => !one.outcome).slice(0, MOST);
        if (!waiting.length) break;
        const parcel = {
          desk,
          sent_at: new Date().toISOString(),
          entries: waiting.map(({ uid, number, act, content, made_at }) => ({
            uid,
            number,
            act,
            content,
            made_at,
          })),
        };
        const headers = { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") };
        const answer = await fetch(address, {
          method: "POST",
          credentials: "same-origin",
          headers,
          body: JSON.stringify(parcel),
        });
        if (!answer.ok) {
          const told = await answer.json().catch(() => ({}));
          draw(answer.status === 403 ? words.no_pass : told.message || "");
          throw new Error(answer.status);
        }
        const told = await answer.json();
        heads = told.heads;
        await settle(told.entries);
      }
    } catch {
      again = setTimeout(send, AGAIN);
    }
    sending = false;
    entries = await all();
    draw();
  }

  // --- what the page says ---
  const box = document.getElementById("sent");
  const blank = document.getElementById("sent-row");
  const waits = document.getElementById("waits");
  const hour = new Intl.DateTimeFormat("vi-VN", {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone: "Asia/Ho_Chi_Minh",
  });
  function draw(problem) {
    const waiting = entries.filter((one) => !one.outcome).length;
    waits.hidden = !waiting && !problem;
    const told = problem || (waiting ? words.waits.replace("%s", waiting) : "");
    if (waits.textContent !== told) waits.textContent = told;
    for (const entry of entries) {
      let row = box.querySelector(`[data-uid="${entry.uid}"]`);
      if (!row) {
        row = blank.content.firstElementChild.cloneNode(true);
        row.dataset.uid = entry.uid;
        box.prepend(row);
      }
      row.className = entry.outcome ? `is-${entry.outcome}` : "is-waiting";
      row.querySelector("time").textContent = hour.format(new Date(entry.made_at));
      const what = row.querySelector(".what");
      if (what) what.textContent = entry.said;
      row.querySelector(".told-by").textContent = entry.outcome ? entry.told : words.waiting;
    }
    document.getElementById("nothing-sent").hidden = box.children.length > 0;
    for (const entry of entries.filter((one) => one.act === "arrived" || one.act === "left")) {
      const row = main.querySelector(`[data-delegate="${entry.content.delegate}"]`);
      if (!row || (entry.outcome && !entry.ok)) continue;
      const inside = entry.act === "arrived";
      row.classList.toggle("is-in", inside);
      row.querySelector(".when-out").hidden = inside;
      row.querySelector(".when-in").hidden = !inside;
    }
    sums();
  }
  const known = () => {
    const own = entries.filter((one) => one.act === "heads" && (!one.outcome || one.ok)).pop();
    return own
      ? own.content.count
      : (heads ?? Number(document.getElementById("count").defaultValue || 0));
  };
  function sums() {
    for (const form of main.querySelectorAll("form[data-entry=hands]")) {
      const counts = countsOf(form);
      const sum = counts.reduce((a, b) => a + (b || 0), 0);
      const told = form.querySelector("[data-sum]");
      const text = words.sum.replace("%(sum)s", sum).replace("%(heads)s", known());
      if (told.textContent !== text) told.textContent = text;
      told.classList.toggle("is-wrong", sum > known());
    }
  }
  const whole = (text) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : null);
  const countsOf = (form) =>
    [...form.querySelectorAll("input[name^=count-]")].map((one) =>
      one.value.trim() === "" ? 0 : whole(one.value),
    );

  const contents = {
    heads: (_form, fields) => ({ count: whole(fields.count) }),
    hands: (form, fields) => ({ poll: Number(fields.poll), counts: countsOf(form) }),
    roll: (_form, fields) => ({ delegate: Number(fields.delegate) }),
    hand: (_form, fields) => ({ speaker: fields.speaker, kind: fields.kind }),
    question: (_form, fields) => ({ text: fields.text, asker: fields.asker }),
  };
  const saidOf = (form, fields, content) =>
    ({
      heads: () => words["did.heads"].replace("%s", content.count),
      hands: () =>
        `${form.closest("section").querySelector("h2").textContent}: ${content.counts.join(" – ")}`,
      roll: () =>
        `${form.closest("li").querySelector(".name").textContent}: ${words[`did.${fields.act}`]}`,
      hand: () => `${words["did.hand"]}: ${content.speaker}`,
      question: () => content.text,
    })[form.dataset.entry]();

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.entry) return;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    if (event.submitter?.name) fields[event.submitter.name] = event.submitter.value;
    const content = contents[form.dataset.entry](form, fields);
    const wrong = content.count === null || (content.counts || []).includes(null);
    if (wrong) return draw(words.whole);
    if (form.dataset.entry === "question" && !content.text.trim())
      return form.elements.text.focus();
    const act = form.dataset.entry === "roll" ? fields.act : form.dataset.entry;
    await write({
      place,
      uid: number(),
      act,
      content,
      made_at: new Date().toISOString(),
      said: saidOf(form, fields, content),
    });
    if (form.dataset.entry !== "heads" && form.dataset.entry !== "roll") form.reset();
    entries = await all();
    draw();
    send();
  });
  document.addEventListener("input", sums);
  for (const step of main.querySelectorAll("[data-step]")) {
    step.addEventListener("click", () => {
      const box = document.getElementById("count");
      box.value = Math.max(0, (whole(box.value) || 0) + Number(step.dataset.step));
    });
  }

  // --- without a line ---
  const kept = `hall-state-${id}`;
  Hall.afterwards.push(() => {
    sums();
    try {
      localStorage.setItem(kept, JSON.stringify(Hall.state));
    } catch {
      /* a full device */
    }
  });
  setTimeout(() => {
    if (Hall.v !== null) return;
    try {
      const state = JSON.parse(localStorage.getItem(kept));
      if (state) {
        Hall.state = state;
        Hall.render();
      }
    } catch {
      /* nothing was kept */
    }
  }, 2500);
  if (navigator.serviceWorker && worker) navigator.serviceWorker.register(worker).catch(() => {});
  addEventListener("online", send);
  send();
})();
