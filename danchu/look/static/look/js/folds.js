// On a telephone the filters of a list are folded until somebody opens them; elsewhere they stay open.
(() => {
  "use strict";
  const narrow = window.matchMedia("(max-width: 40rem)");
  const folds = document.querySelectorAll("details[data-fold]");
  const fold = () => {
    for (const details of folds) {
      details.open = !narrow.matches || details.querySelector(".has-error") !== null;
    }
  };
  narrow.addEventListener("change", fold);
  fold();
})();
