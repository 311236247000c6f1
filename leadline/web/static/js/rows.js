// A list of the settings (#rows): its forms and links act without loading the page. One act after the other; the answer
// is the list as it is then, drawn anew without losing what somebody is typing, pressing or has opened.
import { say, token } from "./toasts.js";
import { keep } from "./uses.js";
import { word } from "./words.js";

export const rows = () => document.getElementById("rows");
let queue = Promise.resolve();

/** Sends an act, or asks for the list anew (without `data`), once those before it are answered. */
export function act(address, data, failed = () => {}) {
  queue = queue.catch(() => {}).then(() => run(address, data, failed)); // one that fails stops none of the next
  return queue;
}

async function run(address, data, failed) {
  let answer;
  try {
    answer = await fetch(address, {
      method: data ? "POST" : "GET", body: data, credentials: "same-origin", headers: { "HX-Request": "true", "X-CSRFToken": token() },
    });
  } catch {
    document.dispatchEvent(new CustomEvent("leadline:offline"));
    say(word("unsent"), { bad: true });
    failed();
    return;
  }
  if (answer.headers.has("HX-Redirect")) { location.assign(answer.headers.get("HX-Redirect")); return; }
  const text = await answer.text();
  if (!(answer.headers.get("Content-Type") ?? "").includes("html") || answer.status >= 500) {
    say(said(text) ?? word("refused"), { bad: true });
    failed();
    return;
  }
  await released();
  draw(text, answer.ok, answer.headers.get("Leadline-Uses") ?? "");
  const done = JSON.parse(answer.headers.get("HX-Trigger") ?? "{}")["leadline:done"];
  if (done) document.dispatchEvent(new CustomEvent("leadline:done", { detail: done }));
}

function said(text) {
  try { return JSON.parse(text).message; } catch { return undefined; }
}

// --- forms and links ---

const sent = new WeakMap(); // what is under way, by form: Enter changes and submits at once

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!rows()?.contains(form) || event.defaultPrevented) return;
  event.preventDefault();
  if ("inline" in form.dataset && !dirty(form) && !event.submitter?.value) return;
  const given = new FormData(form, event.submitter);
  const data = form.enctype.startsWith("multipart") ? given : new URLSearchParams(given);
  if (data !== given && sent.get(form) === data.toString()) return;
  sent.set(form, data.toString());
  const typed = "adding" in form.dataset ? empty(form) : [];
  act(form.action, data, () => {
    sent.delete(form);
    for (const [input, value] of typed) if (!input.value) input.value = value;
  });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-part]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  act(link.href);
});

/** Whether something in the form is other than it was drawn. */
export function dirty(form) {
  return [...form.elements].some((one) => one.type !== "hidden" && !one.hidden && (
    one.type === "checkbox" ? one.checked !== one.defaultChecked
      : one.tagName === "SELECT" ? [...one.options].some((option) => option.selected !== option.defaultSelected) && one.value !== chosen(one)
        : one.defaultValue !== undefined && one.value !== one.defaultValue));
}

function chosen(select) {
  return [...select.options].find((option) => option.defaultSelected)?.value ?? select.options[0]?.value;
}

/** A form that adds is ready for the next one at once; gives what was in it. */
function empty(form) {
  const typed = [...form.elements].filter((one) => one.type === "text" && one.value).map((one) => [one, one.value]);
  for (const [input] of typed) input.value = "";
  sent.delete(form);
  return typed;
}

// --- drawing anew ---

let down = false;
document.addEventListener("pointerdown", () => { down = true; }, true);
for (const up of ["pointerup", "pointercancel"]) document.addEventListener(up, () => { down = false; }, true);

/** Nothing moves under a pressed button: its click would be lost. */
async function released() {
  while (down) await new Promise((go) => setTimeout(go, 20));
  await new Promise((go) => setTimeout(go)); // the click comes after the release
}

function draw(html, fine, used) {
  const part = rows();
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("rows");
  if (!part || !fresh) return;
  const at = part.contains(document.activeElement) ? document.activeElement : null;
  const place = at && (at.id || at.closest("[id]")?.id);
  const typing = fine && at?.id && at.type !== "file" && at.defaultValue !== undefined && at.value !== at.defaultValue ? [at.value, at.selectionStart, at.selectionEnd] : null;
  const opened = [...part.querySelectorAll("details[open][id]:not(.menu)")].map(({ id }) => id);
  const ask = keep(part, fresh, used);
  part.replaceWith(fresh);
  ask();
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  focus(fresh.querySelector("[autofocus]") ?? (fine ? null : fresh.querySelector("[aria-invalid=true]")) ?? document.getElementById(place), place, typing);
  document.dispatchEvent(new CustomEvent("leadline:rows"));
}

function focus(element, place, typing) {
  const target = element?.tagName === "DETAILS" ? element.querySelector("summary") : element;
  if (typing && target?.id === place) {
    target.value = typing[0];
    try { target.setSelectionRange(typing[1], typing[2]); } catch { /* dates and numbers have no selection */ }
  }
  if (rows().contains(target)) target.focus({ preventScroll: true });
}
