// The projector: keys choose the scene, "a" the one that matters now, "f" toggles full screen. Moving
// the pointer shows the list of keys for a while.
(() => {
  "use strict";
  const Hall = window.Hall;
  const links = [...document.querySelectorAll(".views a")];
  const views = document.querySelector(".views");
  function choose(link) {
    Hall.main.dataset.view = link.dataset.view;
    for (const other of links) other.toggleAttribute("aria-current", other === link);
    link.setAttribute("aria-current", "true");
    history.replaceState(null, "", link.href);
    if (Hall.v !== null) Hall.render();
  }
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      choose(link);
    });
  }
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const link = links.find(
      (other) => other.querySelector("kbd").textContent.toLowerCase() === event.key.toLowerCase(),
    );
    if (link) choose(link);
    else if (event.key === "f" && document.fullscreenEnabled)
      document.fullscreenElement
        ? document.exitFullscreen()
        : document.documentElement.requestFullscreen();
  });
  let hiding;
  function show() {
    views.classList.add("is-shown");
    clearTimeout(hiding);
    hiding = setTimeout(() => views.classList.remove("is-shown"), 4000);
  }
  views.classList.add("may-hide");
  addEventListener("pointermove", show);
  views.addEventListener("focusin", show);
})();
