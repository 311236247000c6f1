// The page follows what is done, here or elsewhere: it is asked for anew, and put in place without losing the focus.
// While somebody types in it, or answers what came of an activity, it waits.
import { again, page, word } from "./today-rows.js";

const KINDS = new Set(["activity", "deal", "lead", "goal", "block", "sitting", "ten_entry", "note", "hand_off"]);
const PAUSE = 100; // milliseconds: several changes are one
const LATER = 1000; // milliseconds until it is tried again while somebody is at work in the page
let waiting = 0;
let asked = 0;
let stale = false; // whether something has changed since the figures were drawn

document.addEventListener("leadline:changed", ({ detail }) => {
  if (detail.many || detail.changes.some((change) => KINDS.has(change.kind))) { stale = true; soon(); }
});
document.addEventListener("leadline:left", () => soon());
addEventListener("pageshow", (event) => { if (event.persisted) soon(); });

function soon(after = PAUSE) {
  clearTimeout(waiting);
  waiting = setTimeout(renew, after);
}

function busy() {
  const at = document.activeElement;
  return Boolean(document.querySelector("dialog[open]") || page().querySelector("[data-editing], form.today-plan")
    || (page().contains(at) && at.matches("input, textarea, select")));
}

async function renew() {
  if (busy() && !stale) { soon(LATER); return; }
  const number = ++asked;
  let answer;
  try {
    answer = await fetch(location.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  } catch {
    return; // js/live.js says that there is no connection
  }
  if (!answer.ok || number !== asked) return;
  const html = await answer.text();
  if (busy()) { figures(html); soon(LATER); return; }
  stale = false;
  put(html);
}

// The figures at the head follow at once, whatever somebody answers below.
function figures(html) {
  stale = false;
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".today-figures");
  const old = page().querySelector(".today-figures");
  if (fresh && old && !old.contains(document.activeElement)) old.replaceWith(document.adoptNode(fresh));
}

function put(html) {
  const had = page().contains(document.activeElement);
  const open = [...page().querySelectorAll("details[open][id]")].map(({ id }) => id);
  const rings = document.getElementById("today-goals")?.innerHTML; // counted anew, which takes a moment
  page().innerHTML = html;
  const place = document.getElementById("today-goals");
  if (rings && place) place.innerHTML = rings;
  window.htmx?.process(page());
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  clocks();
  if (had) again()?.focus({ preventScroll: true });
}

// How long something has waited, by the minute.
function clocks() {
  for (const time of page().querySelectorAll("time[data-since]")) {
    const minutes = Math.max(0, Math.floor((Date.now() - new Date(time.dateTime)) / 60_000));
    const hours = Math.floor(minutes / 60);
    const said = hours >= 48 ? word("days", { days: Math.floor(hours / 24) })
      : hours ? word("hours", { hours, minutes: minutes % 60 }) : word("minutes", { minutes });
    time.textContent = word("waits", { time: said });
    time.classList.toggle("long", hours >= 24);
  }
}

clocks();
setInterval(clocks, 60_000);
