// What stands above the stream: write a note, log or plan an activity, attach files. One of the three sides shows.
import { Refused, send } from "./toasts.js";
import { key } from "./keys.js";
import { word } from "./words.js";
import { attach } from "./timeline-files.js";
import { writing } from "./timeline-mentions.js";

export function compose(box) {
  const composer = box.querySelector("[data-composer]");
  if (!composer) return null;
  const tabs = [...composer.querySelectorAll("[role=tab]")];
  const [notes, activities] = ["[data-note-form]", "[data-activity-form]"].map((what) => composer.querySelector(what));
  tabs[0].parentElement.hidden = false;
  turn("note");
  tabs.forEach((tab, place) => {
    tab.addEventListener("click", () => { turn(tab.dataset.side); enter(tab.dataset.side); });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = tabs[(place + step + tabs.length) % tabs.length];
      turn(next.dataset.side);
      next.focus();
    });
  });

  function turn(side) {
    for (const tab of tabs) {
      const here = tab.dataset.side === side;
      tab.setAttribute("aria-selected", String(here));
      tab.tabIndex = here ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !here;
    }
  }

  function enter(side) {
    const first = { note: "textarea", activity: "input[name=subject]", file: "input[type=file]" }[side];
    composer.querySelector(`#side-${side} ${first}`)?.focus();
  }

  function go(side) {
    turn(side);
    composer.scrollIntoView({ block: "nearest" });
    enter(side);
  }

  note(notes, `draft-${box.dataset.timeline}`);
  activity(activities);
  attach(box, composer, () => turn("file"));
  key("n", composer.dataset.sayNote, () => go("note"), { group: word("here") });
  key("a", composer.dataset.sayActivity, () => go("activity"), { group: word("here") });

  return {
    // Nothing is planned any more: ask what comes next.
    next() {
      go("activity");
      activities.elements.subject.placeholder = activities.dataset.next;
    },
  };
}

function note(form, draft) {
  const text = form.querySelector("textarea");
  writing(form);
  text.value ||= sessionStorage.getItem(draft) ?? "";
  form.classList.toggle("begun", Boolean(text.value));
  text.addEventListener("focus", () => form.classList.add("begun"));
  text.addEventListener("input", () => sessionStorage.setItem(draft, text.value));
  text.addEventListener("blur", () => setTimeout(() => {
    if (!text.value && !form.contains(document.activeElement)) form.classList.remove("begun");
  }, 150));
  sending(form, () => {
    sessionStorage.removeItem(draft);
    for (const chosen of form.querySelectorAll("[name=mention]")) chosen.remove();
    form.reset();
    text.focus();
  });
}

function activity(form) {
  const { due, subject } = form.elements;
  const [log, plan] = form.querySelectorAll("button[name=done]");

  function weigh() { // a time to come means planning: Enter does what stands out
    const ahead = due.value && new Date(due.value) > new Date();
    plan.classList.toggle("primary", Boolean(ahead));
    log.classList.toggle("primary", !ahead);
  }

  for (const day of form.querySelectorAll("[data-in]")) {
    day.addEventListener("click", () => {
      const when = new Date();
      if (day.dataset.in === "0") when.setHours(when.getHours() + 1, 0);
      else { when.setDate(when.getDate() + Number(day.dataset.in)); when.setHours(9, 0); }
      due.value = local(when);
      weigh();
      subject.focus();
    });
  }
  due.addEventListener("input", weigh);
  subject.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    form.requestSubmit(plan.classList.contains("primary") ? plan : log);
  });
  weigh();
  sending(form, () => {
    subject.value = due.value = "";
    weigh();
    subject.focus();
  });
}

function local(when) {
  const two = (number) => String(number).padStart(2, "0");
  return `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}T${two(when.getHours())}:${two(when.getMinutes())}`;
}

function sending(form, after) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "yes";
    try {
      await send(form.action, { data: new FormData(form, event.submitter), quiet: true });
      complain(form, "");
      after();
    } catch (refusal) {
      if (!(refusal instanceof Refused)) throw refusal;
      complain(form, refusal.message);
    } finally {
      delete form.dataset.sending;
    }
  });
}

function complain(form, message) {
  const line = form.querySelector("[data-error]");
  line.textContent = message;
  line.hidden = !message;
}
