// What waits on this device to be sent to the desk: shown, sent, changed, dropped, saved as a file
// and taken in from one.
(() => {
  "use strict";
  const root = document.getElementById("outbox");
  const canKeep = window.indexedDB && window.BroadcastChannel;
  if (!root || !window.Outbox || !canKeep) return;
  const WORDS = JSON.parse(document.getElementById("outbox-words").textContent);
  const LISTED_MS = 3 * 86400000;
  // A page that was kept bears one uid for ever: the uid of what was sent is remembered long, so
  // that the next form on that page gets another.
  const REMEMBERED_MS = 400 * 86400000;
  const account = Number(root.dataset.account);
  const queue = Outbox.queue("forms", window.formCarrier(root.dataset.line));
  const $ = (id) => document.getElementById(id);

  function say(key, values = {}) {
    return WORDS[key].replace(/\{(\w+)\}/g, (_whole, name) => values[name] ?? "");
  }

  function element(tag, text = "", press = null) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (press) {
      made.type = "button";
      made.className = "button small";
      made.addEventListener("click", press);
    }
    return made;
  }

  const link = (address, text) => Object.assign(element("a", text), { href: address });
  const form = document.querySelector("form[data-offline]");
  const isOfPage = (entry) => entry.uid === (form?.dataset.entry || form?.elements.uid?.value);
  const isUnsent = (entry) => entry.state !== "sent";

  function actsOf(entry) {
    if (entry.state === "sent") return [link(entry.url, say("open"))];
    const acts = [];
    if (entry.state !== "queued")
      acts.push(link(`${entry.address}#unsent=${entry.uid}`, say("change")));
    acts.push(
      element("button", say("drop"), () => {
        if (window.confirm(say("drop_sure"))) queue.remove(entry.uid);
      }),
    );
    return acts;
  }

  function rowOf(entry) {
    const row = element("li");
    row.dataset.state = entry.state;
    const title = element("span", [entry.title, entry.name].filter(Boolean).join(": "));
    title.className = "title";
    const where = element("span", say(entry.state, entry));
    where.className = "where";
    const acts = element("span");
    acts.className = "buttons";
    acts.append(...actsOf(entry));
    title.append(where, acts);
    row.append(
      element(
        "time",
        new Date(entry.at).toLocaleString("en-GB", { dateStyle: "short", timeStyle: "short" }),
      ),
      title,
    );
    return row;
  }

  async function forget(entries) {
    const isPast = ({ state, sentAt }) => state === "sent" && sentAt < Date.now() - REMEMBERED_MS;
    for (const entry of entries.filter(isPast)) await queue.remove(entry.uid);
  }

  async function show() {
    const entries = await queue.all();
    const isListed = (entry) =>
      isUnsent(entry) || (!entry.isSeen && entry.sentAt > Date.now() - LISTED_MS);
    const mine = entries.filter((entry) => entry.account === account && isListed(entry));
    const rows = mine.filter((entry) => !isOfPage(entry) || entry.state !== "draft").map(rowOf);
    const others = entries.filter((entry) => entry.account !== account && isUnsent(entry));
    if (others.length) rows.push(element("li", say("others", { n: others.length })));
    $("outbox-rows").replaceChildren(...rows);
    $("outbox-send").hidden = !mine.some(({ state }) => state === "queued");
    $("outbox-save").hidden = !mine.some(isUnsent);
    $("outbox-number").textContent = mine.filter(isUnsent).length || "";
    $("outbox-waiting").hidden = !rows.length;
    // Beside a form it stays folded, so that the next form begins on the first screen.
    const isRefused = mine.some(({ state }) => state === "refused");
    if (isRefused || !document.querySelector("form[data-offline]")) $("outbox-waiting").open = true;
  }

  function showLine(line) {
    const place = $("line-state");
    place.hidden = line === "done";
    place.replaceChildren(say(line === "log in" ? "log_in" : "no_line"));
    if (line === "log in") place.append(" ", link(root.dataset.login, say("log_in_link")));
  }

  async function takeFile(event) {
    const [file] = event.target.files;
    event.target.value = "";
    const number = file ? await window.OutboxFile.take(queue, file) : null;
    $("outbox-said").textContent = number === null ? say("not_taken") : say("taken", { n: number });
    send();
  }

  let send = () => {};
  function start() {
    $("outbox-send").addEventListener("click", () => send());
    $("outbox-save").addEventListener("click", async () => {
      const entries = await queue.all();
      const mine = entries.filter((entry) => entry.account === account && isUnsent(entry));
      await window.OutboxFile.offer(queue, mine, say("file_name"));
    });
    $("outbox-take")?.addEventListener("change", takeFile);
    if ($("outbox-file")) $("outbox-file").hidden = false;
    queue.changed(show);
    window.addEventListener("offline", () => showLine("away"));
    show().then(async () => forget(await queue.all()));
    send = queue.start(async (result) => {
      const entries = await queue.all();
      const isWaiting = entries.some(({ state }) => state === "queued");
      showLine(isWaiting || !navigator.onLine ? result.line : "done");
      const said = $("outbox-said");
      if (!isWaiting && said.textContent === say("queued")) said.textContent = "";
      show();
    });
    root.dataset.outbox = "ready";
  }

  window.DeskForms = { account, queue, say, send: () => send(), show, showLine };
  start();
})();
