// How many deals each stage needs for the target: asked for when the board stands, and again when deals have moved.
const WAIT = 5000; // milliseconds after the last change: a drag of ten cards asks once

let asked = 0, waiting;

async function fill() {
  const board = document.querySelector("[data-board][data-needed-at]");
  if (!board) return;
  const mine = ++asked;
  const answer = await fetch(`${board.dataset.neededAt}?${board.dataset.query}`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || mine !== asked) return;
  const heads = answer.status === 204 ? {} : await answer.json();
  for (const place of document.querySelectorAll("[data-needed]")) {
    const head = heads[place.dataset.needed];
    place.hidden = !head;
    if (!head) continue;
    const link = document.createElement("a");
    link.href = head.href;
    link.textContent = head.text;
    place.replaceChildren(link);
    place.classList.toggle("short", head.short);
  }
}

export function watch() {
  clearTimeout(waiting);
  waiting = setTimeout(fill, 0);
}

document.addEventListener("leadline:changed", () => { clearTimeout(waiting); waiting = setTimeout(fill, WAIT); });
