// After an activity was ticked off: what came of it, by one key, and what is next, in one line. It stands below the row;
// where the page draws that row anew, or there is no room for it, it stands at the foot of the page.
import { Refused, send } from "./toasts.js";
import { reading } from "./activities-line.js";

let panel = null; // the one that is open
let place = null; // the row it belongs to
let home = null; // where the focus goes afterwards

/** Shows it for what was ticked in `form`. `html` comes with the answer to the tick. */
export function after(form, html, { keyed = true } = {}) {
  leave({ focus: false });
  const box = document.createElement("template");
  box.innerHTML = html.trim();
  panel = box.content.firstElementChild;
  const row = form.closest("[data-activity]");
  home = row;
  place = row?.id ?? "";
  put(row);
  const next = panel.querySelector("[data-next-form]");
  const { on, type } = panel.dataset;
  reading(line(), panel.querySelector("[data-read]"), next.dataset.lineAt, { more: () => ({ plan: "1", on, type }) });
  watch.observe(document.body, { childList: true, subtree: true });
  if (keyed || matchMedia("(hover: hover)").matches) line().focus({ preventScroll: true });
  panel.scrollIntoView({ block: "nearest" });
}

const line = () => panel.querySelector("input[name=subject]");

// In a list below its row; a card, a table or a popover has no room for it.
function put(row) {
  const fits = row?.isConnected && row.matches("li, div.act-row") && !row.closest("[data-no-after]");
  panel.classList.toggle("adrift", !fits);
  if (fits) row.append(panel);
  else (document.querySelector("dialog[open]") ?? document.body).append(panel);
}

// Drawn anew: back to its row, with what was typed.
const watch = new MutationObserver(() => {
  if (!panel || panel.isConnected) return;
  const typing = line();
  const [from, to] = [typing.selectionStart, typing.selectionEnd];
  put(document.getElementById(place));
  typing.focus({ preventScroll: true });
  typing.setSelectionRange(from, to);
});

/** Closes it; the page may draw anew what it held back meanwhile. */
export function leave({ focus = true } = {}) {
  if (!panel) return;
  watch.disconnect();
  const gone = panel;
  const row = home?.isConnected ? home : document.getElementById(place);
  panel = null;
  gone.remove();
  if (focus) document.dispatchEvent(new CustomEvent("activity:left", { detail: { row, id: gone.dataset.after } }));
  document.dispatchEvent(new CustomEvent("leadline:left", { detail: { id: gone.dataset.after } }));
}

async function outcome(button) {
  const pressed = button.getAttribute("aria-pressed") === "true";
  const mine = panel;
  mark(mine, pressed ? null : button);
  try {
    await send(mine.dataset.outcomeAt, { data: { outcome: pressed ? "" : button.dataset.outcome } });
  } catch (refusal) {
    mark(mine, pressed ? button : null);
    if (!(refusal instanceof Refused)) throw refusal;
  }
  if (panel === mine && !document.activeElement?.closest("[data-after]")) line().focus({ preventScroll: true });
}

function mark(within, button) {
  for (const one of within.querySelectorAll("[data-outcome]")) one.setAttribute("aria-pressed", String(one === button));
}

async function plan(form) {
  if (!line().value.trim()) return leave();
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  const error = form.querySelector("[data-error]");
  try {
    await send(form.action, { data: new FormData(form), quiet: true });
    leave();
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
    error.textContent = refusal.message;
    error.hidden = false;
  } finally {
    delete form.dataset.sending;
  }
}

document.addEventListener("click", (event) => {
  const within = event.target.closest?.("[data-after]");
  if (!within || within !== panel) return;
  const button = event.target.closest("[data-outcome]");
  if (button) { event.preventDefault(); outcome(button); line().focus({ preventScroll: true }); }
  if (event.target.closest("[data-after-leave]")) leave();
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches?.("[data-next-form]") || !panel?.contains(event.target)) return;
  event.preventDefault();
  event.stopPropagation();
  plan(event.target);
}, true);

// A number is an outcome as long as nothing has been typed; Escape leaves it at that.
document.addEventListener("keydown", (event) => {
  if (!panel?.contains(event.target) || event.isComposing) return;
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    leave();
    return;
  }
  const number = /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !line().value;
  const button = number && panel.querySelector(`[data-outcome][aria-keyshortcuts="${event.key}"]`);
  if (!button || panel.querySelector("[data-outcome][aria-pressed=true]") && !event.altKey) return;
  event.preventDefault();
  outcome(button);
}, true);

// Taken back: there is nothing to ask any more.
document.addEventListener("leadline:changed", ({ detail }) => {
  if (panel && detail.from === "undo" && detail.changes?.some(({ kind, id }) => kind === "activity" && String(id) === panel.dataset.after)) leave();
});
