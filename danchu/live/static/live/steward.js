// The desks of the chair and of the moderators: few devices, so after each frame the page is fetched
// and its changed parts are replaced; a form is sent without leaving the page. Keys: data-do presses a
// button, data-go moves the focus to it.
(() => {
  "use strict";
  const Hall = window.Hall;
  const main = Hall.main;
  let isDue = false;
  let isRefreshing = false;
  let submissions = 0;

  const isTyping = (node) => node?.matches("textarea, select, input:not([type=hidden])");
  const isEdited = (part) =>
    [...part.querySelectorAll("textarea, input:not([type=hidden])")].some(
      (one) => one.value !== one.defaultValue,
    );
  const openDetails = (part) =>
    [...part.querySelectorAll("details[open]")].map(
      (one) =>
        one.id ||
        one.querySelector("summary").getAttribute("aria-label") ||
        one.querySelector("summary").textContent.trim(),
    );

  // The markup of a part without what differs in every copy (tokens) or is set by this script.
  const comparable = (part) =>
    part.innerHTML
      .replace(
        / (value="[^"]{64}"|name="once" value="[^"]*"|open=""|aria-disabled="[^"]*"|class="clock[^"]*")/g,
        "",
      )
      .replace(/(data-clock[^>]*>)[^<]*/g, "$1");

  // `isOwn`: the answer to a form of this page, which also replaces a part that is being edited.
  function replaceParts(text, isOwn) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const active = document.activeElement;
    for (const part of main.querySelectorAll("[data-part]")) {
      const fresh = page.getElementById(part.id);
      if (!fresh || comparable(fresh) === comparable(part)) continue;
      if (part.id === "problem" && !isOwn) continue;
      // Somebody is typing here.
      if (!isOwn && ((part.contains(active) && isTyping(active)) || isEdited(part))) continue;
      const open = openDetails(part);
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
    // A form outside the replaced parts stays: what is sent with it next is another thing.
    const token = page.querySelector("[name=once]")?.value;
    if (isOwn && token) for (const one of main.querySelectorAll("[name=once]")) one.value = token;
    Hall.tick();
    const problem = document.getElementById("problem");
    if (isOwn && problem?.textContent.trim()) problem.scrollIntoView({ block: "nearest" });
  }

  async function refresh() {
    if (isRefreshing) {
      isDue = true;
      return;
    }
    const before = submissions;
    isRefreshing = true;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const text = answer.ok && !answer.redirected ? await answer.text() : "";
      if (text && before === submissions) replaceParts(text, false);
    } catch {
      /* the next frame fetches again */
    }
    isRefreshing = false;
    if (isDue) {
      isDue = false;
      refreshSoon();
    }
  }
  let timer;
  const refreshSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 250);
  };
  Hall.afterwards.push(refreshSoon);

  // The server says why, and of a form with an old token the page keeps what was typed.
  function sendPlainly(form, button) {
    if (button?.name) {
      const { name, value } = button;
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    HTMLFormElement.prototype.submit.call(form);
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post" || !main.contains(form)) return;
    event.preventDefault();
    const buttons = [...form.querySelectorAll("button")];
    if (buttons.some((one) => one.getAttribute("aria-disabled") === "true")) return;
    for (const one of buttons) one.setAttribute("aria-disabled", "true");
    submissions += 1;
    try {
      const body = new URLSearchParams(new FormData(form, event.submitter));
      const answer = await fetch(form.action, { method: "POST", credentials: "same-origin", body });
      if (answer.status === 403) return void sendPlainly(form, event.submitter);
      if (answer.status === 200 && form.hasAttribute("data-clears")) form.reset();
      if (answer.ok)
        for (const one of form
          .closest("[data-part]")
          ?.querySelectorAll("textarea, input:not([type=hidden])") || [])
          one.value = one.defaultValue;
      replaceParts(await answer.text(), true);
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
    if (event.key === "Escape" && isTyping(document.activeElement))
      return document.activeElement.blur();
    if (isTyping(document.activeElement)) return;
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
