// One line in which an activity is logged or planned: "call tue 10 about the proposal". Below it stands how it is read.
import { send } from "./toasts.js";

const PAUSE = 140; // milliseconds after the last letter
const LAST = "activity-type"; // the type chosen last, for words that name none

export function activity(form, { sending, next, leave }) {
  const { due, subject } = form.elements;
  const [enter, log, plan] = form.querySelectorAll("button[name=done]");
  const reads = form.querySelector("[data-read]");
  const asks = subject.placeholder;
  let read = ""; // the time that the line itself names
  let waiting;

  const types = [...form.querySelectorAll("[name=type]")];
  choose(Number(localStorage.getItem(LAST)));

  function choose(pk) {
    const type = types.find(({ value }) => Number(value) === pk);
    if (type) type.checked = true;
  }

  function weigh() { // a time to come means planning: Enter does what stands out
    const when = due.value || read;
    const ahead = when && new Date(when) > new Date();
    plan.classList.toggle("primary", Boolean(ahead));
    log.classList.toggle("primary", !ahead);
  }

  async function look() {
    const asked = [subject.value, due.value].join("\n");
    const found = subject.value.trim() ? await send(`${form.dataset.lineAt}?${new URLSearchParams({ line: 1, subject: subject.value, due: due.value })}`, { method: "GET", quiet: true }).catch(() => null) : null;
    if (asked !== [subject.value, due.value].join("\n")) return;
    if (found?.type) choose(found.type);
    read = found?.due ?? "";
    reads.textContent = found?.words ?? "";
    reads.hidden = !found;
    weigh();
  }

  function changed() {
    weigh();
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  }

  for (const day of form.querySelectorAll("[data-in]")) {
    day.addEventListener("click", () => {
      const when = new Date();
      if (day.dataset.in === "0") when.setHours(when.getHours() + 1, 0);
      else { when.setDate(when.getDate() + Number(day.dataset.in)); when.setHours(9, 0); }
      due.value = local(when);
      changed();
      subject.focus();
    });
  }
  subject.addEventListener("input", changed);
  due.addEventListener("input", changed);
  for (const field of [subject, due]) {
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) { event.preventDefault(); form.requestSubmit(enter); }
      if (event.key === "Escape") { event.preventDefault(); subject.placeholder = asks; leave(); }
    });
  }
  weigh();
  sending(form, (said, data) => {
    clearTimeout(waiting);
    localStorage.setItem(LAST, types.find(({ checked }) => checked)?.value ?? "");
    subject.value = due.value = read = reads.textContent = "";
    reads.hidden = true;
    subject.placeholder = asks;
    weigh();
    if (said?.done ?? data.get("done") === "1") next();
    else leave();
  });
}

function local(when) {
  const two = (number) => String(number).padStart(2, "0");
  return `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}T${two(when.getHours())}:${two(when.getMinutes())}`;
}
