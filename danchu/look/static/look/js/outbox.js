// What was entered while there was no line: kept on the device, sent in order, kept until it is
// answered. Every offline form of the house uses this one store and this one way of sending; see
// docs/develop/scripts.md. Runs on pages and in service workers. A write is on disk before it is
// told of.
//
// An entry is {uid, queue, order, state, ...whatever its form says}. Its state is "draft" (still
// being written), "queued" (to be sent), "sent", "refused" or another word of its carrier; whatever
// is neither "draft" nor "queued" stays as it is until somebody changes or removes it. A file is
// {uid, hash, blob, ...} of an entry.
((here) => {
  "use strict";
  const NAME = "danchu-outbox";
  const FIRST_WAIT = 2000;
  const LONGEST_WAIT = 20000;
  // A line may fall silent without breaking. An answer is waited for so long, and longer by what is
  // sent: the slowest line that still is one carries four bytes a millisecond.
  const PATIENCE = 30000;
  const SLOWEST = 4;

  // There is no line, or the server cannot answer now: tried again later.
  class Away extends Error {}
  // Nothing more can be sent until somebody logs in.
  class LogIn extends Error {}

  // --- the store ---
  let opened;

  function base() {
    opened =
      opened ||
      new Promise((resolve, reject) => {
        const request = indexedDB.open(NAME, 1);
        request.onupgradeneeded = () => {
          const entries = request.result.createObjectStore("entries", { keyPath: "uid" });
          entries.createIndex("queue", ["queue", "order"]);
          const files = request.result.createObjectStore("files", { keyPath: ["uid", "hash"] });
          files.createIndex("uid", "uid");
        };
        request.onsuccess = () => {
          request.result.onversionchange = () => {
            request.result.close();
            opened = undefined;
          };
          resolve(request.result);
        };
        request.onerror = () => {
          opened = undefined;
          reject(request.error);
        };
      });
    return opened;
  }

  // Do `work(entries, files)` in one transaction; the result of the request it returns, once all of
  // it is on disk.
  async function within(mode, work) {
    const database = await base();
    return new Promise((resolve, reject) => {
      const options = { durability: "strict" };
      const transaction = database.transaction(["entries", "files"], mode, options);
      let request;
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error);
      request = work(transaction.objectStore("entries"), transaction.objectStore("files"));
    });
  }

  const whole = (queue) => IDBKeyRange.bound([queue, -Infinity], [queue, Infinity]);

  // Put the entry last in its queue: its order is drawn and kept in one transaction, so that two
  // windows never share one.
  function putLast(entries, entry) {
    const last = entries.index("queue").openKeyCursor(whole(entry.queue), "prev");
    last.onsuccess = () => {
      entry.order = last.result ? last.result.key[1] + 1 : 1;
      entries.put(entry);
    };
  }

  function dropFiles(files, uid) {
    const keys = files.index("uid").getAllKeys(uid);
    keys.onsuccess = () => {
      for (const key of keys.result) files.delete(key);
    };
  }

  // --- told to every window and worker of this origin ---
  const listeners = [];
  const channel = here.BroadcastChannel && new BroadcastChannel(NAME);
  function tell(queue, isMine) {
    for (const listener of listeners) if (listener.queue === queue) listener.hear();
    if (isMine) channel?.postMessage(queue);
  }
  channel?.addEventListener("message", (event) => tell(event.data, false));

  function uid() {
    if (here.crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  // --- the line ---

  const bytesOf = (body) =>
    body instanceof FormData
      ? [...body.values()].reduce((sum, value) => sum + (value.size ?? value.length), 0)
      : (body?.byteLength ?? body?.length ?? 0);

  // The answer of the server; Away or LogIn where there is none for this entry.
  async function ask(address, options) {
    let answer;
    const plain = { credentials: "same-origin", cache: "no-store", redirect: "manual" };
    const signal = AbortSignal.timeout?.(PATIENCE + bytesOf(options?.body) / SLOWEST);
    try {
      answer = await fetch(address, { ...plain, signal, ...options });
    } catch {
      throw new Away();
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new LogIn();
    if (answer.status >= 500 || answer.status === 429) throw new Away();
    return answer;
  }

  async function read(answer) {
    try {
      return await answer.json();
    } catch {
      // Cut off on the way: whatever was done is told again. Where it is a page, there is no more to
      // say than its status.
      if (answer.ok) throw new Away();
      return { message: String(answer.status) };
    }
  }

  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] || "";

  function posting(body, csrf = token(), type = "application/json") {
    return { method: "POST", headers: { "Content-Type": type, "X-CSRFToken": csrf }, body };
  }

  // --- a queue ---

  // The queue of that name. `carrier` says how its entries are sent:
  //   deliver(entries, line)  [{uid, state, ...}]: what becomes of these and of earlier ones
  //   most                    how many at once (1)
  //   line()                  asked once a run, before the first is delivered (nothing)
  //   takes(entry, line)      whether this line may send that one (all)
  function queue(name, carrier) {
    const announce = () => tell(name, true);
    let running = null;
    let isAgain = false;
    let tries = 0;
    let timer;

    async function all() {
      return within("readonly", (entries) => entries.index("queue").getAll(whole(name)));
    }

    const get = (key) => within("readonly", (entries) => entries.get(key));

    // Write an entry, as the last where it is new.
    async function put(entry) {
      const kept = { uid: uid(), state: "draft", ...entry, queue: name };
      await within("readwrite", (entries) => {
        if (kept.order) entries.put(kept);
        else putLast(entries, kept);
      });
      announce();
      return kept;
    }

    // Change some fields of an entry that is still there.
    async function change(key, fields) {
      await within("readwrite", (entries) => {
        const entry = entries.get(key);
        entry.onsuccess = () => {
          if (entry.result) entries.put(Object.assign(entry.result, fields));
        };
      });
      announce();
    }

    // Put an entry, kept before or not, at the end of what waits.
    async function enqueue(entry) {
      const kept = { uid: uid(), ...entry, queue: name, state: "queued" };
      await within("readwrite", (entries) => putLast(entries, kept));
      announce();
      return kept;
    }

    async function remove(key) {
      await within("readwrite", (entries, files) => {
        entries.delete(key);
        dropFiles(files, key);
      });
      announce();
    }

    async function filesOf(key) {
      const files = await within("readonly", (_entries, kept) => kept.index("uid").getAll(key));
      return files.sort((a, b) => a.number - b.number);
    }
    const addFile = (file) => within("readwrite", (_entries, files) => files.put(file));
    const removeFile = (key, hash) =>
      within("readwrite", (_entries, files) => files.delete([key, hash]));
    const removeFiles = (key) =>
      within("readwrite", (_entries, files) => {
        dropFiles(files, key);
      });

    async function run() {
      try {
        const line = await carrier.line?.();
        for (;;) {
          const waiting = (await all()).filter(
            (entry) => entry.state === "queued" && (carrier.takes?.(entry, line) ?? true),
          );
          if (!waiting.length) return { line: "done" };
          const answers = await carrier.deliver(waiting.slice(0, carrier.most || 1), line);
          for (const { uid: key, ...fields } of answers) await change(key, fields);
          // An answer that says nothing of the first one is none.
          if ((await get(waiting[0].uid))?.state === "queued") throw new Away();
        }
      } catch (failure) {
        if (failure instanceof Away) return { line: "away", message: failure.message };
        if (failure instanceof LogIn) return { line: "log in", message: failure.message };
        throw failure;
      }
    }

    // Send what waits, one window or worker at a time. {line: "done", "away" or "log in", message}.
    function send() {
      const locks = here.navigator.locks;
      return locks ? locks.request(`${NAME} ${name}`, run) : run();
    }

    // On a page: send now and whenever there is a chance, waiting longer after each failure;
    // `heard(result)` after each try. Returns how to ask for one more try.
    function start(heard) {
      async function attempt() {
        if (running) {
          isAgain = true;
          return running;
        }
        clearTimeout(timer);
        running = (async () => {
          let result;
          do {
            isAgain = false;
            result = await send();
          } while (isAgain);
          return result;
        })();
        let result = { line: "away" };
        try {
          result = await running;
        } finally {
          running = null;
          tries = result.line === "done" ? 0 : tries + 1;
          const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1));
          if (tries) timer = setTimeout(attempt, wait * (0.75 + Math.random() / 4));
        }
        heard?.(result);
        return result;
      }
      here.addEventListener("online", attempt);
      document.addEventListener("visibilitychange", () => {
        if (!document.hidden) attempt();
      });
      attempt();
      return attempt;
    }

    const changed = (hear) => listeners.push({ queue: name, hear });
    const files = { of: filesOf, add: addFile, remove: removeFile, removeAll: removeFiles };
    return { name, all, get, put, change, enqueue, remove, files, send, start, changed };
  }

  here.Outbox = { Away, LogIn, ask, read, posting, uid, queue, within };
})(self);
