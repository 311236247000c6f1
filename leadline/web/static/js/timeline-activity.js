// One line in which an activity is logged or planned: "call tue 10 about the proposal". Below it stands how it is read.
import { reading } from "./activities-line.js";

const LAST = "activity-type"; // the type chosen last, for words that name none

export function activity(form, { sending, next, leave }) {
  const { due, subject } = form.elements;
  const [enter, log, plan] = form.querySelectorAll("button[name=done]");
  const reads = form.querySelector("[data-read]");
  const asks = subject.placeholder;
  let ahead = false; // whether the line is read as something to come

  const types = [...form.querySelectorAll("[name=type]")];
  choose(Number(localStorage.getItem(LAST)));

  function choose(pk) {
    const type = types.find(({ value }) => Number(value) === pk);
    if (type) type.checked = true;
  }

  function weigh() { // a time to come means planning: Enter does what stands out
    const coming = due.value ? new Date(due.value) > new Date() : ahead;
    plan.classList.toggle("primary", coming);
    log.classList.toggle("primary", !coming);
  }

  const look = reading(subject, reads, form.dataset.lineAt, {
    more: () => ({ due: due.value, on: form.dataset.on, type: types.find(({ checked }) => checked)?.value ?? "" }),
    found(said) {
      if (said?.type) choose(said.type);
      ahead = said ? !said.done : false;
      weigh();
    },
  });

  for (const day of form.querySelectorAll("[data-in]")) {
    day.addEventListener("click", () => {
      const when = new Date();
      if (day.dataset.in === "0") when.setHours(when.getHours() + 1, 0);
      else { when.setDate(when.getDate() + Number(day.dataset.in)); when.setHours(9, 0); }
      due.value = local(when);
      weigh();
      look();
      subject.focus();
    });
  }
  due.addEventListener("input", () => { weigh(); look(); });
  for (const field of [subject, due]) {
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) { event.preventDefault(); form.requestSubmit(enter); }
      if (event.key === "Escape") { event.preventDefault(); subject.placeholder = asks; leave(); }
    });
  }
  weigh();
  sending(form, (said, data) => {
    localStorage.setItem(LAST, types.find(({ checked }) => checked)?.value ?? "");
    subject.value = due.value = "";
    ahead = false;
    look();
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
