// The board drawn anew within the page: another filter, order or pipeline, or more changes than one fetches one by one.
import { board, lanes } from "./board-cards.js";

let latest = 0;

/** Fetches the part that an address shows; `push` makes it the address of the page. */
export async function show(url, { push = true } = {}) {
  const mine = ++latest;
  document.documentElement.classList.add("waits");
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true", Accept: "text/html" } });
    if (!answer.ok || answer.headers.get("HX-Redirect")) throw new Error(String(answer.status));
    const html = await answer.text();
    if (mine !== latest) return;
    document.getElementById("pipeline").innerHTML = html;
    if (push) history.pushState({ board: true }, "", url);
    document.dispatchEvent(new CustomEvent("board:shown"));
  } catch {
    if (mine === latest) location.assign(url);
  } finally {
    document.documentElement.classList.remove("waits");
  }
}

/** The same again, where somebody stands in it kept. */
export async function reload() {
  const place = board()?.scrollLeft ?? 0;
  const tops = new Map(lanes().map((lane) => [lane.dataset.lane, lane.querySelector(".cards").scrollTop]));
  const focused = document.activeElement?.closest?.(".deal")?.dataset.id;
  await show(location.href, { push: false });
  if (board()) board().scrollLeft = place;
  for (const lane of lanes()) lane.querySelector(".cards").scrollTop = tops.get(lane.dataset.lane) ?? 0;
  if (focused) document.querySelector(`.deal[data-id="${focused}"] .deal-title`)?.focus({ preventScroll: true });
}

document.addEventListener("leadline:filter", (event) => {
  if (!document.getElementById("pipeline")) return;
  event.preventDefault();
  show(event.detail.url);
});

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-sorting]");
  if (form) show(`${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`);
});

addEventListener("popstate", () => { if (document.getElementById("pipeline")) show(location.href, { push: false }); });
