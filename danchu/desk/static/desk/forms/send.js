// How a form of the desk that was kept on the device is sent: to its own address, as the browser
// would, with a token of today. The desk writes one record for each uid, however often it is sent.
// Runs on the page and in the worker.
((here) => {
  "use strict";
  const { ask, read } = Outbox;

  // The carrier of the queue of forms; `address` says who is logged in.
  function formCarrier(address) {
    return {
      line: async () => read(await ask(address)),
      takes: (entry, line) => entry.account === line.account,
      async deliver([entry], line) {
        const body = new FormData();
        for (const [name, value] of entry.fields) body.append(name, value);
        const headers = { "X-CSRFToken": line.token, "X-Outbox": "1" };
        const answer = await ask(entry.address, { method: "POST", headers, body });
        const { url, message } = await read(answer);
        if (!answer.ok) return [{ uid: entry.uid, state: "refused", message }];
        return [{ uid: entry.uid, state: "sent", url, fields: [], sentAt: Date.now() }];
      },
    };
  }

  here.formCarrier = formCarrier;
})(self);
