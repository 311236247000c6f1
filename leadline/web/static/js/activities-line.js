// How a line is read, shown below it while one types: "call tue 10 about the offer".
import { send } from "./toasts.js";

const PAUSE = 140; // milliseconds after the last letter

/**
 * Asks `at` how `input` is read and writes that into `place`. `more` gives what else of the form says how it is meant,
 * `found` hears of what was read. Returns a function that asks at once.
 */
export function reading(input, place, at, { more = () => ({}), found = () => {} } = {}) {
  const words = place.querySelector("[data-read-words]") ?? place;
  let waiting;
  let asked = 0;

  async function look() {
    clearTimeout(waiting);
    const number = (asked += 1);
    const text = input.value.trim();
    const query = new URLSearchParams({ ...more(), line: "1", subject: text });
    const said = text ? await send(`${at}?${query}`, { method: "GET", quiet: true }).catch(() => null) : null;
    if (number !== asked) return;
    words.textContent = said?.words ?? "";
    place.hidden = !said;
    found(said);
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
  return look;
}
