// Sends what waits, oldest first, one at a time. Each request may be sent again: the desk knows a
// round by its uid, a photo by its hash, a piece by where it begins. Runs on the page and in the
// worker.
((here) => {
  "use strict";
  const store = here.roundStore;
  const MOST_STALLS = 3;

  class Away extends Error {}
  class LogIn extends Error {}

  async function ask(address, options) {
    let answer;
    try {
      answer = await fetch(
        address,
        Object.assign(
          { credentials: "same-origin", cache: "no-store", redirect: "manual" },
          options,
        ),
      );
    } catch (_failure) {
      throw new Away();
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) {
      throw new LogIn();
    }
    if (answer.status >= 500 || answer.status === 429) {
      throw new Away();
    }
    return answer;
  }

  async function read(answer) {
    try {
      return await answer.json();
    } catch (_failure) {
      // Cut off on the way: whatever was done will be told again. A page instead of JSON: not for
      // us to understand.
      if (answer.ok) {
        throw new Away();
      }
      return { message: String(answer.status) };
    }
  }

  function writing(line, type, body) {
    return {
      method: "POST",
      headers: { "Content-Type": type, "X-CSRFToken": line.token },
      body: body,
    };
  }

  // Send all that waits for the account that is logged in; what became of the line: "done", "away"
  // or "log in".
  function sendAll(address, tell) {
    async function work() {
      try {
        const line = await read(await ask(address));
        for (const round of await store.all()) {
          if (round.account === line.account && round.state === "queued") {
            await sendOne(round, address, line, tell);
          }
        }
        return "done";
      } catch (failure) {
        if (failure instanceof Away) {
          return "away";
        }
        if (failure instanceof LogIn) {
          return "log in";
        }
        throw failure;
      }
    }
    return here.navigator.locks ? here.navigator.locks.request(store.NAME, work) : work();
  }

  async function sendOne(round, address, line, tell) {
    tell(round.uid, 0, 0, 0);
    const photos = await store.photosOf(round.uid);
    const body = Object.assign({}, round.fields, {
      uid: round.uid,
      noted: round.noted,
      photos: photos.map((one) => ({ hash: one.hash, name: one.name, size: one.size })),
    });
    const answer = await ask(address, writing(line, "application/json", JSON.stringify(body)));
    const said = await read(answer);
    if (answer.status === 409) {
      return store.change(round.uid, {
        state: "conflict",
        message: said.message,
        conflict: said.conflict,
        other: said.other,
      });
    }
    if (!answer.ok) {
      return store.change(round.uid, { state: "refused", message: said.message });
    }
    await store.change(round.uid, { url: said.url });
    const awaited = said.photos.filter((one) => !one.done);
    for (const [number, one] of awaited.entries()) {
      const photo = photos.find((kept) => kept.hash === one.hash);
      const fault =
        photo &&
        (await sendPhoto(round, photo, one.received, address, line, (part) => {
          tell(round.uid, number + 1, awaited.length, Math.floor(part * 100));
        }));
      if (fault) {
        return store.change(round.uid, { state: "refused", message: fault });
      }
    }
    await store.change(round.uid, { state: "sent", sentAt: Date.now() });
    return store.dropPhotos(round.uid);
  }

  // Piece by piece from where the desk has it; what was wrong, or nothing.
  async function sendPhoto(round, photo, received, address, line, progress) {
    let stalls = 0;
    for (;;) {
      const piece = await photo.blob.slice(received, received + line.piece).arrayBuffer();
      const where = `${address + round.uid}/${photo.hash}/?offset=${received}`;
      const answer = await ask(where, writing(line, "application/octet-stream", piece));
      const said = await read(answer);
      if (!answer.ok) {
        if (++stalls > 1) {
          return said.message;
        }
        received = 0; /* spoilt on the way: once more from the beginning */
        continue;
      }
      if (said.done) {
        progress(1);
        return "";
      }
      if (said.received === received && ++stalls > MOST_STALLS) {
        throw new Away();
      }
      received = said.received;
      progress(received / photo.size);
    }
  }

  here.roundLine = { sendAll };
})(self);
