// Lists: rows that load as one scrolls, a cell to stand on, selecting many and changing them, columns in one's own order.
// Without this script the list is a table with links; filters, views, columns and files work all the same.
import Sortable from "../vendor/sortable.js";
import { command } from "./palette.js";
import { key } from "./keys.js";
import { open as edit } from "./editing.js";
import { send } from "./toasts.js";
import { open as openDialog } from "./dialogs.js";
import { ask, chosen, forget, listen, offers, pick, picked, restore } from "./lists-selecting.js";
import { say } from "./lists-words.js";

const page = document.getElementById("list");
let here = null; // the number of the record whose row one stands on
let cell = 0; // and the cell of it
let asked = 0;

const grid = () => page.querySelector("[data-grid]");
const rows = () => [...page.querySelectorAll("[data-grid] tbody tr")];
const query = () => grid()?.dataset.query ?? location.search.slice(1);
const at = page.dataset.at;

// --- going elsewhere in the list ---

async function show(url, { push = true } = {}) {
  const number = (asked += 1);
  page.classList.add("asking");
  let html;
  try {
    html = await part(url);
  } catch {
    location.assign(url);
    return;
  } finally {
    if (number === asked) page.classList.remove("asking");
  }
  if (number !== asked) return;
  const typed = page.querySelector("#filter-q");
  const typing = document.activeElement === typed && typed;
  if (push) history.pushState({ list: true }, "", url);
  const scrolled = page.querySelector("[data-scroll]")?.scrollLeft ?? 0;
  page.innerHTML = html;
  if (typing) {
    page.querySelector("#filter-q").replaceWith(typed);
    typed.focus();
  }
  forget();
  settle();
  const frame = page.querySelector("[data-scroll]");
  if (frame) frame.scrollLeft = scrolled;
}

async function part(url, name = "list") {
  const answer = await fetch(url, { headers: { "X-Part": name }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer.text();
}

document.addEventListener("leadline:filter", (event) => {
  event.preventDefault();
  show(event.detail.url);
});
addEventListener("popstate", () => show(location.href, { push: false }));

page.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-list-go], a[data-more]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (link.matches("[data-more]")) more();
  else show(link.href);
});

// --- more rows as one comes near the end ---

const near = new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) more(); }, { rootMargin: "600px" });
let loading = false;

async function more() {
  const link = page.querySelector("[data-more]");
  const last = rows().at(-1);
  if (!link || loading || !last) return;
  loading = true;
  const of = grid();
  try {
    const answer = await fetch(`${at}rows/?${query()}&after=${last.dataset.id}`, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected || of !== grid()) return;
    const known = new Set(rows().map((row) => row.dataset.id));
    const fresh = made(await answer.text()).filter((row) => !known.has(row.dataset.id));
    of.tBodies[0].append(...fresh);
    restore(fresh);
    quieten(of);
    if (!answer.headers.get("X-More") || !fresh.length) link.parentElement.remove();
  } finally {
    loading = false;
  }
  near.disconnect();
  const next = page.querySelector("[data-more]");
  if (next) near.observe(next);
}

function made(html) {
  const box = document.createElement("template");
  box.innerHTML = `<table><tbody>${html}</tbody></table>`;
  return [...box.content.querySelectorAll("tr")];
}

// Hundreds of pencils are no stops for Tab: one goes by the arrows, and `e` edits.
function quieten(root) {
  const [before, after] = (grid()?.dataset.editAt ?? "").split("0/x");
  for (const place of root.querySelectorAll("tbody .in-place:not([data-edit])")) place.dataset.edit = `${before}${place.closest("tr").dataset.id}/${place.dataset.field}${after}`;
  for (const pencil of root.querySelectorAll(".in-place-open:not([tabindex])")) pencil.tabIndex = -1;
}

// --- standing on a row and a cell ---

function stand(row, { at: place = cell, scroll = true } = {}) {
  for (const old of page.querySelectorAll(".here, .here-cell")) old.classList.remove("here", "here-cell");
  if (!row) { here = null; return; }
  here = row.dataset.id;
  const cells = standing(row);
  cell = Math.max(0, Math.min(place, cells.length - 1));
  row.classList.add("here");
  cells[cell].classList.add("here-cell");
  row.tabIndex = -1;
  if (!document.activeElement?.closest(".in-place-form")) row.focus({ preventScroll: true });
  if (scroll) {
    row.scrollIntoView({ block: "nearest" });
    cells[cell].scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

const standing = (row) => [...row.children].filter((one) => !one.classList.contains("pick"));
const rowHere = () => rows().find((row) => row.dataset.id === here);

function step(by, { picking = false } = {}) {
  const all = rows();
  const from = all.indexOf(rowHere());
  const to = from < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, from + by));
  if (picking && from >= 0) pick(all[from], true);
  stand(all[to]);
  if (picking && all[to]) pick(all[to], true);
  if (to > all.length - 5) more();
}

page.addEventListener("mousedown", (event) => {
  const place = event.target.closest("[data-grid] tbody :is(td, th):not(.pick)");
  if (!place || event.target.closest("form")) return;
  stand(place.parentElement, { at: standing(place.parentElement).indexOf(place), scroll: false });
});
page.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-grid] tbody tr");
  if (row && row.dataset.id !== here && !event.target.closest(".pick")) stand(row, { scroll: false });
});

const inList = () => Boolean(grid()) && !document.activeElement?.closest("dialog, .menu[open]");
const onRow = () => inList() && Boolean(rowHere());
const group = say("list");
key(["j", "ArrowDown"], say("down"), () => step(1), { when: inList, group });
key(["k", "ArrowUp"], say("up"), () => step(-1), { when: inList, group });
key(["shift+j", "shift+ArrowDown"], say("pick-more"), () => step(1, { picking: true }), { when: onRow, group });
key(["shift+k", "shift+ArrowUp"], say("pick-more"), () => step(-1, { picking: true }), { when: onRow, group, listed: false });
key("ArrowRight", say("right"), () => stand(rowHere(), { at: cell + 1 }), { when: onRow, group });
key("ArrowLeft", say("left"), () => stand(rowHere(), { at: cell - 1 }), { when: onRow, group });
key("x", say("pick"), () => pick(rowHere()), { when: onRow, group, listed: page.dataset.list !== "activity" });
key("mod+a", say("all-shown"), () => { for (const row of rows()) pick(row, true); }, { when: () => inList() && rows().length > 0, group });
key("Escape", say("none"), () => forget(), { when: () => inList() && picked() > 0, group });
key("Enter", say("open"), enter, { when: () => onRow() && !document.activeElement?.closest("a, button, summary"), group });
key("o", say("give"), give, { when: () => onRow() && grid().tHead.rows[0].cells[0].matches(".pick") && offers("field"), group });
key("w", say("convert"), () => openDialog(convertAt(), rowHere()), { when: () => onRow() && Boolean(convertAt()), group });
key("e", say("edit"), () => edit(placeHere()), { when: () => onRow() && Boolean(placeHere()), group });

// Another owner for the selected, or for the row one stands on.
function give() {
  if (!picked()) pick(rowHere());
  ask("field", "owner");
}

const convertAt = () => grid().dataset.convertAt?.replace("/0/", `/${here}/`);

function placeHere() {
  const row = rowHere();
  return standing(row)[cell]?.querySelector(".in-place") ?? row.querySelector(".in-place");
}

function enter() {
  const place = standing(rowHere())[cell];
  const link = rowHere().querySelector(".row-link");
  if (cell > 0 && place.querySelector(".in-place")) edit(place.querySelector(".in-place"));
  else if (link) location.assign(link.href);
}

// --- what has changed, whoever changed it ---

let waiting;
const stale = new Set();

document.addEventListener("leadline:changed", ({ detail: { changes = [], many = false, from } }) => {
  if (!page.isConnected) return;
  const kind = page.dataset.list;
  const mineNew = from !== "others" && changes.some((change) => change.kind === kind);
  for (const change of changes) {
    const pk = change.kind === kind ? change.id : change.on?.[kind];
    if (pk) stale.add(String(pk));
  }
  if (!many && !stale.size) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => renew(many, mineNew), 80);
});

async function renew(many, mineNew) {
  const shown = rows().map((row) => row.dataset.id);
  if (!shown.length) { show(location.href, { push: false }); return; }
  const wanted = (many ? shown : shown.filter((pk) => stale.has(pk))).slice(0, 300);
  const unseen = mineNew && [...stale].some((pk) => !shown.includes(pk));
  stale.clear();
  figures();
  if (unseen) return again();
  if (!wanted.length) return;
  const answer = await fetch(`${at}rows/?${query()}&ids=${wanted.join(",")}`, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const fresh = new Map(made(await answer.text()).map((row) => [row.dataset.id, row]));
  for (const row of rows()) {
    if (!wanted.includes(row.dataset.id) || row.querySelector("form")) continue;
    const other = fresh.get(row.dataset.id);
    if (!other) { row.classList.add("gone"); pick(row, false); continue; }
    row.classList.remove("gone");
    const focused = row.contains(document.activeElement);
    row.replaceWith(other);
    restore([other]);
    quieten(grid());
    if (other.dataset.id === here) {
      other.classList.add("here");
      standing(other)[cell]?.classList.add("here-cell");
      if (focused) { other.tabIndex = -1; other.focus({ preventScroll: true }); }
    }
  }
}

// I added or put back something that does not stand here: the first rows anew, without losing the place.
async function again() {
  const html = await part(location.href).catch(() => null);
  if (!html || page.querySelector(".in-place-form")) return;
  const box = document.createElement("template");
  box.innerHTML = html;
  const fresh = box.content.querySelector("[data-grid] tbody");
  const old = grid()?.tBodies[0];
  if (!fresh || !old) return show(location.href, { push: false });
  const kept = rows().filter((row) => !fresh.querySelector(`[data-id="${row.dataset.id}"]`) && !row.classList.contains("gone"));
  const first = new Set([...fresh.children].map((row) => row.dataset.id));
  const rest = kept.filter((row) => !first.has(row.dataset.id) && old.children.length > 50);
  old.replaceChildren(...fresh.children, ...rest);
  restore(rows());
  quieten(page);
  const row = rowHere();
  if (row) { row.classList.add("here"); standing(row)[cell]?.classList.add("here-cell"); }
}

async function figures() {
  const place = page.querySelector("[data-figures]");
  const html = await send(`${at}figures/?${query()}`, { method: "GET", quiet: true }).catch(() => null);
  if (html && place.isConnected && html.trim() !== place.innerHTML.trim()) place.innerHTML = html;
}

// --- columns in one's own order: dragged by their heads, or in the menu by mouse and keys ---

page.addEventListener("toggle", async ({ target }) => { if (target.matches(".columns-menu") && target.open) await choose(); }, true);

async function choose() {
  const place = page.querySelector("[data-columns-at]");
  if (!place.querySelector("form")) place.innerHTML = await part(place.dataset.columnsAt, "columns");
  for (const list of place.querySelectorAll("[data-sortable]:not([data-ready])")) {
    list.dataset.ready = "yes";
    Sortable.create(list, { handle: ".grip", animation: 120 });
  }
  return place.querySelector("form");
}

function columns() {
  const head = grid()?.tHead?.rows[0];
  if (!head) return;
  Sortable.create(head, {
    draggable: "th[data-name]:not(:nth-child(-n + 2))", animation: 0, ghostClass: "dragged", delay: 150, delayOnTouchOnly: true,
    onMove: ({ related }) => related.matches("th[data-name]:not(:nth-child(-n + 2))"),
    onEnd: () => order([...head.querySelectorAll("th[data-name]")].map((one) => one.dataset.name)),
  });
}

async function order(names) {
  const form = await choose();
  for (const box of form.querySelectorAll("li input")) box.closest("li").dataset.name = box.value;
  const list = form.querySelector("ul");
  for (const name of names.slice(1).reverse()) {
    const item = list.querySelector(`li[data-name="${CSS.escape(name)}"]`);
    if (item) list.prepend(item);
  }
  form.requestSubmit(form.querySelector(".primary"));
}

page.addEventListener("click", (event) => {
  const mover = event.target.closest("[data-up], [data-down]");
  if (mover) move(mover.closest("li"), mover.matches("[data-up]") ? -1 : 1, mover);
});
page.addEventListener("keydown", (event) => {
  const item = event.target.closest(".columns-list li");
  if (!item || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  move(item, event.key === "ArrowUp" ? -1 : 1, event.target);
});

function move(item, by, focus) {
  const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (other) other[by < 0 ? "before" : "after"](item);
  focus.focus();
}

// --- the beginning ---

function settle() {
  quieten(page);
  columns();
  near.disconnect();
  const next = page.querySelector("[data-more]");
  if (next) near.observe(next);
  if (here && !rowHere()) { here = null; cell = 0; }
  document.dispatchEvent(new Event("leadline:drawn"));
}

listen({ page, query, at, rows, stand, rowHere, chosen });
for (const button of page.querySelectorAll("[data-deed]")) {
  const { deed } = button.dataset;
  command({
    word: button.textContent.trim(), group, icon: "list-checks",
    run: () => page.querySelector(`[data-deed="${deed}"]`)?.click(), when: () => picked() > 0,
  });
}
settle();
