// The page on which a board writes a round where it is held. Without this script it is an ordinary
// form. With it what is typed and photographed is kept on the device at once, sent when there is a
// line, and shown until it has arrived.
(() => {
  "use strict";
  const form = document.getElementById("round");
  if (
    !form ||
    !window.indexedDB ||
    !navigator.serviceWorker ||
    !(window.crypto && crypto.subtle) ||
    !window.BroadcastChannel
  ) {
    return;
  }
  const store = window.roundStore;
  const line = window.roundLine;
  const words = JSON.parse(document.getElementById("round-words").textContent);
  const account = Number(form.dataset.account);
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
  const AGAIN_SECONDS = 20;
  const LISTED_DAYS = 3;
  const $ = (id) => document.getElementById(id);
  const progress = new Map();
  let uid = form.elements.uid.value;
  let saving;
  let sending = false;
  let again = false;

  function say(key, holes) {
    return words[key].replace(/\{(\w+)\}/g, (_all, name) =>
      holes && name in holes ? holes[name] : "",
    );
  }

  function made(tag, text, on) {
    const it = document.createElement(tag);
    if (text) {
      it.textContent = text;
    }
    if (on) {
      it.type = "button";
      it.className = "button small";
      it.addEventListener("click", on);
    }
    return it;
  }

  // --- what stands on the form ---

  function typed() {
    const fields = {};
    NAMES.forEach((name) => {
      const it = form.elements[name];
      if (it) {
        fields[name] = it.type === "checkbox" ? it.checked : it.value;
      }
    });
    fields.apart = Array.from(form.querySelectorAll("[name=apart]")).some((it) =>
      it.type === "checkbox" ? it.checked : it.value === "on",
    );
    const noted = Array.from(form.querySelectorAll(".noted-line"))
      .map((row) => ({
        title: row.querySelector("[name=noted_title]").value,
        place: row.querySelector("[name=noted_place]").value,
        detail: row.querySelector("[name=noted_detail]").value,
      }))
      .filter((row) => row.title || row.place || row.detail);
    return { fields, noted };
  }

  function hasText(round) {
    return Boolean(
      round.fields.title || round.fields.minutes || round.fields.place || round.noted.length,
    );
  }

  async function save() {
    clearTimeout(saving);
    const known = await store.get(uid);
    const said = typed();
    if (known && known.state !== "draft") {
      return;
    }
    if (!known && !hasText(said)) {
      return;
    }
    try {
      await store.put(
        Object.assign({ uid, account, state: "draft", order: Date.now() }, known, said),
      );
      $("kept").textContent = say("kept", { at: new Date().toLocaleTimeString() });
    } catch (_failure) {
      $("kept").textContent = say("no_room");
    }
  }

  function saveSoon() {
    clearTimeout(saving);
    saving = setTimeout(save, 300);
  }

  function fill(round) {
    uid = form.elements.uid.value = round.uid;
    NAMES.forEach((name) => {
      const it = form.elements[name];
      if (it && name in round.fields) {
        if (it.type === "checkbox") {
          it.checked = round.fields[name];
        } else {
          it.value = round.fields[name] === true ? "on" : round.fields[name] || "";
        }
      }
    });
    while (form.querySelectorAll(".noted-line").length < round.noted.length) {
      moreNoted();
    }
    form.querySelectorAll(".noted-line").forEach((row, n) => {
      const said = round.noted[n] || {};
      ["title", "place", "detail"].forEach((name) => {
        row.querySelector(`[name=noted_${name}]`).value = said[name] || "";
      });
    });
    showPoint();
    return showPhotos();
  }

  function blank() {
    const kept = typed().fields;
    return fill({
      uid: crypto.randomUUID(),
      noted: [],
      fields: {
        board: kept.board,
        held_on: kept.held_on,
        participants: kept.participants,
        plan: "",
        project: "",
        title: "",
        place: "",
        minutes: "",
        latitude: "",
        longitude: "",
        accuracy: "",
        keeps_trace: kept.keeps_trace,
        apart: "",
      },
    });
  }

  function moreNoted() {
    const rows = form.querySelectorAll(".noted-line");
    const row = rows[0].cloneNode(true);
    const n = rows.length + 1;
    row.querySelectorAll("[id]").forEach((it) => {
      it.id = it.id.replace(/noted-\d+/, `noted-${n}`);
      it.value = "";
    });
    row.querySelectorAll("label").forEach((it) => {
      it.htmlFor = it.htmlFor.replace(/noted-\d+/, `noted-${n}`);
      it.textContent = it.textContent.replace(/\d+/, n);
    });
    rows[rows.length - 1].after(row);
    return row;
  }

  // --- photos ---

  async function hashOf(bytes) {
    return Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (b) =>
      b.toString(16).padStart(2, "0"),
    ).join("");
  }

  async function takePhotos(files) {
    await save();
    if (!(await store.get(uid))) {
      await store.put(Object.assign({ uid, account, state: "draft", order: Date.now() }, typed()));
    }
    let number = (await store.photosOf(uid)).reduce((most, one) => Math.max(most, one.number), 0);
    for (const file of files) {
      const bytes = await file.arrayBuffer();
      const head = new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength));
      if (!(head[0] === 0xff && head[1] === 0xd8) && !(head[0] === 0x89 && head[1] === 0x50)) {
        $("kept").textContent = say("not_a_photo");
        continue;
      }
      try {
        await store.addPhoto({
          uid,
          hash: await hashOf(bytes),
          name: file.name,
          size: file.size,
          number: ++number,
          blob: new Blob([bytes], { type: file.type }),
        });
      } catch (_failure) {
        $("kept").textContent = say("no_room");
      }
    }
    await showPhotos();
  }

  async function showPhotos() {
    const rows = $("photo-rows");
    const mine = uid;
    const photos = await store.photosOf(uid);
    const shown = await Promise.all(
      photos.map(async (photo, n) => {
        const row = made("li");
        const small = made("canvas");
        const name = say("photo_of", { n: n + 1, name: photo.name });
        small.width = 160;
        small.height = 120;
        small.setAttribute("role", "img");
        small.setAttribute("aria-label", name);
        try {
          const picture = await createImageBitmap(photo.blob);
          const part = Math.min(160 / picture.width, 120 / picture.height);
          small
            .getContext("2d")
            .drawImage(picture, 0, 0, picture.width * part, picture.height * part);
          picture.close();
        } catch (_failure) {
          // the name is enough
        }
        const left = made("button", say("photo_left"), async () => {
          await store.removePhoto(mine, photo.hash);
          await showPhotos();
        });
        left.setAttribute("aria-label", `${say("photo_left")} ${n + 1}`);
        row.append(small, left);
        return row;
      }),
    );
    if (mine === uid) {
      rows.replaceChildren(...shown);
    }
  }

  // --- where ---

  function showPoint() {
    const lat = form.elements.latitude.value;
    $("point-told").textContent = lat
      ? say("point", {
          lat,
          lon: form.elements.longitude.value,
          accuracy: form.elements.accuracy.value,
        })
      : "";
    $("point-off").hidden = !lat;
  }

  function setPoint(lat, lon, accuracy) {
    form.elements.latitude.value = lat;
    form.elements.longitude.value = lon;
    form.elements.accuracy.value = accuracy;
    showPoint();
    saveSoon();
  }

  function askPoint() {
    $("point-told").textContent = say("point_wait");
    navigator.geolocation.getCurrentPosition(
      (found) => {
        setPoint(
          found.coords.latitude.toFixed(5),
          found.coords.longitude.toFixed(5),
          Math.round(found.coords.accuracy),
        );
      },
      () => {
        $("point-told").textContent = say("no_point");
      },
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 },
    );
  }

  // --- what waits ---

  async function showQueue() {
    const found = await store.all();
    const old = Date.now() - LISTED_DAYS * 86400000;
    const mine = found.filter(
      (one) =>
        one.account === account && one.uid !== uid && (one.state !== "sent" || one.sentAt > old),
    );
    for (const one of found) {
      if (one.state === "sent" && one.sentAt <= old) {
        await store.remove(one.uid);
      }
    }
    const others = found.filter((one) => one.account !== account && one.state !== "sent").length;
    const rows = await Promise.all(mine.map(rowOf));
    if (others) {
      rows.push(made("li", say("others", { n: others })));
    }
    if (mine.some((one) => one.state === "queued")) {
      const row = made("li");
      row.append(made("button", say("send_now"), send));
      rows.push(row);
    }
    $("queue-rows").replaceChildren(...rows);
    $("queue").hidden = !rows.length;
  }

  async function rowOf(round) {
    const row = made("li");
    const day = made("time", round.fields.held_on);
    const title = made("span", round.fields.title || say("unnamed"));
    const state = made("span", stateOf(round));
    row.dataset.state = round.state;
    row.dataset.uid = round.uid;
    title.className = "title";
    state.className = "where";
    title.append(state);
    const acts = made("span");
    acts.className = "buttons";
    if (round.url) {
      const open = made("a", say("open"));
      open.href = round.url;
      acts.append(open);
    }
    if (round.other) {
      const open = made("a", say("other", round.other));
      open.href = round.other.url;
      acts.append(open);
    }
    if (round.state === "conflict" && round.conflict === "alike") {
      acts.append(made("button", say("send_apart"), () => resend(round, { apart: true })));
    }
    if (round.state === "conflict" && round.conflict === "plan") {
      acts.append(made("button", say("send_unplanned"), () => resend(round, { plan: "" })));
    }
    if (
      round.state === "draft" ||
      (!round.url && (round.state === "refused" || round.state === "conflict"))
    ) {
      acts.append(made("button", say("change"), () => change(round)));
    }
    if (round.state !== "queued") {
      acts.append(made("button", say("drop"), () => drop(round)));
    }
    title.append(acts);
    row.append(day, title);
    return row;
  }

  function stateOf(round) {
    const at = progress.get(round.uid);
    if (round.state === "queued") {
      if (!at) return say("queued");
      return at.all ? say("sending_photo", at) : say("sending");
    }
    if (round.state === "sent") {
      return say("sent");
    }
    return round.state === "draft" ? "" : say(round.state, { message: round.message });
  }

  async function resend(round, fields) {
    await store.change(round.uid, {
      state: "queued",
      fields: Object.assign({}, round.fields, fields),
    });
    return send();
  }

  async function change(round) {
    await save();
    await store.change(round.uid, { state: "draft" });
    await fill(await store.get(round.uid));
    await showQueue();
    form.elements.title.focus();
  }

  async function drop(round) {
    if (round.state === "sent" || window.confirm(say("drop_sure"))) {
      await store.remove(round.uid);
    }
  }

  async function send() {
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    try {
      do {
        again = false;
        const became = await line.sendAll(form.dataset.line, (round, n, all, percent) => {
          progress.set(round, { n, all, percent });
          showQueue();
        });
        progress.clear();
        tellLine(became);
      } while (again);
    } finally {
      sending = false;
      await showQueue();
    }
  }

  function tellLine(became) {
    const told = $("line-state");
    told.hidden = became === "done";
    told.replaceChildren(became === "log in" ? `${say("log_in")} ` : say("no_line"));
    if (became === "log in") {
      const link = made("a", say("log_in_link"));
      link.href = form.dataset.login;
      told.append(link);
    }
  }

  async function queue(event) {
    event.preventDefault();
    if (!form.checkValidity()) {
      form.reportValidity();
      return;
    }
    await save();
    if (!(await store.get(uid))) {
      return;
    }
    await store.change(uid, Object.assign({ state: "queued", order: Date.now() }, typed()));
    await blank();
    await showQueue();
    $("kept").textContent = say("queued");
    const worker = await navigator.serviceWorker.getRegistration();
    if (worker?.sync) {
      worker.sync.register("rounds").catch(() => {
        // the page sends
      });
    }
    await send();
  }

  async function begin() {
    $("noted-more").hidden = false;
    $("noted-more").addEventListener("click", () => {
      moreNoted().querySelector("input").focus();
    });
    if (navigator.geolocation) {
      $("point").hidden = false;
    }
    $("point-ask").addEventListener("click", askPoint);
    $("point-off").addEventListener("click", () => {
      setPoint("", "", "");
    });
    $("photos").addEventListener("change", function () {
      const files = Array.from(this.files);
      this.value = "";
      takePhotos(files).then(showQueue);
    });
    form.addEventListener("input", saveSoon);
    form.addEventListener("change", (event) => {
      if (event.target.id !== "photos") {
        saveSoon();
      }
    });
    form.addEventListener("submit", queue);
    new BroadcastChannel(store.NAME).addEventListener("message", showQueue);
    window.addEventListener("online", send);
    window.addEventListener("offline", () => {
      tellLine("away");
    });
    window.addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") {
        send();
      } else {
        save();
      }
    });
    navigator.serviceWorker.register(form.dataset.worker);
    const hasErrors = form.querySelector("[role=alert]");
    const left = (await store.all()).filter(
      (one) => one.account === account && one.state === "draft",
    );
    // The page as it was kept bears one uid for ever: each round is given its own here.
    if (!hasErrors) {
      uid = form.elements.uid.value = crypto.randomUUID();
    }
    if (left.length && !hasErrors && !location.search) {
      await fill(left[left.length - 1]);
    }
    setInterval(async () => {
      if ((await store.all()).some((one) => one.state === "queued")) {
        send();
      }
    }, AGAIN_SECONDS * 1000);
    document.documentElement.dataset.rounds = "ready";
    await send();
  }

  begin();
})();
