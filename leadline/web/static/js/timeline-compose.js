// What stands above the stream: write a note, log or plan an activity, attach files. One of the three sides shows.
import { Refused, send } from "./toasts.js";
import { key } from "./keys.js";
import { command } from "./palette.js";
import { rowHere } from "./activities.js";
import { word } from "./words.js";
import { attach } from "./timeline-files.js";
import { writing } from "./timeline-mentions.js";
import { activity } from "./timeline-activity.js";

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

  note(notes, `draft-${box.dataset.timeline}`, leave);
  activity(activities, { sending, next, leave });
  attach(box, composer, () => turn("file"));
  key("n", composer.dataset.sayNote, () => go("note"), { when: () => !rowHere(), group: word("here"), also: composer.dataset.alsoNote });
  key("a", composer.dataset.sayActivity, () => go("activity"), { group: word("here"), also: composer.dataset.alsoActivity });
  for (const type of activities.querySelectorAll(".types label")) {
    const says = composer.dataset.sayType.replace("{type}", type.textContent.trim());
    command({ word: says, run: () => { type.querySelector("input").checked = true; go("activity"); } });
  }

  // Something has been done: ask what comes next.
  function next() {
    go("activity");
    activities.elements.subject.placeholder = activities.dataset.next;
  }

  // Out of what is typed in, so that keys are keys again; what has been begun stays.
  function leave() {
    const stream = document.getElementById("stream");
    stream.tabIndex = -1;
    stream.focus({ preventScroll: true });
  }

  return { next };
}

function note(form, draft, leave) {
  const text = form.querySelector("textarea");
  writing(form);
  text.value ||= sessionStorage.getItem(draft) ?? "";
  form.classList.toggle("begun", Boolean(text.value));
  text.addEventListener("focus", () => form.classList.add("begun"));
  text.addEventListener("input", () => sessionStorage.setItem(draft, text.value));
  text.addEventListener("blur", () => setTimeout(() => {
    if (!text.value && !form.contains(document.activeElement)) form.classList.remove("begun");
  }, 150));
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    leave();
  });
  sending(form, () => {
    for (const chosen of form.querySelectorAll("[name=mention]")) chosen.remove();
    text.value = text.defaultValue = "";
    sessionStorage.removeItem(draft);
    form.classList.remove("begun");
    leave();
  });
}

function sending(form, after) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "yes";
    try {
      const data = new FormData(form, event.submitter);
      const said = await send(form.action, { data, quiet: true });
      complain(form, "");
      after(said, data);
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
