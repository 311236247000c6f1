// By the hand: an event is dragged to another time or day, its lower edge to make it longer or shorter, and over an empty
// place to plan something. A finger rests for a moment first; less is a scroll.
import { say } from "./toasts.js";
import { dayOf, days, grid, isMonth, page, wide, word } from "./calendar-grid.js";
import { putBack, stand, standing, tell } from "./calendar-acts.js";
import { add } from "./calendar-adding.js";
import { hand } from "./calendar-live.js";
import { STEP, USUAL, length, minuteAt, put, shown, step, toATime } from "./calendar-places.js";

const HOLD = 220; // milliseconds
const SLACK = 4; // pixels that a click may wander
const EDGE = 8; // pixels at the foot of an event that make it longer
const NEAR = 40; // pixels from the edge of what scrolls
let held = null; // { event, day, mode, x, y, grab, from, moved }
let ended = 0;
let holding = 0;

document.addEventListener("pointerdown", (press) => {
  if (press.button || !wide() || !page().contains(press.target) || held) return;
  const event = press.target.closest(".event");
  const empty = !event && !press.target.closest("a, button, h2, .cal-bar, .cal-side") && press.target.closest("[data-times], [data-all-day], .cal-month .cal-day");
  if (!event && !empty) return;
  if (grid().dataset.moveAt === undefined) return;
  held = { ...(event ? taken(event, press) : { mode: "add", day: dayOf(empty), timed: Boolean(press.target.closest("[data-times]")) }), x: press.clientX, y: press.clientY, moved: false, ready: press.pointerType === "mouse" };
  hand.busy = true; // what is pressed must not be drawn anew under the hand
  if (!held.ready) holding = setTimeout(() => { if (held) { held.ready = true; start(); } }, HOLD);
});

function taken(event, press) {
  const box = event.getBoundingClientRect();
  const timed = event.dataset.at !== undefined && !isMonth();
  const edge = timed && box.bottom - press.clientY < Math.min(EDGE, box.height / 3);
  const grab = timed ? minuteAt(dayOf(event), press.clientY) - Number(event.dataset.at) : 0;
  return { event, mode: edge ? "resize" : "move", day: dayOf(event), timed, grab, from: standing(event) };
}

document.addEventListener("pointermove", (move) => {
  if (!held) return;
  const far = Math.hypot(move.clientX - held.x, move.clientY - held.y) > SLACK;
  if (!held.ready) {
    if (far) drop();
    return;
  }
  if (!held.moved && (!far || !start())) return;
  move.preventDefault();
  Object.assign(held, { nowX: move.clientX, nowY: move.clientY });
  drag();
});

/** The press has become a drag. */
function start() {
  if (held.event?.dataset.fixed || held.event?.matches(".goes-on")) {
    say(word(`fixed-${held.event.dataset.fixed ?? "ghost"}`));
    drop();
    return false;
  }
  held.moved = true;
  Object.assign(held, { nowX: held.x, nowY: held.y });
  document.body.classList.add("cal-dragging");
  if (held.event) held.event.classList.add("dragged");
  else if (held.timed) sketch();
  requestAnimationFrame(scroll);
  return true;
}

function sketch() {
  held.first = step(Math.max(0, minuteAt(held.day, held.y) - STEP / 2));
  held.made = document.createElement("li");
  held.made.className = "event sketch dragged";
  held.made.innerHTML = "<a><time></time></a>";
  held.day.querySelector(".cal-times > .cal-events").append(held.made);
}

function drag() {
  if (held.mode === "add") { if (held.made) stretch(); return; }
  if (held.mode === "resize") { longer(); return; }
  const day = under(held.nowX, held.nowY);
  if (!day) return;
  if (isMonth()) { if (held.event.parentElement !== day.querySelector("[data-all-day]")) day.querySelector("[data-all-day]").prepend(held.event); return; }
  const times = grid().getBoundingClientRect().top + head();
  if (held.nowY < times && (held.timed || held.event.dataset.at !== undefined || day !== dayOf(held.event))) { stand(held.event, day); return; }
  if (held.nowY < times) return;
  const long = Number(held.event.dataset.long ?? held.event.dataset.minutes ?? USUAL);
  const at = Math.min(Math.max(step(minuteAt(day, held.nowY) - (held.timed ? held.grab : 0)), 0), length() - STEP);
  stand(held.event, day, toATime(day, at), held.timed ? held.from.long : long);
  write(held.event, day);
}

function longer() {
  const at = Number(held.event.dataset.at);
  held.event.dataset.long = Math.max(STEP, Math.min(step(minuteAt(held.day, held.nowY)), length()) - at);
  held.event.dataset.lane = "0/1/1";
  put(held.event);
  write(held.event, held.day);
}

function stretch() {
  const to = step(minuteAt(held.day, held.nowY) + STEP / 2);
  const [at, end] = to > held.first ? [held.first, to] : [to - STEP, held.first + STEP];
  Object.assign(held.made.dataset, { at: Math.max(0, at), long: Math.min(end, length()) - Math.max(0, at), lane: "0/1/1" });
  put(held.made);
  write(held.made, held.day);
}

function write(event, day) {
  const time = event.querySelector("time");
  const [at, long] = [Number(event.dataset.at), Number(event.dataset.long)];
  if (time) time.textContent = held.mode === "move" ? shown(day, at) : `${shown(day, at)} – ${shown(day, Math.min(at + long, length() - 1))}`;
}

// The heads and what stands above the hours stay in sight while the hours scroll under them.
const head = () => days()[0].querySelector(".cal-times").offsetTop;

function under(x, y) {
  return days().find((day) => {
    const box = day.getBoundingClientRect();
    return x >= box.left && x < box.right && (!isMonth() || (y >= box.top && y < box.bottom));
  });
}

function scroll() {
  if (!held?.moved) return;
  const box = grid().getBoundingClientRect();
  const top = box.top + (isMonth() ? 0 : head());
  if (held.nowY > box.bottom - NEAR) grid().scrollTop += 10;
  else if (held.nowY < top + NEAR && held.nowY > top) grid().scrollTop -= 10;
  if (held.mode !== "move" || held.nowY > top) drag();
  requestAnimationFrame(scroll);
}

document.addEventListener("pointerup", async () => {
  if (!held) return;
  const { event, mode, moved, made, day, from, timed, y } = held;
  drop();
  if (mode === "add") {
    ended = performance.now();
    made?.remove();
    if (isMonth() || !timed) add(day);
    else add(day, made ? Number(made.dataset.at) : step(Math.max(0, minuteAt(day, y) - STEP / 2)), made ? Number(made.dataset.long) : 0);
    return;
  }
  if (!moved) return;
  ended = performance.now();
  if (mode === "resize" ? event.dataset.long === from.long : from.parent === event.parentElement && from.at === event.dataset.at) { putBack(event, from); return; }
  await tell(event, from, { resized: mode === "resize" });
});

function drop() {
  clearTimeout(holding);
  held?.event?.classList.remove("dragged");
  document.body.classList.remove("cal-dragging");
  hand.busy = false;
  held = null;
  queueMicrotask(() => document.dispatchEvent(new CustomEvent("calendar:settled"))); // what waited is drawn now
}

function cancel() {
  if (!held) return;
  const { event, from, made } = held;
  made?.remove();
  if (event && held.moved) putBack(event, from);
  drop();
}
document.addEventListener("pointercancel", cancel);
document.addEventListener("keydown", (press) => {
  if (press.key !== "Escape" || !held?.moved) return;
  press.preventDefault();
  ended = performance.now();
  cancel();
}, true);
document.addEventListener("touchmove", (move) => { if (held?.moved) move.preventDefault(); }, { passive: false });
document.addEventListener("dragstart", (drag) => { if (drag.target.closest?.("[data-calendar]")) drag.preventDefault(); });

// The click with which a drag ends opens nothing.
document.addEventListener("click", (click) => {
  if (performance.now() - ended > 120 || !click.target.closest("[data-calendar]")) return;
  click.preventDefault();
  click.stopPropagation();
}, true);
