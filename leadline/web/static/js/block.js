// Inside a block: one person at a time, one key per outcome. What was pressed is kept here until the server has
// answered, with a mark by which it knows it again: nothing is lost on a dead network, nothing is logged twice.
import { key } from "./keys.js";
import { Refused, say, send, undo } from "./toasts.js";

const root = document.getElementById("sit");
const says = JSON.parse(root.dataset.words);
const HOLD = 450; // milliseconds a new person stands there before a key counts: a double press is one press
const AHEAD = 3; // cards fetched before they are wanted
const AGAIN = 4000; // milliseconds between tries without a connection

const place = `block-${root.dataset.mark}`;
const kept = { skipped: [], notes: {}, waiting: [], past: [], ...JSON.parse(localStorage.getItem(place) ?? "{}") };
for (const name of Object.keys(localStorage)) if (name.startsWith("block-") && name !== place && !JSON.parse(localStorage[name]).waiting?.length) localStorage.removeItem(name);

const handled = new Set([...kept.skipped, ...kept.waiting.filter(({ what }) => what === "log").map((one) => one.key)]);
const queue = root.dataset.keys.split(" ").filter((one) => one && !handled.has(one));
const cards = new Map();
const [one, acting, nobody, note, next, unsent] = ["one", "acting", "nobody", "note", "next", "unsent"].map((id) => document.getElementById(id));
let talks = Number(root.dataset.talks); // those the server has counted
let shownAt = 0;
let sending = null;
let timer = 0;

const save = () => localStorage.setItem(place, JSON.stringify({ ...kept, past: kept.past.slice(-50) }));
const told = (name, values = {}) => says[name].replace(/\{(\w+)\}/g, (_whole, word) => values[word] ?? "");
const mark = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;

// --- the card ---

function fetched(which) {
  if (!cards.has(which)) {
    const card = fetch(root.dataset.oneAt.replace("KEY", which), { credentials: "same-origin" }).then((answer) => {
      if (answer.status === 404 || answer.status === 403) return "";
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.text();
    });
    cards.set(which, card);
    card.catch(() => cards.delete(which));
  }
  return cards.get(which);
}

async function show() {
  const which = queue[0];
  acting.hidden = !which;
  nobody.hidden = Boolean(which);
  document.getElementById("again").hidden = !kept.skipped.length;
  one.dataset.key = which ?? "";
  if (!which) { one.replaceChildren(); return; }
  note.value = kept.notes[which] ?? "";
  document.getElementById("to-go").textContent = queue.length > 1 ? told("next", { count: queue.length - 1 }) : told("last");
  for (const later of queue.slice(1, 1 + AHEAD)) fetched(later).catch(() => {});
  let html;
  try {
    html = await fetched(which);
  } catch {
    if (queue[0] === which) { one.textContent = says.unfetched; setTimeout(() => { if (queue[0] === which) show(); }, AGAIN); }
    return;
  }
  if (queue[0] !== which) return;
  if (!html) { queue.shift(); show(); return; } // gone meanwhile
  const card = new DOMParser().parseFromString(html, "text/html").querySelector("article");
  if (!card) { location.reload(); return; } // signed out
  one.replaceChildren(card);
  shownAt = performance.now();
  acting.inert = false;
  if (document.activeElement === document.body || acting.contains(document.activeElement)) card.querySelector("h2").focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

const ready = () => Boolean(queue[0]) && one.querySelector("article")?.dataset.key === queue[0] && performance.now() - shownAt > HOLD;

// --- what came of it ---

function log(button) {
  if (!ready()) return;
  const which = queue.shift();
  add({ what: "log", key: which, outcome: button.dataset.outcome, talk: "talk" in button.dataset, note: note.value.trim(), type: document.getElementById("as").value });
  delete kept.notes[which];
  show();
}

function add(entry) {
  kept.waiting.push({ ...entry, mark: mark(), at: new Date().toISOString() });
  save();
  draw();
  flush();
}

/** Sends what waits, in its order; one at a time. What the server refuses is said, and goes. */
function flush() {
  sending ??= (async () => {
    while (kept.waiting.length) {
      const entry = kept.waiting[0];
      try {
        const said = await send(entry.what === "log" ? root.dataset.logAt : root.dataset.nextAt, {
          quiet: true,
          data: entry.what === "log"
            ? { key: entry.key, outcome: entry.outcome, note: entry.note, type: entry.type, mark: entry.mark, at: entry.at }
            : { key: entry.key, subject: entry.subject, line: 1, mark: entry.mark },
        });
        talks = said.conversations;
        if (said.says) say(said.says);
        kept.past.push({ what: entry.what, key: entry.key, act: said.act, activity: said.activity, mark: entry.mark });
      } catch (refusal) {
        if (!(refusal instanceof Refused) || !refusal.status || refusal.status >= 500) { wait(); break; }
        say(refusal.message || String(refusal.status), { bad: true });
        if (entry.what === "log" && refusal.status === 422) queue.unshift(entry.key);
      }
      kept.waiting = kept.waiting.filter(({ mark: sent }) => sent !== entry.mark);
      save();
      draw();
    }
  })().finally(() => { sending = null; draw(); });
  return sending;
}

function wait() {
  clearTimeout(timer);
  timer = setTimeout(flush, AGAIN);
}

// --- taking back, skipping, notes, what is next ---

function skip() {
  if (!queue[0] || performance.now() - shownAt < HOLD) return;
  const which = queue.shift();
  kept.skipped.push(which);
  kept.past.push({ what: "skip", key: which });
  save();
  show();
}

async function back() {
  const last = kept.waiting.at(-1);
  if (last && (kept.waiting.length > 1 || !sending)) { // nobody has heard of it yet
    kept.waiting.pop();
    if (last.what === "log") again(last.key);
    save();
    draw();
    return;
  }
  if (sending) await sending;
  const entry = kept.past.pop();
  save();
  if (!entry) { undo(); return; }
  if (entry.what === "skip") { kept.skipped = kept.skipped.filter((which) => which !== entry.key); save(); again(entry.key); return; }
  kept.past.push(entry); // what hears of the undo takes it out
  await undo(entry.act);
}

function again(which) {
  if (queue[0] !== which) queue.unshift(which);
  show();
}

document.addEventListener("leadline:changed", async ({ detail }) => {
  if (detail.from !== "undo") return;
  const gone = new Set(detail.changes.filter(({ kind }) => kind === "activity").map(({ id }) => id));
  for (const entry of kept.past.filter(({ activity }) => gone.has(activity))) {
    kept.past = kept.past.filter((other) => other !== entry);
    if (entry.what === "log") { cards.delete(entry.key); again(entry.key); }
  }
  save();
  talks = (await send(root.dataset.countsAt, { method: "GET", quiet: true }).catch(() => ({ conversations: talks }))).conversations;
  draw();
});

note.addEventListener("input", () => { if (queue[0]) { kept.notes[queue[0]] = note.value; save(); } });
for (const field of [note, next]) field.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.preventDefault(); field.blur(); } });

let reading;
next.addEventListener("input", () => {
  clearTimeout(reading);
  reading = setTimeout(async () => {
    const typed = next.value.trim();
    const found = typed ? await send(`${root.dataset.lineAt}?${new URLSearchParams({ line: 1, subject: typed, due: "" })}`, { method: "GET", quiet: true }).catch(() => null) : null;
    document.getElementById("next-read").textContent = next.value.trim() === typed ? found?.words ?? "" : "";
  }, 150);
});
document.getElementById("planning").addEventListener("submit", (event) => {
  event.preventDefault();
  if (!next.value.trim() || !queue[0]) return;
  add({ what: "next", key: queue[0], subject: next.value.trim() });
  next.value = document.getElementById("next-read").textContent = "";
  next.blur();
});

// --- the counts and the quiet timer ---

function draw() {
  const now = talks + kept.waiting.filter(({ what, talk }) => what === "log" && talk).length;
  const marks = document.getElementById("marks");
  document.getElementById("talks").textContent = now;
  const aim = Math.min(Number(marks.dataset.aim), 20);
  marks.replaceChildren(...Array.from({ length: Math.max(aim, Math.min(now, 20)) }, (_none, n) => Object.assign(document.createElement("i"), { className: n < now ? "reached" : "" })));
  unsent.hidden = !kept.waiting.length || Boolean(sending && navigator.onLine && kept.waiting.length < 2);
  unsent.textContent = unsent.hidden ? "" : told("waits", { count: kept.waiting.length });
}

async function tick() {
  const minutes = Math.ceil((new Date(root.dataset.ends) - new Date()) / 60_000);
  document.getElementById("left").textContent = minutes > 0 ? told("paused" in root.dataset ? "paused" : "left", { minutes }) : says.over;
  if (minutes > 0 || document.activeElement?.matches("textarea, #next")) return; // nobody is torn from a sentence
  if (kept.waiting.length) { await flush(); if (kept.waiting.length) return; }
  document.getElementById("rising").requestSubmit();
}

document.getElementById("pausing").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector("button");
  const pause = form.elements.paused.value === "1";
  try { await send(form.action, { data: { paused: pause ? 1 : 0 } }); } catch { return; }
  root.toggleAttribute("data-paused", pause);
  form.elements.paused.value = pause ? "0" : "1";
  button.querySelector("span").textContent = pause ? button.dataset.goOn : button.dataset.pause;
  tick();
});
document.getElementById("rising").addEventListener("submit", (event) => {
  if (!kept.waiting.length) return;
  event.preventDefault();
  flush()?.then(() => { if (!kept.waiting.length) event.target.submit(); });
});

const through = document.getElementById("through");
through.querySelector("button").hidden = true;
through.addEventListener("change", () => through.requestSubmit());
document.getElementById("skip").addEventListener("click", skip);
document.getElementById("back").addEventListener("click", back);
document.getElementById("again").addEventListener("click", () => { queue.push(...kept.skipped.splice(0)); save(); show(); });
for (const button of acting.querySelectorAll("[data-outcome]")) {
  button.addEventListener("click", () => log(button));
  key(button.dataset.key, button.querySelector("span").textContent, () => log(button), { group: says.group });
}
key("s", says.skip, skip, { group: says.group });
key("n", says.note, () => note.focus(), { group: says.group, when: () => Boolean(queue[0]) });
key("p", says.plan, () => next.focus(), { group: says.group, when: () => Boolean(queue[0]) });
key(["z", "mod+z"], says.back, back, { group: says.group });
addEventListener("online", () => { flush(); });
document.addEventListener("leadline:online", () => { if (kept.waiting.length && !sending) flush(); });
setInterval(tick, 10_000);
tick();
draw();
show();
flush();
