// Keeps the state of the hall current by the server-sent events of a hub: first a snapshot or exactly
// the missing frames, then each new frame, with absolute values. Where no stream gets through (a proxy
// that buffers it), the state is polled every 15 seconds instead. Also reads announcements aloud.
(() => {
  "use strict";
  const Hall = window.Hall;
  const main = Hall.main;
  if (!main) return;
  const { stream, state: stateAddress } = main.dataset;
  // Milliseconds: without a first event the stream has failed; without a heartbeat it is opened anew;
  // between two polls; until polling begins while reconnecting; between attempts after failures.
  const FIRST_EVENT = 12000;
  const SILENCE = 75000;
  const POLLING = 15000;
  const RECONNECTING = 20000;
  const RETRY = 60000;
  Hall.state = {};
  Hall.v = null;
  let source = null;
  let lastEvent = 0;
  let failures = 0;
  let polling;
  let retry;
  let fallback;
  let announced = null;

  // --- the state of the connection, and announcements to screen readers ---
  const label = document.getElementById("line");
  const liveRegion = document.getElementById("ear");
  Hall.line = "joining";
  function showConnection(line) {
    if (!navigator.onLine) line = "offline";
    Hall.line = line;
    if (!label || label.dataset.line === line) return;
    label.dataset.line = line;
    label.textContent = Hall.words[line];
  }
  let pending = [];
  Hall.say = (text) => {
    pending.push(text);
    setTimeout(() => {
      if (pending.length) liveRegion.textContent = pending.join(". ");
      pending = [];
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

  // --- snapshots and frames ---
  function applySnapshot({ v, state }) {
    if (Hall.v !== null && v < Hall.v) return;
    Hall.state = state;
    Hall.v = v;
    renderSoon();
  }
  function applyFrame({ v, changes }) {
    if (Hall.v === null || v <= Hall.v) return;
    // A frame is missing: reconnect from the last number.
    if (v > Hall.v + 1) return open();
    Hall.v = v;
    for (const [key, value] of Object.entries(changes)) {
      if (value === null) delete Hall.state[key];
      else Hall.state[key] = value;
    }
    renderSoon();
  }
  let rendering = 0;
  function renderSoon() {
    // Frames that arrive together are rendered once.
    if (rendering) return;
    rendering = setTimeout(() => {
      rendering = 0;
      Hall.render();
      Hall.tick();
      main.dataset.v = Hall.v;
    }, 0);
  }
  const onEvent = () => {
    lastEvent = Date.now();
    failures = 0;
    if (Hall.line !== "live") showConnection("live");
    fallback = clearTimeout(fallback);
    polling = clearInterval(polling);
  };

  function open() {
    clearTimeout(retry);
    if (source) source.close();
    const address = Hall.v === null ? stream : `${stream}?v=${Hall.v}`;
    const opened = new EventSource(address, { withCredentials: true });
    source = opened;
    const timeout = setTimeout(() => {
      if (source === opened && !isReceiving) failed();
    }, FIRST_EVENT);
    let isReceiving = false;
    lastEvent = Date.now();
    const first = () => {
      isReceiving = true;
      clearTimeout(timeout);
      onEvent();
    };
    opened.addEventListener("snapshot", (event) => {
      first();
      applySnapshot(JSON.parse(event.data));
    });
    opened.addEventListener("message", (event) => {
      first();
      applyFrame(JSON.parse(event.data));
    });
    opened.addEventListener("beat", first);
    opened.addEventListener("open", () => {
      if (Hall.v !== null) first();
    });
    opened.addEventListener("error", () => {
      clearTimeout(timeout);
      if (source !== opened) return;
      showConnection("lost");
      if (opened.readyState === EventSource.CLOSED) failed();
      else fallback = fallback || setTimeout(poll, RECONNECTING);
    });
  }
  function failed() {
    // No stream: poll the state instead, and try the stream again after a while.
    if (source) source.close();
    failures += 1;
    clearTimeout(retry);
    retry = setTimeout(
      open,
      failures < 3 ? 2000 + Math.random() * 4000 : RETRY * (0.75 + Math.random() / 2),
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
      const answer = await fetch(`${stateAddress}?v=${Hall.v ?? ""}`, {
        credentials: "same-origin",
      });
      if (answer.status === 200) applySnapshot(await answer.json());
      if (answer.ok) showConnection("slow");
    } catch {
      showConnection("lost");
    }
  }
  Hall.ask = ask;

  setInterval(() => {
    if (source && source.readyState === EventSource.OPEN && Date.now() - lastEvent > SILENCE)
      open();
  }, 10000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() - lastEvent > 40000) open();
  });
  addEventListener("online", open);
  addEventListener("offline", () => showConnection("offline"));
  addEventListener("pageshow", (event) => {
    if (event.persisted) open();
  });

  // The web font, if the connection is fast; otherwise the page keeps the font of the device.
  const net = navigator.connection;
  if (main.dataset.fonts && net && net.effectiveType === "4g" && !net.saveData) {
    const fonts = document.createElement("link");
    fonts.rel = "stylesheet";
    fonts.href = main.dataset.fonts;
    document.head.append(fonts);
  }
  // The copy of a room's desk that its service worker stores is for the holder of its pass: it is
  // deleted when another pass enters on this device.
  async function deleteCopiesOfOthers() {
    for (const name of await caches.keys()) {
      if (!name.startsWith("hall-room ") || !name.includes(`/hall/${main.dataset.id}/`)) continue;
      const store = await caches.open(name);
      for (const page of await store.keys()) {
        const pass = (await store.match(page)).headers.get("X-Hall-Pass");
        if (pass !== null && pass !== main.dataset.pass) await store.delete(page);
      }
    }
  }
  if (window.caches) deleteCopiesOfOthers().catch(() => {});
  showConnection("joining");
  open();
})();
