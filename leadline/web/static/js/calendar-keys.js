// The keys of the calendar. One event has the focus; arrows go to others, Alt with arrows moves it.
import { key } from "./keys.js";
import { say } from "./toasts.js";
import { current, dayOf, days, eventOf, eventsIn, events, focus, grid, isMonth, latest, page, word } from "./calendar-grid.js";
import { stand, standing, tell } from "./calendar-acts.js";
import { addHere } from "./calendar-adding.js";
import { go } from "./calendar-going.js";
import { hand } from "./calendar-live.js";
import { STEP, USUAL, length, toATime } from "./calendar-places.js";

const group = word("calendar");
const PAUSE = 350; // milliseconds after the last press: several in a row are one act
const MORNING = 9 * 60;

// Arrows belong to whatever else has the focus: a menu, a field.
function free() {
  const at = document.activeElement;
  return Boolean(grid()) && !page().querySelector("details[open]") && (at === document.body || at.matches("main, [data-calendar]") || Boolean(at.closest(".event, .cal-steps, .cal-views")));
}
const onEvent = () => free() && Boolean(current());
const href = (what) => page().querySelector(`[data-calendar-${what}]`).href;

function along(way) {
  const all = events();
  const at = all.indexOf(current());
  focus(at < 0 ? latest() ?? all[0] : all[at + way] ?? current());
}

// To the day beside that has something: to what stands at about the same height.
function across(way) {
  const event = current();
  const all = days();
  const height = event.getBoundingClientRect().top;
  const away = (other) => Math.abs(other.getBoundingClientRect().top - height);
  for (let at = all.indexOf(dayOf(event)) + way; all[at]; at += way) {
    const there = eventsIn(all[at]);
    if (there.length) { focus(there.reduce((best, one) => (away(one) < away(best) ? one : best))); return; }
  }
  go(href(way > 0 ? "on" : "back"));
}

const sideways = (way) => (current() ? across(way) : go(href(way > 0 ? "on" : "back")));

// --- moving ---

let act = null; // what several presses add up to: { event, from, resized, timer }

function fixed(event) {
  if (!event.dataset.fixed && !event.matches(".goes-on")) return false;
  say(word(`fixed-${event.dataset.fixed ?? "ghost"}`));
  return true;
}

function begin(event, resized) {
  if (act && (act.event !== event || act.resized !== resized)) settle();
  act ??= { event, from: standing(event), resized };
  hand.busy = true;
  clearTimeout(act.timer);
  act.timer = setTimeout(settle, PAUSE);
}

async function settle() {
  const { event, from, resized, timer } = act;
  clearTimeout(timer);
  act = null;
  hand.busy = false;
  await tell(event, from, { resized });
  if (!document.activeElement || document.activeElement === document.body) focus(latest());
}

// Whatever else one does, also taking back, is about what has been told already.
for (const what of ["keydown", "pointerdown"]) {
  document.addEventListener(what, (event) => { if (act && !event.altKey) settle(); }, true);
}

function moveTime(way) {
  const event = current();
  if (isMonth()) { moveDay(way * 7); return; }
  if (fixed(event)) return;
  begin(event, false);
  const day = dayOf(event);
  if (event.dataset.at === undefined) {
    if (way > 0) stand(event, day, MORNING, Number(event.dataset.minutes ?? USUAL));
  } else {
    const at = Math.min(Math.max(Number(event.dataset.at) + way * STEP, 0), length() - STEP);
    stand(event, day, toATime(day, at, way), event.dataset.long);
  }
  focus(event);
}

function moveDay(way) {
  const event = current();
  if (fixed(event)) return;
  const all = days();
  const to = all[all.indexOf(dayOf(event)) + way];
  if (!to || to.dataset.person) { beyond(event, way); return; }
  begin(event, false);
  if (isMonth()) stand(event, to);
  else stand(event, to, event.dataset.at === undefined ? undefined : toATime(to, Number(event.dataset.at)), event.dataset.long);
  focus(event);
}

// Off the days that are shown: it goes there, and the calendar with it.
async function beyond(event, way) {
  if (act) await settle();
  const day = new Date(`${dayOf(event).dataset.day}T12:00Z`);
  day.setUTCDate(day.getUTCDate() + way);
  const to = day.toISOString().slice(0, 10);
  if (await tell(event, standing(event), { to })) {
    const address = new URL(location.href);
    address.searchParams.set("day", to);
    await go(address.href);
    focus(eventOf(event.dataset.id));
  }
}

function resize(way) {
  const event = current();
  if (fixed(event)) return;
  if (event.dataset.at === undefined) return;
  begin(event, true);
  const at = Number(event.dataset.at);
  const long = Math.min(Math.max(Number(event.dataset.long) + way * STEP, STEP), length() - at);
  stand(event, dayOf(event), at, Math.round(long / STEP) * STEP);
  focus(event);
}

for (const [letter, view] of [["d", "day"], ["w", "week"], ["shift+w", "work-week"], ["m", "month"]]) {
  key(letter, word(view), () => go(page().querySelector(`[data-calendar-view="${view}"]`).href), { group, when: free });
}
key("t", word("today"), () => go(href("today")), { group, when: free });
key("shift+ArrowRight", word("later"), () => go(href("on")), { group, when: free });
key("shift+ArrowLeft", word("earlier"), () => go(href("back")), { group, when: free });
key(["j", "ArrowDown"], word("next"), () => along(1), { group, when: free });
key(["k", "ArrowUp"], word("previous"), () => along(-1), { group, when: free });
key("ArrowRight", word("beside"), () => sideways(1), { group, when: free });
key("ArrowLeft", word("beside"), () => sideways(-1), { group, when: free });
key("alt+ArrowDown", word("move-time"), () => moveTime(1), { group, when: onEvent });
key("alt+ArrowUp", word("move-time"), () => moveTime(-1), { group, when: onEvent });
key("alt+ArrowRight", word("move-day"), () => moveDay(1), { group, when: onEvent });
key("alt+ArrowLeft", word("move-day"), () => moveDay(-1), { group, when: onEvent });
key("alt+shift+ArrowDown", word("resize"), () => resize(1), { group, when: onEvent });
key("alt+shift+ArrowUp", word("resize"), () => resize(-1), { group, when: onEvent });
key("a", word("add"), addHere, { group, when: () => free() && Boolean(page().querySelector("[data-calendar-add]")) });
key("shift+d", word("jump"), () => page().querySelector(".cal-jump input[type=date]").focus(), { group, when: free });
key("p", word("people"), () => { const menu = page().querySelector(".cal-who"); menu.open = true; menu.querySelector(".menu-body a").focus(); }, { group, when: free });
