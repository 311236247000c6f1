// Selecting records and doing something to all of them: portions of hundreds, one act, one undo, an answer for each.
import { enhance } from "./lookup.js";
import { Refused, send } from "./toasts.js";
import { say } from "./lists-words.js";

const selected = new Set(); // numbers of records, also of those not shown
let whole = false; // all that the list holds, beyond what is shown
let list; // what lists.js lends: page, query, at, rows
let anchor = null; // from where Shift selects
let busy = false;

export const picked = () => (whole ? Number(bar()?.dataset.count ?? 0) : selected.size);
export const chosen = () => selected;

const bar = () => list.page.querySelector("[data-bulk]");
const part = (name) => bar()?.querySelector(`[data-bulk-${name}]`);

export function pick(row, on = !selected.has(row?.dataset.id)) {
  const box = row?.querySelector("[data-pick]");
  if (!box) return;
  box.checked = on;
  row.classList.toggle("picked", on);
  if (on) selected.add(row.dataset.id);
  else { selected.delete(row.dataset.id); whole = false; }
  anchor = row.dataset.id;
  draw();
}

// Rows that were drawn anew know whether they are selected.
export function restore(rows) {
  for (const row of rows) {
    const on = whole || selected.has(row.dataset.id);
    const box = row.querySelector("[data-pick]");
    if (box) box.checked = on;
    row.classList.toggle("picked", on);
    if (whole) selected.add(row.dataset.id);
  }
  draw();
}

export function forget() {
  selected.clear();
  whole = false;
  restore(list.rows());
}

function draw() {
  const box = bar();
  if (!box) return;
  const all = list.page.querySelector("[data-pick-all]");
  const shown = list.rows().length;
  const total = Number(box.dataset.count);
  if (all) {
    all.checked = shown > 0 && selected.size >= shown;
    all.indeterminate = selected.size > 0 && !all.checked;
  }
  box.hidden = !picked() && part("refused").hidden;
  if (!picked()) part("form").hidden = true;
  const number = (n) => n.toLocaleString(document.documentElement.lang);
  part("count").textContent = whole ? say("all-selected", { n: number(total) }) : say("selected", { n: number(selected.size) });
  const more = part("all");
  more.hidden = whole || selected.size < shown || total <= shown;
  more.textContent = say("select-all", { n: number(total) });
}

export function listen(given) {
  list = given;
  list.page.addEventListener("click", clicked);
  list.page.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-deed-form]");
    if (!form) return;
    event.preventDefault();
    act(form.dataset.deedForm, new FormData(form), form);
  });
  list.page.addEventListener("change", (event) => {
    if (event.target.matches("[data-deed-field]")) ask("field", event.target.value);
  });
  list.page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !event.target.closest("[data-bulk-form]")) return;
    event.stopPropagation();
    event.preventDefault();
    const { of: deed } = part("form").dataset;
    part("form").hidden = true;
    bar().querySelector(`[data-deed="${deed}"]`)?.focus();
  });
}

function clicked(event) {
  const box = event.target.closest("[data-pick]");
  if (box) {
    const row = box.closest("tr");
    const on = box.checked;
    const rows = list.rows();
    const from = rows.findIndex((one) => one.dataset.id === anchor);
    const to = rows.indexOf(row);
    if (event.shiftKey && from >= 0) for (const one of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) pick(one, on);
    else pick(row, on);
  } else if (event.target.closest("[data-pick-all]")) {
    const on = event.target.checked; // drawing sets it anew
    for (const row of list.rows()) pick(row, on);
  } else if (event.target.closest("[data-bulk-all]")) {
    whole = true;
    restore(list.rows());
  } else if (event.target.closest("[data-all-deed]")) {
    whole = true;
    restore(list.rows());
    ask(event.target.closest("[data-all-deed]").dataset.allDeed);
  } else if (event.target.closest("[data-bulk-none]")) {
    part("refused").hidden = true;
    forget();
  } else if (event.target.closest("button[data-deed]")) {
    const { deed, asks } = event.target.closest("button[data-deed]").dataset;
    if (asks === undefined) act(deed, new FormData());
    else if (!part("form").hidden && part("form").dataset.of === deed) part("form").hidden = true;
    else ask(deed);
  }
}

/** Whether this list can do so to many. */
export const offers = (deed) => Boolean(bar()?.querySelector(`[data-deed="${deed}"]`));

/** Asks beside the list what a deed has to be told; `name` is the field that is to be changed. */
export async function ask(deed, name = "") {
  const place = part("form");
  place.innerHTML = await send(`${bar().dataset.bulkAt}${deed}/?name=${encodeURIComponent(name)}`, { method: "GET" });
  place.dataset.of = deed;
  place.hidden = false;
  enhance(place);
  (name ? place.querySelector(".deed-value :is(input:not([type=hidden]), select, textarea)") : place.querySelector("select, input:not([type=hidden])"))?.focus();
}

// One portion after the other; what was refused stays selected and is told with its reason.
async function act(deed, data, form = null) {
  if (busy || !picked()) return;
  busy = true;
  data.set("deed", deed);
  const refused = [];
  const total = picked();
  const ids = whole ? [] : [...selected];
  let done = 0;
  let changed = 0;
  let go = { act: "", from: "" };
  part("refused").hidden = true;
  try {
    while (go) {
      const portion = whole ? [] : ids.splice(0, 500);
      const said = await send(`${bar().dataset.bulkAt}?${list.query()}`, { data: portionOf(data, go, portion, changed, ids.length), quiet: Boolean(form) });
      changed += said.changed.length;
      done += said.changed.length + said.same.length + said.refused.length;
      refused.push(...said.refused);
      go = whole ? said.next && { act: said.act, from: said.next } : ids.length > 0 && { act: said.act, from: "" };
      progress(done, total, Boolean(go));
    }
    finish(refused);
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
    complain(refusal, form, done, refused);
  } finally {
    busy = false;
    progress(0, 0, false);
  }
}

function portionOf(data, { act: by, from }, portion, changed, left) {
  const sent = new FormData();
  for (const [name, value] of data) sent.append(name, value);
  if (by) sent.set("act", by);
  sent.set("changed", changed);
  if (left) sent.set("left", left);
  if (whole) { sent.set("all", "yes"); sent.set("from", from); } else sent.set("ids", portion.join(","));
  return sent;
}

function progress(done, total, on) {
  const place = part("progress");
  if (!place) return;
  place.hidden = !on;
  if (!on) return;
  place.querySelector("progress").value = (100 * done) / Math.max(1, total);
  place.querySelector("span").textContent = say("doing", { done: done.toLocaleString(), n: total.toLocaleString() });
}

function finish(refused) {
  const rest = new Set(refused.map(([pk]) => String(pk)));
  whole = false;
  selected.clear();
  for (const pk of rest) selected.add(pk);
  if (bar()) {
    part("form").hidden = true;
    tell(refused);
  }
  restore(list.rows());
}

function tell(refused) {
  const place = part("refused");
  place.hidden = !refused.length;
  if (!refused.length) return;
  const head = document.createElement("p");
  head.textContent = say("refused", { n: refused.length.toLocaleString() });
  const names = document.createElement("ul");
  for (const [pk, name, reason, ask] of refused.slice(0, 20)) {
    const item = document.createElement("li");
    item.textContent = name ? `${name}: ${reason}` : reason;
    if (ask) item.append(" ", answer(say("answer"), say("answer-of", { name }), ask, [pk], refused));
    names.append(item);
  }
  const lacking = refused.filter((one) => one[3]).slice(0, 200);
  if (lacking.length > 1) {
    const also = lacking.slice(1).map(([pk]) => pk);
    head.append(" ", answer(say("answer-all", { n: lacking.length }), "", `${lacking[0][3]}&also=${also.join(",")}`, [lacking[0][0], ...also], refused));
  }
  if (refused.length > 20) {
    const item = document.createElement("li");
    item.textContent = say("refused-more", { n: (refused.length - 20).toLocaleString() });
    names.append(item);
  }
  place.replaceChildren(head, names);
}

// What a playbook asks for is asked in place; those that went on leave the list of what was refused.
function answer(what, label, address, ids, refused) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small";
  button.textContent = what;
  if (label) button.setAttribute("aria-label", label);
  button.addEventListener("click", async () => {
    const { fill } = await import("./playbook-asks.js");
    if (!await fill(address) || !bar()) return;
    for (const pk of ids) selected.delete(String(pk));
    tell(refused.filter(([pk]) => !ids.includes(pk)));
    restore(list.rows());
  });
  return button;
}

function complain(refusal, form, done, refused) {
  const line = form?.querySelector("[data-deed-error]");
  if (line && !done) {
    line.textContent = refusal.message;
    line.hidden = false;
  } else if (done) {
    finish([...refused, [0, "", say("stopped", { message: refusal.message })]]);
  }
}
