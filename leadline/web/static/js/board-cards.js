// The board as it stands in the page: finding columns and cards, putting a card where it belongs, which one has the focus.

export const board = () => document.querySelector(".board");
export const lanes = () => [...document.querySelectorAll(".board .lane")];
export const listOf = (lane) => document.querySelector(`.board .cards[data-cards-of="${CSS.escape(lane)}"]`);
export const cardOf = (id) => document.querySelector(`.board .deal[data-id="${CSS.escape(String(id))}"]`);
export const laneOf = (element) => element.closest(".lane");
export const linkOf = (card) => card.querySelector(".deal-title");
export const titleOf = (card) => linkOf(card)?.textContent ?? "";
export const cardsIn = (lane) => [...lane.querySelectorAll(".deal")];
export const view = () => board()?.dataset.view ?? "";

const words = JSON.parse(document.getElementById("board-words")?.textContent ?? "{}");

export function word(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export function made(html) {
  const box = document.createElement("template");
  box.innerHTML = html.trim();
  return box.content;
}

// --- which card has the focus: one card of the board is in the order of Tab, arrows go on from there ---

let last = "";

/** The card that has the focus, else the one under the pointer: acts are only ever about a card that shows it. */
export function current() {
  return document.activeElement?.closest?.(".deal") ?? document.querySelector(".board .deal:hover");
}

/** The card that had the focus last. */
export function latest() {
  return last ? cardOf(last) : null;
}

export function focus(card) {
  if (!card) return;
  const link = linkOf(card);
  link.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
}

export function reachable(card = null) {
  for (const link of document.querySelectorAll('.deal-title[tabindex="0"]')) link.tabIndex = -1;
  const one = card ?? document.querySelector(".board .deal");
  const link = one && linkOf(one); // none while its title is edited
  if (link) link.tabIndex = 0;
}

document.addEventListener("focusin", (event) => {
  const card = event.target.closest?.(".board .deal");
  if (!card) return;
  last = card.dataset.id;
  reachable(card);
});

// --- putting cards in their place ---

/** Puts a drawn card where it belongs: in the place of the same card in that column, else by its rank. */
export function put({ id, lane, rank, html }, { fresh = false } = {}) {
  const list = listOf(lane);
  const old = cardOf(id);
  if (!list) { old?.remove(); return null; }
  if (old?.querySelector("form")) return old; // somebody is editing in it; it is drawn anew when they are done
  const card = made(html).firstElementChild;
  const focused = old?.contains(document.activeElement);
  if (old?.classList.contains("picked")) pick(card, true);
  if (old && old.parentElement === list) old.replaceWith(card);
  else {
    old?.remove();
    const place = placeFor(list, rank);
    if (place === undefined) { count(list, 0); return null; }
    list.insertBefore(card, place);
  }
  if (fresh) card.classList.add("fresh");
  if (focused || last === String(id)) linkOf(card).tabIndex = 0;
  if (focused) focus(card);
  else if (last === String(id) && document.activeElement === document.body) linkOf(card).focus({ preventScroll: true });
  empty(list);
  return card;
}

// Before which element a card of this rank stands; undefined where its place is further down than what is loaded.
function placeFor(list, rank) {
  for (const other of list.children) {
    if (other.matches(".adding, .sortable-fallback")) continue;
    if (other.matches(".more")) return undefined;
    const its = other.dataset.rank;
    if (rank !== null && (its === "" || Number(its) >= rank)) return other;
    if (rank === null && its === "") return other;
  }
  return null;
}

export function take(id) {
  const card = cardOf(id);
  if (!card || card.querySelector("form")) return;
  const list = card.parentElement;
  if (card.contains(document.activeElement)) focus(neighbour(card));
  card.remove();
  empty(list);
}

export function neighbour(card) {
  const next = step(card, 1) ?? step(card, -1);
  return next;
}

export function step(card, way) {
  let other = card;
  do other = way > 0 ? other.nextElementSibling : other.previousElementSibling;
  while (other && !other.matches(".deal"));
  return other;
}

/** Adds to a column's number at once; the server's follows. */
export function count(list, by) {
  const figure = laneOf(list)?.querySelector(".count");
  if (!figure || !by) return;
  const text = figure.firstChild;
  const now = Number(text.nodeValue.replace(/\D/g, "")) + by;
  text.nodeValue = Math.max(0, now).toLocaleString(document.documentElement.lang);
}

function empty(list) {
  list.classList.toggle("bare", !list.querySelector(".deal"));
}

// --- selected cards ---

export function pick(card, on = !card.classList.contains("picked")) {
  card.classList.toggle("picked", on);
  const link = linkOf(card);
  if (on) link.setAttribute("aria-description", word("selected"));
  else link.removeAttribute("aria-description");
}

export const picked = () => [...document.querySelectorAll(".board .deal.picked")];

/** The cards that an act on this one is about: all the selected ones where it is one of them. */
export function meant(card) {
  if (!card) return [];
  return card.classList.contains("picked") ? picked() : [card];
}
