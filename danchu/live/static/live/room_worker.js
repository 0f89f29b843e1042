// Keeps the last page of this room's desk and its files, so that it opens without a line. Only that
// page, only for its own pass: what another person may not see is not kept, and a page that was
// refused or led elsewhere takes the copy away. `ROOM` is said by the address of this worker: the
// page, its files and a version of both.
"use strict";
const PAGE = ROOM.page;
const ASSETS = ROOM.files;
const NAME = `hall-room ${PAGE}`;
const STORE = `${NAME} ${ROOM.version}`;

addEventListener("install", (event) =>
  event.waitUntil(
    caches
      .open(STORE)
      .then((store) => store.addAll(ASSETS))
      .then(() => skipWaiting()),
  ),
);

addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      const fresh = await caches.open(STORE);
      for (const name of await caches.keys()) {
        if (!name.startsWith(NAME) || name === STORE) continue;
        const kept = await (await caches.open(name)).match(PAGE);
        if (kept && !(await fresh.match(PAGE))) await fresh.put(PAGE, kept);
        await caches.delete(name);
      }
      await clients.claim();
    })(),
  ),
);

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname === PAGE) event.respondWith(page(request));
  else if (ASSETS.includes(url.pathname)) event.respondWith(asset(request, url.pathname));
});

async function page(request) {
  const store = await caches.open(STORE);
  try {
    const answer = await fetch(request);
    if (
      answer.ok &&
      !answer.redirected &&
      answer.type === "basic" &&
      answer.headers.has("X-Hall-Pass")
    )
      await store.put(PAGE, answer.clone());
    else if (answer.status < 500) await store.delete(PAGE);
    return answer;
  } catch (problem) {
    const kept = await store.match(PAGE);
    if (kept) return kept;
    throw problem;
  }
}

async function asset(request, path) {
  const store = await caches.open(STORE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await store.put(path, answer.clone());
    return answer;
  } catch (problem) {
    const kept = await store.match(path);
    if (kept) return kept;
    throw problem;
  }
}
