// Binds the view model of the hall (view_model.js) to the slots of the page:
//   data-text="name|filter"            text
//   data-show="name", "!name"          shown or hidden
//   data-attributes="attribute:name;…" attributes
//   data-with="name"                   a part of its own, hidden when there is none
//   data-each="name"                   a row for each, by its <template>
// It has no rule of its own. Only text and named attributes are ever written: nothing that comes
// from people is read as markup.
(() => {
  "use strict";
  const Hall = {};
  window.Hall = Hall;
  const main = document.getElementById("hall");
  const embedded = (id) => JSON.parse(document.getElementById(id)?.textContent || "null");
  Hall.words = embedded("hall-words") || {};
  Hall.mine = embedded("hall-mine");
  Hall.main = main;

  const valueAt = (scope, path) =>
    path.split(".").reduce((value, name) => (value == null ? value : value[name]), scope);
  const filters = {
    n: (value) => HallView.number_text(value, Hall.words.thousands),
    hm: HallView.hour_text,
  };
  const isTrue = (value) => (Array.isArray(value) ? value.length > 0 : Boolean(value));

  function textOf(scope, slot) {
    const [path, filter] = slot.split("|");
    const value = valueAt(scope, path);
    if (value == null || value === "") return "";
    return filter ? filters[filter](value) : String(value);
  }

  function writeAttributes(node, scope, slot) {
    for (const pair of slot.split(";")) {
      const [name, path] = pair.split(":");
      const value = valueAt(scope, path);
      if (value == null || value === false) node.removeAttribute(name);
      else if (node.getAttribute(name) !== String(value))
        node.setAttribute(name, value === true ? "" : value);
    }
  }

  function writeRows(box, rows) {
    const blank = box.querySelector(":scope > template");
    const present = new Map();
    for (const node of [...box.children]) if (node !== blank) present.set(node.dataset.key, node);
    const focused = document.activeElement;
    let last = blank;
    for (const row of rows || []) {
      const key = String(row.pk);
      let node = present.get(key);
      present.delete(key);
      if (!node) {
        node = blank.content.firstElementChild.cloneNode(true);
        node.dataset.key = key;
      }
      if (last.nextElementSibling !== node) last.after(node);
      fill(node, row);
      last = node;
    }
    for (const node of present.values()) node.remove();
    if (focused && focused !== document.activeElement && box.contains(focused))
      focused.focus({ preventScroll: true });
  }

  function fill(node, outer) {
    const slots = node.dataset;
    let scope = outer;
    if (slots.show) {
      const isContrary = slots.show[0] === "!";
      node.hidden = isTrue(valueAt(scope, slots.show.replace("!", ""))) === isContrary;
    }
    if (slots.with) {
      scope = valueAt(scope, slots.with);
      node.hidden = !scope;
      if (!scope) return;
    }
    if (slots.attributes) writeAttributes(node, scope, slots.attributes);
    if (slots.text) {
      const text = textOf(scope, slots.text);
      if (node.textContent !== text) node.textContent = text;
    } else if (slots.each) writeRows(node, valueAt(scope, slots.each));
    else for (const child of node.children) if (child.localName !== "template") fill(child, scope);
  }

  Hall.fill = fill;
  Hall.render = () => {
    const view = HallView.hall_view(Hall.state, Hall.mine, main.dataset.view, Hall.words);
    if (!main.hasAttribute("data-plain")) fill(main, view);
    for (const hook of Hall.afterwards) hook(view);
  };
  Hall.afterwards = [];

  // data-clock="left" counts down to data-at, "gone" up from it; "now" is the time of day.
  const ahead = main ? Number(main.dataset.now) * 1000 - Date.now() : 0;
  Hall.tick = () => {
    const now = (Date.now() + ahead) / 1000;
    for (const node of document.querySelectorAll("[data-clock]")) {
      const { clock, at } = node.dataset;
      const face = HallView.clock(clock, at ? Number(at) : null, now, Hall.words.over_by);
      node.textContent = face.text;
      node.classList.toggle("is-late", face.is_late);
      node.classList.toggle("is-soon", face.is_soon);
    }
  };
  if (main) setInterval(Hall.tick, 1000);
})();
