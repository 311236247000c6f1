// Minutes of the axis, pixels of the screen and times of the clock. Where an hour passes twice (the clocks go back), the
// axis holds it twice; an hour that is left out (they go forward) is no time on its day.
import { dayOf, grid } from "./calendar-grid.js";

export const STEP = 15;
const [HOUR, EDGES, LINE] = [52, 7, 15]; // pixels: an hour, an event's edges, one of its lines
export const USUAL = 30; // minutes of what is drawn without saying how long it takes

/** Puts everything where its minutes say. The page may carry no styles, so that a script has to. */
export function place(root = grid()) {
  const { length, columns } = grid().dataset;
  if (length) grid().style.setProperty("--length", length);
  if (columns) grid().style.setProperty("--columns", columns);
  for (const element of root.querySelectorAll("[data-at]")) put(element);
  grid().classList.toggle("placed", Boolean(length));
}

export function put(element) {
  const { at, long, lane } = element.dataset;
  element.style.setProperty("--at", at);
  if (long !== undefined) element.style.setProperty("--long", long);
  if (lane === undefined) return;
  for (const [n, name] of ["--lane", "--of", "--wide"].entries()) element.style.setProperty(name, lane.split("/")[n]);
  const [, of, width] = lane.split("/").map(Number);
  element.classList.toggle("short", Number(long) < 40);
  element.classList.toggle("narrow", of / width > 2);
  // Whole lines only: as many of its name as there is room for beside its time and whom it is with.
  const lines = Math.max(1, Math.floor(((Number(long) / 60) * HOUR - EDGES) / LINE));
  element.classList.toggle("brief", lines < 3);
  element.style.setProperty("--lines", Math.max(1, lines - (of / width > 2 ? 1 : 2) + (lines < 3 ? 1 : 0)));
}

export const length = () => Number(grid().dataset.length);
export const step = (minutes) => Math.round(minutes / STEP) * STEP;

/** The minute of the axis under a height of the screen. */
export function minuteAt(day, y) {
  const box = day.querySelector(".cal-times").getBoundingClientRect();
  return ((y - box.top) / box.height) * length();
}

/** What the clock shows at a minute of the axis, and whether it shows it for the second time that day. */
export function clock(day, minute) {
  const { twice, fall } = grid().dataset;
  let again = "";
  if (twice) {
    const [start, end] = twice.split("-").map(Number);
    if (minute >= end) {
      if (minute < end + end - start && dayOf(day).dataset.day === fall) again = "1";
      minute -= end - start;
    }
  }
  const two = (number) => String(number).padStart(2, "0");
  return { time: `${two(Math.floor(minute / 60))}:${two(minute % 60)}`, again };
}

/** A minute of the axis that is a time on this day: going `way`, over what is none. */
export function toATime(day, minute, way = 1) {
  for (const none of day.querySelectorAll(".cal-no-time")) {
    const start = Number(none.dataset.at);
    const end = start + Number(none.dataset.long);
    if (minute >= start && minute < end) return way > 0 ? end : start - STEP;
  }
  return minute;
}

/** A time as people write it. */
export function shown(day, minute) {
  const { time } = clock(day, minute);
  const [hour, rest] = time.split(":");
  return new Date(2000, 0, 1, hour, rest).toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
}
