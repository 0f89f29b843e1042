// Opens the page of rounds without a line. Only that page and its own files: the network first,
// what was kept when it does not answer in time. Where the browser can, sends what waits when the
// line returns, the page closed or not.
"use strict";
const SECONDS = 4;
const CACHE = `danchu-rounds-${ROUNDS.files
  .join(" ")
  .split("")
  .reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) >>> 0, 7)}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll(ROUNDS.files);
      const answer = await fetch(ROUNDS.page, { credentials: "same-origin" });
      if (isKept(answer)) {
        await cache.put(ROUNDS.page, answer);
      }
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith("danchu-rounds-") && name !== CACHE) {
          await caches.delete(name);
        }
      }
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const asked = new URL(event.request.url);
  if (event.request.method !== "GET" || asked.origin !== self.location.origin) {
    return;
  }
  if (event.request.mode === "navigate") {
    event.respondWith(shown(event.request, asked));
  } else if (asked.pathname.startsWith("/static/")) {
    event.respondWith(fresh(event.request, asked.pathname));
  }
});

self.addEventListener("sync", (event) => {
  if (event.tag === "rounds") {
    event.waitUntil(
      self.roundLine
        .sendAll(ROUNDS.line, () => {})
        .then((became) => {
          if (became === "away") {
            throw new Error("away");
          } /* the browser tries again */
        }),
    );
  }
});

function isKept(answer) {
  return answer.ok && answer.type === "basic" && !answer.redirected;
}

// The page itself; any other page of rounds leads to it when there is no line.
async function shown(request, asked) {
  if (asked.pathname === ROUNDS.page) {
    return fresh(request, asked.search ? "" : ROUNDS.page, ROUNDS.page);
  }
  try {
    return await fetch(request);
  } catch (_failure) {
    return Response.redirect(ROUNDS.page);
  }
}

// From the network, kept as `place`; else what was kept there or at `otherwise`.
async function fresh(request, place, otherwise) {
  const cache = await caches.open(CACHE);
  const known = await cache.match(place || otherwise);
  const late = new AbortController();
  const timer =
    known &&
    setTimeout(() => {
      late.abort();
    }, SECONDS * 1000);
  try {
    const answer = await fetch(request, known ? { signal: late.signal } : {});
    if (place && isKept(answer)) {
      await cache.put(place, answer.clone());
    }
    return answer.status >= 500 && known ? known : answer;
  } catch (failure) {
    if (known) {
      return known;
    }
    throw failure;
  } finally {
    clearTimeout(timer);
  }
}
