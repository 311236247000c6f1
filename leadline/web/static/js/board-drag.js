// Dragging by mouse and by touch. A card comes to stand where it is dropped; dropped on a zone at the foot it is won, lost,
// parked or asked where else to.
import Sortable from "../vendor/sortable.js";
import { lose, move, moveToStage, park, win } from "./board-acts.js";
import { ask } from "./board-asks.js";
import { board, listOf, meant } from "./board-cards.js";

const HOLD = 220; // milliseconds a finger rests before it drags; less is a scroll
export const dragging = { now: false };
let ended = 0;

const GROUP = { name: "deals", pull: true, put: true };
const COMMON = {
  sort: false, animation: 0, forceFallback: true, fallbackOnBody: true, fallbackTolerance: 4, delay: HOLD, delayOnTouchOnly: true,
  touchStartThreshold: 8, draggable: ".deal:not([data-fixed])", filter: "form, input, .deal-acts, .adding", preventOnFilter: false,
  ghostClass: "ghost", chosenClass: "chosen", dragClass: "dragged", fallbackClass: "sortable-fallback",
  scroll: true, forceAutoScrollFallback: true, scrollSensitivity: 70, scrollSpeed: 18, bubbleScroll: true,
};

export function watch() {
  if (board()?.dataset.actAt === undefined) return;
  for (const list of document.querySelectorAll(".board .cards")) {
    if (Sortable.get(list)) continue;
    const put = list.dataset.closed === undefined;
    new Sortable(list, { ...COMMON, group: { ...GROUP, put }, onStart: start, onEnd: end });
  }
  for (const zone of document.querySelectorAll("[data-zone]")) {
    if (!Sortable.get(zone)) new Sortable(zone, { ...COMMON, group: { ...GROUP, pull: false } });
  }
}

const stood = new Map();

function start({ item }) {
  dragging.now = true;
  document.body.classList.add("dragging");
  document.querySelector("[data-zones]").hidden = false;
  stood.clear();
  for (const card of meant(item)) stood.set(card, { list: card.parentElement, before: after(card) });
}

// The element before which it stood; Sortable leaves the card itself in the list while it is dragged.
function after(card) {
  return card.nextElementSibling;
}

function end({ item, from, to }) {
  dragging.now = false;
  ended = performance.now();
  document.body.classList.remove("dragging");
  document.querySelector("[data-zones]").hidden = true;
  document.dispatchEvent(new CustomEvent("board:dropped"));
  if (to === from) return;
  const cards = [...stood.keys()];
  const { zone } = to.dataset;
  if (zone) {
    const { list, before } = stood.get(item);
    list.insertBefore(item, before?.parentElement === list ? before : null);
    drop(zone, cards);
  } else {
    move(cards, to.dataset.cardsOf, { from: new Map(stood) });
  }
}

async function drop(zone, cards) {
  if (zone === "won") win(cards);
  else if (zone === "lost") lose(cards);
  else if (zone === "park") park(cards);
  else {
    const where = await ask("move", cards[0]);
    if (where?.stage) moveToStage(cards, where.stage);
    else if (where?.lane && listOf(where.lane)) move(cards, where.lane);
  }
}

// The click with which a drag ends opens nothing.
document.addEventListener("click", (event) => {
  if (performance.now() - ended < 120 && event.target.closest(".board")) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);
