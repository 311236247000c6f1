// What has changed, by oneself or by others, is fetched by the number of the deal and put in its place; heads with it.
import { board, laneOf, listOf, lanes, put, take, word } from "./board-cards.js";
import { dragging } from "./board-drag.js";
import { reload } from "./board-loading.js";

const SHAPES = new Set(["pipeline", "stage"]); // these change the columns themselves
const MOST = 100; // cards fetched one by one; more is the whole board anew
const waiting = new Set();
const others = new Set();
let timer = 0;
let asking = false;

document.addEventListener("leadline:changed", ({ detail: { changes, from, many } }) => {
  if (!board()) return;
  if (many || changes.some(({ kind }) => SHAPES.has(kind))) { reload(); return; }
  for (const { kind, id, on, mine } of changes) {
    const deal = kind === "deal" ? id : on?.deal;
    if (!deal) continue;
    waiting.add(deal);
    if (from === "others" && !mine) others.add(deal);
  }
  soon();
});
document.addEventListener("board:dropped", () => soon());

function soon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, 15);
}

async function refresh() {
  if (!waiting.size || asking || dragging.now) return; // it is asked again when that has ended
  if (waiting.size > MOST) { waiting.clear(); reload(); return; }
  const ids = [...waiting];
  waiting.clear();
  asking = true;
  try {
    const { cards, view, query } = board().dataset;
    const answer = await fetch(`${cards}?${query ? `${query}&` : ""}view=${view}&ids=${ids.join(",")}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
  } catch {
    for (const id of ids) waiting.add(id);
    setTimeout(soon, 2000);
  } finally {
    asking = false;
    if (waiting.size) soon();
  }
}

function show({ cards, gone, heads, whole, as_of }) {
  for (const id of gone) take(id);
  for (const card of cards) put(card, { fresh: others.delete(card.id) });
  for (const lane of lanes()) lane.querySelector("[data-figures]").innerHTML = heads[lane.dataset.lane] ?? "";
  document.querySelector("[data-whole]").innerHTML = whole;
  tabs();
  fresh(as_of);
  if (document.querySelector(".board .deal")) document.querySelector(".board-empty")?.remove();
  document.dispatchEvent(new CustomEvent("board:picked"));
}

function tabs() {
  for (const tab of document.querySelectorAll(".lane-tabs a")) {
    const list = listOf(tab.hash.slice("#lane-".length));
    const number = list && laneOf(list).querySelector(".count")?.firstChild?.nodeValue;
    if (number) tab.querySelector("span").textContent = number;
  }
}

// --- how fresh it is ---

function fresh(time) {
  const line = document.querySelector("[data-fresh]");
  if (!line) return;
  line.classList.remove("stale");
  line.querySelector("span").textContent = word("as-of", { time });
}

function now() {
  return new Date().toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
}

// Every poll that is answered says that what stands here is so still.
document.addEventListener("leadline:online", () => { if (board() && !waiting.size) fresh(now()); });
document.addEventListener("leadline:offline", () => document.querySelector("[data-fresh]")?.classList.add("stale"));
addEventListener("offline", () => document.querySelector("[data-fresh]")?.classList.add("stale"));
