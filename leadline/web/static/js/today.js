// Today: rows that one walks by j and k over all regions, acts by one key, and a page that follows what is done to it.
import { ask } from "./board-asks.js";
import { open as dialog } from "./dialogs.js";
import { key } from "./keys.js";
import { Refused, send } from "./toasts.js";
import { current, page, rows, step, word } from "./today-rows.js";
import { plan } from "./today-plan.js";
import "./today-live.js";

const group = word("today");
const of = (kind) => () => current()?.dataset.kind === kind;

async function act(address, data) {
  try {
    await send(address, { data });
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
  }
}

async function lose(row) {
  const said = await ask("lost", row);
  if (said) act(`/deals/${row.dataset.id}/lost/`, said);
}

async function park(row) {
  const said = await ask("park", row);
  if (said) act(`/deals/${row.dataset.id}/parked/`, { ...said, date: said.date || said.quick || "" });
}

const open = (row) => row.querySelector("[data-open], a[data-main], .act-subject")?.click();

key(["j", "ArrowDown"], word("next"), () => step(1), { group, when: () => rows().length > 0 && free() });
key(["k", "ArrowUp"], word("previous"), () => step(-1), { group, when: () => rows().length > 0 && free() });
key("Enter", word("open"), () => open(current()), { group, when: onRow });
key("a", word("accept"), () => current().querySelector("[data-accept]").click(), { group, when: () => onRow() && has("[data-accept]") });
key("r", word("give back"), () => dialog(current().querySelector("[data-give-back]").href, current()), { group, when: () => onRow() && has("[data-give-back]") });
key("p", word("plan"), () => plan(current()), { group, when: () => onRow() && Boolean(current().querySelector("[data-plan]")) });
if (page().dataset.focusAt) {
  key("n", word("park"), () => park(current()), { group, when: of("deal") });
  key("l", word("lose"), () => lose(current()), { group, when: of("deal") });
  key("f", word("focus"), () => location.assign(page().dataset.focusAt), { group });
}

// Arrows belong to whatever else has the focus: a menu, a form in a row.
function free() {
  const at = document.activeElement;
  return at === document.body || at.matches("main") || at.matches("[data-row]") || Boolean(at.closest("#today") && at.matches("a, button"));
}

const has = (what) => Boolean(current().querySelector(what));

function onRow() {
  return document.activeElement?.matches?.("[data-row]") ?? false;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#today :is([data-plan], [data-park], [data-lose])");
  const row = button?.closest("[data-row]");
  if (!row) return;
  if (button.matches("[data-plan]")) plan(row);
  else if (button.matches("[data-park]")) park(row);
  else lose(row);
});

document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-of]")) event.target.form.requestSubmit();
});
