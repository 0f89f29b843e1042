// Opens a page without a line: that page and the files it needs, the network first, what was kept
// when there is no answer. Where the browser can, sends what waits in the outbox when the line
// returns, the page closed or not. Its address says (danchu/look/offline.py):
//   OFFLINE.cache    how the names of its caches begin; what it keeps is in one of them
//   OFFLINE.version  changes with the files
//   OFFLINE.page     the page; without a line the pages above it lead to it
//   OFFLINE.away, OFFLINE.again, OFFLINE.page_name, OFFLINE.lang   what any other page says then
//   OFFLINE.files    the files of the page
//   OFFLINE.holder   the header that names whose page it is: only an answer that bears it is kept,
//                    and one with another's, or that leads to the log-in, takes the copies away; ""
//                    where the page says nothing that another person may not see
//   OFFLINE.queue, OFFLINE.carrier   the queue to send in the background and the name of the
//                    function that makes its carrier, of OFFLINE.line
"use strict";
const PATIENCE = 4000;
const CACHE = OFFLINE.cache + OFFLINE.version;

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll(OFFLINE.files);
      const answer = await fetch(OFFLINE.page, { credentials: "same-origin" });
      if (mayKeep(answer)) await cache.put(OFFLINE.page, answer);
      if (OFFLINE.holder) await keepAll(await pagesOfEarlier());
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      for (const name of await caches.keys()) {
        if (!name.startsWith(OFFLINE.cache) || name === CACHE) continue;
        if (!(await cache.match(OFFLINE.page))) await copyAll(await caches.open(name), cache);
        await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

// The addresses of the pages that an earlier version keeps: this one must have them too before it
// takes over, since the line may be gone then.
async function pagesOfEarlier() {
  const places = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith(OFFLINE.cache) || name === CACHE) continue;
    for (const request of await (await caches.open(name)).keys()) {
      const url = new URL(request.url);
      if (url.pathname === OFFLINE.page && url.search) places.push(url.pathname + url.search);
    }
  }
  return places;
}

async function copyAll(from, to) {
  for (const request of await from.keys()) {
    if (!(await to.match(request))) await to.put(request, await from.match(request));
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(openPage(request, url));
  else if (OFFLINE.files.includes(url.pathname) || url.pathname.startsWith("/static/")) {
    event.respondWith(fresh(request, url.pathname));
  }
});

self.addEventListener("message", (event) => {
  if (OFFLINE.holder && event.data?.keep) event.waitUntil(keepAll(event.data.keep));
});

self.addEventListener("sync", (event) => {
  if (!OFFLINE.queue || event.tag !== OFFLINE.queue) return;
  const queue = Outbox.queue(OFFLINE.queue, self[OFFLINE.carrier](OFFLINE.line));
  event.waitUntil(
    queue.send().then((result) => {
      // The browser tries again.
      if (result.line === "away") throw new Error("away");
    }),
  );
});

function mayKeep(answer) {
  const isWhole = answer.ok && answer.type === "basic" && !answer.redirected;
  return isWhole && (!OFFLINE.holder || answer.headers.has(OFFLINE.holder));
}

async function openPage(request, url) {
  if (url.pathname === OFFLINE.page && OFFLINE.holder) return heldPage(request, url);
  if (url.pathname === OFFLINE.page) {
    return fresh(request, url.search ? "" : OFFLINE.page, OFFLINE.page);
  }
  try {
    return await fetch(request);
  } catch {
    if (OFFLINE.page.startsWith(url.pathname)) return Response.redirect(OFFLINE.page);
    return awayPage();
  }
}

// Any other page keeps its entry in the history, with what was typed there (typed.js), which an error
// page of the browser would empty.
function awayPage() {
  const text = `<!doctype html><html lang="${OFFLINE.lang}"><meta charset="utf-8">
    <meta name="viewport" content="width=device-width"><title>${OFFLINE.away}</title>
    <h1>${OFFLINE.away}</h1><p>${OFFLINE.again}</p>
    <p><a href="${OFFLINE.page}">${OFFLINE.page_name}</a></p></html>`;
  // As the site's own pages: a page of another kind ends what the entry holds.
  const headers = { "Content-Type": "text/html", "Cross-Origin-Opener-Policy": "same-origin" };
  return new Response(text, { status: 503, headers });
}

// A page that is somebody's: without a line the copy of that very address, and no copy once the
// answer is another's.
async function heldPage(request, url) {
  const cache = await caches.open(CACHE);
  const place = url.pathname + url.search;
  const kept = await cache.match(place);
  try {
    const answer = await patient(request, kept);
    await keepHeld(cache, place, answer);
    return answer;
  } catch (failure) {
    if (kept) return kept;
    if (url.search && (await cache.match(OFFLINE.page))) return Response.redirect(OFFLINE.page);
    throw failure;
  }
}

async function keepHeld(cache, place, answer) {
  const isKept = mayKeep(answer);
  if (isOver(answer) || (isKept && (await isOfAnother(cache, answer)))) await forget(cache);
  if (isKept) await cache.put(place, answer.clone());
}

// Whether the answer says that nobody is logged in here, or may not open the page. An answer that
// only lacks its holder says nothing: without TLS a line that is cut within the headers looks so.
function isOver(answer) {
  const isElsewhere = answer.redirected || answer.type === "opaqueredirect";
  return isElsewhere || answer.status === 401 || answer.status === 403;
}

// Whether what is kept is another's than this answer.
async function isOfAnother(cache, answer) {
  const holder = answer.headers.get(OFFLINE.holder);
  for (const request of await cache.keys()) {
    if (new URL(request.url).pathname !== OFFLINE.page) continue;
    const kept = await cache.match(request);
    if (kept.headers.get(OFFLINE.holder) !== holder) return true;
  }
  return false;
}

// A page asks that others of its kind, which differ in what stands after "?", be kept beside it.
async function keepAll(addresses) {
  const cache = await caches.open(CACHE);
  for (const address of addresses) {
    const url = new URL(address, self.location);
    const place = url.pathname + url.search;
    if (url.origin !== self.location.origin || url.pathname !== OFFLINE.page) continue;
    if (await cache.match(place)) continue;
    try {
      await keepHeld(cache, place, await fetch(place, { credentials: "same-origin" }));
    } catch {
      return;
    }
  }
}

async function forget(cache) {
  for (const request of await cache.keys()) {
    if (new URL(request.url).pathname === OFFLINE.page) await cache.delete(request);
  }
}

// The answer of the network, waited for only so long where there is a copy instead.
async function patient(request, kept) {
  const late = new AbortController();
  const timer = kept && setTimeout(() => late.abort(), PATIENCE);
  try {
    return await fetch(request, kept ? { signal: late.signal } : {});
  } finally {
    clearTimeout(timer);
  }
}

// From the network, kept as `place`; else what was kept there or at `otherwise`.
async function fresh(request, place, otherwise) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(place || otherwise);
  try {
    const answer = await patient(request, kept);
    const isPlain = answer.ok && answer.type === "basic" && !answer.redirected;
    if (place && isPlain) await cache.put(place, answer.clone());
    return answer.status >= 500 && kept ? kept : answer;
  } catch (failure) {
    if (kept) return kept;
    throw failure;
  }
}
