// Asks every two seconds, while the page is seen, what is new behind its cursor, and tells the page.
import { changed, mine } from "./toasts.js";

const EVERY = 2000;
const WHEN_AWAY = 10_000; // milliseconds between tries while the server does not answer
let cursor = document.body.dataset.cursor;
let timer = 0;

async function ask() {
  clearTimeout(timer);
  let wait = EVERY;
  try {
    const response = await fetch(`/live/?after=${cursor}`, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return; // signed out
    if (!response.ok) throw new Error(String(response.status));
    document.dispatchEvent(new CustomEvent("leadline:online"));
    if (response.status === 200) hear(await response.json());
  } catch {
    wait = WHEN_AWAY;
    document.dispatchEvent(new CustomEvent("leadline:offline"));
  }
  if (document.visibilityState === "visible") timer = setTimeout(ask, wait);
}

function hear({ after, many, changes }) {
  cursor = after;
  if (many) {
    document.dispatchEvent(new CustomEvent("leadline:changed", { detail: { changes: [], from: "others", many: true } }));
    return;
  }
  const others = changes.filter((change) => !mine.has(change.act));
  if (others.length) changed(others, "others");
}

if (cursor) {
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") ask(); });
  addEventListener("online", ask);
  timer = setTimeout(ask, EVERY);
}
