// The stream of a record: drawn anew when something in it has changed, filtered, acted on. What is written above it is
// in timeline-compose.js.
import { Refused, send } from "./toasts.js";
import { compose } from "./timeline-compose.js";
import { writing } from "./timeline-mentions.js";

const box = document.querySelector("[data-timeline]");
if (box) compose(box);
let show = new URLSearchParams(location.search).get("show") ?? "all";
let waiting = 0;
let asked = 0;
let stale = false;

document.addEventListener("leadline:changed", ({ detail }) => {
  if (!box || !(detail.many || detail.from === "undo" || detail.changes.some(concerns))) return;
  clearTimeout(waiting);
  waiting = setTimeout(renew, 40);
});

function concerns({ kind, id, on = {} }) {
  if (`${kind}-${id}` === box.dataset.timeline || box.querySelector(`[data-row="${CSS.escape(`${kind}-${id}`)}"]`)) return true;
  return Object.entries(on).some(([place, pk]) => `${place}-${pk}` === box.dataset.timeline);
}

async function renew() {
  if (box.querySelector("[data-editing]")) { stale = true; return; } // what somebody types is not drawn over
  stale = false;
  const number = (asked += 1);
  const count = box.querySelectorAll("#entries > .entry").length;
  try {
    const html = await send(`${box.dataset.address}?show=${show}&count=${count}`, { method: "GET", quiet: true });
    if (number === asked) draw(html);
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
  }
}

// What reads as before stays the same node: pictures do not flicker, the focus stays where it is.
function draw(html) {
  const stream = document.getElementById("stream");
  const focused = document.activeElement?.closest?.("#stream [id]")?.id;
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  for (const item of fresh.content.querySelectorAll("li[id]")) {
    const old = document.getElementById(item.id);
    if (old && stream.contains(old) && reads(old) === reads(item)) item.replaceWith(old);
  }
  stream.replaceChildren(fresh.content);
  htmx.process(stream);
  if (focused && !document.activeElement?.closest("#stream")) document.getElementById(focused)?.querySelector("a, button")?.focus({ preventScroll: true });
}

function reads(item) {
  return item.outerHTML.replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, "").replace(/\s+/g, " ");
}

box?.addEventListener("click", (event) => {
  const filter = event.target.closest("[data-show]");
  const plain = !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (filter && plain) {
    event.preventDefault();
    show = filter.dataset.show;
    history.replaceState(history.state, "", show === "all" ? location.pathname : `?show=${show}`);
    for (const other of box.querySelectorAll("[data-show]")) other.toggleAttribute("aria-current", other === filter);
    renew().then(() => box.querySelector(`[data-show="${show}"]`)?.focus());
  }
  const note = event.target.closest("[data-edit-note]");
  if (note && plain) { event.preventDefault(); editNote(note); }
  const away = event.target.closest("[data-leave]");
  if (away?.closest("[data-editing]")) leave(away.closest("[data-editing]"));
});

box?.addEventListener("keydown", (event) => {
  const form = event.target.closest("[data-editing]");
  if (event.key === "Escape" && form && !event.defaultPrevented) { event.preventDefault(); event.stopPropagation(); leave(form); }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); event.target.closest("form")?.requestSubmit(); }
});

box?.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-act]")) { event.preventDefault(); act(form, event.submitter); }
  if (form.matches("[data-editing]")) { event.preventDefault(); save(form); }
});

async function act(form, button) {
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  try {
    await send(button?.getAttribute("formaction") ?? form.action, { data: new FormData(form, button) });
  } catch (refusal) {
    delete form.dataset.sending;
    if (!(refusal instanceof Refused)) throw refusal;
  }
}

// What came of an activity that was ticked, and what is next, has been answered: the stream as it is now.
document.addEventListener("leadline:left", () => { if (box && stale) renew(); });

async function editNote(link) {
  const place = link.closest(".entry").querySelector(".note-text");
  if (place.hidden) return;
  try {
    const html = await send(link.href, { method: "GET" });
    place.insertAdjacentHTML("afterend", html);
    const form = place.nextElementSibling;
    form.dataset.editing = "note";
    place.hidden = true;
    writing(form);
    const text = form.querySelector("textarea");
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
  }
}

function leave(form) {
  const entry = form.closest("li");
  for (const part of entry.querySelectorAll(":scope > [hidden], .note-text")) part.hidden = false;
  form.remove();
  entry.querySelector("[data-edit-note]")?.focus();
  if (stale) renew();
}

async function save(form) {
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  try {
    await send(form.action, { data: new FormData(form), quiet: true });
    stale = true;
    leave(form);
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
    delete form.dataset.sending;
    if (refusal.status === 409) form.elements.was.value = refusal.now.text; // saving again is now meant
    complain(form, refusal.message);
  }
}

export function complain(form, message) {
  const line = form.querySelector("[data-error]");
  line.textContent = message;
  line.hidden = !message;
  form.classList.toggle("wrong", Boolean(message));
}
