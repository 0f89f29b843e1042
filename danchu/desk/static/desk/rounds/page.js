// The page on which a board writes a round where it is held. Without this script it is an ordinary
// form. With it what is typed and photographed is kept on the device at once, sent when there is a
// line, and shown until it has arrived.
(() => {
  "use strict";
  const { Round, Outbox } = window;
  const canKeep = window.indexedDB && window.BroadcastChannel && window.crypto?.subtle;
  if (!Round || !Outbox || !navigator.serviceWorker || !canKeep) return;
  const { form, typed, say, element } = Round;
  const account = Number(form.dataset.account);
  const LISTED_MS = 3 * 86400000;
  const SAVED_AFTER = 300;
  const $ = (id) => document.getElementById(id);
  const progress = new Map();
  let saving;
  let tryToSend = () => {};

  const rounds = Outbox.queue(
    "rounds",
    window.roundCarrier(form.dataset.line, (uid, n, all, percent) => {
      progress.set(uid, { n, all, percent });
      showQueue();
    }),
  );
  const uid = () => form.elements.uid.value;
  const hasText = ({ fields, noted }) =>
    Boolean(fields.title || fields.minutes || fields.place || noted.length);

  // --- what is on the form is kept ---

  async function save() {
    clearTimeout(saving);
    const known = await rounds.get(uid());
    const content = typed();
    if (known ? known.state !== "draft" : !hasText(content)) return;
    try {
      await rounds.put({ ...(known || { uid: uid(), account }), ...content });
      $("kept").textContent = say("kept", {
        at: new Date().toLocaleTimeString("en-GB", { timeStyle: "short" }),
      });
    } catch {
      $("kept").textContent = say("no_room");
    }
  }

  function saveSoon() {
    clearTimeout(saving);
    saving = setTimeout(save, SAVED_AFTER);
  }

  function show(round) {
    Round.fill(round);
    Round.showPoint();
    return Round.photos.show(rounds, round.uid);
  }

  async function takePhotos(files) {
    await save();
    if (!(await rounds.get(uid()))) await rounds.put({ uid: uid(), account, ...typed() });
    const message = await Round.photos.take(rounds, uid(), files);
    if (message) $("kept").textContent = message;
    await Round.photos.show(rounds, uid());
  }

  async function enqueue(event) {
    event.preventDefault();
    if (!form.checkValidity()) {
      form.reportValidity();
      return;
    }
    await save();
    const known = await rounds.get(uid());
    if (!known) return;
    await rounds.enqueue({ ...known, ...typed() });
    await show(Round.blank());
    await showQueue();
    $("kept").textContent = say("queued");
    const registration = await navigator.serviceWorker.getRegistration();
    // Where the browser cannot, the page sends.
    registration?.sync?.register(rounds.name).catch(() => {});
    tryToSend();
  }

  // --- what waits ---

  async function showQueue() {
    const oldest = Date.now() - LISTED_MS;
    const kept = await rounds.all();
    const isPast = (round) => round.state === "sent" && round.sentAt <= oldest;
    for (const round of kept.filter(isPast)) await rounds.remove(round.uid);
    const shown = kept.filter((round) => !isPast(round));
    const mine = shown.filter((round) => round.account === account && round.uid !== uid());
    const others = shown.filter((round) => round.account !== account && round.state !== "sent");
    const isWaiting = mine.some(({ state }) => state === "queued");
    if (!isWaiting && $("kept").textContent === say("queued")) $("kept").textContent = "";
    const rows = mine.map(rowOf);
    if (others.length) rows.push(element("li", say("others", { n: others.length })));
    if (mine.some((round) => round.state === "queued")) {
      const row = element("li");
      row.append(element("button", say("send_now"), () => tryToSend()));
      rows.push(row);
    }
    $("queue-rows").replaceChildren(...rows);
    $("queue").hidden = !rows.length;
  }

  function rowOf(round) {
    const row = element("li");
    row.dataset.state = round.state;
    row.dataset.uid = round.uid;
    const title = element("span", round.fields.title || say("unnamed"));
    title.className = "title";
    const state = element("span", stateOf(round));
    state.className = "where";
    const acts = element("span");
    acts.className = "buttons";
    acts.append(...linksOf(round), ...buttonsOf(round));
    title.append(state, acts);
    row.append(element("time", round.fields.held_on), title);
    return row;
  }

  function linksOf({ url, other }) {
    const links = [];
    if (url) links.push([url, say("open")]);
    if (other) links.push([other.url, say("other", other)]);
    return links.map(([address, text]) => Object.assign(element("a", text), { href: address }));
  }

  function buttonsOf(round) {
    const { state, conflict, url } = round;
    const isStopped = state === "refused" || state === "conflict";
    const acts = [];
    if (state === "conflict" && conflict === "alike") {
      acts.push(["send_apart", () => resend(round, { apart: true })]);
    }
    if (state === "conflict" && conflict === "plan") {
      acts.push(["send_unplanned", () => resend(round, { plan: "" })]);
    }
    if (state === "draft" || (isStopped && !url)) acts.push(["change", () => change(round)]);
    if (state !== "queued") acts.push(["drop", () => drop(round)]);
    return acts.map(([key, press]) => element("button", say(key), press));
  }

  function stateOf(round) {
    if (round.state === "draft") return "";
    if (round.state !== "queued") return say(round.state, { message: round.message });
    const at = progress.get(round.uid);
    if (!at) return say("queued");
    return at.all ? say("sending_photo", at) : say("sending");
  }

  async function resend(round, fields) {
    await rounds.change(round.uid, { state: "queued", fields: { ...round.fields, ...fields } });
    tryToSend();
  }

  async function change(round) {
    await save();
    await rounds.change(round.uid, { state: "draft" });
    await show(await rounds.get(round.uid));
    await showQueue();
    form.elements.title.focus();
  }

  async function drop(round) {
    if (round.state === "sent" || window.confirm(say("drop_sure"))) await rounds.remove(round.uid);
  }

  async function saveFile() {
    await save();
    const kept = await rounds.all();
    const mine = kept.filter((round) => round.account === account && round.state !== "sent");
    await window.OutboxFile.offer(rounds, mine, say("file_name"));
  }

  async function takeFile(event) {
    const [file] = event.target.files;
    event.target.value = "";
    const n = file ? await window.OutboxFile.take(rounds, file) : null;
    $("queue-said").textContent = n === null ? say("not_taken") : say("taken", { n });
    await showQueue();
    tryToSend();
  }

  // --- the line ---

  function showLine(line) {
    const place = $("line-state");
    place.hidden = line === "done";
    place.replaceChildren(line === "log in" ? `${say("log_in")} ` : say("no_line"));
    if (line === "log in") {
      const address = form.dataset.login;
      place.append(Object.assign(element("a", say("log_in_link")), { href: address }));
    }
  }

  async function heard({ line }) {
    progress.clear();
    showLine(line);
    await showQueue();
  }

  function listen() {
    $("noted-more").hidden = false;
    $("noted-more").addEventListener("click", () =>
      Round.addNoted().querySelector("input").focus(),
    );
    $("photos").addEventListener("change", (event) => {
      const files = [...event.target.files];
      event.target.value = "";
      takePhotos(files).then(showQueue);
    });
    $("queue-file").hidden = false;
    $("queue-save").addEventListener("click", saveFile);
    $("queue-take").addEventListener("change", takeFile);
    form.addEventListener("input", saveSoon);
    form.addEventListener("change", (event) => {
      if (event.target.id !== "photos") saveSoon();
    });
    form.addEventListener("submit", enqueue);
    rounds.changed(showQueue);
    window.addEventListener("offline", () => showLine("away"));
    window.addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) save();
    });
  }

  async function begin() {
    listen();
    navigator.serviceWorker.register(form.dataset.worker);
    await window.carryRounds().catch(() => {});
    const hasErrors = form.querySelector("[role=alert]");
    const kept = await rounds.all();
    const drafts = kept.filter((round) => round.account === account && round.state === "draft");
    // The page as it was kept bears one uid for ever: each round is given its own here.
    if (!hasErrors) form.elements.uid.value = Outbox.uid();
    if (drafts.length && !hasErrors && !location.search) await show(drafts[drafts.length - 1]);
    document.documentElement.dataset.rounds = "ready";
    await showQueue();
    tryToSend = rounds.start(heard);
  }

  begin();
})();
