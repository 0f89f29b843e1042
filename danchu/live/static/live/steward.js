// The desks of the chair and of the moderators: few devices, so each part that changed is fetched
// anew from the server; a form is sent without leaving the page. Keys: data-do presses at once,
// data-go leads to what Enter then presses.
(() => {
  "use strict";
  const Hall = window.Hall;
  const main = Hall.main;
  let asking = 0;
  let running = null;
  let sent = 0;

  const typing = (node) => node?.matches("textarea, select, input:not([type=hidden])");
  const touched = (part) =>
    [...part.querySelectorAll("textarea, input:not([type=hidden])")].some(
      (one) => one.value !== one.defaultValue,
    );
  const openOnes = (part) =>
    [...part.querySelectorAll("details[open]")].map(
      (one) =>
        one.id ||
        one.querySelector("summary").getAttribute("aria-label") ||
        one.querySelector("summary").textContent.trim(),
    );

  // As it was sent, without what is new in every copy or set by this script.
  const plain = (part) =>
    part.innerHTML
      .replace(/ (value="[^"]{64}"|open=""|aria-disabled="[^"]*"|class="clock[^"]*")/g, "")
      .replace(/(data-clock[^>]*>)[^<]*/g, "$1");

  function swap(text, own) {
    const told = new DOMParser().parseFromString(text, "text/html");
    const active = document.activeElement;
    for (const part of main.querySelectorAll("[data-part]")) {
      const fresh = told.getElementById(part.id);
      if (!fresh || plain(fresh) === plain(part)) continue;
      if (part.id === "problem" && !own) continue;
      // Somebody is writing here.
      if (!own && ((part.contains(active) && typing(active)) || touched(part))) continue;
      const open = openOnes(part);
      const go = part.contains(active)
        ? active.dataset.go || active.dataset.do || active.closest("[data-row]")?.id
        : null;
      part.innerHTML = fresh.innerHTML;
      for (const one of part.querySelectorAll("details")) {
        const summary = one.querySelector("summary");
        one.open = open.includes(
          one.id || summary.getAttribute("aria-label") || summary.textContent.trim(),
        );
      }
      if (go)
        (
          part.querySelector(`[data-go="${CSS.escape(go)}"], [data-do="${CSS.escape(go)}"]`) ||
          document.getElementById(go) ||
          part.querySelector("[data-row]")
        )?.focus();
    }
    Hall.tick();
    const problem = document.getElementById("problem");
    if (own && problem?.textContent.trim()) problem.scrollIntoView({ block: "nearest" });
  }

  async function refresh() {
    if (running) {
      asking = 1;
      return;
    }
    const before = sent;
    running = fetch(location.href, { credentials: "same-origin" });
    try {
      const answer = await running;
      const text = answer.ok && !answer.redirected ? await answer.text() : "";
      if (text && before === sent) swap(text, false);
    } catch {
      /* the next frame asks again */
    }
    running = null;
    if (asking) {
      asking = 0;
      later();
    }
  }
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 250);
  };
  Hall.afterwards.push(later);

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post" || !main.contains(form)) return;
    event.preventDefault();
    const buttons = [...form.querySelectorAll("button")];
    if (buttons.some((one) => one.getAttribute("aria-disabled") === "true")) return;
    for (const one of buttons) one.setAttribute("aria-disabled", "true");
    sent += 1;
    try {
      const body = new URLSearchParams(new FormData(form, event.submitter));
      const answer = await fetch(form.action, { method: "POST", credentials: "same-origin", body });
      if (answer.status === 403) return void location.reload();
      if (answer.status === 200 && form.hasAttribute("data-clears")) form.reset();
      if (answer.ok)
        for (const one of form
          .closest("[data-part]")
          ?.querySelectorAll("textarea, input:not([type=hidden])") || [])
          one.value = one.defaultValue;
      swap(await answer.text(), true);
    } catch {
      Hall.say(Hall.words.kept);
      const problem = document.getElementById("problem");
      problem.replaceChildren(
        Object.assign(document.createElement("p"), {
          className: "note note-error",
          textContent: Hall.words.unsent,
        }),
      );
      problem.firstChild.setAttribute("role", "alert");
    } finally {
      for (const one of buttons) one.removeAttribute("aria-disabled");
    }
  });

  const rows = () => [...main.querySelectorAll("[data-row]")];
  const rowOf = (node) => node?.closest("[data-row]");
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && typing(document.activeElement))
      return document.activeElement.blur();
    if (typing(document.activeElement)) return;
    const here = rowOf(document.activeElement);
    const all = rows();
    if (event.key === "j" || (event.key === "k" && all.length)) {
      const at = all.indexOf(here);
      const next = all[event.key === "j" ? Math.min(all.length - 1, at + 1) : Math.max(0, at - 1)];
      if (next) {
        event.preventDefault();
        next.focus();
        return;
      }
    }
    const key = CSS.escape(event.key);
    const scope = here || all[0];
    const press =
      scope?.querySelector(`[data-do="${key}"]`) ||
      main.querySelector(`:not([data-row] *)[data-do="${key}"]`);
    const go =
      scope?.querySelector(`[data-go="${key}"]`) ||
      main.querySelector(`:not([data-row] *)[data-go="${key}"]`);
    if (!press && !go) return;
    event.preventDefault();
    if (press) return press.click();
    for (
      let box = go.closest("details:not([open])");
      box;
      box = box.parentElement.closest("details:not([open])")
    )
      box.open = true;
    go.focus();
  });
})();
