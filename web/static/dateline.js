// Niceties only: every page is complete without this file.
"use strict";
(() => {
  const marks = [...document.querySelectorAll("mark[id]")];
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

  // n and p go to the next and the previous match, by the address, as the links do, and take the focus with them. A
  // box in the footer turns them off, for those whose voice or hand types single letters unawares.
  const KEY = "keys-off";
  let areOff = false;
  try { areOff = !!localStorage.getItem(KEY); } catch { /* kept for this page only */ }
  if (marks.length) {
    const label = document.createElement("label");
    const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: !areOff });
    box.addEventListener("change", () => {
      areOff = !box.checked;
      try { areOff ? localStorage.setItem(KEY, "1") : localStorage.removeItem(KEY); } catch { /* as above */ }
    });
    label.className = "keys";
    label.append(box, " Keys n and p go from match to match");
    document.querySelector("footer").append(label);
  }
  document.addEventListener("keydown", (event) => {
    if (areOff || !marks.length || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const step = { n: 1, p: -1 }[event.key];
    if (!step) return;
    const here = marks.findIndex((mark) => "#" + mark.id === location.hash);
    const next = marks[here < 0 && step < 0 ? marks.length - 1 : (here + step + marks.length) % marks.length];
    location.replace("#" + next.id);
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
  });

  // Selected words of a release can be cited: a link to this version with them, and those beside them, in its address.
  const form = document.querySelector("form.quote");
  const cite = document.createElement("a");
  cite.className = "cite-words";
  cite.textContent = "Cite these words";
  const wordsOf = (range) => {
    const copy = range.cloneContents();
    copy.querySelectorAll(".jump").forEach((jump) => jump.remove());
    return copy.textContent.split(/\s+/).filter(Boolean);
  };
  // Half a word is none: the selection is widened to its ends, in scripts that put spaces.
  const inWord = /[^\s\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/u;
  const isCut = ({ data = "" }, at) => at > 0 && inWord.test(data[at - 1]) && at < data.length && inWord.test(data[at]);
  const offerLink = () => {
    const selection = getSelection();
    cite.remove();
    if (!form || selection.isCollapsed) return;
    const range = selection.getRangeAt(0).cloneRange();
    const part = [...document.querySelectorAll(".release h1, .release .text")].find((each) => each.contains(range.startContainer));
    if (!part) return;
    const [before, after] = [document.createRange(), document.createRange()];
    if (!part.contains(range.endContainer)) range.setEnd(part, part.childNodes.length);
    while (isCut(range.startContainer, range.startOffset)) range.setStart(range.startContainer, range.startOffset - 1);
    while (isCut(range.endContainer, range.endOffset)) range.setEnd(range.endContainer, range.endOffset + 1);
    before.setStart(part, 0);
    before.setEnd(range.startContainer, range.startOffset);
    after.setStart(range.endContainer, range.endOffset);
    after.setEnd(part, part.childNodes.length);
    const words = { quote: wordsOf(range), before: wordsOf(before).slice(-4), after: wordsOf(after).slice(0, 4) };
    const params = new URLSearchParams();
    for (const [name, each] of Object.entries(words)) if (each.length) params.set(name, each.join(" "));
    if (!words.quote.length || params.get("quote").length > 2000) return;
    cite.href = `${form.action}?${params}`;
    const box = [...range.getClientRects()].at(-1);
    cite.style.top = `${scrollY + box.bottom + 6}px`;
    cite.style.left = `${scrollX + Math.max(0, Math.min(box.left, innerWidth - 160))}px`;
    document.body.append(cite);
  };
  document.addEventListener("selectionchange", offerLink);

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

  // The search box is completed by the server that sent the page.
  for (const box of document.querySelectorAll('[role="search"] input[name="q"]')) {
    const list = document.createElement("datalist");
    list.id = "completions";
    let timer;
    box.addEventListener("input", () => {
      box.after(list);
      box.setAttribute("list", list.id);
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const typed = box.value;
        if (typed.length < 2 || typed.length > 200 || typed.endsWith('"')) return;
        const answer = await fetch(document.body.dataset.url + "?q=" + encodeURIComponent(typed));
        if (!answer.ok || box.value !== typed) return;
        const [, texts, counts] = await answer.json();
        list.replaceChildren(...texts.map((text, at) => new Option(counts[at], text)));
      }, 150);
    });
  }

  // A list of names is filtered as one types, by the same address as the form's.
  const filter = document.querySelector("form.filter");
  let wait;
  filter?.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const url = `${filter.action}?${new URLSearchParams(new FormData(filter))}`;
      const answer = await fetch(url);
      if (!answer.ok || url !== `${filter.action}?${new URLSearchParams(new FormData(filter))}`) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.getElementById("listed").replaceChildren(...page.getElementById("listed").childNodes);
      document.getElementById("count").textContent = page.getElementById("count").textContent;
      history.replaceState(null, "", url);
    }, 200);
  });
})();
