// Devices may still hold entries in the databases of earlier scripts. They are moved into the outbox
// once, and leave the old database only when they are on disk in the new one.
((here) => {
  "use strict";

  const finished = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  // The database of that name, or null where this device has none: none is made by asking.
  function existing(name) {
    return new Promise((resolve) => {
      const request = indexedDB.open(name);
      request.onupgradeneeded = () => request.transaction.abort();
      request.onsuccess = () => resolve(request.result);
      request.onerror = (event) => {
        event.preventDefault();
        resolve(null);
      };
    });
  }

  async function rowsOf(database, store) {
    const objects = database.transaction(store).objectStore(store);
    const [keys, values] = await Promise.all([
      finished(objects.getAllKeys()),
      finished(objects.getAll()),
    ]);
    return keys.map((key, place) => ({ key, value: values[place] }));
  }

  // A photo of its own: the new store must not lean on what the old one is about to let go.
  async function copied(file) {
    const bytes = await file.blob.arrayBuffer();
    return { ...file, blob: new Blob([bytes], { type: file.blob.type }) };
  }

  // Takes the rows out, but not one that was written to meanwhile by a page that is still open.
  function takeOut(database, store, rows) {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(store, "readwrite", { durability: "strict" });
      const objects = transaction.objectStore(store);
      for (const { key, value } of rows) {
        const now = objects.get(key);
        now.onsuccess = () => {
          if (JSON.stringify(now.result) === JSON.stringify(value)) objects.delete(key);
        };
      }
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  }

  // Move the old database: `entryOf(row)` is the outbox's entry of a row of `store`; the rows of
  // `fileStore` are files as they are. What waits in the outbox already is not written over.
  async function carry(name, store, entryOf, fileStore) {
    const database = await existing(name);
    if (!database) return;
    try {
      const rows = await rowsOf(database, store);
      const fileRows = fileStore ? await rowsOf(database, fileStore) : [];
      if (!rows.length && !fileRows.length) return;
      const files = [];
      for (const { value } of fileRows) files.push(await copied(value));
      await here.Outbox.within("readwrite", (entries, kept) => {
        for (const { value } of rows) {
          const entry = entryOf(value);
          const known = entries.get(entry.uid);
          known.onsuccess = () => {
            if (!known.result || known.result.state === "draft") entries.put(entry);
          };
        }
        for (const file of files) kept.put(file);
      });
      await takeOut(database, store, rows);
      if (fileStore) await takeOut(database, fileStore, fileRows);
    } finally {
      database.close();
    }
  }

  here.Outbox.carry = carry;
})(self);
