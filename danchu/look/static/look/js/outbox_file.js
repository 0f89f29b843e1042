// What a device still holds, as one file and back: for a device that must be emptied or is to be
// given away, and for a browser that never gets a line. Entries are known by their uid, so a file
// may be taken in twice, on one device or on two.
((here) => {
  "use strict";
  const FORMAT = "danchu-outbox 1";
  const BLOB = "$blob";

  function base64(blob) {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result.replace(/^[^,]*,/, ""));
      reader.onerror = () => reject(reader.error);
      reader.readAsDataURL(blob);
    });
  }

  function blobOf({ [BLOB]: text, type, name }) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return name === undefined ? new Blob([bytes], { type }) : new File([bytes], name, { type });
  }

  // The value with every blob in it as text.
  async function packed(value) {
    if (value instanceof Blob) {
      return { [BLOB]: await base64(value), type: value.type, name: value.name };
    }
    if (Array.isArray(value)) return Promise.all(value.map(packed));
    if (!value || typeof value !== "object") return value;
    const pairs = Object.entries(value).map(async ([name, one]) => [name, await packed(one)]);
    return Object.fromEntries(await Promise.all(pairs));
  }

  function unpacked(value) {
    if (Array.isArray(value)) return value.map(unpacked);
    if (!value || typeof value !== "object") return value;
    if (BLOB in value) return blobOf(value);
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, unpacked(one)]));
  }

  // A file with these entries of the queue and their files.
  async function save(queue, entries) {
    const rows = [];
    for (const entry of entries) {
      const files = await queue.files.of(entry.uid);
      rows.push({ entry: await packed(entry), files: await packed(files) });
    }
    const content = { format: FORMAT, queue: queue.name, rows };
    return new Blob([JSON.stringify(content)], { type: "application/json" });
  }

  // Offer the file to the person.
  async function offer(queue, entries, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await save(queue, entries));
    link.download = `${name}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  // Take in the entries of a file that this device does not have; how many, or null where it is no
  // file of this queue.
  async function take(queue, file) {
    let content;
    try {
      content = JSON.parse(await file.text());
    } catch {
      return null;
    }
    if (content?.format !== FORMAT || content.queue !== queue.name) return null;
    let number = 0;
    for (const { entry, files } of content.rows) {
      if (await queue.get(entry.uid)) continue;
      const { order: _before, ...fields } = unpacked(entry);
      for (const kept of unpacked(files)) await queue.files.add(kept);
      await queue.put(fields);
      number += 1;
    }
    return number;
  }

  here.OutboxFile = { offer, take };
})(self);
