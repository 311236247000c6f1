// What is next on a deal or a lead, in one line below its row; how it is read stands below it before it is sent.
import { Refused, send } from "./toasts.js";
import { focus } from "./today-rows.js";

const PAUSE = 200; // milliseconds without a key before the line is read

export function plan(row) {
  const open = row.querySelector("form.today-plan");
  if (open) { open.elements.subject.focus(); return; }
  for (const other of document.querySelectorAll("#today form.today-plan")) other.remove();
  const form = document.getElementById("plan-form").content.firstElementChild.cloneNode(true);
  form.action = `/timeline/${row.dataset.kind}/${row.dataset.id}/activities/`;
  row.append(form);
  form.elements.subject.focus();
  form.addEventListener("submit", (event) => { event.preventDefault(); sent(form, row); });
  form.addEventListener("input", () => read(form));
  form.querySelector("[data-leave]").addEventListener("click", () => leave(form, row));
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    leave(form, row);
  });
}

function leave(form, row) {
  form.remove();
  focus(row);
}

async function sent(form, row) {
  if (!form.elements.subject.value.trim()) return;
  const data = new FormData(form);
  leave(form, row);
  try {
    await send(form.action, { data });
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
    row.append(form);
    form.elements.subject.focus();
  }
}

let waiting;
function read(form) {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const asked = new URLSearchParams(new FormData(form));
    const answer = await fetch(`${form.dataset.lineAt}?${asked}`, { headers: { Accept: "application/json" } });
    if (answer.ok) form.querySelector("[data-read]").textContent = (await answer.json()).words;
  }, PAUSE);
}
