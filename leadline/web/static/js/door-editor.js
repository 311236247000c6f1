// The editor of a form: rows that are dragged or moved by keys, what a kind of field needs, and the form as visitors
// will see it, drawn anew as somebody types. Without this script the buttons of the rows do it, page by page.
import Sortable from "../vendor/sortable.js";

const PAUSE = 400; // milliseconds without a key, after which the preview is drawn anew
const editor = () => document.querySelector("[data-door]");
let before = ""; // what was kept when the page was drawn

// --- order ---

function sort() {
  const list = document.querySelector("[data-fields]");
  if (!list || Sortable.get(list)) return;
  Sortable.create(list, {
    handle: "[data-grip]", draggable: "[data-id]", animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    ghostClass: "ghost", onEnd: ordered,
  });
}

function ordered() {
  const rows = [...document.querySelectorAll("[data-fields] > [data-id]")];
  editor().elements.order.value = rows.map(({ dataset }) => dataset.id).join(",");
  for (const [at, row] of rows.entries()) {
    row.querySelector('[data-move="up"]').disabled = at === 0;
    row.querySelector('[data-move="down"]').disabled = at === rows.length - 1;
  }
  changed();
}

function move(row, up) {
  const other = up ? row.previousElementSibling : row.nextElementSibling;
  if (!other?.dataset.id) return false;
  if (up) other.before(row);
  else other.after(row);
  ordered();
  const list = [...row.parentElement.children];
  say(`${row.dataset.name}: ${list.indexOf(row) + 1} / ${list.length}`);
  return true;
}

document.addEventListener("keydown", (event) => {
  const grip = event.target.closest?.("[data-fields] [data-grip]");
  if (!grip || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  if (move(grip.closest("[data-id]"), event.key === "ArrowUp")) grip.focus();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fields] [data-move]");
  if (!button) return;
  event.preventDefault();
  move(button.closest("[data-id]"), button.dataset.move === "up");
  if (button.disabled) button.closest(".door-moves").querySelector("[data-move]:not(:disabled)")?.focus();
  else button.focus();
});

// --- what a kind needs ---

function suit(select) {
  const row = select.closest("[data-id]");
  for (const part of row.querySelectorAll("[data-for-kinds]")) part.hidden = !part.dataset.forKinds.split(" ").includes(select.value);
  for (const part of row.querySelectorAll("[data-not-hidden]")) (part.closest(".check") ?? part).hidden = select.value === "hidden";
}

function note() {
  const word = document.querySelector("[data-for-note]");
  if (word) word.hidden = document.getElementById("new-place").value !== "note";
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-kind]")) suit(target);
  if (target.id === "new-place") note();
});

// --- what is not saved, and the preview ---

let timer;
for (const kind of ["input", "change"]) {
  document.addEventListener(kind, ({ target }) => { if (target.form === editor() && !target.closest(".door-new, .door-example")) changed(); });
}

function changed() {
  const said = document.getElementById("door-unsaved");
  const fresh = kept() === before;
  if (said) said.textContent = fresh ? "" : said.dataset.word;
  clearTimeout(timer);
  timer = setTimeout(preview, PAUSE);
}

function kept() {
  const form = editor();
  return form ? new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken")).toString() : "";
}

function say(text) {
  const said = document.getElementById("door-unsaved");
  if (said) said.textContent = `${text}. ${said.dataset.word}`;
}

// What is typed is sent into a new frame, which takes the old one's place once it is drawn: nothing blinks, and the way
// back in the browser stays the way back.
function preview() {
  const form = editor(), place = document.querySelector("[data-frame]");
  if (!form?.dataset.preview || !place) return;
  for (const old of place.querySelectorAll(".coming")) old.remove();
  const frame = document.createElement("iframe");
  Object.assign(frame, { name: `preview-${Date.now()}`, title: place.dataset.title, className: "coming" });
  place.append(frame);
  const sent = document.createElement("form");
  Object.assign(sent, { method: "post", action: form.dataset.preview, target: frame.name, hidden: true });
  for (const [name, value] of new FormData(form)) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    sent.append(field);
  }
  document.body.append(sent);
  frame.addEventListener("load", () => {
    if (frame.contentWindow.location.href === "about:blank") return;
    const old = place.querySelector("iframe:not(.coming)");
    try { frame.contentWindow.scrollTo(0, old.contentWindow.scrollY); } catch { /* a failure's page is not to be read */ }
    old?.remove();
    frame.classList.remove("coming");
  });
  sent.submit();
  sent.remove();
}

addEventListener("beforeunload", (event) => { if (editor() && kept() !== before && !leaving) event.preventDefault(); });
let leaving = false;
document.addEventListener("submit", () => { leaving = true; });
document.addEventListener("htmx:afterRequest", ({ detail }) => { leaving = detail.xhr?.status === 204; }); // saved: the page is loaded anew

// --- drawn, and drawn anew ---

function ready(first) {
  sort();
  document.querySelectorAll("[data-kind]").forEach(suit);
  note();
  if (!editor()) return;
  if (first) before = kept();
  else changed();
  for (const [selector, at] of [["up", 0], ["down", -1]]) {
    const edge = [...document.querySelectorAll(`[data-fields] [data-move="${selector}"]`)].at(at);
    if (edge) edge.disabled = true;
  }
}

document.addEventListener("htmx:afterSettle", ({ target }) => { if (target.id === "door-form" || target.querySelector?.("#door-form")) ready(false); });
ready(true);
