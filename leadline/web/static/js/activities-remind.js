// Reminders while a page is open: one of the tabs asks every minute what is soon due, and each is shown once: as a
// notification of the browser where that is allowed, else as a toast. With no page open nothing calls.
import { say } from "./toasts.js";
import { word } from "./words.js";

const EVERY = 60_000;
const AGAIN = 7 * 24 * 3600_000; // milliseconds for which a tab remembers what was shown
const waiting = new Set();
let off = false;

async function ask() {
  if (off || !mineToAsk()) return;
  const answer = await fetch("/activities/reminders/", { headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
  if (!answer || answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return;
  off = answer.headers.get("Leadline-Reminders") === "off";
  if (answer.status !== 200) return;
  for (const one of await answer.json()) {
    if (waiting.has(one.id)) continue;
    waiting.add(one.id);
    setTimeout(() => call(one), Math.max(0, new Date(one.call_at) - Date.now()));
  }
}

// One tab asks for all: the one that comes first in a minute. All of them share this store.
function mineToAsk() {
  const last = Number(localStorage.getItem("reminders-asked"));
  if (Date.now() - last < EVERY - 5000) return false;
  localStorage.setItem("reminders-asked", String(Date.now()));
  return true;
}

function call(one) {
  waiting.delete(one.id);
  const once = () => {
    const shown = JSON.parse(localStorage.getItem("reminded") ?? "{}");
    if (shown[one.id]) return;
    const kept = Object.fromEntries(Object.entries(shown).filter(([, at]) => Date.now() - at < AGAIN));
    localStorage.setItem("reminded", JSON.stringify({ ...kept, [one.id]: Date.now() }));
    show(one);
  };
  if (navigator.locks) navigator.locks.request("leadline-reminders", once);
  else once();
}

function show(one) {
  if (globalThis.Notification?.permission === "granted") {
    const notice = new Notification(one.title, { body: one.text, tag: one.id });
    notice.addEventListener("click", () => { focus(); location.assign(one.href); });
    return;
  }
  say(`${word("soon")} ${one.title} · ${one.text}`, { link: { href: one.href, text: word("open") } });
}

setTimeout(ask, 2000);
setInterval(ask, EVERY);

// On the account's page: the browser asks whether it may.
const place = document.querySelector("[data-notify]");
if (place) {
  const button = place.querySelector("button");
  const state = () => {
    const now = globalThis.Notification?.permission ?? "denied";
    place.querySelector("[data-notify-state]").textContent = place.dataset[now];
    button.hidden = now !== "default";
  };
  button.addEventListener("click", async () => { await Notification.requestPermission(); state(); });
  place.hidden = false;
  state();
}
