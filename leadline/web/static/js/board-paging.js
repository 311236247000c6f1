// More of a column comes before somebody has scrolled to its end.
import { board, cardOf, made, reachable, word } from "./board-cards.js";

const AHEAD = "1500px 0px";
const observers = new Map(); // list -> IntersectionObserver

export function watch() {
  for (const [list, observer] of observers) {
    if (!list.isConnected) { observer.disconnect(); observers.delete(list); }
  }
  for (const list of document.querySelectorAll(".board .cards")) {
    if (!observers.has(list)) {
      observers.set(list, new IntersectionObserver((seen) => {
        for (const { isIntersecting, target } of seen) if (isIntersecting) more(target);
      }, { root: list, rootMargin: AHEAD }));
    }
    const end = list.querySelector(":scope > .more");
    if (end) observers.get(list).observe(end);
  }
}

async function more(end) {
  if (end.dataset.busy) return;
  end.dataset.busy = "yes";
  const list = end.parentElement;
  const { column, view, query } = board().dataset;
  const asked = new URLSearchParams({ view, lane: list.dataset.cardsOf, after: end.dataset.after });
  let html;
  try {
    const answer = await fetch(`${column}?${query ? `${query}&` : ""}${asked}`, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    html = await answer.text();
  } catch {
    failed(end);
    return;
  }
  if (!end.isConnected) return;
  const page = made(html);
  // A card that moved meanwhile stands on the board already: where it stands is newer.
  for (const card of page.querySelectorAll(".deal")) if (cardOf(card.dataset.id)) card.remove();
  observers.get(list)?.unobserve(end);
  end.replaceWith(page);
  watch();
  if (!document.querySelector('.deal-title[tabindex="0"]')) reachable();
}

function failed(end) {
  delete end.dataset.busy;
  end.classList.add("failed");
  end.replaceChildren();
  const again = document.createElement("button");
  again.type = "button";
  again.className = "button small";
  again.textContent = word("again");
  again.addEventListener("click", () => { end.classList.remove("failed"); end.replaceChildren(); more(end); });
  end.append(word("more-failed"), " ", again);
}
