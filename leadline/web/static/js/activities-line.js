// How a line is read, shown below it while one types: "call tue 10 about the offer".
import { send } from "./toasts.js";

const PAUSE = 140; // milliseconds after the last letter

/** Shows it for `form`: its `subject`, and whatever else of it says how the line is meant. Tells `found` what was read. */
export function reading(form, found = () => {}) {
  const subject = form.elements.subject;
  const place = form.querySelector("[data-read]");
  let waiting;
  let asked = 0;

  async function look() {
    const number = (asked += 1);
    const text = subject.value.trim();
    const query = new URLSearchParams(new FormData(form));
    query.delete("csrfmiddlewaretoken");
    query.set("line", "1");
    const said = text ? await send(`${form.dataset.lineAt}?${query}`, { method: "GET", quiet: true }).catch(() => null) : null;
    if (number !== asked) return;
    place.textContent = said?.words ?? "";
    place.hidden = !said;
    found(said);
  }

  subject.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
  return look;
}
