// The parts of a record's page draw themselves anew when what they show has changed, whoever changed it. The page is
// asked for once; a part is exchanged when it reads differently, and left alone while somebody types in it.
import "./dialogs.js";
import { command } from "./palette.js";

const record = document.querySelector("[data-record]");
let waiting;

document.addEventListener("leadline:changed", ({ detail }) => {
  if (!record?.isConnected) return;
  const { changes, from, many } = detail;
  if (!many && changes.length && !changes.some((change) => concerns(change, from))) return;
  clearTimeout(waiting);
  waiting = setTimeout(renew, 60);
});

// The record itself, a row that stands here, what hangs on the record, and whatever I did to a kind that stands here.
function concerns({ kind, id, on = {} }, from) {
  const name = `${kind}-${id}`;
  if (record.dataset.record === name || record.querySelector(`[data-row="${CSS.escape(name)}"]`)) return true;
  if (Object.entries(on).some(([what, which]) => record.dataset.record === `${what}-${which}`)) return true;
  return from !== "others" && record.dataset.hears.split(" ").includes(kind);
}

export async function renew() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of record.querySelectorAll("[data-part]")) {
    const other = fresh.getElementById(part.id);
    if (!other || busy(part) || reads(part) === reads(other)) continue;
    part.replaceChildren(...document.importNode(other, true).childNodes);
    htmx.process(part);
  }
}

// Somebody is typing here, or has a form open: what they do counts, and the part comes later.
function busy(part) {
  return part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
}

const follows = () => document.querySelector("#follow form button");
for (const on of ["0", "1"]) {
  const says = document.getElementById("follow")?.dataset[`say${on}`];
  if (says) command({ word: says, icon: "zap", run: () => follows()?.click(), when: () => follows()?.value === on });
}

// As it reads, without what differs from one drawing to the next.
function reads(part) {
  return part.innerHTML.replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, "");
}
