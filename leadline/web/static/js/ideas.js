// Ideas: written one a line, worked by keyboard. Without this script the page is links and forms.
import { key } from "./keys.js";
import { open as dialog } from "./dialogs.js";
import { send } from "./toasts.js";

const page = document.getElementById("ideas");
const words = JSON.parse(document.getElementById("ideas-words").textContent);
let here = 0; // the place on which one stands: what is dealt with leaves, the next one comes up
let turn = Promise.resolve(); // acts are sent one after the other

const rows = () => [...page.querySelectorAll("[data-idea]")];
const row = () => rows()[here];

function stand(place, { focus = true } = {}) {
  const all = rows();
  here = Math.max(0, Math.min(all.length - 1, place));
  for (const [n, one] of all.entries()) one.classList.toggle("here", n === here);
  if (focus && all[here]) {
    all[here].focus({ preventScroll: true });
    all[here].scrollIntoView({ block: "nearest" });
  }
}

page.addEventListener("focusin", (event) => {
  const place = rows().indexOf(event.target.closest("[data-idea]"));
  if (place >= 0 && place !== here) stand(place, { focus: false });
});

page.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-act]")) return;
  event.preventDefault();
  const one = form.closest("[data-idea]");
  if (one) { stand(rows().indexOf(one), { focus: false }); one.classList.add("sent"); }
  act(form, new URLSearchParams(new FormData(form)));
});

page.addEventListener("click", (event) => {
  if (event.target.closest("[data-drop]")) event.target.closest("form").remove();
});
page.addEventListener("change", (event) => {
  if (event.target.matches("[data-of]")) event.target.form.requestSubmit();
});

// Enter adds; several lines are written with Shift.
page.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches("textarea")) event.target.blur();
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches("[data-lines] textarea")) return;
  event.preventDefault();
  if (event.target.value.trim()) event.target.form.requestSubmit();
});

function act(form, data) {
  const lines = form.matches("[data-lines]");
  const typed = lines ? form.elements.lines.value : "";
  if (lines) form.elements.lines.value = "";
  turn = turn.then(async () => {
    try {
      const html = await send(form.action, { data });
      if (typeof html === "string") draw(html, { writing: lines });
    } catch {
      if (lines) page.querySelector("[data-lines] textarea").value = typed; // nothing that was typed is lost
      for (const one of page.querySelectorAll(".sent")) one.classList.remove("sent");
    }
  });
}

function draw(html, { writing = false } = {}) {
  const inside = !writing && (page.contains(document.activeElement) || document.activeElement === document.body);
  const typed = page.querySelector("[data-lines] textarea")?.value ?? "";
  page.innerHTML = html;
  const field = page.querySelector("[data-lines] textarea");
  if (field) field.value = typed;
  ready();
  stand(here, { focus: inside });
  if (writing) field?.focus();
}

async function fresh() {
  const answer = await fetch(page.dataset.at, { headers: { "X-Part": "ideas" }, credentials: "same-origin" });
  if (answer.ok && !answer.redirected) draw(await answer.text());
}

function ready() {
  for (const one of page.querySelectorAll("[data-drop]")) one.hidden = false;
}

// What was taken back, or discarded in the dialog, shows at once; our own acts have been drawn by their answers.
document.addEventListener("leadline:changed", ({ detail }) => {
  const discarded = detail.from === "me" && detail.changes.some(({ kind }) => kind === "lead");
  if (detail.from === "undo" || discarded) turn = turn.then(fresh);
});

const group = words.group;
const some = () => rows().length > 0;
const acts = () => Boolean(row()?.querySelector("[data-contact]"));
key(["j", "ArrowDown"], words.down, () => stand(document.activeElement === document.body ? 0 : here + 1), { group, when: some });
key(["k", "ArrowUp"], words.up, () => stand(here - 1), { group, when: some });
key("w", words.contact, () => row().querySelector("[data-contact]").requestSubmit(), { group, when: acts });
key("d", words.discard, () => dialog(row().querySelector("[data-discard]").href, row()), { group, when: acts });
key("a", words.add, () => page.querySelector("[data-lines] textarea").focus(), { group, when: () => Boolean(page.querySelector("[data-lines]")) });
key("m", words.mail, () => row().querySelector("[data-mail]").click(), { group, when: () => Boolean(row()?.querySelector("[data-mail]")) });
key("Enter", words.open, () => row().querySelector("[data-open]").click(), { group, when: () => some() && document.activeElement === row() });

ready();
stand(0, { focus: false });
