// The nurture stream, worked by keyboard. Without this script the page is links and forms.
import { ask } from "./board-asks.js";
import { key } from "./keys.js";
import { Refused, say, send } from "./toasts.js";

const page = document.getElementById("nurture");
const { group, ...words } = JSON.parse(document.getElementById("nurture-words").textContent);
let here = 0; // the place on which one stands: what has left, the next one comes up

const rows = () => [...page.querySelectorAll("[data-row]")];
const row = () => rows()[here];
const form = (name) => row()?.querySelector(`[data-act="${name}"]`);

function stand(place, { focus = true } = {}) {
  const all = rows();
  here = Math.max(0, Math.min(all.length - 1, place));
  for (const [n, one] of all.entries()) one.classList.toggle("here", n === here);
  if (!focus || !all[here]) return;
  all[here].focus({ preventScroll: true });
  all[here].scrollIntoView({ block: "nearest" });
}

page.addEventListener("focusin", (event) => {
  const place = rows().indexOf(event.target.closest("[data-row]"));
  if (place >= 0 && place !== here) stand(place, { focus: false });
});

page.addEventListener("submit", async (event) => {
  const sent = event.target;
  if (!sent.matches("[data-act]")) return;
  event.preventDefault();
  const one = sent.closest("[data-row]");
  stand(rows().indexOf(one), { focus: false });
  const said = sent.dataset.asks ? await ask(sent.dataset.asks) : {};
  one.focus({ preventScroll: true });
  if (!said) return;
  try {
    await send(sent.action, { data: { ...said, date: said.date || said.quick || "" } });
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
  }
});

page.addEventListener("change", (event) => {
  if (event.target.closest("[data-narrow]")) event.target.form.requestSubmit();
});

function ready() {
  for (const one of page.querySelectorAll("[data-asks]")) one.hidden = false;
}

// What was done, taken back, or changed by others shows at once.
document.addEventListener("leadline:changed", async ({ detail }) => {
  if (!detail.changes.some(({ kind }) => kind === "deal" || kind === "lead")) return;
  const answer = await fetch(page.dataset.at, { headers: { "X-Part": "nurture" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const inside = page.contains(document.activeElement) || document.activeElement === document.body;
  page.innerHTML = await answer.text();
  ready();
  stand(here, { focus: inside });
});

const some = () => rows().length > 0;
const may = (name) => () => Boolean(form(name));
const sent = (name) => { if (form(name)) form(name).requestSubmit(); else say(words.not, { bad: true }); };
key(["j", "ArrowDown"], words.down, () => stand(document.activeElement === document.body ? 0 : here + 1), { group, when: some });
key(["k", "ArrowUp"], words.up, () => stand(here - 1), { group, when: some });
key("h", words.happened, () => form("happened").requestSubmit(), { group, when: may("happened") });
key("o", words.again, () => sent("open"), { group, when: some });
key("p", words.park, () => sent("park"), { group, when: some });
key("l", words.end, () => (form("lost") ? form("lost").requestSubmit() : row().querySelector("[data-act=discard]").click()), { group, when: () => Boolean(row()?.querySelector("[data-act=lost], [data-act=discard]")) });
key("Enter", words.open, () => row().querySelector("[data-open]").click(), { group, when: () => some() && document.activeElement === row() });

ready();
stand(0, { focus: false });
