// What was typed comes back with Back. No cache stores the pages of somebody who is logged in, so a
// browser that goes back asks for them again: a form would come back empty, and the answer to a
// refused one would be an error page of the browser (it was a POST). What was typed is therefore
// written into the entry of the history that it belongs to, which ends with the tab, and a refused
// answer is named there by the page whose form was sent.
(() => {
  "use strict";
  const { refusal, noLine } = document.currentScript.dataset;
  const isRefusal = refusal === "yes";
  // Tokens are new on each page; `uid` and `edition` say what the typed values belong to.
  const OWN_HIDDEN = ["uid", "edition"];
  const NEVER = ["file", "password", "submit", "button"];

  const isTyped = (field) =>
    field.name &&
    !NEVER.includes(field.type) &&
    field.dataset.personal === undefined &&
    (field.type !== "hidden" || OWN_HIDDEN.includes(field.name));
  const address = (form) =>
    new URL(form.getAttribute("action") || location.href, location.href).pathname;
  const forms = new Map();
  for (const form of document.querySelectorAll("main form[method=post]")) {
    if (form.dataset.keep || form.querySelector("[type=password]")) continue;
    let place = 0;
    while (forms.has(`${address(form)} ${place}`)) place += 1;
    forms.set(`${address(form)} ${place}`, form);
  }

  const valueIn = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked;
    if (field.type === "select-multiple")
      return [...field.selectedOptions].map((option) => option.value);
    return field.value;
  };
  const fieldsOf = (form) => [...form.elements].filter(isTyped);
  const values = (form) => fieldsOf(form).map((field) => [field.name, field.type, valueIn(field)]);
  const restore = (form, rows) => {
    const counts = new Map();
    for (const [name, type, value] of rows) {
      const place = counts.get(name) || 0;
      counts.set(name, place + 1);
      const field = fieldsOf(form).filter((one) => one.name === name)[place];
      if (!field || field.type !== type) continue;
      if (typeof value === "boolean") field.checked = value;
      else if (Array.isArray(value))
        for (const option of field.options) option.selected = value.includes(option.value);
      else field.value = value;
    }
    const fold = form.closest("details");
    if (fold) fold.open = true;
  };
  const note = (typed, at) => {
    try {
      history.replaceState({ ...history.state, typed }, "", at);
    } catch {
      // Too much for the browser, or too often: the page works as without a script.
    }
  };
  const noteForm = ({ currentTarget }) => {
    const key = [...forms].find(([, form]) => form === currentTarget)[0];
    note({ ...history.state?.typed, [key]: values(currentTarget) });
  };

  if (isRefusal) {
    const sentFrom = document.referrer && new URL(document.referrer);
    if (sentFrom && sentFrom.origin === location.origin) {
      // A form without an address of its own is sent to where it stands now, not to the new name.
      for (const form of forms.values()) form.action = form.getAttribute("action") || location.href;
      const typed = [...forms].filter(([key]) => key.startsWith(`${location.pathname} `));
      note(Object.fromEntries(typed.map(([key, form]) => [key, values(form)])), sentFrom.href);
    }
  } else {
    for (const [key, rows] of Object.entries(history.state?.typed || {}))
      if (forms.has(key)) restore(forms.get(key), rows);
  }
  for (const form of forms.values()) {
    form.addEventListener("change", noteForm);
    form.addEventListener("submit", noteForm);
  }

  // Without a line a form stays where it is, instead of an error page of the browser. The browser
  // may be wrong, as where the server is this very machine: it is asked.
  const isReached = () =>
    fetch(location.href, { method: "HEAD", cache: "no-store" }).then(
      () => true,
      () => false,
    );
  const told = document.createElement("p");
  told.className = "note note-warning";
  told.setAttribute("role", "alert");
  document.addEventListener("submit", async (event) => {
    const { target, submitter } = event;
    told.remove();
    if (event.defaultPrevented || navigator.onLine || ![...forms.values()].includes(target)) return;
    if (target.dataset.reached) return;
    event.preventDefault();
    if (await isReached()) {
      target.dataset.reached = "yes";
      target.requestSubmit(submitter);
      return;
    }
    told.textContent = noLine;
    target.prepend(told);
    told.scrollIntoView({ block: "center" });
  });
  window.addEventListener("online", () => told.remove());
})();
