// An event gets another time: it stands there at once, and goes back where the server refuses.
import { send } from "./toasts.js";
import { dayOf, follow, grid, isMonth } from "./calendar-grid.js";
import { clock, put } from "./calendar-places.js";

// What its clock shows; in a month, where nothing says otherwise, what it showed before. Nothing above the hours.
function timeOf(event) {
  const { at, clock: kept } = event.dataset;
  if (isMonth()) return kept ? { time: kept } : {};
  return at === undefined ? {} : clock(dayOf(event), Number(at));
}

let underway = 0;
let before = Promise.resolve(); // one after the other: each says what the one before it has left
export const busy = () => underway > 0;

/** Where an event stands, so that it can be put back. */
export function standing(event) {
  const { at, long, lane } = event.dataset;
  return { parent: event.parentElement, before: event.nextElementSibling, at, long, lane };
}

export function putBack(event, { parent, before, at, long, lane }) {
  parent.insertBefore(event, before?.parentElement === parent ? before : null);
  for (const [name, value] of Object.entries({ at, long, lane })) {
    if (value === undefined) delete event.dataset[name];
    else event.dataset[name] = value;
  }
  if (at !== undefined) put(event);
}

/** Puts an event on a day: at a minute of its axis, or (undefined) above the hours. Tells nobody yet. */
export function stand(event, day, at, long) {
  const list = day.querySelector(at === undefined ? "[data-all-day]" : ".cal-times > .cal-events");
  if (event.parentElement !== list) list.append(event);
  if (at === undefined) {
    for (const name of ["at", "long", "lane"]) delete event.dataset[name];
    return;
  }
  Object.assign(event.dataset, { at, long, lane: "0/1/1" });
  put(event);
}

/** Tells the server where an event stands now, or to which day (`to`) it goes; `from` is where it stood before. */
export function tell(event, from, what = {}) {
  underway += 1;
  follow(event);
  before = before.then(() => told(event, from, what));
  return before;
}

async function told(event, from, { resized = false, to }) {
  const data = { saw: event.dataset.due ?? "", saw_minutes: event.dataset.minutes ?? "" };
  if (resized) data.minutes = event.dataset.long;
  else Object.assign(data, { day: to ?? dayOf(event).dataset.day }, timeOf(event));
  try {
    const said = await send(grid().dataset.moveAt.replace("/0/", `/${event.dataset.id}/`), { data });
    event.dataset.due = said.due;
    if (said.minutes !== null) event.dataset.minutes = said.minutes;
    return true;
  } catch {
    putBack(event, from);
    return false;
  } finally {
    underway -= 1;
    document.dispatchEvent(new CustomEvent("calendar:settled"));
  }
}
