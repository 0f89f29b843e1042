// The desk of a room. Each entry is stored on the device first, with a number of its own, and sent in
// this order when there is a connection; the server records it once and answers with its outcome. A
// service worker caches the page for use without a connection.
(() => {
  "use strict";
  const Hall = window.Hall;
  const main = Hall.main;
  const { id, point, entries: address, worker } = main.dataset;
  const place = `${id}-${point}`;
  const words = Hall.words;
  const MOST = 200;
  let entries = [];
  let heads = null;
  let problem = "";
  let sendNow = () => {};

  // --- stored on the device, sent in order ---
  let desk = Outbox.uid();
  try {
    desk = localStorage.getItem("hall-desk") || desk;
    localStorage.setItem("hall-desk", desk);
  } catch {
    // Without storage the name lasts until the page is closed: numbers begin anew.
  }
  const queue = Outbox.queue(`room ${place}`, { deliver, most: MOST });

  async function deliver(waiting) {
    const rows = waiting.map(({ uid, order, act, content, made_at }) => ({
      uid,
      number: order,
      act,
      content,
      made_at,
    }));
    const parcel = { desk, sent_at: new Date().toISOString(), entries: rows };
    const answer = await Outbox.ask(address, Outbox.posting(JSON.stringify(parcel)));
    const reply = await Outbox.read(answer);
    if (answer.status === 403) throw new Outbox.LogIn(words.no_pass);
    if (!answer.ok) throw new Outbox.Away(reply.message);
    heads = reply.heads;
    return reply.entries.map(({ uid, outcome, told, ok }) => ({
      uid,
      outcome,
      told,
      ok,
      state: ok ? "sent" : "refused",
    }));
  }

  // Entries stored by earlier versions of this script, of any room.
  function carryEntries() {
    const stateOf = (row) => (row.ok ? "sent" : "refused");
    return Outbox.carry("hall-room", "entries", ({ place: room, number, ...row }) => ({
      ...row,
      queue: `room ${room}`,
      order: number,
      state: row.outcome ? stateOf(row) : "queued",
    }));
  }

  async function refresh() {
    entries = await queue.all();
    draw();
  }

  // --- what the page shows ---
  const box = document.getElementById("sent");
  const blank = document.getElementById("sent-row");
  const status = document.getElementById("waits");
  const isWaiting = (entry) => entry.state === "queued";
  function draw() {
    const waiting = entries.filter(isWaiting).length;
    status.hidden = !waiting && !problem;
    const text = problem || (waiting ? words.waits.replace("%s", waiting) : "");
    if (status.textContent !== text) status.textContent = text;
    for (const entry of entries) {
      let row = box.querySelector(`[data-uid="${entry.uid}"]`);
      if (!row) {
        row = blank.content.firstElementChild.cloneNode(true);
        row.dataset.uid = entry.uid;
        box.prepend(row);
      }
      row.className = isWaiting(entry) ? "is-waiting" : `is-${entry.outcome}`;
      row.querySelector("time").textContent = HallView.hour_text(Date.parse(entry.made_at) / 1000);
      const label = row.querySelector(".what");
      if (label) label.textContent = entry.said;
      row.querySelector(".told-by").textContent = isWaiting(entry) ? words.waiting : entry.told;
    }
    document.getElementById("nothing-sent").hidden = box.children.length > 0;
    for (const entry of entries.filter(
      (other) => other.act === "arrived" || other.act === "left",
    )) {
      const row = main.querySelector(`[data-delegate="${entry.content.delegate}"]`);
      if (!row || entry.state === "refused") continue;
      const isPresent = entry.act === "arrived";
      row.classList.toggle("is-in", isPresent);
      row.querySelector(".when-out").hidden = isPresent;
      row.querySelector(".when-in").hidden = !isPresent;
    }
    sums();
  }
  // The last number of heads entered here, or else the one of the server.
  const currentHeads = () => {
    const last = entries
      .filter((entry) => entry.act === "heads" && entry.state !== "refused")
      .pop();
    return last
      ? last.content.count
      : (heads ?? Number(document.getElementById("count").defaultValue || 0));
  };
  function sums() {
    for (const form of main.querySelectorAll("form[data-entry=hands]")) {
      const counts = countsOf(form);
      const sum = counts.reduce((a, b) => a + (b || 0), 0);
      const label = form.querySelector("[data-sum]");
      const text = words.sum.replace("%(sum)s", sum).replace("%(heads)s", currentHeads());
      if (label.textContent !== text) label.textContent = text;
      label.classList.toggle("is-wrong", sum > currentHeads());
    }
  }
  const whole = (text) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : null);
  const countsOf = (form) =>
    [...form.querySelectorAll("input[name^=count-]")].map((input) =>
      input.value.trim() === "" ? 0 : whole(input.value),
    );

  const contents = {
    heads: (_form, fields) => ({ count: whole(fields.count) }),
    hands: (form, fields) => ({ poll: Number(fields.poll), counts: countsOf(form) }),
    roll: (_form, fields) => ({ delegate: Number(fields.delegate) }),
    hand: (_form, fields) => ({ speaker: fields.speaker, kind: fields.kind }),
    question: (_form, fields) => ({ text: fields.text, asker: fields.asker }),
  };
  // What the list of entries says of an entry.
  const labelOf = (form, fields, content) =>
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
    const isWrong = content.count === null || (content.counts || []).includes(null);
    problem = isWrong ? words.whole : "";
    if (isWrong) return draw();
    if (form.dataset.entry === "question" && !content.text.trim())
      return form.elements.text.focus();
    const act = form.dataset.entry === "roll" ? fields.act : form.dataset.entry;
    await carried;
    await queue.enqueue({
      act,
      content,
      made_at: new Date().toISOString(),
      said: labelOf(form, fields, content),
    });
    if (form.dataset.entry !== "heads" && form.dataset.entry !== "roll") form.reset();
    await refresh();
    sendNow();
  });
  document.addEventListener("input", sums);
  for (const step of main.querySelectorAll("[data-step]")) {
    step.addEventListener("click", () => {
      const box = document.getElementById("count");
      box.value = Math.max(0, (whole(box.value) || 0) + Number(step.dataset.step));
    });
  }

  // --- without a connection ---
  const stateName = `hall-state-${id}`;
  Hall.afterwards.push(() => {
    sums();
    try {
      localStorage.setItem(stateName, JSON.stringify(Hall.state));
    } catch {
      /* a full device */
    }
  });
  setTimeout(() => {
    if (Hall.v !== null) return;
    try {
      const state = JSON.parse(localStorage.getItem(stateName));
      if (state) {
        Hall.state = state;
        Hall.render();
      }
    } catch {
      /* no state is stored */
    }
  }, 2500);
  if (navigator.serviceWorker && worker) navigator.serviceWorker.register(worker).catch(() => {});
  queue.changed(refresh);
  const carried = carryEntries().catch(() => {});
  carried.then(refresh).then(() => {
    sendNow = queue.start((result) => {
      problem = result.message || "";
      draw();
    });
  });
})();
