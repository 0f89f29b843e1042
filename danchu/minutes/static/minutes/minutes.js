// Marking passages of minutes from the keyboard. The form works without it: this only fills in what
// a clerk would type.
(() => {
  "use strict";
  const form = document.querySelector(".minutes-form");
  if (!form) return;
  const kinds = { 1: "opinion", 2: "commitment", 3: "decision", 4: "finding" };
  const told = document.getElementById("marked-now");
  document.querySelectorAll(".minutes-keys").forEach((line) => {
    line.hidden = false;
  });

  // A row for one more mark, after the last of its paragraph: the same fields under the next
  // number.
  function another(_row, last) {
    const before = last.querySelector("select").name.split("_");
    const next = Number(before[2]) + 1;
    const fresh = last.cloneNode(true);
    const stem = `${before[1]}_${before[2]}`;
    const other = `${before[1]}_${next}`;
    fresh.querySelectorAll(".minutes-promise-fields, p").forEach((part) => {
      part.remove();
    });
    fresh.querySelectorAll("[name], [id], [for]").forEach((part) => {
      ["name", "id", "for"].forEach((key) => {
        const value = part.getAttribute(key);
        if (value)
          part.setAttribute(
            key,
            value.replace(stem, other).replace(stem.replace("_", "-"), other.replace("_", "-")),
          );
      });
      if (part.type === "checkbox") part.checked = false;
      else if ("value" in part && part.tagName !== "LABEL") part.value = "";
    });
    last.after(fresh);
    return fresh;
  }

  function mark(text, kind) {
    const row = text.closest(".minutes-row");
    const marks = [...row.querySelectorAll("[data-mark]")];
    if (!marks.length) return;
    const words = text.value.slice(text.selectionStart, text.selectionEnd);
    const empty =
      marks.find((one) => !one.querySelector("select[name^='kind_']").value) ||
      another(row, marks[marks.length - 1]);
    const choice = empty.querySelector("select[name^='kind_']");
    choice.value = kind;
    empty.querySelector("[name^='quote_']").value = words.trim();
    empty.querySelector("[name^='at_']").value = words.trim()
      ? text.selectionStart + words.length - words.trimStart().length
      : "";
    if (told) told.textContent = `${told.dataset.told}: ${choice.selectedOptions[0].textContent}`;
  }

  form.addEventListener("keydown", (event) => {
    const text = event.target.closest("textarea[data-row]");
    if (text && event.altKey && !event.ctrlKey && kinds[event.key]) {
      event.preventDefault();
      mark(text, kinds[event.key]);
    } else if (text && event.altKey && event.key === "Enter") {
      event.preventDefault();
      text.closest(".minutes-row").querySelector("button[value^='add:']").click();
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.querySelector("button.primary").click();
    }
  });
})();
