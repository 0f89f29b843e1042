// What stands on the form of a round: read from it and put into it.
(() => {
  "use strict";
  const form = document.getElementById("round");
  if (!form) return;
  const NAMES = [
    "board",
    "plan",
    "project",
    "held_on",
    "participants",
    "title",
    "place",
    "minutes",
    "latitude",
    "longitude",
    "accuracy",
    "keeps_trace",
    "apart",
  ];
  const NOTED = ["title", "place", "detail"];
  const notedRows = () => [...form.querySelectorAll(".noted-line")];
  const notedField = (row, name) => row.querySelector(`[name=noted_${name}]`);

  // {fields, noted} as the person sees them now.
  function typed() {
    const fields = {};
    for (const name of NAMES) {
      const input = form.elements[name];
      if (input) fields[name] = input.type === "checkbox" ? input.checked : input.value;
    }
    fields.apart = [...form.querySelectorAll("[name=apart]")].some((input) =>
      input.type === "checkbox" ? input.checked : input.value === "on",
    );
    const noted = notedRows()
      .map((row) => Object.fromEntries(NOTED.map((name) => [name, notedField(row, name).value])))
      .filter((row) => NOTED.some((name) => row[name]));
    return { fields, noted };
  }

  function setField(name, value) {
    const input = form.elements[name];
    if (!input) return;
    if (input.type === "checkbox") input.checked = value;
    else input.value = value === true ? "on" : value || "";
  }

  function fill(round) {
    form.elements.uid.value = round.uid;
    for (const name of NAMES) if (name in round.fields) setField(name, round.fields[name]);
    while (notedRows().length < round.noted.length) addNoted();
    for (const [place, row] of notedRows().entries()) {
      for (const name of NOTED) notedField(row, name).value = round.noted[place]?.[name] || "";
    }
  }

  // The next round of the same board, day and people.
  function blank() {
    const { board, held_on, participants, keeps_trace } = typed().fields;
    const empty = Object.fromEntries(NAMES.map((name) => [name, ""]));
    const fields = { ...empty, board, held_on, participants, keeps_trace };
    return { uid: Outbox.uid(), noted: [], fields };
  }

  function addNoted() {
    const rows = notedRows();
    const row = rows[0].cloneNode(true);
    const number = rows.length + 1;
    for (const part of row.querySelectorAll("[id]")) {
      part.id = part.id.replace(/noted-\d+/, `noted-${number}`);
      part.value = "";
    }
    for (const label of row.querySelectorAll("label")) {
      label.htmlFor = label.htmlFor.replace(/noted-\d+/, `noted-${number}`);
      label.textContent = label.textContent.replace(/\d+/, number);
    }
    rows[rows.length - 1].after(row);
    return row;
  }

  const words = JSON.parse(document.getElementById("round-words").textContent);

  // The sentence of that key, its {holes} filled.
  const say = (key, holes = {}) =>
    words[key].replace(/\{(\w+)\}/g, (_whole, name) => holes[name] ?? "");

  // An element with a text; a button where there is something to press it for.
  function element(tag, text = "", press = null) {
    const node = document.createElement(tag);
    node.textContent = text;
    if (press) {
      node.type = "button";
      node.className = "button small";
      node.addEventListener("click", press);
    }
    return node;
  }

  window.Round = { form, typed, fill, blank, addNoted, say, element };
})();
