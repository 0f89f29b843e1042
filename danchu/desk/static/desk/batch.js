// One act on the ticked rows: offered is what may follow for at least one of them, with how many of
// them; nothing while none is ticked. The key a claims the row at hand, or the ticked ones.
(() => {
  "use strict";
  const form = document.getElementById("batch");
  const select = form?.elements.act;
  if (!select) return;
  const boxes = [...document.querySelectorAll('input[form="batch"][name="uid"]')];
  const options = [...select.options].map((option) => ({ name: option.value, word: option.text }));
  const ticked = () => boxes.filter((box) => box.checked);
  const actsOf = (box) => box.dataset.acts.split(" ");

  function offer() {
    const rows = ticked();
    form.hidden = rows.length === 0;
    const before = select.value;
    const possible = options
      .map(({ name, word }) => ({
        name,
        word,
        number: rows.filter((box) => actsOf(box).includes(name)).length,
      }))
      .filter(({ number }) => number > 0 || rows.length === 0);
    select.replaceChildren(
      ...possible.map(({ name, word, number }) => {
        const isSome = rows.length > 0 && number < rows.length;
        return new Option(isSome ? `${word} (${number}/${rows.length})` : word, name);
      }),
    );
    if (possible.some(({ name }) => name === before)) select.value = before;
    form.querySelector("button").disabled = rows.length > 0 && possible.length === 0;
  }
  for (const box of boxes) box.addEventListener("change", offer);
  offer();

  form.addEventListener("claim", ({ detail }) => {
    const box = detail?.querySelector('input[name="uid"]');
    if (!ticked().length && box) {
      box.checked = true;
      offer();
    }
    if (![...select.options].some((option) => option.value === "claim")) return;
    select.value = "claim";
    form.requestSubmit();
  });
})();
