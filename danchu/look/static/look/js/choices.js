// The box of a place: what may be meant is offered while somebody types (combobox with a list, ARIA
// Authoring Practices). Without this script the box takes what is typed, and the server asks.
(() => {
  "use strict";
  const WAIT = 150;
  const FEWEST = 2;
  const answers = new Map();

  const letters = (text) =>
    text
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[đĐ]/g, "d")
      .toLowerCase();

  // The letters of the name that were typed stand in bold, marks or not.
  const marked = (name, typed) => {
    const place = letters(name).indexOf(letters(typed));
    const same = letters(name).length === name.length;
    if (place < 0 || !typed || !same) return [name];
    const bold = document.createElement("b");
    bold.textContent = name.slice(place, place + typed.length);
    return [name.slice(0, place), bold, name.slice(place + typed.length)];
  };

  const small = (text) => {
    const line = document.createElement("small");
    line.textContent = text;
    return line;
  };

  function withChoices(box) {
    const list = document.createElement("ul");
    const status = document.createElement("p");
    const frame = document.createElement("div");
    const label = document.querySelector(`label[for="${box.id}"]`);
    let rows = [];
    let active = -1;
    let timer = 0;
    let asking = null;
    let chosen = box.value;
    // 0: the whole list is short enough to be shown before a letter is typed.
    const fewest = Number(box.dataset.choicesFewest ?? FEWEST);

    frame.className = "choices";
    box.before(frame);
    frame.append(box, list, status);
    list.id = `${box.id}-list`;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", label ? label.textContent.trim() : box.name);
    status.className = "unseen";
    status.setAttribute("role", "status");
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-expanded", "false");
    box.setAttribute("aria-controls", list.id);

    const close = () => {
      list.hidden = true;
      active = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };
    const point = (place) => {
      active = place;
      [...list.children].forEach((row, number) => {
        row.setAttribute("aria-selected", String(number === place));
      });
      if (place < 0) {
        box.removeAttribute("aria-activedescendant");
        return;
      }
      box.setAttribute("aria-activedescendant", list.children[place].id);
      list.children[place].scrollIntoView({ block: "nearest" });
    };
    const choose = (place) => {
      chosen = rows[place].value;
      box.value = chosen;
      close();
      status.textContent = chosen;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const show = (choices, typed) => {
      rows = choices;
      list.replaceChildren(
        ...rows.map((row, number) => {
          const line = document.createElement("li");
          line.id = `${list.id}-${number}`;
          line.setAttribute("role", "option");
          line.append(...marked(row.name, typed));
          const words = [row.under];
          if (row.former) words.push(box.dataset.choicesFormer.replace("{former}", row.former));
          line.append(small(words.filter(Boolean).join(" · ")));
          line.addEventListener("pointerdown", (event) => event.preventDefault());
          line.addEventListener("click", () => choose(number));
          return line;
        }),
      );
      status.textContent = rows.length
        ? box.dataset.choicesNumber.replace("{n}", rows.length)
        : box.dataset.choicesNone;
      if (!rows.length) {
        close();
        return;
      }
      list.hidden = false;
      list.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-expanded", "true");
      point(-1);
    };
    const ask = async () => {
      const isWhole = fewest === 0 && box.value === chosen;
      const typed = isWhole ? "" : box.value.trim();
      if (typed.length < fewest || (!isWhole && typed === chosen)) {
        close();
        return;
      }
      const query = new URLSearchParams({ q: typed });
      const day = box.form?.elements[box.dataset.choicesDay || ""]?.value;
      if (day) query.set("on", day);
      const place = box.form?.elements[box.dataset.choicesUnit || ""]?.value;
      if (place) query.set("unit", place);
      if (box.dataset.choicesKinds) query.set("kinds", box.dataset.choicesKinds);
      if (box.dataset.choicesLevel) query.set("level", box.dataset.choicesLevel);
      const address = `${box.dataset.choices}?${query}`;
      asking?.abort();
      asking = new AbortController();
      try {
        if (!answers.has(address)) {
          const answer = await fetch(address, { signal: asking.signal });
          if (!answer.ok) return;
          answers.set(address, (await answer.json()).choices);
        }
        if (document.activeElement === box) show(answers.get(address), typed);
      } catch {
        // Another letter was typed meanwhile, or the line is down: the box takes what is typed.
      }
    };

    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      const isOpen = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!isOpen) {
          if (fewest) chosen = "";
          ask();
          return;
        }
        const step = event.key === "ArrowDown" ? 1 : -1;
        const first = step > 0 ? 0 : rows.length - 1;
        point(active < 0 ? first : (active + step + rows.length) % rows.length);
      } else if (event.key === "Enter" && isOpen && active >= 0) {
        event.preventDefault();
        choose(active);
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        event.stopPropagation();
        close();
      }
    });
    if (box.dataset.near) offerNear(box, frame, show, status);
  }

  // A button that asks the device where it is; another script may know a point too, such as that of
  // a photo. Sent is a point to about 100 m, in the body.
  function offerNear(box, frame, show, status) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = box.dataset.nearWord;
    const failed = () => {
      status.className = "help";
      status.textContent = box.dataset.nearFailed;
    };
    const near = async ({ coords }) => {
      const body = new URLSearchParams({
        lat: coords.latitude.toFixed(3),
        lon: coords.longitude.toFixed(3),
      });
      try {
        const answer = await fetch(box.dataset.near, { method: "POST", body });
        box.focus();
        show((await answer.json()).choices, "");
      } catch {
        failed();
      }
    };
    box.addEventListener("near", (event) => near({ coords: event.detail }));
    if (!navigator.geolocation) return;
    button.addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition(near, failed, { timeout: 10000 });
    });
    frame.after(button);
  }

  for (const box of document.querySelectorAll("input[data-choices]")) withChoices(box);

  // What stands in the first field is replaced by typing, as in one that Tab leads to.
  const first = document.querySelector("input[autofocus]");
  first?.addEventListener("focus", () => first.select(), { once: true });
  if (first && first === document.activeElement) first.select();
})();
