// The photos of the round on the form, kept on the device as soon as they are taken, and its point.
(() => {
  "use strict";
  if (!window.Round) return;
  const { form, say, element } = window.Round;
  const $ = (id) => document.getElementById(id);
  const WIDTH = 160;
  const HEIGHT = 120;

  async function hashOf(bytes) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  const isPhoto = (bytes) => {
    const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
    return (first === 0xff && second === 0xd8) || (first === 0x89 && second === 0x50);
  };

  // Keep the files as photos of that round; a message where one cannot be kept.
  async function take(rounds, uid, files) {
    let number = Math.max(0, ...(await rounds.files.of(uid)).map((photo) => photo.number));
    let message = "";
    for (const file of files) {
      const bytes = await file.arrayBuffer();
      if (!isPhoto(bytes)) {
        message = say("not_a_photo");
        continue;
      }
      number += 1;
      const { name, size, type } = file;
      const photo = { uid, hash: await hashOf(bytes), name, size, number };
      try {
        await rounds.files.add({ ...photo, blob: new Blob([bytes], { type }) });
      } catch {
        message = say("no_room");
      }
    }
    return message;
  }

  async function smallPicture(photo, label) {
    const canvas = element("canvas");
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", label);
    try {
      const picture = await createImageBitmap(photo.blob);
      const part = Math.min(WIDTH / picture.width, HEIGHT / picture.height);
      const context = canvas.getContext("2d");
      context.drawImage(picture, 0, 0, picture.width * part, picture.height * part);
      picture.close();
    } catch {
      // The name is enough.
    }
    return canvas;
  }

  async function show(rounds, uid) {
    const photos = await rounds.files.of(uid);
    const rows = photos.map(async (photo, place) => {
      const row = element("li");
      const drop = element("button", say("photo_left"), async () => {
        await rounds.files.remove(uid, photo.hash);
        await show(rounds, uid);
      });
      drop.setAttribute("aria-label", `${say("photo_left")} ${place + 1}`);
      const label = say("photo_of", { n: place + 1, name: photo.name });
      row.append(await smallPicture(photo, label), drop);
      return row;
    });
    const drawn = await Promise.all(rows);
    // Another round may be on the form by now.
    if (form.elements.uid.value === uid) $("photo-rows").replaceChildren(...drawn);
  }

  function showPoint() {
    const { latitude, longitude, accuracy } = form.elements;
    const point = { lat: latitude.value, lon: longitude.value, accuracy: accuracy.value };
    $("point-told").textContent = point.lat ? say("point", point) : "";
    $("point-off").hidden = !point.lat;
  }

  function setPoint(latitude, longitude, accuracy) {
    form.elements.latitude.value = latitude;
    form.elements.longitude.value = longitude;
    form.elements.accuracy.value = accuracy;
    showPoint();
    form.dispatchEvent(new Event("input"));
  }

  function askPoint() {
    $("point-told").textContent = say("point_wait");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        setPoint(
          coords.latitude.toFixed(5),
          coords.longitude.toFixed(5),
          Math.round(coords.accuracy),
        ),
      () => {
        $("point-told").textContent = say("no_point");
      },
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 },
    );
  }

  if (navigator.geolocation) $("point").hidden = false;
  $("point-ask").addEventListener("click", askPoint);
  $("point-off").addEventListener("click", () => setPoint("", "", ""));

  Object.assign(window.Round, { photos: { take, show }, showPoint });
})();
