// Focus: one thing, done by keys. A number says what came of it, Enter or x is done, s skips, t is tomorrow, Esc leaves.
import { key } from "./keys.js";
import { Refused, say, send } from "./toasts.js";
import { word } from "./today-rows.js";

const group = word("focus");
const place = () => document.getElementById("focus");
const form = () => document.getElementById("focus-form");
const there = () => Boolean(form());
const PAUSE = 200; // milliseconds without a key before the line is read
let waiting;
const put = []; // where what was skipped last is taken back, the latest last; what is done after it is undone first

async function done(event) {
  event?.preventDefault();
  const one = form();
  await act(one.action, new FormData(one));
}

async function act(address, data = {}) {
  const one = form();
  if (one.dataset.sending) return;
  one.dataset.sending = "yes";
  try {
    await send(address, { data });
    put.length = 0;
    await renew();
    return true;
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
  } finally {
    delete one.dataset.sending;
  }
  return false;
}

async function renew() {
  const answer = await fetch(location.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  if (!answer.ok) return;
  place().innerHTML = await answer.text();
  document.activeElement?.blur?.();
  place().querySelector("h1[tabindex]")?.focus();
  document.getElementById("focus-what")?.scrollIntoView({ block: "nearest" });
}

function choose(number) {
  const radio = form().querySelector(`input[aria-keyshortcuts="${number}"]`);
  if (!radio) return;
  radio.checked = !radio.checked;
  form().elements.subject.focus();
}

async function skip() {
  const at = form().dataset.skipAt;
  const before = [...put];
  if (await act(at)) put.push(...before, at);
}

async function unskip() {
  await send(put.pop(), { data: { back: "1" } });
  await renew();
}

// Enter is done while nothing has the focus that it is for.
const free = () => there() && !document.activeElement?.closest("a, button, summary, input");

const leave = () => location.assign(place().dataset.back);

for (let number = 1; number < 10; number += 1) {
  key(String(number), word("outcome"), () => choose(number), { group, when: () => there() && Boolean(form().querySelector(`input[aria-keyshortcuts="${number}"]`)), listed: number === 1 });
}
key(["x", "mod+Enter"], word("done"), done, { group, when: there });
key("Enter", word("done"), done, { group, when: free });
key("s", word("skip"), skip, { group, when: there });
key(["z", "mod+z"], word("back"), unskip, { group, when: () => put.length > 0 });
key("t", word("tomorrow"), () => act(form().dataset.tomorrowAt, { to: "tomorrow" }), { group, when: there });
key("n", word("note"), () => form().elements.note.focus(), { group, when: there });
key("p", word("next"), () => form().elements.subject.focus(), { group, when: there });
key("a", word("call"), () => place().querySelector("[data-call]")?.click(), { group, when: () => Boolean(place().querySelector("[data-call]")) });
key("m", word("write"), () => place().querySelector("[data-write]")?.click(), { group, when: () => Boolean(place().querySelector("[data-write]")) });
key("Escape", word("leave"), leave, { group });

document.addEventListener("submit", (event) => {
  if (event.target !== form()) return;
  event.preventDefault();
  const name = event.submitter?.dataset.focusAct;
  if (name === "skip") skip();
  else if (name) act(form().dataset[`${name}At`], { to: "tomorrow" });
  else done(event);
});

// In a field Escape gives the keys back; Enter with Ctrl is done.
document.addEventListener("keydown", (event) => {
  if (!event.target.closest?.("#focus-form :is(input, textarea)")) return;
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    event.target.blur();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    done(event);
  } else if (/^[1-9]$/.test(event.key) && event.target.name === "subject" && !event.target.value && !form().querySelector("input[name=outcome]:checked")) {
    event.preventDefault();
    choose(event.key);
  }
}, true);

document.addEventListener("input", (event) => {
  if (event.target.name !== "subject" || event.target.form !== form()) return;
  clearTimeout(waiting);
  waiting = setTimeout(read, PAUSE);
});

async function read() {
  const one = form();
  const said = one?.querySelector("[data-read]");
  if (!said) return;
  if (!one.elements.subject.value.trim()) { said.textContent = ""; return; }
  const asked = new URLSearchParams({ line: "1", plan: "1", subject: one.elements.subject.value });
  const answer = await fetch(`${one.dataset.lineAt}?${asked}`, { headers: { Accept: "application/json" } });
  if (answer.ok) said.textContent = (await answer.json()).words;
}

document.addEventListener("click", async (event) => {
  const more = event.target.closest?.("[data-more-outcomes]");
  if (more) {
    const all = more.closest("fieldset");
    all.classList.add("all");
    all.querySelectorAll("input")[6].focus();
    return;
  }
  const button = event.target.closest?.("#focus [data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.closest("details").querySelector(".focus-said").textContent);
  say(word("copied"));
});

// Taken back, or done elsewhere: the line is another one. What somebody is writing stays.
document.addEventListener("leadline:changed", ({ detail }) => {
  const about = place().querySelector("[data-focus]")?.dataset.focus;
  const here = detail.many || detail.changes.some(({ kind, id }) => kind === "activity" && (String(id) === about || !about));
  const writing = form() && (form().elements.subject.value || form().elements.note.value);
  if (detail.from !== "me" && !writing && (here || detail.from === "undo")) renew();
});
