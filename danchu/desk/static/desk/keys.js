// Keys of the desk: what a link is reached by stands in its data-key ("n", "g s"). They can be turned
// off on this device (WCAG 2.1.4), and none works while somebody types.
(() => {
  "use strict";
  const dialog = document.getElementById("keys");
  if (!dialog?.showModal) return;

  const showKeys = () => {
    if (dialog.open) return dialog.close();
    dialog.showModal();
    // The dialog would focus its first link, below what is read first.
    dialog.querySelector("h2").focus();
  };
  const OFF = "desk keys off";
  const WAIT = 1500;
  const links = new Map();
  let first = "";
  let timer = 0;

  const isOff = () => {
    try {
      return localStorage.getItem(OFF) === "1";
    } catch {
      return false;
    }
  };
  const box = dialog.querySelector("[data-keys-on]");
  box.checked = !isOff();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    } catch {
      // Without storage the keys stay on until the page is left.
    }
  });

  const table = dialog.querySelector("[data-keys]");
  for (const link of document.querySelectorAll("a[data-key]")) {
    if (links.has(link.dataset.key)) continue;
    links.set(link.dataset.key, link.href);
    const keys = document.createElement("dt");
    for (const key of link.dataset.key.split(" ")) {
      const letter = document.createElement("kbd");
      letter.textContent = key;
      keys.append(letter, " ");
    }
    const word = document.createElement("dd");
    const name = link.cloneNode(true);
    for (const count of name.querySelectorAll(".count")) count.remove();
    word.textContent = name.textContent.trim();
    table.append(keys, word);
  }

  const rows = () => [...document.querySelectorAll("main tbody tr a, main .rows .title a")];
  const move = (step) => {
    const all = rows();
    const here = all.findIndex((link) => link.closest("tr, li")?.contains(document.activeElement));
    const next = all[here < 0 && step < 0 ? all.length - 1 : here + step];
    next?.focus();
  };
  const tick = () => {
    row()?.querySelector('input[type="checkbox"]')?.click();
  };
  const row = () => document.activeElement?.closest("tr, li");
  const openRow = () => row()?.querySelector("a[href]")?.click();
  // Claim: the row at hand or the ticked ones of a list, or the record that is open.
  const claim = () => {
    const batch = document.getElementById("batch");
    if (batch) batch.dispatchEvent(new CustomEvent("claim", { detail: row() }));
    else document.querySelector("[data-claim]")?.click();
  };
  // The first act that may follow on a record: its text, or its button where it asks for none.
  const firstAct = () => document.querySelector("details.act[open] form");
  const write = () => firstAct()?.querySelector("textarea")?.focus();
  const firstStep = () => firstAct()?.querySelector("button.primary")?.click();
  const acts = {
    o: openRow,
    a: claim,
    r: write,
    1: firstStep,
    "?": showKeys,
    "/": () => document.getElementById("search-q")?.focus(),
    j: () => move(1),
    k: () => move(-1),
    x: tick,
  };
  const isTyping = (target) =>
    target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);

  // A group of the menu closes when somebody goes on elsewhere.
  const openGroup = () => document.querySelector(".sections details[open]");
  document.addEventListener("click", ({ target }) => {
    const group = openGroup();
    if (group && !group.contains(target)) group.open = false;
  });

  document.addEventListener("keydown", (event) => {
    const group = openGroup();
    if (event.key === "Escape" && group) {
      group.open = false;
      group.querySelector("summary").focus();
      return;
    }
    const isTick = event.target.type === "checkbox";
    const isSent =
      event.ctrlKey && event.key === "Enter" && event.target.matches("textarea, input");
    if (isSent && !isOff()) {
      event.preventDefault();
      event.target.form?.querySelector("button:not([type='button'])")?.click();
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if ((isTyping(event.target) && !isTick) || (isOff() && event.key !== "?")) return;
    if (dialog.open && event.key !== "?") return;
    const keys = first ? `${first} ${event.key}` : event.key;
    clearTimeout(timer);
    first = "";
    if (links.has(keys)) {
      event.preventDefault();
      location.assign(links.get(keys));
    } else if (acts[keys]) {
      event.preventDefault();
      acts[keys]();
    } else if (event.key === "g") {
      first = "g";
      timer = setTimeout(() => {
        first = "";
      }, WAIT);
    }
  });
})();
