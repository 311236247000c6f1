// What was done, with an Undo beside it; what was refused, with the reason. Everything that changes a record from a
// script goes through `send`, so that a refusal is never silent.
import { key } from "./keys.js";
import { word } from "./words.js";

const LASTS = 10_000; // milliseconds in which an act can be taken back from its toast
const stack = JSON.parse(sessionStorage.getItem("acts") ?? "[]"); // acts of this tab, the latest last
const underway = new Set(); // what has been sent and is not answered yet
let refused = false; // whether the last that was tried was refused: nothing of it can be taken back
export const mine = new Set(); // acts whose changes this tab has drawn already

export class Refused extends Error {
  constructor(status, { message = "", errors = {}, now = {} } = {}) {
    super(message);
    Object.assign(this, { status, errors, now });
  }
}

export function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

/** Sends a form's data (an object, FormData or URLSearchParams); gives the answer's JSON, or its text. Throws Refused. */
export function send(url, options = {}) {
  const answer = sent(url, options);
  if (options.method === "GET") return answer;
  const over = answer.then(() => {}, () => {}).finally(() => underway.delete(over));
  underway.add(over);
  return answer;
}

async function sent(url, { method = "POST", data, accept = "application/json, text/html", quiet = false } = {}) {
  const body = method === "GET" || data === undefined ? undefined : packed(data);
  let response;
  try {
    response = await fetch(url, {
      method, body, headers: { "Accept": accept, "X-CSRFToken": token() }, credentials: "same-origin", redirect: "follow",
    });
  } catch {
    document.dispatchEvent(new CustomEvent("leadline:offline"));
    return refuse(new Refused(0, { message: word("unsent") }), quiet);
  }
  const kind = response.headers.get("Content-Type") ?? "";
  const said = response.status === 204 ? null : kind.includes("json") ? await response.json() : await response.text();
  if (!response.ok) {
    const why = typeof said === "object" && said ? said : { message: word("refused") };
    if (why.ask) return asked(why);
    return refuse(Object.assign(new Refused(response.status, why), { html: kind.includes("html") ? said : "" }), quiet);
  }
  heard(response.headers.get("HX-Trigger"));
  return said;
}

// A playbook asks for something first: it is asked in place, and what was refused is done along. Nothing more is said
// where somebody thought better of it.
async function asked(why) {
  const { fill } = await import("./playbook-asks.js");
  if (await fill(why.ask)) return null;
  return refuse(new Refused(422, why), true);
}

function packed(data) {
  if (data instanceof FormData || data instanceof URLSearchParams) return data;
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(data)) {
    for (const one of Array.isArray(value) ? value : [value]) form.append(name, one ?? "");
  }
  return form;
}

function refuse(refusal, quiet) {
  refused = true;
  if (!quiet && !refusal.html) say(refusal.message, { bad: true });
  throw refusal;
}

/** The toast of an answer, from its HX-Trigger header. */
function heard(header) {
  if (!header) return;
  const done = JSON.parse(header)["leadline:done"];
  if (done) tell(done);
}

function tell({ text: what, act, link, changes, kind, id }) {
  if (act) { refused = false; stack.push(act); mine.add(act); keep(); }
  if (what) say(what, { act, link });
  const list = changes ?? (kind ? [{ kind, id, mine: true, fields: [], on: {} }] : []);
  changed(list, "me");
}

/** Tells the page that records have changed; parts of it draw themselves anew. */
export function changed(changes, from) {
  document.dispatchEvent(new CustomEvent("leadline:changed", { detail: { changes, from } }));
}

/** A toast; with Undo where `act` is given, and with the way to what was made where `link` (href, text) is. */
export function say(what, { act = "", bad = false, link = null } = {}) {
  const toast = document.createElement("div");
  toast.className = bad ? "toast bad" : "toast";
  toast.setAttribute("role", bad ? "alert" : "status");
  const line = document.createElement("span");
  line.textContent = what;
  toast.append(line);
  if (link) toast.append(Object.assign(document.createElement("a"), { href: link.href, textContent: link.text, className: "toast-undo" }));
  if (act) toast.append(button(word("undo"), () => { toast.remove(); undo(act); }, "toast-undo"));
  toast.append(button(word("close"), () => toast.remove(), "toast-close"));
  const shelf = shelves();
  while (shelf.children.length >= 3) shelf.firstElementChild.remove();
  shelf.append(toast);
  let left = setTimeout(() => toast.remove(), LASTS);
  toast.addEventListener("mouseenter", () => clearTimeout(left));
  toast.addEventListener("mouseleave", () => { left = setTimeout(() => toast.remove(), LASTS / 2); });
  return toast;
}

function button(word, act, kind) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = kind;
  if (kind === "toast-close") { made.setAttribute("aria-label", word); made.textContent = "×"; } else made.textContent = word;
  made.addEventListener("click", act);
  return made;
}

function shelves() {
  let shelf = document.querySelector(".toasts");
  if (!shelf) {
    shelf = document.createElement("div");
    shelf.className = "toasts";
    shelf.setAttribute("aria-live", "polite");
  }
  // A modal dialog covers everything outside it: the toasts then stand in it.
  const place = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  if (shelf.parentElement !== place) place.append(shelf);
  return shelf;
}

/** Takes back an act; without one, the last of this tab that has not been taken back, also one that is on its way still. */
export async function undo(act) {
  if (!act) {
    await Promise.all(underway);
    if (refused) { refused = false; say(word("refused-last")); return; }
    act = stack.at(-1);
  }
  if (!act) { say(word("nothing-to-undo")); return; }
  const place = stack.lastIndexOf(act);
  if (place >= 0) { stack.splice(place, 1); keep(); }
  for (const toast of document.querySelectorAll(".toast")) toast.remove();
  try {
    const said = await sendUndo(act);
    changed((said.changes ?? []).map((one) => ({ ...one, mine: true, fields: [], on: {} })), "undo");
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
  }
}

async function sendUndo(act) {
  const said = await send(`/undo/${act}/`);
  stack.pop(); // the taking back is itself an act; `z` goes on with what was done before it
  keep();
  return said;
}

function keep() {
  sessionStorage.setItem("acts", JSON.stringify(stack.slice(-50)));
}

// Answers to htmx say the same by the same header; what was refused comes as JSON, which is no part of a page.
document.addEventListener("leadline:done", (event) => tell(event.detail));
document.addEventListener("htmx:beforeSwap", (event) => {
  const answer = event.detail.xhr;
  if (answer.status >= 400 && (answer.getResponseHeader("Content-Type") ?? "").includes("json")) {
    event.detail.shouldSwap = false;
    const why = JSON.parse(answer.responseText);
    refused = true;
    if (why.ask) asked(why).catch(() => {});
    else say(why.message, { bad: true });
  }
});
document.addEventListener("htmx:sendError", () => {
  document.dispatchEvent(new CustomEvent("leadline:offline"));
  say(word("unsent"), { bad: true });
});
key(["z", "mod+z"], word("undo"), () => undo());
