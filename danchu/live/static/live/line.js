// The long line of a page to its hub: a snapshot or exactly the missing frames, each with absolute
// values. Where the line cannot be had (a proxy that keeps it back), the state is asked for every
// 15 seconds instead. What matters is said to the ear, politely.
(() => {
  "use strict";
  const Hall = window.Hall;
  const main = Hall.main;
  if (!main) return;
  const { stream, state: asked } = main.dataset;
  const FIRST_WORD = 12000;
  const SILENCE = 75000;
  const POLLING = 15000;
  const PATIENCE = 20000;
  const TRY_AGAIN = 60000;
  Hall.state = {};
  Hall.v = null;
  let source = null;
  let heard = 0;
  let failures = 0;
  let polling;
  let waiting;
  let patience;
  let announced = null;

  // --- the state of the line, seen and heard ---
  const shown = document.getElementById("line");
  const ear = document.getElementById("ear");
  Hall.line = "joining";
  function tell(line) {
    if (!navigator.onLine) line = "offline";
    Hall.line = line;
    if (!shown || shown.dataset.line === line) return;
    shown.dataset.line = line;
    shown.textContent = Hall.words[line];
  }
  let spoken = [];
  Hall.say = (text) => {
    spoken.push(text);
    setTimeout(() => {
      if (spoken.length) ear.textContent = spoken.join(". ");
      spoken = [];
    }, 150);
  };

  function announce(view) {
    const before = announced;
    announced = new Set(view.announcements.map((row) => row.pk));
    document.title = view.title_mark + document.title.replace(/^● /, "");
    if (!before) return;
    const fresh = view.announcements.filter((row) => !before.has(row.pk));
    for (const row of fresh) Hall.say(row.text);
    const mayVibrate = navigator.userActivation?.hasBeenActive && navigator.vibrate;
    if (mayVibrate && fresh.some((row) => row.is_urgent)) navigator.vibrate(200);
  }
  Hall.afterwards.push(announce);

  // --- what comes ---
  function snapshot(told) {
    if (Hall.v !== null && told.v < Hall.v) return;
    Hall.state = told.state;
    Hall.v = told.v;
    drawn();
  }
  function frame(told) {
    if (Hall.v === null || told.v <= Hall.v) return;
    // Something is missing: asked for again from what we have.
    if (told.v > Hall.v + 1) return open();
    Hall.v = told.v;
    for (const [key, value] of Object.entries(told.changes)) {
      if (value === null) delete Hall.state[key];
      else Hall.state[key] = value;
    }
    drawn();
  }
  let drawing = 0;
  function drawn() {
    // Frames that come in one breath are drawn once.
    if (drawing) return;
    drawing = setTimeout(() => {
      drawing = 0;
      Hall.render();
      Hall.tick();
      main.dataset.v = Hall.v;
    }, 0);
  }
  const sign = () => {
    heard = Date.now();
    failures = 0;
    if (Hall.line !== "live") tell("live");
    patience = clearTimeout(patience);
    polling = clearInterval(polling);
  };

  function open() {
    clearTimeout(waiting);
    if (source) source.close();
    const address = Hall.v === null ? stream : `${stream}?v=${Hall.v}`;
    const opened = new EventSource(address, { withCredentials: true });
    source = opened;
    const deaf = setTimeout(() => {
      if (source === opened && !heardOf) failed();
    }, FIRST_WORD);
    let heardOf = false;
    heard = Date.now();
    const first = () => {
      heardOf = true;
      clearTimeout(deaf);
      sign();
    };
    opened.addEventListener("snapshot", (event) => {
      first();
      snapshot(JSON.parse(event.data));
    });
    opened.addEventListener("message", (event) => {
      first();
      frame(JSON.parse(event.data));
    });
    opened.addEventListener("beat", first);
    opened.addEventListener("open", () => {
      if (Hall.v !== null) first();
    });
    opened.addEventListener("error", () => {
      clearTimeout(deaf);
      if (source !== opened) return;
      tell("lost");
      if (opened.readyState === EventSource.CLOSED) failed();
      else patience = patience || setTimeout(poll, PATIENCE);
    });
  }
  function failed() {
    // No line to be had: the state is asked for instead, and the line tried again now and then.
    if (source) source.close();
    failures += 1;
    clearTimeout(waiting);
    waiting = setTimeout(
      open,
      failures < 3 ? 2000 + Math.random() * 4000 : TRY_AGAIN * (0.75 + Math.random() / 2),
    );
    if (failures >= 2) poll();
  }
  function poll() {
    if (polling) return;
    polling = setInterval(ask, POLLING);
    ask();
  }
  async function ask() {
    try {
      const answer = await fetch(`${asked}?v=${Hall.v ?? ""}`, { credentials: "same-origin" });
      if (answer.status === 200) snapshot(await answer.json());
      if (answer.ok) tell("slow");
    } catch {
      tell("lost");
    }
  }
  Hall.ask = ask;

  setInterval(() => {
    if (source && source.readyState === EventSource.OPEN && Date.now() - heard > SILENCE) open();
  }, 10000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - heard > 40000) open();
  });
  addEventListener("online", open);
  addEventListener("offline", () => tell("offline"));
  addEventListener("pageshow", (event) => {
    if (event.persisted) open();
  });

  // The house's letters, where the line bears them; a slow one keeps the letters of the device.
  const net = navigator.connection;
  if (main.dataset.fonts && net && net.effectiveType === "4g" && !net.saveData) {
    const letters = document.createElement("link");
    letters.rel = "stylesheet";
    letters.href = main.dataset.fonts;
    document.head.append(letters);
  }
  // A copy that a room's desk keeps for when there is no line is for its own pass: whoever else
  // comes in on this device takes it away.
  async function tidy() {
    for (const name of await caches.keys()) {
      if (!name.startsWith("hall-room ") || !name.includes(`/hall/${main.dataset.id}/`)) continue;
      const store = await caches.open(name);
      for (const page of await store.keys()) {
        const kept = await store.match(page);
        if (
          kept.headers.has("X-Hall-Pass") &&
          kept.headers.get("X-Hall-Pass") !== main.dataset.pass
        )
          await store.delete(page);
      }
    }
  }
  if (window.caches) tidy().catch(() => {});
  tell("joining");
  open();
})();
