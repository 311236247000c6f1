// The page of a deal: its keys, why it was lost, until when it is parked, moving along the stages.
import { ask } from "./board-asks.js";
import { Refused, say, send } from "./toasts.js";
import { key } from "./keys.js";
import { command } from "./palette.js";
import { word } from "./words.js";

const act = (name) => document.querySelector(`form[data-deal-act="${name}"]`);
const stages = () => document.getElementById("deal-stages");

for (const [letter, name] of [["w", "deal_won"], ["l", "deal_lost"], ["p", "deal_parked"]]) {
  const button = act(name)?.querySelector("button");
  if (button) key(letter, button.textContent.trim(), () => act(name)?.requestSubmit(), { when: () => Boolean(act(name)), group: word("here"), also: act(name).dataset.also });
}
if (stages()?.dataset.moves) {
  key("m", stages().dataset.moves, () => beside(0)?.focus(), { when: () => Boolean(stages()?.dataset.moves), group: word("here") });
}

// "Move to Proposal" in the palette; the bar is drawn anew meanwhile, so that the stage is looked for when it is meant.
for (const stage of stages()?.querySelectorAll("li .stage-name") ?? []) {
  const name = stage.textContent.trim();
  const button = () => [...stages().querySelectorAll("li button")].find((one) => one.querySelector(".stage-name").textContent.trim() === name);
  command({ word: (stages().dataset.moveTo ?? "").replace("{stage}", name), run: () => button()?.click(), when: () => Boolean(button()) });
}

// Among the stages arrows go on; first to the one that follows where the deal stands.
function beside(step) {
  const all = [...stages().querySelectorAll("li")];
  const buttons = all.flatMap((item) => [...item.querySelectorAll("button")]);
  const from = document.activeElement?.closest?.("#deal-stages li") ?? all.find((item) => item.matches(".current"));
  if (step) return buttons[buttons.indexOf(from?.querySelector("button")) + step];
  return all.slice(all.indexOf(from) + 1).map((item) => item.querySelector("button")).find(Boolean) ?? buttons[0];
}

document.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step || !event.target.closest?.("#deal-stages button")) return;
  event.preventDefault();
  beside(step)?.focus();
});

// At once, before the server has answered; a refusal takes it back.
document.addEventListener("htmx:beforeRequest", ({ target }) => target.closest("#deal-stages li")?.classList.add("moving"));
document.addEventListener("htmx:afterRequest", ({ target }) => {
  const item = target.closest?.("#deal-stages li");
  if (item) setTimeout(() => item.classList.remove("moving"), 800);
});

// Lost and parked ask something first, as on the board.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset?.asks) return;
  event.preventDefault();
  event.stopPropagation();
  const said = await ask(form.dataset.asks);
  if (!said) return;
  try {
    await send(form.action, { data: { ...said, date: said.date || said.quick || "" } });
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
  }
}, true);

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-link]");
  if (!button) return;
  button.closest("details").open = false;
  try {
    await navigator.clipboard.writeText(location.origin + location.pathname);
    say(button.dataset.copyLink);
  } catch {
    prompt(button.textContent.trim(), location.origin + location.pathname);
  }
});
