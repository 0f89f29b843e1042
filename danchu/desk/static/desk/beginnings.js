// What may be recorded is found by a few letters, without marks; what this account recorded last on
// this device stands first.
(() => {
  "use strict";
  const frame = document.querySelector("[data-beginnings]");
  if (!frame) return;
  const KEPT = `desk last ${frame.dataset.beginnings}`;
  const MOST = 5;
  const list = frame.querySelector("ul");
  const rows = [...list.children];
  const find = frame.querySelector("[data-beginnings-find]");
  const box = find.querySelector("input");
  const status = frame.querySelector("[data-beginnings-status]");

  const folded = (text) =>
    text
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[đĐ]/g, "d")
      .toLowerCase();
  const addressOf = (row) => row.querySelector("a").getAttribute("href");
  const last = () => {
    try {
      return JSON.parse(localStorage.getItem(KEPT) || "[]");
    } catch {
      return [];
    }
  };
  const order = () => {
    const recent = last();
    const place = (row) => {
      const at = recent.indexOf(addressOf(row));
      return at < 0 ? MOST : at;
    };
    list.append(...[...rows].sort((a, b) => place(a) - place(b)));
  };
  const shown = () => [...list.children].filter((row) => !row.hidden);

  list.addEventListener("click", ({ target }) => {
    const link = target.closest("a");
    if (!link) return;
    const address = link.getAttribute("href");
    const recent = [address, ...last().filter((one) => one !== address)].slice(0, MOST);
    try {
      localStorage.setItem(KEPT, JSON.stringify(recent));
    } catch {
      // Without storage the order stays that of the server.
    }
  });
  box.addEventListener("input", () => {
    const words = folded(box.value).split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const text = folded(row.textContent);
      row.hidden = !words.every((word) => text.includes(word));
    }
    const number = shown().length;
    status.textContent = number ? String(number) : frame.dataset.none;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    shown()[0]?.querySelector("a").click();
  });
  order();
  find.hidden = false;
  if (location.pathname.endsWith("/new/")) box.focus();
})();
