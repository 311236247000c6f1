// Planning something: by a press on an empty place, by a key, by the button. Opens the form with its time filled in.
import { open } from "./dialogs.js";
import { dayOf, days, isMonth, latest, page } from "./calendar-grid.js";
import { clock, length, step, toATime } from "./calendar-places.js";

const HOUR = 60;

export function add(day, minute, minutes) {
  const link = page().querySelector("[data-calendar-add]");
  if (!link) return;
  const address = new URL(link.href);
  const time = minute === undefined ? "" : `T${clock(day, toATime(day, minute)).time}`;
  address.searchParams.set("due", `${day.dataset.day}${time}`);
  if (minutes) address.searchParams.set("minutes", minutes);
  open(address.href);
}

/** Beside the event that had the focus last, else now, else in the morning of the first day that is shown. */
export function addHere() {
  const event = latest();
  const today = page().querySelector(".cal-day.today");
  const day = (event && dayOf(event)) ?? today ?? days()[0];
  if (isMonth()) { add(day); return; }
  if (event?.dataset.at !== undefined && event) add(day, Math.min(step(Number(event.dataset.at) + Number(event.dataset.long)), length() - HOUR / 2));
  else if (today === day) add(day, Math.min(Math.ceil(Number(day.querySelector("[data-now]").dataset.at) / HOUR) * HOUR, length() - HOUR));
  else add(day, 9 * HOUR);
}

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-calendar-add]") || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  addHere();
}, true);
