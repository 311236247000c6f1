// What an event is, beside its place: read, ticked off, edited, or given another time without dragging.
import { send } from "./toasts.js";
import { eventOf, focus, latest } from "./calendar-grid.js";

const GAP = 8; // pixels between an event and what tells of it
const box = document.getElementById("calendar-event");
let where; // the event's place on the screen

export async function open(event) {
  const link = event.querySelector("a");
  try {
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!answer.ok || answer.status === 204) throw new Error(String(answer.status));
    box.innerHTML = await answer.text();
  } catch {
    location.assign(link.href);
    return;
  }
  document.dispatchEvent(new CustomEvent("leadline:drawn"));
  box.showPopover();
  where = event.getBoundingClientRect();
  beside(where);
  (box.querySelector(".act-subject") ?? box.querySelector("a, button")).focus({ preventScroll: true });
}

function beside(place) {
  const { offsetWidth: width, offsetHeight: height } = box;
  const right = place.right + GAP + width < innerWidth;
  const left = right ? place.right + GAP : Math.max(GAP, place.left - GAP - width);
  box.style.insetInlineStart = `${Math.min(left, innerWidth - width - GAP)}px`;
  box.style.insetBlockStart = `${Math.max(GAP, Math.min(place.top, innerHeight - height - GAP))}px`;
}

// What was ticked off asks what is next, and takes more room.
new ResizeObserver(() => { if (where && box.matches(":popover-open")) beside(where); }).observe(box);

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-calendar] .event > a");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link.parentElement);
});

box.addEventListener("click", ({ target }) => { if (target.closest("[data-popover-close]")) box.hidePopover(); });
box.addEventListener("toggle", ({ newState }) => {
  if (newState === "closed" && (document.activeElement === document.body || box.contains(document.activeElement))) focus(latest());
});
box.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-calendar-form]");
  if (!form) return;
  event.preventDefault();
  try {
    await send(form.getAttribute("action"), { data: new FormData(form) });
    box.hidePopover();
  } catch { /* the toast says why; the form stays */ }
});
// What happened to an event that is open is shown in it, too; gone from the calendar it is closed.
document.addEventListener("calendar:shown", () => {
  const id = box.matches(":popover-open") && box.querySelector("[data-activity]")?.dataset.activity;
  if (id && !eventOf(id)) box.hidePopover();
});
