// The palette: Ctrl/Cmd+K anywhere, "/" where nobody types. It finds records (the server does), goes to places and does
// what the frame and the page offer:
//
//   command({ word: _("Mark won"), also: _("close win"), group: _("Board"), keys: "w", run, when: () => bool })
//
// `also` are other words by which it is found. `run` may return a list of such commands, or a promise of one: they are offered next ("Move to …" offers stages).
// Returns a function that takes the command back.
import { key, offered, shown } from "./keys.js";
import { word } from "./words.js";
import { remember, seen } from "./seen.js";
import { fitting } from "./fitting.js";

const dialog = document.getElementById("palette");
const box = document.getElementById("palette-text");
const own = dialog?.querySelector(".palette-own");
const found = dialog?.querySelector(".palette-found");
const none = dialog?.querySelector(".palette-none");
const said = document.getElementById("palette-said");
const commands = new Set();
const MOST = 6; // commands and places beside records; without a question all of the page's own
let step = null; // commands offered by the one that was run last
let asked = null; // the request that is under way
let waiting;
let more = null; // places that are not in the frame; they come with the first answer
let moved = false; // whether somebody has chosen with the arrows since they typed

export function command(given) {
  const kept = { group: word("here"), when: () => true, ...given };
  commands.add(kept);
  return () => commands.delete(kept);
}

export function open(text = "") {
  if (!dialog || dialog.open) return box?.select();
  step = null;
  box.value = text;
  dialog.showModal();
  draw();
  ask();
}

// --- what there is to choose ---

function places() {
  return [...document.querySelectorAll(".rail [data-place], .tabs a"), ...(more ?? [])].map((link) => ({
    word: link.textContent.trim(), group: word("go"), keys: link.dataset.go ? `g ${link.dataset.go}` : "", icon: "arrow-right", href: link.href,
    about: link.dataset.about ?? "",
  }));
}

function adds() {
  return [...document.querySelectorAll("[data-adds]")].map((link) => ({
    word: `${word("add")}: ${link.textContent.trim()}`, group: word("add"), icon: "plus", href: link.href, run: () => link.click(),
  }));
}

function all() {
  if (step) return step;
  const here = [...commands].filter(({ when }) => when());
  const once = new Map([...offered(), ...here, ...adds(), ...places()].map((one) => [`${one.group} ${one.word}`, one]));
  return [...once.values()];
}

// --- drawing ---

function draw() {
  const text = box.value.trim();
  const here = (one) => one.group !== word("go") && one.group !== word("do") && one.group !== word("add");
  const chosen = text ? fitting(all(), text).slice(0, step ? 50 : MOST) : step ?? all().filter((one) => here(one) || one.group === word("add") || one.group === word("go"));
  own.replaceChildren(...grouped(chosen));
  if (!text && !step) own.before(found); // what was seen last stands first
  else own.after(found);
  found.hidden = Boolean(step);
  settle();
}

function grouped(list) {
  const groups = Map.groupBy ? Map.groupBy(list, (one) => one.group) : list.reduce((map, one) => map.set(one.group, [...(map.get(one.group) ?? []), one]), new Map());
  return [...groups].map(([name, rows], place) => {
    const group = document.createElement("div");
    group.role = "group";
    group.setAttribute("aria-label", name);
    const head = document.createElement("p");
    head.className = "palette-group";
    head.setAttribute("aria-hidden", "true");
    head.textContent = name;
    group.append(head, ...rows.map((one, at) => option(one, `own-${place}-${at}`)));
    return group;
  });
}

function option(one, id) {
  const row = document.createElement(one.href ? "a" : "div");
  if (one.href) row.href = one.href;
  row.id = `palette-${id}`;
  row.className = "palette-option";
  row.role = "option";
  row.tabIndex = -1;
  row.run = one.run;
  const sign = document.querySelector("#palette-icons")?.content.querySelector(`[data-icon="${one.icon ?? "zap"}"] svg`);
  const name = document.createElement("span");
  name.className = "palette-name";
  name.textContent = one.word;
  row.append(...[sign?.cloneNode(true), name].filter(Boolean));
  if (one.about) {
    const about = document.createElement("span");
    about.className = "palette-about";
    about.textContent = one.about;
    row.append(about);
  }
  if (one.keys) row.append(pressed([one.keys].flat()[0]));
  return row;
}

export function pressed(keys) {
  const place = document.createElement("span");
  place.className = "palette-keys";
  place.setAttribute("aria-hidden", "true");
  for (const part of shown(keys)) for (const name of part) place.append(Object.assign(document.createElement("kbd"), { textContent: name }));
  return place;
}

// --- asking ---

function ask() {
  asked?.abort();
  clearTimeout(waiting);
  if (!dialog.dataset.asks || step) return;
  const text = box.value.trim();
  waiting = setTimeout(() => fetched(text), text ? 60 : 0);
}

async function fetched(text) {
  const mine = asked = new AbortController();
  const query = new URLSearchParams({ ...(text ? { q: text } : { seen: seen().join(",") }), ...(more ? {} : { places: "1" }) });
  dialog.classList.add("asking");
  try {
    const answer = await fetch(`${dialog.dataset.asks}?${query}`, { signal: mine.signal, headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (mine !== asked || box.value.trim() !== text) return;
    if (answer.redirected) return location.assign(location.href); // signed out meanwhile
    if (!answer.ok && answer.status !== 429) throw new Error(String(answer.status));
    const html = await answer.text();
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const places = body.querySelector(".palette-places");
    if (places) more = [...places.querySelectorAll("a")];
    places?.remove();
    found.replaceChildren(...body.childNodes);
    if (places) draw();
    else settle();
  } catch (error) {
    if (error.name === "AbortError") return;
    found.replaceChildren();
    settle(word("failed"));
  } finally {
    if (mine === asked) dialog.classList.remove("asking");
  }
}

// --- choosing ---

function options() {
  return [...dialog.querySelectorAll("[role=option]")].filter((row) => row.offsetParent !== null);
}

function settle(failed = "") {
  const rows = options();
  if (!moved || !rows.some((row) => row.getAttribute("aria-selected") === "true")) choose(rows[0]);
  const text = box.value.trim();
  const empty = !rows.length && text;
  none.hidden = !(empty || failed);
  none.textContent = failed || (empty ? word("found-none") : "");
  said.textContent = failed || !text ? failed : rows.length === 0 ? word("found-none") : rows.length === 1 ? word("found-one") : word("found-many", { count: rows.length });
}

function choose(row) {
  for (const other of dialog.querySelectorAll("[aria-selected=true]")) other.removeAttribute("aria-selected");
  if (!row) return box.removeAttribute("aria-activedescendant");
  row.setAttribute("aria-selected", "true");
  box.setAttribute("aria-activedescendant", row.id);
  row.scrollIntoView({ block: "nearest" });
}

function walk(by) {
  const rows = options();
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
  moved = true;
  choose(rows[(at + by + rows.length) % rows.length]);
}

async function take(row, elsewhere = false) {
  if (!row) return;
  if (!row.run) {
    if (elsewhere) return window.open(row.href, "_blank", "noopener");
    dialog.close();
    return location.assign(row.href);
  }
  dialog.close(); // first: what it does may take the focus
  const next = await row.run();
  if (!Array.isArray(next)) return;
  dialog.showModal();
  step = next.map((one) => ({ group: row.querySelector(".palette-name").textContent, ...one }));
  box.value = "";
  moved = false;
  draw();
}

dialog?.addEventListener("keydown", (event) => {
  const act = { ArrowDown: () => walk(1), ArrowUp: () => walk(-1), PageDown: () => walk(5), PageUp: () => walk(-5) }[event.key];
  if (act && !event.altKey) {
    event.preventDefault();
    act();
  } else if (event.key === "Enter" && event.target === box && !event.isComposing) {
    event.preventDefault();
    if ((event.ctrlKey || event.metaKey) && box.value.trim()) return location.assign(everything());
    const row = dialog.querySelector("[aria-selected=true]");
    if (row) take(row, event.shiftKey);
    else if (box.value.trim()) location.assign(everything());
  } else if (event.key === "Backspace" && step && !box.value) {
    step = null;
    draw();
    ask();
  }
});
dialog?.addEventListener("click", (event) => {
  if (event.target === dialog) return dialog.close();
  const row = event.target.closest("[role=option]");
  if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  take(row);
});
dialog?.addEventListener("close", () => asked?.abort());
box?.addEventListener("input", () => { moved = false; draw(); ask(); });
// The same answer may stand there from an earlier page: going back shows it as it was.
addEventListener("pageshow", (event) => { if (event.persisted && dialog?.open) dialog.close(); });

function everything() {
  return `${dialog.dataset.all}?${new URLSearchParams({ q: box.value.trim() })}`;
}

for (const link of document.querySelectorAll("[data-palette]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
}
key("mod+k", word("find"), () => open(), { anywhere: true, when: () => dialog && !document.querySelector("dialog[open]:not(#palette)") });
key("/", word("search"), () => open(), { when: () => Boolean(dialog) });
remember(document.body.dataset.seen);
