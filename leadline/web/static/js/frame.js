// The frame's own keys and commands: places, adding, folding the rail, colours, signing out, and a line while htmx waits.
import { key, shown } from "./keys.js";
import { command } from "./palette.js";
import { wear } from "./theme.js";
import { word } from "./words.js";

for (const link of document.querySelectorAll(".rail [data-go]")) {
  key(`g ${link.dataset.go}`, link.textContent.trim(), () => location.assign(link.href), { group: word("go") });
}

const add = document.querySelector("details.add");
if (add) {
  key("c", word("create"), () => {
    add.open = true;
    add.querySelector(".menu-body a").focus();
  });
}

// Menus by the arrows, as people expect of them.
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const menu = event.target.closest?.("details.menu[open]");
  if (!step || !menu) return;
  const rows = [...menu.querySelectorAll(".menu-body :is(a, button)")];
  event.preventDefault();
  rows[(rows.indexOf(event.target) + step + rows.length) % rows.length]?.focus();
});

const fold = document.querySelector("[data-rail-fold]");
if (fold) {
  fold.hidden = false;
  fold.addEventListener("click", folded);
  key("[", word("fold"), folded);
  command({ word: word("fold"), group: word("do"), keys: "[", icon: "panel-left", run: folded });
}

function folded() {
  const root = document.documentElement;
  const narrow = root.dataset.rail !== "narrow";
  if (narrow) root.dataset.rail = "narrow";
  else delete root.dataset.rail;
  fold.setAttribute("aria-expanded", String(!narrow));
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `rail=${narrow ? "narrow" : ""}; path=/; max-age=${narrow ? 60 * 60 * 24 * 365 : 0}; samesite=lax${secure}`;
}

for (const [theme, says, icon] of [["dark", "wear-dark", "moon"], ["light", "wear-light", "sun"], ["", "wear-system", "monitor"]]) {
  command({ word: word(says), group: word("do"), icon, run: () => wear(theme), when: () => (document.documentElement.dataset.theme ?? "") !== theme });
}
const account = document.querySelector(".who .menu-body a");
if (account) command({ word: account.textContent.trim(), group: word("do"), icon: "circle-user-round", href: account.href });
const out = document.querySelector(".who .menu-body form");
if (out) command({ word: word("sign-out"), group: word("do"), icon: "log-out", run: () => out.requestSubmit() });

for (const place of document.querySelectorAll("kbd[data-shown]")) place.textContent = shown(place.dataset.shown).flat().join(" ");

// A line over the page while htmx waits for longer than a moment.
let asking = 0;
let slow;
document.addEventListener("htmx:beforeRequest", () => {
  asking += 1;
  slow ??= setTimeout(() => document.body.classList.add("waits"), 250);
});
document.addEventListener("htmx:afterRequest", () => {
  asking = Math.max(0, asking - 1);
  if (asking) return;
  clearTimeout(slow);
  slow = undefined;
  document.body.classList.remove("waits");
});
