// Lists of the settings: fields that are saved when they are left, rows dragged or moved by arrow keys, and parts drawn
// anew without losing what somebody is typing.
import Sortable from "../vendor/sortable.js";

const PAUSE = 500; // milliseconds without an arrow key, after which the new order is sent
const rows = () => document.getElementById("rows");

// --- fields that are saved when they are left ---

document.addEventListener("change", ({ target }) => {
  const form = target.closest("[data-inline]");
  if (form && changed(form)) form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-inline]");
  if (form && !changed(form)) { event.preventDefault(); event.stopImmediatePropagation(); }
}, true);

function changed(form) {
  return [...form.elements].some((one) => one.type !== "hidden" && (
    one.type === "checkbox" || one.type === "radio" ? one.checked !== one.defaultChecked
      : one.tagName === "SELECT" ? [...one.options].some((option) => option.selected !== option.defaultSelected)
        : one.defaultValue !== undefined && one.value !== one.defaultValue));
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const input = event.target.closest?.("[data-inline] input, [data-inline] textarea");
  if (input && input.value !== input.defaultValue) { input.value = input.defaultValue; event.stopPropagation(); return; }
  const leave = event.target.closest?.(".asking")?.querySelector("[data-leave]");
  if (leave) { event.stopPropagation(); leave.click(); }
}, true);

// --- drawing anew: what is typed, focused, opened stays ---

let kept;

document.addEventListener("htmx:beforeRequest", ({ target }) => {
  const form = target.closest?.("[data-adding]");
  if (!form) return;
  for (const one of form.elements) if (one.type === "text" && one.value) { one.value = ""; } // ready for the next one
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const part = rows();
  if (!part || detail.target !== part) return;
  const at = document.activeElement;
  const typed = part.contains(at) && at.id && "defaultValue" in at && at.value !== at.defaultValue && detail.xhr.status < 400;
  kept = {
    id: part.contains(at) ? at.id || at.closest("[id]")?.id : "",
    typed: typed ? { value: at.value, start: at.selectionStart, end: at.selectionEnd } : null,
    open: [...part.querySelectorAll("details[open][id]:not(.menu)")].map(({ id }) => id),
  };
});

document.addEventListener("htmx:afterSwap", () => {
  if (!kept) return;
  const { id, typed, open } = kept;
  kept = undefined;
  for (const one of open) document.getElementById(one)?.setAttribute("open", "");
  const wanted = rows()?.querySelector("[autofocus], [aria-invalid=true]") ?? document.getElementById(id);
  const focused = wanted?.tagName === "DETAILS" ? wanted.querySelector("summary") : wanted;
  if (typed && focused?.id === id) {
    focused.value = typed.value;
    try { focused.setSelectionRange(typed.start, typed.end); } catch { /* dates and numbers have no selection */ }
  }
  focused?.focus?.({ preventScroll: true });
  sort();
});

// Others' changes and what is taken back: the part anew, once nobody is in the middle of a word.
document.addEventListener("leadline:changed", ({ detail }) => {
  const part = rows();
  if (!part || detail?.from === "me") return;
  const kinds = part.dataset.kinds?.split(" ") ?? [];
  const concerns = !detail?.changes?.length || detail.changes.some(({ kind }) => kinds.includes(kind));
  if (concerns) htmx.ajax("GET", location.href, { target: "#rows", swap: "outerHTML" });
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
  htmx.ajax("POST", list.dataset.order, { source: "#order", target: "#rows", swap: "outerHTML", values: { order } });
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
  const status = document.getElementById("moved");
  const list = [...row.parentElement.children];
  if (status) status.textContent = `${row.dataset.name}: ${list.indexOf(row) + 1} / ${list.length}`;
}

sort();

// --- a form that asks for more, as its kind needs it ---

function suit(select) {
  for (const part of select.form.querySelectorAll("[data-for-kinds]")) {
    part.hidden = !part.dataset.forKinds.split(" ").includes(select.value);
  }
}

document.addEventListener("change", ({ target }) => { if (target.matches("[data-kind]")) suit(target); });
document.addEventListener("htmx:afterSwap", suitAll);
function suitAll() { document.querySelectorAll("[data-kind]").forEach(suit); }
suitAll();
