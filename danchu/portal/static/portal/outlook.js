// At the door of complaints: as soon as the day, the place and the matter are there, the server says
// until when one may complain, to whom, and when they will answer.
(() => {
  "use strict";
  const WAIT = 400;
  const box = document.querySelector("[data-outlook]");
  const form = box?.closest("form");
  if (!form) return;
  const fields = box.dataset.fields.split(" ").map((name) => form.elements[name]);
  const list = box.querySelector("dl");
  const button = box.querySelector("button");

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function rowsOf(line) {
    const says = document.createElement("dd");
    const text = element("strong", line.text);
    if (line.late) text.className = "late";
    says.append(text);
    if (line.why) {
      const why = document.createElement("details");
      why.append(element("summary", box.dataset.why), element("p", line.why));
      says.append(why);
    }
    return [element("dt", line.label), says];
  }

  function show(answer) {
    const faults = answer.faults.map((fault) => element("dd", fault));
    for (const fault of faults) fault.className = "error wide";
    list.replaceChildren(...answer.lines.flatMap(rowsOf), ...faults);
    list.hidden = list.children.length === 0;
  }

  async function ask() {
    const isReady = fields.every((field) => field.value);
    if (!isReady) return;
    const query = new URLSearchParams(fields.map((field) => [field.name, field.value]));
    try {
      const answer = await fetch(`${box.dataset.outlook}?${query}`);
      if (!answer.ok) return;
      show(await answer.json());
      button.hidden = true;
      button.disabled = true;
    } catch {
      // The line is down: the button asks again, and the receipt says the same.
    }
  }

  let timer = 0;
  for (const field of fields) {
    field.addEventListener("change", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
  }
  ask();
})();
