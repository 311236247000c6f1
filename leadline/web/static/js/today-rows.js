// The rows of Today, and the one that has the focus.
const words = JSON.parse(document.getElementById("today-words")?.textContent ?? "{}");

export const word = (name, values = {}) => (words[name] ?? name).replace(/\{(\w+)\}/g, (whole, one) => values[one] ?? whole);
export const page = () => document.getElementById("today");
// What is folded away has a place in the page all the same, and takes no focus.
const shown = (row) => row.offsetParent && !row.closest("details:not([open])");
export const rows = () => [...page().querySelectorAll("[data-row]")].filter(shown);
export const current = () => document.activeElement?.closest?.("#today [data-row]") ?? null;

let last = ""; // the row that had the focus last, and its place: it may go while nobody has it
let place = 0;

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("#today [data-row]");
  if (row) { last = row.dataset.row; place = rows().indexOf(row); }
});

export function step(way) {
  const all = rows();
  const at = current();
  focus(at ? all[all.indexOf(at) + way] ?? at : again() ?? all[way > 0 ? 0 : all.length - 1]);
}

export function focus(row) {
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

/** The row that had the focus, or the one that stands where it stood. */
export function again() {
  const all = rows();
  return all.find((row) => row.dataset.row === last) ?? (last ? all[Math.min(place, all.length - 1)] : null);
}
