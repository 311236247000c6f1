// A deal in one line, at the top of its column. Below the line stands how it is read.
import { Refused, send } from "./toasts.js";
import { board, count, lanes, listOf, put, view, word } from "./board-cards.js";

const PAUSE = 140; // milliseconds after the last letter
let waiting;

export function addTo(lane) {
  const list = (lane ?? lanes()[0])?.querySelector(".cards");
  if (!list || list.dataset.closed !== undefined) {
    const open = lanes().find((one) => one.querySelector(".cards").dataset.closed === undefined);
    if (open && open !== lane) addTo(open);
    return;
  }
  let row = list.querySelector(".adding");
  if (!row) {
    close();
    row = document.getElementById("add-form").content.cloneNode(true).firstElementChild;
    list.prepend(row);
  }
  list.scrollTop = 0;
  row.scrollIntoView({ block: "nearest", inline: "nearest" });
  row.querySelector("input").focus();
}

function close() {
  document.querySelector(".adding")?.remove();
}

function say(row, text, bad = false) {
  const line = row.querySelector(".adding-read");
  line.textContent = text;
  line.classList.toggle("error", bad);
}

async function read(row) {
  const { value } = row.querySelector("input");
  if (!/[\d@]/.test(value)) { say(row, ""); return; }
  const answer = await fetch(`${board().dataset.lineAt}?title=${encodeURIComponent(value)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || row.querySelector("input").value !== value) return;
  const line = await answer.json();
  say(row, [`${word("adds")} “${line.title}”`, line.value || word("no-value"), line.owner, line.note].filter(Boolean).join(" · "));
}

async function add(row) {
  const input = row.querySelector("input");
  const title = input.value.trim();
  if (!title) { close(); return; }
  const list = row.parentElement;
  const { lane } = list.closest(".lane").dataset;
  const place = view() === "forecast" ? { month: lane, pipeline: board().dataset.board } : { stage: lane };
  input.value = "";
  say(row, "");
  count(list, 1);
  try {
    const { cards } = await send(board().dataset.addAt, { data: { title, ...place, board: view() }, quiet: true });
    for (const card of cards) put({ ...card, rank: -Infinity }, { fresh: true });
    document.querySelector(".board-empty")?.remove();
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
    count(list, -1);
    if (!input.value) input.value = title;
    say(row, refusal.message, true);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-add], [data-add-top]");
  if (button) addTo(button.closest(".lane"));
});

document.addEventListener("submit", (event) => {
  const row = event.target.closest(".adding");
  if (!row) return;
  event.preventDefault();
  add(row);
});

document.addEventListener("input", (event) => {
  const row = event.target.closest?.(".adding");
  if (!row) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => read(row), PAUSE);
});

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.(".adding");
  if (row && event.key === "Escape") {
    event.stopPropagation();
    const lane = row.closest(".lane");
    close();
    (lane.querySelector(".deal-title") ?? lane.querySelector("[data-add]"))?.focus();
  }
});

document.addEventListener("focusout", (event) => {
  const row = event.target.closest?.(".adding");
  if (row) setTimeout(() => { if (row.isConnected && !row.contains(document.activeElement) && !row.querySelector("input").value && document.hasFocus()) row.remove(); }, 0);
});
