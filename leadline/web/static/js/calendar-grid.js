// What stands on the calendar: its days, its events, the one that has the focus, and words for scripts.
const words = JSON.parse(document.getElementById("calendar-words").textContent);

export const word = (name) => words[name] ?? name;
export const page = () => document.getElementById("calendar");
export const grid = () => document.querySelector("[data-calendar]");
export const isMonth = () => grid().dataset.view === "month";
export const wide = () => matchMedia("(width >= 40rem)").matches; // narrower, days are lists: nothing is dragged there
export const days = () => [...grid().querySelectorAll(".cal-day")];
export const dayOf = (element) => element.closest(".cal-day");
export const linkOf = (event) => event.querySelector("a");
export const eventsIn = (day) => [...day.querySelectorAll(".event")];
export const events = () => [...grid().querySelectorAll(".event")];
export const current = () => document.activeElement?.closest?.(".event") ?? null;
export const eventOf = (id, day) => {
  const all = events().filter((event) => event.dataset.id === String(id) && event.dataset.fixed !== "ghost");
  return all.find((event) => dayOf(event).dataset.day === day) ?? all[0];
};

let last = { id: "", day: "" }; // the event that had the focus last

export function focus(event) {
  if (!event) return;
  for (const other of grid().querySelectorAll(".event > a[tabindex='0']")) other.tabIndex = -1;
  linkOf(event).tabIndex = 0;
  linkOf(event).focus();
  event.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** One event can be reached by Tab; the arrows lead to the others. */
export function reachable() {
  const all = events();
  for (const event of all) linkOf(event).tabIndex = -1;
  const today = grid().querySelector(".cal-day.today .event:not(.done)");
  const first = (last.id && eventOf(last.id, last.day)) || today || all[0];
  if (first) linkOf(first).tabIndex = 0;
}

document.addEventListener("focusin", ({ target }) => {
  const event = target.closest?.(".event");
  if (event) last = { id: event.dataset.id, day: dayOf(event).dataset.day };
});

/** The event that had the focus last, as it stands now. */
export const latest = () => (last.id ? eventOf(last.id, last.day) : undefined);

/** Remembers where an event that is about to be drawn anew will stand. */
export function follow(event) {
  last = { id: event.dataset.id, day: dayOf(event).dataset.day };
}
