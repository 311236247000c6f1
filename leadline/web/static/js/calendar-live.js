// What has changed, by oneself or by others, is drawn anew: at once, but never under a hand that drags.
import { busy } from "./calendar-acts.js";
import { current, focus, latest } from "./calendar-grid.js";
import { again } from "./calendar-going.js";

const KINDS = new Set(["activity", "activity_type", "block", "sitting", "working_week", "own_day"]);
export const hand = { busy: false }; // an event is in it
let waiting = false;
let timer = 0;

document.addEventListener("leadline:changed", ({ detail: { changes, many } }) => {
  if (!many && !changes.some(({ kind }) => KINDS.has(kind))) return;
  waiting = true;
  soon();
});
document.addEventListener("calendar:settled", () => { if (waiting) soon(); });

function soon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, 15);
}

async function refresh() {
  const quiet = () => !hand.busy && !busy();
  if (!waiting || !quiet()) return; // asked again when that has settled
  waiting = false;
  const focused = Boolean(current());
  if (!await again(quiet)) { waiting = true; if (quiet()) soon(); return; }
  if (focused && (document.activeElement === document.body || current())) focus(latest());
}
