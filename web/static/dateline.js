// Niceties only: every page is complete without this file.
"use strict";
(() => {
  const marks = [...document.querySelectorAll("mark[id]")];
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

  // n and p go to the next and the previous match, by the address, as the links do.
  document.addEventListener("keydown", (event) => {
    if (!marks.length || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const step = { n: 1, p: -1 }[event.key];
    if (!step) return;
    const here = marks.findIndex((mark) => "#" + mark.id === location.hash);
    const next = here < 0 && step < 0 ? marks.length - 1 : (here + step + marks.length) % marks.length;
    location.replace("#" + marks[next].id);
  });

  // A button beside each text that is to be copied whole; without it one click selects the text.
  for (const text of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy the " + text.dataset.copy);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = "Copied";
    });
    text.after(" ", button);
  }
})();
