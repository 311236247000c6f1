// The keys of the board. Cards take the focus one after the other; an act is about the card that has it, or about all
// the selected ones.
import { key } from "./keys.js";
import { command } from "./palette.js";
import { open } from "./editing.js";
import { ask } from "./board-asks.js";
import { addTo } from "./board-adding.js";
import { lose, move, moveToStage, note, park, win } from "./board-acts.js";
import { say } from "./toasts.js";
import { board, cardsIn, current, focus, laneOf, lanes, latest, linkOf, meant, pick, picked, step, word } from "./board-cards.js";

const group = word("board");
const may = () => board()?.dataset.actAt !== undefined;

// Arrows belong to whatever else has the focus: a menu, a list of choices, a tab.
function free() {
  const at = document.activeElement;
  return Boolean(board()) && (at === document.body || at.matches("main") || Boolean(at.closest(".deal")));
}

const onCard = () => may() && free() && Boolean(current());

function along(way) {
  const card = current();
  focus(card ? step(card, way) ?? card : latest() ?? document.querySelector(".board .deal"));
}

// To the card beside: the one that stands at about the same height.
function across(way) {
  const card = current();
  if (!card) { along(1); return; }
  const all = lanes();
  const top = card.getBoundingClientRect().top;
  for (let at = all.indexOf(laneOf(card)) + way; all[at]; at += way) {
    const cards = cardsIn(all[at]);
    if (!cards.length) continue;
    const away = (one) => Math.abs(one.getBoundingClientRect().top - top);
    focus(cards.reduce((best, one) => (away(one) < away(best) ? one : best)));
    return;
  }
}

function shift(way) {
  const card = current();
  if (card.dataset.fixed !== undefined) { say(word("fixed")); return; }
  const all = lanes();
  let at = all.indexOf(laneOf(card)) + way;
  while (all[at]?.querySelector(".cards").dataset.closed !== undefined) at += way;
  if (all[at]) move(meant(card), all[at].dataset.lane);
  else say(word("no-more"));
}

export function edit(card, field) {
  let place = card.querySelector(".deal-worth .in-place");
  if (field === "title") {
    place = card.querySelector(".title-edit");
    if (!place) {
      place = document.createElement("span");
      place.className = "in-place title-edit";
      place.dataset.edit = board().dataset.titleAt.replace("/0/", `/${card.dataset.id}/`);
      const link = linkOf(card);
      link.replaceWith(place);
      place.append(link);
    }
  }
  open(place);
}

async function moveTo(cards) {
  const where = await ask("move", cards[0]);
  if (where?.lane) move(cards, where.lane);
  else if (where?.stage) moveToStage(cards, where.stage);
}

export function select(card) {
  pick(card);
  document.dispatchEvent(new CustomEvent("board:picked"));
}

const ACTS = {
  move: (card) => moveTo(meant(card)),
  won: (card) => win(meant(card)),
  lost: (card) => lose(meant(card)),
  park: (card) => park(meant(card)),
  note,
  title: (card) => edit(card, "title"),
  value: (card) => edit(card, "value"),
  select,
  unselect: () => { for (const card of picked()) pick(card, false); document.dispatchEvent(new CustomEvent("board:picked")); },
};

// A card that one may not change says so at once, where the server would say it later.
function act(name, card) {
  if (card?.dataset.fixed === undefined) ACTS[name](card);
  else say(word("fixed"));
}

/** What can be done with a card, asked beside it. */
export async function acts(card) {
  focus(card);
  if (card.dataset.fixed !== undefined) { say(word("fixed")); return; }
  const chosen = await ask("act", card);
  if (chosen) ACTS[chosen.act](card);
}

const ALSO = new Set(["won", "lost", "park", "note"]); // found in the palette by other words, too
key(["j", "ArrowDown"], word("next-card"), () => along(1), { group, when: free });
key(["k", "ArrowUp"], word("previous-card"), () => along(-1), { group, when: free });
key("ArrowRight", word("next-column"), () => across(1), { group, when: free });
key("ArrowLeft", word("previous-column"), () => across(-1), { group, when: free });
key("shift+ArrowRight", word("move-forward"), () => shift(1), { group, when: onCard });
key("shift+ArrowLeft", word("move-back"), () => shift(-1), { group, when: onCard });
for (const [name, letter, says] of [
  ["move", "m", "move"], ["won", "w", "won"], ["lost", "l", "lost"], ["park", "p", "park"], ["note", "n", "note"], ["value", "v", "edit-value"],
  ["select", "x", "select"],
]) {
  key(letter, word(says), () => act(name, current()), { group, when: onCard });
  command({ word: word(says), also: ALSO.has(name) ? word(`${name}-also`) : "", group, keys: letter, when: () => may() && Boolean(latest()), run: () => { focus(latest()); act(name, latest()); } });
}
// Where no card has the focus, the first press of it goes to one.
key("e", word("edit-title"), () => (current() ? act("title", current()) : along(1)), { group, when: () => may() && free() });
key("Escape", word("unselect"), ACTS.unselect, { group, when: () => picked().length > 0 });
key("a", word("add"), () => addTo(current() ? laneOf(current()) : lanes()[0]), { group, when: may });
key(".", word("acts"), () => acts(current()), { group, when: onCard });

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".deal-acts");
  if (button) acts(button.closest(".deal"));
  const bar = event.target.closest?.("[data-picked-bar] [data-act]");
  if (bar) ACTS[bar.dataset.act](picked()[0]);
});

// Leaving an editor gives the focus back to its card.
document.addEventListener("keydown", (event) => {
  const card = event.key === "Escape" && event.target.closest?.(".deal form")?.closest(".deal");
  if (card) setTimeout(() => focus(card), 0);
}, true);

document.addEventListener("board:picked", () => {
  const bar = document.querySelector("[data-picked-bar]");
  if (!bar) return;
  const number = picked().length;
  bar.hidden = !number;
  bar.querySelector("[data-picked-count]").textContent = word(number === 1 ? "selected-one" : "selected-many", { count: number });
});
