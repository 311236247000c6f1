// What has to be done each time days are drawn: place everything, let one event be reached by Tab, scroll to the day's
// work, and let the line of now go on.
import { grid, isMonth, reachable, wide } from "./calendar-grid.js";
import { place } from "./calendar-places.js";

const KEPT = "calendar-scroll";
const MORNING = 7.5; // the hour to which an unscrolled day is scrolled
let made = 0;

export function begin({ scroll } = {}) {
  place();
  reachable();
  made = Date.now();
  if (!wide()) return;
  if (isMonth()) {
    const [today, heads] = [grid().querySelector(".today"), grid().querySelector(".cal-weekdays")];
    grid().scrollTop = scroll ?? (today ? today.offsetTop - grid().offsetTop - heads.offsetHeight : 0);
    return;
  }
  const kept = scroll ?? Number(sessionStorage.getItem(KEPT) ?? Number.NaN);
  grid().scrollTop = Number.isNaN(kept) ? MORNING * hour() : kept;
}

function hour() {
  const side = grid().querySelectorAll(".cal-side li");
  return side.length > 1 ? side[1].offsetTop - side[0].offsetTop : 0;
}

document.addEventListener("scroll", ({ target }) => {
  if (target === grid() && !isMonth()) sessionStorage.setItem(KEPT, String(target.scrollTop));
}, true);

// On a phone the rest of the controls folds away.
document.addEventListener("click", ({ target }) => {
  const fold = target.closest?.("[data-calendar-fold]");
  if (fold) fold.setAttribute("aria-expanded", String(fold.parentElement.classList.toggle("unfolded")));
});

setInterval(() => {
  const line = grid()?.querySelector("[data-now]");
  if (line) line.style.setProperty("--at", Number(line.dataset.at) + (Date.now() - made) / 60_000);
}, 60_000);
