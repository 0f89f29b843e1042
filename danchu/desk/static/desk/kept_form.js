// Keeps what is being typed into a form of the desk on this device, under the uid of the form, until
// it was sent: after Back, a reload, a crash or a lost line it is there again, and sending it again
// makes no second record. Nothing is kept of fields marked data-personal.
(() => {
  "use strict";
  const form = document.querySelector("form[data-keep]");
  if (!form || !window.localStorage) return;
  const key = `form ${form.dataset.keep}`;
  const note = form.querySelector("[data-keep-note]");
  const isRefused = form.dataset.refused === "yes";
  const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const LONGEST = 30 * 24 * 3600 * 1000;

  const read = () => {
    try {
      const draft = JSON.parse(localStorage.getItem(key) || "null");
      return draft && Date.now() - draft.at < LONGEST ? draft : null;
    } catch {
      return null;
    }
  };
  const write = (draft) => {
    try {
      if (draft) localStorage.setItem(key, JSON.stringify(draft));
      else localStorage.removeItem(key);
    } catch {
      // Storage is full or forbidden: the form works as without a script.
    }
  };
  const isKept = (field) =>
    field.name &&
    !["csrfmiddlewaretoken", "edition"].includes(field.name) &&
    !["file", "password", "submit"].includes(field.type) &&
    field.dataset.personal === undefined;
  const values = () =>
    [...form.elements]
      .filter(isKept)
      .map((field) => [field.name, field.type, field.value, field.checked === true]);
  const restore = (draft) => {
    const counts = new Map();
    for (const [name, type, value, checked] of draft.values) {
      const place = counts.get(name) || 0;
      counts.set(name, place + 1);
      const field = [...form.elements].filter((one) => one.name === name)[place];
      if (!field || field.type !== type) continue;
      if (type === "checkbox" || type === "radio") field.checked = checked;
      else field.value = value;
    }
  };
  const show = (words, at) => {
    if (!note) return;
    note.querySelector("[data-keep-words]").textContent = words.replace("{at}", at);
    note.hidden = false;
  };

  const draft = read();
  if (draft && !isRefused) {
    const at = new Date(draft.at).toLocaleString("en-GB", {
      dateStyle: "short",
      timeStyle: "short",
    });
    if (!draft.sent) {
      restore(draft);
      show(form.dataset.keepDraft, at);
    } else if (isBack) {
      restore(draft);
      show(form.dataset.keepSent, at);
    } else {
      write(null);
    }
  }
  note?.querySelector("[data-keep-drop]").addEventListener("click", () => {
    write(null);
    location.reload();
  });
  form.addEventListener("input", () => write({ at: Date.now(), sent: false, values: values() }));
  form.addEventListener("submit", () => write({ at: Date.now(), sent: true, values: values() }));
})();
