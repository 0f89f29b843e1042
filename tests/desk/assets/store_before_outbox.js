/* What a device keeps of rounds while there is no line: IndexedDB, the rounds in one store, their photos in another.
   Runs on the page and in the worker. A write is on disk before it is told of. */
(function (here) {
  "use strict";
  const NAME = "danchu-rounds";
  let opened;

  function base() {
    opened = opened || new Promise(function (resolve, reject) {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = function () {
        asked.result.createObjectStore("rounds", { keyPath: "uid" });
        asked.result.createObjectStore("photos", { keyPath: ["uid", "hash"] }).createIndex("uid", "uid");
      };
      asked.onsuccess = function () {
        asked.result.onversionchange = function () { asked.result.close(); opened = undefined; };
        resolve(asked.result);
      };
      asked.onerror = function () { opened = undefined; reject(asked.error); };
    });
    return opened;
  }

  /* Do `work(rounds, photos)` in one transaction; what its request found, once all of it is on disk. */
  async function within(mode, work) {
    const db = await base();
    return new Promise(function (resolve, reject) {
      const turn = db.transaction(["rounds", "photos"], mode, { durability: "strict" });
      let asked;
      turn.oncomplete = function () { resolve(asked && asked.result); };
      turn.onabort = turn.onerror = function () { reject(turn.error); };
      asked = work(turn.objectStore("rounds"), turn.objectStore("photos"));
    });
  }

  function told() {
    if (here.BroadcastChannel) {
      const channel = new BroadcastChannel(NAME);
      channel.postMessage("changed");
      channel.close();
    }
  }

  async function all() {
    const found = await within("readonly", function (rounds) { return rounds.getAll(); });
    return found.sort(function (a, b) { return a.order - b.order || (a.uid < b.uid ? -1 : 1); });
  }

  function get(uid) {
    return within("readonly", function (rounds) { return rounds.get(uid); });
  }

  async function put(round) {
    await within("readwrite", function (rounds) { return rounds.put(round); });
    told();
  }

  /* Change some fields of a round that is still there. */
  async function change(uid, fields) {
    await within("readwrite", function (rounds) {
      const asked = rounds.get(uid);
      asked.onsuccess = function () { if (asked.result) { rounds.put(Object.assign(asked.result, fields)); } };
      return asked;
    });
    told();
  }

  async function dropPhotos(uid) {
    await within("readwrite", function (_rounds, photos) { dropped(photos, uid); });
  }

  function dropped(photos, uid) {
    const asked = photos.index("uid").getAllKeys(uid);
    asked.onsuccess = function () { asked.result.forEach(function (key) { photos.delete(key); }); };
  }

  async function remove(uid) {
    await within("readwrite", function (rounds, photos) { rounds.delete(uid); dropped(photos, uid); });
    told();
  }

  async function addPhoto(photo) {
    await within("readwrite", function (_rounds, photos) { return photos.put(photo); });
  }

  async function removePhoto(uid, hash) {
    await within("readwrite", function (_rounds, photos) { return photos.delete([uid, hash]); });
  }

  async function photosOf(uid) {
    const found = await within("readonly", function (_rounds, photos) { return photos.index("uid").getAll(uid); });
    return found.sort(function (a, b) { return a.number - b.number; });
  }

  here.roundStore = { NAME, all, get, put, change, remove, addPhoto, removePhoto, photosOf, dropPhotos };
})(self);
