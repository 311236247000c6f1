// Acts on cards. What is done shows at once; where the server refuses, the cards go back and js/toasts.js says why.
import { Refused, send } from "./toasts.js";
import { board, cardOf, count, focus, laneOf, listOf, neighbour, pick, view } from "./board-cards.js";
import { ask } from "./board-asks.js";

function address(card, act) {
  return board().dataset.actAt.replace("/0/won/", `/${card.dataset.id}/${act}/`);
}

// While a question was answered, a card may have been drawn anew, or have left.
function standing(cards) {
  return cards.map((card) => (card.isConnected ? card : cardOf(card.dataset.id))).filter(Boolean);
}

/** Into another column: a stage of the board or a month of the forecast. Dropped cards stand there already. */
export function move(cards, lane, { from } = {}) {
  const going = standing(cards).filter((card) => from || laneOf(card).dataset.lane !== lane);
  if (!going.length || listOf(lane)?.dataset.closed !== undefined) return Promise.resolve(false);
  const act = view() === "forecast" ? "month" : "stage";
  return act_(going, act, { [act]: lane }, { to: listOf(lane), from });
}

/** Into a stage that has no column here: of another pipeline, or any in the forecast. */
export function moveToStage(cards, stage) {
  return act_(cards, "stage", { stage }, { to: view() === "forecast" ? undefined : null });
}

export function win(cards) {
  return act_(cards, "won", {}, { to: null });
}

export async function lose(cards) {
  const why = await ask("lost", cards[0]);
  return why ? act_(cards, "lost", { ...why, new_reason: why.new_reason ?? "" }, { to: null }) : false;
}

export async function park(cards) {
  const until = await ask("park", cards[0]);
  return until ? act_(cards, "parked", { ...until, date: until.date || until.quick }, { to: null }) : false;
}

/** What is new about one deal, without opening it. */
export async function note(card) {
  const said = await ask("note", card);
  focus(cardOf(card.dataset.id));
  if (!said?.text.trim()) return;
  const typed = document.querySelector("#ask-note input");
  typed.defaultValue = said.text; // stands there again where it could not be saved
  try {
    await send(board().dataset.noteAt.replace("/0/", `/${card.dataset.id}/`), { data: { text: said.text } });
    typed.defaultValue = "";
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
  }
}

// `to`: the list where they go, null where they leave the board, undefined where they stay. `from`: where dropped ones stood.
async function act_(meant, act, data, { to, from }) {
  const cards = standing(meant);
  if (!cards.length) return false;
  const stood = cards.map((card) => from?.get(card) ?? { list: card.parentElement, before: card.nextElementSibling });
  const focused = cards.find((card) => card.contains(document.activeElement));
  const next = to === null && focused ? outside(focused, cards) : null;
  if (to !== undefined) {
    for (const [place, card] of cards.entries()) {
      count(stood[place].list, -1);
      if (to) count(to, 1);
      if (!to) card.remove();
      else if (card.parentElement !== to) to.insertBefore(card, first(to));
      card.classList.add("sent");
      if (to) pick(card, false);
    }
  }
  if (next) focus(next);
  else if (focused && to) focus(focused);
  try {
    const also = cards.slice(1).map((card) => card.dataset.id).join(",");
    await send(address(cards[0], act), { data: { ...data, also } });
    for (const card of cards) pick(card, false);
    picks();
    return true;
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
    if (to !== undefined) back(cards, stood, to);
    if (focused) focus(focused);
    return false;
  } finally {
    for (const card of cards) card.classList.remove("sent");
  }
}

function back(cards, stood, to) {
  for (const [place, card] of [...cards.entries()].reverse()) {
    const { list, before } = stood[place];
    if (cardOf(card.dataset.id) && !card.isConnected) continue; // drawn anew meanwhile
    list.insertBefore(card, before?.parentElement === list ? before : null);
    count(list, 1);
    if (to) count(to, -1);
  }
}

function outside(card, cards) {
  let other = card;
  do other = neighbour(other);
  while (other && cards.includes(other) && other !== card && cards.length > 1 && (other = other.nextElementSibling));
  return other && !cards.includes(other) && other.matches?.(".deal") ? other : null;
}

function first(list) {
  return list.querySelector(":scope > .deal, :scope > .more");
}

function picks() {
  document.dispatchEvent(new CustomEvent("board:picked"));
}
