// Writing a report: what stands under the form follows what is typed, figures are searched by a few
// letters without marks and put into the text where the cursor is.
(() => {
  "use strict";
  const text = document.querySelector("textarea[name='text']");
  const form = text?.form;
  const preview = document.getElementById("preview");
  const figures = document.querySelector("[data-figures]");
  if (!form || !preview) return;
  const PAUSE = 1200;
  let timer = 0;
  let last = 0;

  const show = async () => {
    last += 1;
    const number = last;
    const typed = new FormData(form);
    typed.delete("once");
    typed.set("preview", "1");
    try {
      const answer = await fetch(location.href, {
        method: "POST",
        body: typed,
        headers: { "X-Preview": "1" },
      });
      if (!answer.ok || number !== last) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("preview");
      if (fresh) preview.replaceChildren(...fresh.childNodes);
    } catch {
      // Without a line the button shows it later.
    }
  };
  form.addEventListener("input", (event) => {
    if (!event.target.name) return;
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });

  const plain = (words) =>
    words
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/đ/gi, "d")
      .toLowerCase();
  const box = figures?.querySelector("input");
  if (!box) return;
  box.closest("p").hidden = false;
  const rows = [...figures.querySelectorAll("tbody tr")];
  const words = rows.map((row) => plain(row.textContent));
  box.addEventListener("input", () => {
    const typed = plain(box.value).split(/\s+/);
    rows.forEach((row, place) => {
      row.hidden = !typed.every((word) => words[place].includes(word));
    });
  });
  for (const button of figures.querySelectorAll("[data-insert]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      text.setRangeText(
        `{${button.dataset.insert}}`,
        text.selectionStart,
        text.selectionEnd,
        "end",
      );
      text.dispatchEvent(new Event("input", { bubbles: true }));
      text.focus();
    });
  }
})();
