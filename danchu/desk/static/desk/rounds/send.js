// How a round is sent: what was written, then its photos in pieces. Each request may be sent again:
// the desk knows a round by its uid, a photo by its hash, a piece by where it begins. Runs on the
// page and in the worker.
((here) => {
  "use strict";
  const { Away, ask, posting, read } = Outbox;
  const MOST_STALLS = 3;

  // The carrier of the queue of rounds; `progress(uid, number, all, percent)` tells how far one is.
  function roundCarrier(address, progress = () => {}) {
    // The photo piece by piece from where the desk has it; what was wrong, or nothing.
    async function sendPhoto(round, photo, received, line, tell) {
      let offset = received;
      let stalls = 0;
      for (;;) {
        const piece = await photo.blob.slice(offset, offset + line.piece).arrayBuffer();
        const place = `${address}${round.uid}/${photo.hash}/?offset=${offset}`;
        const answer = await ask(place, posting(piece, line.token, "application/octet-stream"));
        const reply = await read(answer);
        if (!answer.ok) {
          stalls += 1;
          if (stalls > 1) return reply.message;
          // Spoilt on the way: once more from the beginning.
          offset = 0;
          continue;
        }
        if (reply.done) {
          tell(1);
          return "";
        }
        if (reply.received === offset) stalls += 1;
        if (stalls > MOST_STALLS) throw new Away();
        offset = reply.received;
        tell(offset / photo.size);
      }
    }

    async function sendPhotos(round, photos, awaited, line) {
      for (const [place, one] of awaited.entries()) {
        const photo = photos.find((kept) => kept.hash === one.hash);
        if (!photo) continue;
        const fault = await sendPhoto(round, photo, one.received, line, (part) =>
          progress(round.uid, place + 1, awaited.length, Math.floor(part * 100)),
        );
        if (fault) return fault;
      }
      return "";
    }

    async function deliver([round], line) {
      const { uid } = round;
      progress(uid, 0, 0, 0);
      const photos = await rounds.files.of(uid);
      const promised = photos.map(({ hash, name, size }) => ({ hash, name, size }));
      const body = { ...round.fields, uid, noted: round.noted, photos: promised };
      const answer = await ask(address, posting(JSON.stringify(body), line.token));
      const reply = await read(answer);
      const { message, conflict, other } = reply;
      if (answer.status === 409) return [{ uid, state: "conflict", message, conflict, other }];
      if (!answer.ok) return [{ uid, state: "refused", message }];
      await rounds.change(uid, { url: reply.url });
      const awaited = reply.photos.filter((one) => !one.done);
      const fault = await sendPhotos(round, photos, awaited, line);
      if (fault) return [{ uid, state: "refused", message: fault }];
      await rounds.files.removeAll(uid);
      return [{ uid, state: "sent", sentAt: Date.now() }];
    }

    return {
      line: async () => {
        // Without a page nobody else looks for what earlier scripts kept.
        if (!here.document) await carryRounds();
        return read(await ask(address));
      },
      takes: (round, line) => round.account === line.account,
      deliver,
    };
  }

  // What is only kept needs no carrier.
  const rounds = Outbox.queue("rounds", {});

  // Rounds that earlier scripts kept.
  function carryRounds() {
    const entryOf = (round) => ({ ...round, queue: "rounds" });
    return Outbox.carry("danchu-rounds", "rounds", entryOf, "photos");
  }

  Object.assign(here, { roundCarrier, carryRounds });
})(self);
