// 1st & 10: a person to stand on, one key for what became of the note, the words filled in, a quiet timer. Without this
// script the page is links and forms; each act then loads it anew.
import { key } from "./keys.js";
import { say, send } from "./toasts.js";

const page = document.getElementById("ten");
const words = JSON.parse(document.getElementById("ten-words").textContent);
const OVER = 20 * 60_000; // milliseconds
let here = null; // the number of the entry on which one stands
let turn = Promise.resolve(); // acts are sent one after the other

const cards = () => [...page.querySelectorAll("[data-card]")];
const card = () => page.querySelector(`[data-card][data-id="${here}"]`);
const open = (one) => one.dataset.state === "open";
const listed = (one) => one.classList.contains("ten-card");

// --- standing on a person ---

function stand(one, { focus = true } = {}) {
  if (!one) return;
  for (const other of cards()) other.classList.toggle("here", other === one);
  here = one.dataset.id;
  if (focus) {
    one.focus({ preventScroll: true });
    one.scrollIntoView({ block: "nearest" });
  }
  if (listed(one)) letter(one);
}

function step(by) {
  const all = cards();
  const at = all.indexOf(card());
  stand(all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))]);
}

page.addEventListener("focusin", (event) => {
  const one = event.target.closest("[data-card]");
  if (one && one.dataset.id !== here) stand(one, { focus: false });
});
page.addEventListener("click", (event) => {
  const one = event.target.closest("[data-card]");
  if (one && one.dataset.id !== here) stand(one, { focus: !event.target.closest("a, button, select, input, pre") });
});

// --- the words ---

async function letter(one, opening = "") {
  const place = one.querySelector("[data-words-here]");
  if (!place || (place.childElementCount && !opening) || !page.querySelector("[data-mark]")) return;
  for (const other of page.querySelectorAll("[data-words-here]")) if (other !== place) other.replaceChildren();
  const chosen = opening || sessionStorage.getItem("ten-opening") || "";
  let html;
  try {
    html = await send(`${one.dataset.words}${chosen ? `?opening=${chosen}` : ""}`, { method: "GET", quiet: true });
  } catch {
    return;
  }
  if (here !== one.dataset.id || !place.isConnected) return;
  place.innerHTML = html;
  const now = place.querySelector("[data-mail-now]");
  const mail = one.querySelector("[data-mail]");
  if (now && mail) mail.href = now.href;
}

page.addEventListener("change", (event) => {
  if (event.target.matches("[data-of]")) event.target.form.requestSubmit();
  const one = event.target.closest("[data-card]");
  if (!one || !event.target.matches("[data-opening]")) return;
  sessionStorage.setItem("ten-opening", event.target.value);
  letter(one, event.target.value).then(() => one.querySelector("[data-opening]")?.focus());
});

function other() {
  const choice = card()?.querySelector("[data-opening]");
  if (!choice) return;
  choice.selectedIndex = (choice.selectedIndex + 1) % choice.options.length;
  sessionStorage.setItem("ten-opening", choice.value);
  letter(card(), choice.value);
}

async function copy() {
  const body = card()?.querySelector("[data-body]");
  if (!body) return;
  try {
    await navigator.clipboard.writeText(body.textContent);
    say(words.copied);
  } catch {
    getSelection().selectAllChildren(body);
    say(words["not-copied"], { bad: true });
  }
}

page.addEventListener("click", (event) => {
  if (event.target.closest("[data-copy]")) copy();
});

// --- what became of it ---

page.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-mark]")) {
    event.preventDefault();
    mark(form.closest("[data-card]"), event.submitter?.value);
  } else if (form.matches("[data-fill]")) {
    event.preventDefault();
    act(form.action, {});
  }
});

function mark(one, what) {
  const form = one?.querySelector("[data-mark]");
  if (!form || !what) return;
  if (what === "skipped" && !open(one)) { say(words["written-first"], { bad: true }); return; }
  // The words may not have come yet: then those that the card is about to show.
  const opening = one.querySelector("[data-opening]")?.value ?? sessionStorage.getItem("ten-opening") ?? "";
  const leaves = listed(one) && open(one);
  one.dataset.state = what; // at once; the answer draws it anew
  one.classList.add("sent");
  if (leaves) stand(following(one)); // at once too: the next key is for the next person
  act(form.action, { act: what, opening });
}

/** Whom to come to when this one is dealt with: the next who is not written to yet. */
function following(one) {
  const all = cards().filter(listed);
  const at = all.indexOf(one);
  return [...all.slice(at + 1), ...all.slice(0, at)].find(open) ?? one;
}

function act(url, data) {
  turn = turn.then(async () => {
    try {
      const html = await send(url, { data });
      if (typeof html === "string") draw(html);
    } catch {
      await fresh();
    }
  });
}

function draw(html) {
  const inside = page.contains(document.activeElement) || document.activeElement === document.body;
  const typing = document.activeElement?.matches?.("select") ?? false;
  const known = new Set(cards().map(({ dataset }) => dataset.id));
  page.innerHTML = html;
  tick();
  const all = cards();
  const next = card() ?? all.find((one) => !known.has(one.dataset.id) && open(one)) ?? all.find(open) ?? all[0];
  stand(next, { focus: inside && !typing });
}

async function fresh() {
  const answer = await fetch(page.dataset.at, { headers: { "X-Part": "ten" }, credentials: "same-origin" });
  if (answer.ok && !answer.redirected) draw(await answer.text());
}

// What was taken back or changed in a dialog shows at once; our own acts have been drawn by their answers.
document.addEventListener("leadline:changed", ({ detail }) => {
  if (detail.from === "undo" || (detail.from === "me" && document.querySelector("dialog[open]"))) turn = turn.then(fresh);
});

// --- twenty minutes ---

let clock = 0;

function time() {
  const until = Number(sessionStorage.getItem("ten-until") ?? 0);
  if (until > Date.now()) sessionStorage.removeItem("ten-until");
  else sessionStorage.setItem("ten-until", String(Date.now() + OVER));
  tick();
}

function tick() {
  clearTimeout(clock);
  const button = page.querySelector("[data-timer]");
  if (!button) return;
  button.hidden = false;
  const until = Number(sessionStorage.getItem("ten-until") ?? 0);
  const left = until - Date.now();
  button.classList.toggle("running", left > 0);
  button.lastElementChild.textContent = left > 0 ? shown(left) : words.twenty;
  if (left > 0) clock = setTimeout(tick, 1000 - (Date.now() % 1000) + 5);
  else if (until) {
    sessionStorage.removeItem("ten-until");
    say(words.over);
  }
}

function shown(left) {
  const seconds = Math.ceil(left / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

page.addEventListener("click", (event) => {
  if (event.target.closest("[data-timer]")) time();
});

// --- keys ---

const group = words.group;
const standing = () => Boolean(card());
const acts = () => Boolean(card()?.querySelector("[data-mark]"));
key(["j", "ArrowDown"], words.down, () => step(1), { group, when: () => cards().length > 0 });
key(["k", "ArrowUp"], words.up, () => step(-1), { group, when: () => cards().length > 0 });
for (const [letter, what] of [["w", "written"], ["r", "reply"], ["c", "conversation"], ["n", "wrong"], ["s", "skipped"]]) {
  key(letter, words[what], () => mark(card(), what), { group, when: acts });
}
key("y", words.copy, copy, { group, when: () => Boolean(card()?.querySelector("[data-body]")) });
key("o", words.opening, other, { group, when: () => Boolean(card()?.querySelector("[data-opening]")) });
key("m", words.mail, () => card().querySelector("[data-mail]").click(), { group, when: () => Boolean(card()?.querySelector("[data-mail]")) });
key("t", words.phone, () => card().querySelector("[data-phone]").click(), { group, when: () => Boolean(card()?.querySelector("[data-phone]")) });
key("Enter", words.open, () => card().querySelector("[data-open]")?.click(), { group, when: () => standing() && document.activeElement === card() });
key("b", words.timer, time, { group, when: () => Boolean(page.querySelector("[data-timer]")) });

tick();
stand(cards().find(open) ?? cards()[0], { focus: false });
