// Activities wherever they stand as rows (activities/parts.html): ticked in place by a click, or by a key on the row that
// has the focus. What was ticked asks what came of it and what is next: js/activities-after.js.
import { Refused, send } from "./toasts.js";
import { after } from "./activities-after.js";
import { key } from "./keys.js";
import { open } from "./dialogs.js";
import { command } from "./palette.js";
import "./activities-form.js";
import "./activities-remind.js";
import { word } from "./words.js";

const rows = () => [...document.querySelectorAll("[data-activity]")].filter((row) => row.offsetParent !== null);

/** The row that has the focus, or that the focus is in. */
export function rowHere() {
  return document.activeElement?.closest?.("[data-activity]") ?? null;
}

/** Stands on a row: the keys are for it then. */
export function stand(row) {
  if (!row) return;
  if (!row.hasAttribute("tabindex")) row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

export function neighbour(row, by = 1) {
  const all = rows();
  const place = all.indexOf(row);
  return place < 0 ? all[0] : all[place + by];
}

// --- ticking ---

document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("[data-activity-tick]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  tick(form);
});

/** Ticks off what stands in the form, at once on screen; back where the server refuses. */
export async function tick(form) {
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  const done = form.elements.done.value === "1";
  const keyed = document.activeElement?.closest?.("[data-activity]") !== null;
  show(form, done);
  try {
    const said = await send(form.action, { data: { done: done ? "1" : "0", after: done ? "1" : "" } });
    if (said?.after) after(form, said.after, { keyed });
  } catch (refusal) {
    show(form, !done);
    if (!(refusal instanceof Refused)) throw refusal;
  } finally {
    delete form.dataset.sending;
  }
}

function show(form, done) {
  form.closest("[data-activity]")?.classList.toggle("ticked", done);
  form.querySelector("[role=checkbox]")?.setAttribute("aria-checked", String(done));
  form.elements.done.value = done ? "0" : "1";
}

// --- keys of the row that has the focus ---

const group = word("activities");
const onRow = () => Boolean(rowHere());
const ticking = () => rowHere()?.querySelector("[data-activity-tick]");
const ownSteps = () => document.querySelector("[data-own-steps], [data-grid]");
key(["j", "ArrowDown"], word("next-row"), () => stand(neighbour(rowHere())), { when: () => !ownSteps() && rows().length > 0, group });
key(["k", "ArrowUp"], word("row-before"), () => stand(neighbour(rowHere(), -1)), { when: () => !ownSteps() && onRow(), group });
key(["x", "Space"], word("done"), () => tick(ticking()), { when: () => Boolean(ticking()) && !document.activeElement?.matches("a, button, input, summary"), group });
key("e", word("edit-activity"), () => open(rowHere().querySelector("[data-activity-edit]").href, rowHere()), { when: () => Boolean(rowHere()?.querySelector("[data-activity-edit]")), group });

// --- another day: tomorrow, next week, or a choice; for the rows that are selected, else for the one with the focus ---

const moving = () => Boolean(rowHere()?.querySelector("[data-activity-edit]"));
key("t", word("tomorrow"), () => move(rowHere(), "tomorrow"), { when: moving, group });
key("n", word("next-week"), () => move(rowHere(), "week"), { when: moving, group });
key("r", word("re-plan"), () => replan([rowHere().dataset.activity]), { when: moving, group });

export async function move(row, to) {
  const next = neighbour(row) ?? neighbour(row, -1);
  try {
    await send(`/activities/${row.dataset.activity}/move/`, { data: { to } });
    if (!row.isConnected || row.offsetParent === null) stand(next);
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
  }
}

/** The dialog that re-plans activities of these numbers. */
export function replan(ids) {
  return open(`/activities/replan/?ids=${ids.join(",")}`);
}

// At most so many a day: on which days they fall then.
let replanning;
document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("[data-replan-at]")) return;
  target.form.querySelector("[name=how][value=spread]").checked = true;
  clearTimeout(replanning);
  replanning = setTimeout(() => preview(target), 150);
});

async function preview(field) {
  const asked = new URLSearchParams({ ids: field.form.elements.ids.value, per_day: field.value });
  const html = await send(`${field.dataset.replanAt}?${asked}`, { method: "GET", accept: "text/html", quiet: true });
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("replan-days");
  field.form.querySelector("#replan-days")?.replaceChildren(...fresh.childNodes);
}

// What came after a tick is over: on with the next row.
document.addEventListener("activity:left", ({ detail: { row } }) => {
  if (row?.isConnected) stand(neighbour(row) ?? row);
});

// --- adding from anywhere: on a record's page it is already linked ---

const adding = document.querySelector("[data-adds=activity]");
if (adding) {
  const [kind, pk] = (document.body.dataset.seen ?? "").split("-");
  const here = ["deal", "lead", "person", "organization"].includes(kind) ? `?${kind}=${pk}` : "";
  const logging = `${adding.getAttribute("href")}${here ? `${here}&` : "?"}log=1`;
  adding.href = adding.getAttribute("href") + here;
  command({ word: word("plan-activity"), also: word("plan-also"), group: word("add"), icon: "plus", run: () => open(adding.href) });
  command({ word: word("log-call"), also: word("log-also"), group: word("add"), icon: "plus", run: () => open(logging) });
}
