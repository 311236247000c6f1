// Lists of the settings: fields that are saved when they are left, and rows that are dragged or moved by arrow keys.
import Sortable from "../vendor/sortable.js";
import { act, dirty, rows } from "./rows.js";
import { count } from "./uses.js";

const PAUSE = 500; // milliseconds without an arrow key, after which the new order is sent

// --- fields that are saved when they are left ---

document.addEventListener("change", ({ target }) => {
  const form = target.closest("[data-inline]");
  if (form && !target.closest("[data-waits]") && dirty(form)) form.requestSubmit();
  if (target.matches("[data-kind]")) suit(target);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const input = event.target.closest?.("[data-inline] input, [data-inline] textarea");
  if (input && input.value !== input.defaultValue) { input.value = input.defaultValue; event.stopPropagation(); return; }
  const leave = event.target.closest?.(".asking")?.querySelector("[data-leave]");
  if (leave) { event.stopPropagation(); leave.click(); }
}, true);

// Others' changes, and what is taken back.
document.addEventListener("leadline:changed", ({ detail }) => {
  const part = rows();
  if (!part || detail?.from === "me") return;
  const changed = (kinds = "") => detail?.changes?.some(({ kind }) => kinds.split(" ").includes(kind));
  if (!detail?.changes?.length || changed(part.dataset.kinds)) act(location.href).then(() => count());
  else if (changed(part.dataset.counts)) count();
});

// --- order ---

function sort() {
  for (const list of document.querySelectorAll("[data-order]")) {
    if (Sortable.get(list)) continue;
    Sortable.create(list, {
      handle: "[data-grip]", animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      ghostClass: "ghost", onEnd: ({ oldIndex, newIndex }) => { if (oldIndex !== newIndex) send(list); },
    });
  }
}

let waiting;

function send(list) {
  clearTimeout(waiting);
  const order = [...list.children].map(({ dataset }) => dataset.id).join(",");
  act(list.dataset.order, new URLSearchParams({ order }));
}

document.addEventListener("keydown", (event) => {
  const grip = event.target.closest?.("[data-grip]");
  if (!grip || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const row = grip.closest("[data-id]");
  const other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (event.key === "ArrowUp") other.before(row);
  else other.after(row);
  grip.focus();
  tell(row);
  clearTimeout(waiting);
  waiting = setTimeout(() => send(row.parentElement), PAUSE);
});

function tell(row) {
  const list = [...row.parentElement.children];
  document.getElementById("moved").textContent = `${row.dataset.name}: ${list.indexOf(row) + 1} / ${list.length}`;
}

// --- a form that asks for more, as its kind needs it ---

function suit(select) {
  for (const part of select.form.querySelectorAll("[data-for-kinds]")) {
    part.hidden = !part.dataset.forKinds.split(" ").includes(select.value);
  }
}

function ready() {
  sort();
  document.querySelectorAll("[data-kind]").forEach(suit);
}

document.addEventListener("leadline:rows", ready);
ready();
