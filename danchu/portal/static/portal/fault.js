// Telling that something is broken: the point in a photo offers the places near it, read here because
// what is sent loses it; and what others told of the same is shown before it is told again.
(() => {
  "use strict";
  const HEAD = 131072;
  const WAIT = 400;
  const files = document.querySelector("input[type=file][data-place]");
  const note = document.querySelector("[data-told]");

  // {latitude, longitude} of the Exif of a JPEG (GPS IFD, tags 1 to 4); null where it has none.
  function pointOf(view) {
    let at = 2;
    while (at + 10 < view.byteLength && view.getUint8(at) === 0xff) {
      const length = view.getUint16(at + 2);
      if (view.getUint8(at + 1) === 0xe1 && view.getUint32(at + 4) === 0x45786966) {
        return pointInTiff(new DataView(view.buffer, at + 10));
      }
      at += 2 + length;
    }
    return null;
  }

  function pointInTiff(tiff) {
    const little = tiff.getUint16(0) === 0x4949;
    const entries = (start) => {
      const tags = new Map();
      const number = tiff.getUint16(start, little);
      for (let row = 0; row < number; row += 1) {
        const at = start + 2 + row * 12;
        tags.set(tiff.getUint16(at, little), at + 8);
      }
      return tags;
    };
    const gps = entries(tiff.getUint32(4, little)).get(0x8825);
    if (!gps) return null;
    const tags = entries(tiff.getUint32(gps, little));
    const ratio = (at) => tiff.getUint32(at, little) / tiff.getUint32(at + 4, little);
    const degrees = (tag, mark) => {
      const at = tiff.getUint32(tags.get(tag), little);
      const value = ratio(at) + ratio(at + 8) / 60 + ratio(at + 16) / 3600;
      const side = String.fromCharCode(tiff.getUint8(tags.get(mark)));
      return side === "S" || side === "W" ? -value : value;
    };
    if (![1, 2, 3, 4].every((tag) => tags.has(tag))) return null;
    return { latitude: degrees(2, 1), longitude: degrees(4, 3) };
  }

  files?.addEventListener("change", async () => {
    const box = document.getElementById(files.dataset.place);
    if (!box || box.value || !files.files.length) return;
    try {
      const point = pointOf(new DataView(await files.files[0].slice(0, HEAD).arrayBuffer()));
      const isPoint = point && Number.isFinite(point.latitude) && Number.isFinite(point.longitude);
      if (isPoint) box.dispatchEvent(new CustomEvent("near", { detail: point }));
    } catch {
      // Not a JPEG, or one that is cut short: the place is typed.
    }
  });

  let timer = 0;
  async function showTold(form) {
    const query = new URLSearchParams({
      place: form.elements.place.value,
      title: form.elements.title.value,
    });
    try {
      const answer = await fetch(`${note.dataset.told}?${query}`);
      const rows = answer.ok ? (await answer.json()).rows : [];
      note.hidden = rows.length === 0;
      note.querySelector("ul").replaceChildren(
        ...rows.map((row) => {
          const line = document.createElement("li");
          const link = document.createElement("a");
          link.href = row.url;
          link.textContent = row.title;
          line.append(link, ` · ${note.dataset.people.replace("{n}", row.people)}`);
          return line;
        }),
      );
    } catch {
      // The line is down: what is told twice is put together at the desk.
    }
  }
  const form = note?.closest("form");
  for (const name of ["title", "place"]) {
    form?.elements[name].addEventListener("change", () => {
      clearTimeout(timer);
      timer = setTimeout(() => showTold(form), WAIT);
    });
  }
})();
