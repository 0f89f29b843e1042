// A form of the desk that also works without a line. Without this script it is an ordinary form.
// With it what is sent is first kept on the device; where the desk answers at once the page goes on
// as always, where it does not the form waits in the outbox and the next one can be written. The form
// of a record that exists (with an edition) has one entry of its own: what is typed into it without a line is
// kept as it is typed, and sent it stays on the page.
(() => {
  "use strict";
  const root = document.getElementById("outbox");
  const form = document.querySelector("form[data-offline]");
  if (root?.dataset.worker && navigator.serviceWorker) {
    navigator.serviceWorker.register(root.dataset.worker).catch(() => {});
    // This very form, which was opened before the worker was there the first time; and the forms of
    // other kinds, which may be needed where there is no line.
    navigator.serviceWorker.ready.then(({ active }) => {
      const links = navigator.connection?.saveData ? [] : document.querySelectorAll("#kinds a");
      const others = [...links].map((link) => link.getAttribute("href"));
      active.postMessage({ keep: [location.pathname + location.search, ...others] });
    });
  }
  if (!(form?.elements.uid || form?.elements.edition) || !window.DeskForms) return;
  const { account, queue, say, show, showLine } = window.DeskForms;
  const SKIPPED = ["csrfmiddlewaretoken"];
  // The next form is not kept waiting for the answer to this one: it goes on being sent.
  const PATIENCE = 8000;
  const NAMING = ["title", "subject", "name", "content", "indicator"];
  const said = document.getElementById("outbox-said");
  const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const isRefused = form.dataset.offline === "refused";
  const isEdit = Boolean(form.elements.edition);
  let returned = "";
  let isTyped = false;

  if (isEdit) form.dataset.entry = Outbox.uid();
  const uid = () => (isEdit ? form.dataset.entry : form.elements.uid.value);
  const isWhole = ([name, value]) =>
    !SKIPPED.includes(name) && !(value instanceof File && !value.size && !value.name);

  function pairs(button) {
    const rows = [...new FormData(form)].filter(isWhole);
    if (button?.name) rows.push([button.name, button.value]);
    return rows;
  }

  function nameOf(rows) {
    const found = NAMING.map((name) => rows.find(([key, value]) => key === name && value));
    return String(found.find(Boolean)?.[1] || "").slice(0, 80);
  }

  function begun() {
    const heading = document.querySelector("h1").textContent.trim();
    const address = location.pathname + location.search;
    return { account, address, title: heading, at: Date.now() };
  }

  function keepDraft() {
    const rows = pairs();
    return queue.put({ ...begun(), uid: uid(), name: nameOf(rows), fields: rows, state: "draft" });
  }

  // --- an entry again on its form ---

  function putFile(input, values) {
    const files = new DataTransfer();
    for (const value of values) if (value instanceof File) files.items.add(value);
    input.files = files.files;
  }

  function fill(rows) {
    const left = new Map();
    for (const [name, value] of rows) left.set(name, [...(left.get(name) || []), value]);
    for (const input of form.elements) {
      if (!input.name || SKIPPED.includes(input.name) || input.type === "submit") continue;
      const values = left.get(input.name) || [];
      if (input.type === "file") putFile(input, values);
      else if (["checkbox", "radio"].includes(input.type)) {
        input.checked = values.includes(input.value);
      } else if (input.name !== "once" && values.length) input.value = values.shift();
    }
  }

  async function takeBack() {
    const [, key] = location.hash.split("#unsent=");
    const entry = key && (await queue.get(key));
    if (!entry || entry.account !== account || entry.state === "sent") return;
    history.replaceState(history.state, "", location.pathname + location.search);
    if (isTyped && uid() !== entry.uid) await keepDraft();
    isTyped = false;
    returned = entry.uid;
    if (isEdit) form.dataset.entry = entry.uid;
    fill(entry.fields);
    const at = new Date(entry.at).toLocaleString("en-GB", {
      dateStyle: "short",
      timeStyle: "short",
    });
    said.textContent = say("returned", { at });
    await queue.change(entry.uid, { state: "draft" });
  }

  // A page that was kept bears the uid of a form that is on its way already: this one is another.
  async function setUid() {
    if (isEdit || isBack || isRefused || uid() === returned) return;
    if (await queue.get(uid())) form.elements.uid.value = Outbox.uid();
  }

  // --- sending ---

  function beginNext() {
    form.reset();
    form.elements.uid.value = Outbox.uid();
    returned = "";
    [...form.elements].find(({ type }) => !["hidden", "submit", "button"].includes(type))?.focus();
  }

  async function later() {
    isTyped = false;
    said.textContent = say("queued");
    said.scrollIntoView({ block: "center" });
    if (!isEdit) beginNext();
    const registration = await navigator.serviceWorker?.getRegistration();
    // Where the browser cannot, the page sends.
    registration?.sync?.register(queue.name).catch(() => {});
  }

  // What the desk refuses is sent once more by the browser, whose page says it on its fields.
  async function sendPlainly(button, key) {
    await queue.remove(key);
    form.dataset.plain = "yes";
    form.requestSubmit(button);
  }

  async function keepAndSend(button) {
    await setUid();
    const key = uid();
    const rows = pairs(button);
    const entry = { ...begun(), uid: key, name: nameOf(rows), fields: rows };
    try {
      await queue.enqueue(entry);
    } catch {
      said.textContent = say("no_room");
      form.dataset.plain = "yes";
      form.requestSubmit(button);
      return;
    }
    if (!navigator.onLine) {
      showLine("away");
      await later();
      return;
    }
    said.textContent = say("sending");
    const tired = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    await Promise.race([window.DeskForms.send(), tired]);
    const after = await queue.get(key);
    if (after?.state === "sent") {
      await queue.change(key, { isSeen: true });
      location.assign(after.url);
    } else if (after?.state === "refused") await sendPlainly(button, key);
    else await later();
  }

  let isBusy = false;
  form.addEventListener("submit", async (event) => {
    if (form.dataset.plain || event.submitter?.name === "preview") return;
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    try {
      await keepAndSend(event.submitter);
    } finally {
      isBusy = false;
    }
  });

  // What this device still holds of the record is on its form again.
  async function adopt() {
    const entries = await queue.all();
    const { address } = begun();
    const isOwn = (entry) => entry.account === account && entry.address === address;
    const entry = entries.findLast((one) => isOwn(one) && one.state !== "sent");
    if (!entry || isTyped) return;
    form.dataset.entry = entry.uid;
    fill(entry.fields);
    const at = new Date(entry.at).toLocaleString("en-GB", {
      dateStyle: "short",
      timeStyle: "short",
    });
    said.textContent = say("kept", { at });
    show();
  }

  // What was kept and is sent by now leads on to its record, unless somebody goes on typing.
  async function follow() {
    const entry = await queue.get(uid());
    if (entry?.state !== "sent" || entry.isSeen || isTyped || isBusy) return;
    await queue.change(entry.uid, { isSeen: true });
    location.assign(entry.url);
  }

  async function begin() {
    form.addEventListener("input", () => {
      isTyped = true;
      if (isEdit && !navigator.onLine) keepDraft().catch(() => {});
    });
    if (isEdit) {
      queue.changed(follow);
      window.addEventListener("offline", () => isTyped && keepDraft().catch(() => {}));
    }
    window.addEventListener("hashchange", takeBack);
    await takeBack();
    await setUid();
    if (isEdit && !isRefused && !returned) await adopt();
    form.dataset.ready = "yes";
  }

  begin();
})();
