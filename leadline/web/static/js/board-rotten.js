// Everything on the board that nobody has touched for too long, into nurture at once: one question, one act, one undo.
import { ask } from "./board-asks.js";
import { word } from "./board-cards.js";
import { command } from "./palette.js";
import { Refused, say, send } from "./toasts.js";

const button = () => document.querySelector("[data-park-rotten]");

async function park() {
  const at = button().dataset.parkRotten;
  const until = await ask("park", null, button().dataset.of);
  button()?.focus();
  if (!until) return;
  const about = { ...until, come_back_on: until.date || until.quick, deed: "parked", all: "yes" };
  let changed = 0;
  const refused = [];
  try {
    for (let go = { act: "", from: "" }; go;) {
      const said = await send(at, { data: { ...about, ...go, changed } });
      changed += said.changed.length;
      refused.push(...said.refused);
      go = said.next && { act: said.act, from: said.next };
    }
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
  }
  if (refused.length) say(word("not-parked", { count: refused.length, one: refused[0][1], why: refused[0][2] }), { bad: true });
  else if (!changed) say(word("none-rotten"));
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-park-rotten]")) park();
});

command({ word: word("park-rotten"), group: word("board"), when: () => Boolean(button()), run: park });
