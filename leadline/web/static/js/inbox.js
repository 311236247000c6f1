// The inbox of leads, worked by keyboard: the row one stands on, or all that are selected. Without this script the page
// is links and forms.
import { open as openDialog } from "./dialogs.js";
import { key } from "./keys.js";
import { Refused, say, send } from "./toasts.js";

const page = document.getElementById("inbox");
const { group, ...words } = JSON.parse(document.getElementById("inbox-words").textContent);
const picked = new Set(); // numbers of leads
let here = 0; // the place on which one stands: what has left, the next one comes up
let anchor = null; // from where Shift selects

const rows = () => [...page.querySelectorAll("[data-row]")];
const row = () => rows()[here];
const bar = () => page.querySelector("[data-bulk]");
const some = () => rows().length > 0;
const acting = () => some() && Boolean(bar());

function stand(place, { focus = true } = {}) {
  const all = rows();
  here = Math.max(0, Math.min(all.length - 1, place));
  for (const [n, one] of all.entries()) one.classList.toggle("here", n === here);
  if (!focus || !all[here]) return;
  all[here].focus({ preventScroll: true });
  all[here].scrollIntoView({ block: "nearest" });
}

const step = (way) => stand(page.contains(document.activeElement) && document.activeElement !== page ? here + way : here);

// --- selecting ---

function pick(one, on = !picked.has(one.dataset.id)) {
  if (on) picked.add(one.dataset.id);
  else picked.delete(one.dataset.id);
  anchor = one.dataset.id;
  draw();
}

function draw() {
  for (const one of rows()) {
    const on = picked.has(one.dataset.id);
    one.classList.toggle("picked", on);
    const box = one.querySelector("[data-pick]");
    if (box) box.checked = on;
  }
  if (!bar()) return;
  bar().hidden = picked.size === 0;
  for (const deed of ["accept", "return", "take"]) bar().querySelector(`[data-deed=${deed}]`).hidden = !waiting(deed === "take" ? "take" : "accept").length;
  bar().querySelector("[data-count]").textContent = words.selected.replace("{n}", picked.size.toLocaleString(document.documentElement.lang));
}

function none() {
  picked.clear();
  draw();
}

function onWay(way) {
  pick(row(), true);
  step(way);
  pick(row(), true);
}

// --- doing ---

const chosen = () => (picked.size ? [...picked] : row() ? [row().dataset.id] : []);
const place = (deed) => page.dataset.do.replace("/x/", `/${deed}/`);

async function now(deed, ids) {
  try {
    await send(place(deed), { data: { ids: ids.join(",") } });
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
  }
}

const waiting = (deed) => chosen().filter((pk) => page.querySelector(`[data-row][data-id="${pk}"] [data-do-now="${deed}"]`));

function act(deed, asks) {
  const ids = deed === "return" ? waiting("accept") : chosen();
  if (deed === "return" && !ids.length) say(words.unasked, { bad: true });
  if (!ids.length) return;
  if (asks) openDialog(`${place(deed)}?ids=${ids.join(",")}`, row());
  else now(deed, ids);
}

// Of leads that are handed to me, else of those that nobody has.
function accept() {
  for (const deed of ["accept", "take"]) {
    const ids = waiting(deed);
    if (ids.length) { now(deed, ids); return; }
  }
  say(words.had, { bad: true });
}

function convert() {
  if (picked.size > 1) { say(words.one, { bad: true }); return; }
  openDialog(page.dataset.convert.replace("/0/", `/${chosen()[0]}/`), row());
}

page.addEventListener("submit", (event) => {
  const sent = event.target;
  if (!sent.matches("[data-do-now]")) return;
  event.preventDefault();
  stand(rows().indexOf(sent.closest("[data-row]")));
  now(sent.dataset.doNow, [sent.closest("[data-row]").dataset.id]);
});

page.addEventListener("click", (event) => {
  const box = event.target.closest("[data-pick]");
  const deed = event.target.closest("[data-deed]");
  if (box) {
    const all = rows();
    const to = all.indexOf(box.closest("[data-row]"));
    const from = all.findIndex((one) => one.dataset.id === anchor);
    const on = box.checked;
    if (event.shiftKey && from >= 0) for (const one of all.slice(Math.min(from, to), Math.max(from, to) + 1)) pick(one, on);
    else pick(all[to], on);
  } else if (deed) act(deed.dataset.deed, "asks" in deed.dataset);
  else if (event.target.closest("[data-none]")) none();
});

page.addEventListener("focusin", (event) => {
  const at = rows().indexOf(event.target.closest("[data-row]"));
  if (at >= 0 && at !== here) stand(at, { focus: false });
});

page.addEventListener("change", (event) => {
  if (event.target.closest("[data-narrow]")) event.target.form.requestSubmit();
});

// --- what was done, taken back, or changed by others shows at once ---

let soon;
let mine = false; // after what I did the next lead comes up; what others do leaves me on the lead where I am
document.addEventListener("leadline:changed", ({ detail }) => {
  if (!detail.many && !detail.changes.some(({ kind }) => kind === "lead" || kind === "hand_off" || kind === "activity")) return;
  clearTimeout(soon);
  mine ||= detail.from !== "others";
  soon = setTimeout(renew, 60);
});

async function renew() {
  const answer = await fetch(location.href, { headers: { "X-Part": "inbox" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const html = await answer.text();
  const inside = page.contains(document.activeElement) || document.activeElement === document.body;
  const at = row()?.dataset.id;
  page.innerHTML = html;
  const all = rows();
  const shown = new Set(all.map((one) => one.dataset.id));
  for (const pk of picked) if (!shown.has(pk)) picked.delete(pk);
  const again = mine ? -1 : all.findIndex((one) => one.dataset.id === at);
  mine = false;
  stand(again >= 0 ? again : here, { focus: inside && !document.querySelector("dialog[open]") });
  draw();
}

// --- keys ---

key(["j", "ArrowDown"], words.down, () => step(1), { group, when: some });
key(["k", "ArrowUp"], words.up, () => step(-1), { group, when: some });
key(["shift+j", "shift+ArrowDown"], words.on, () => onWay(1), { group, when: acting });
key(["shift+k", "shift+ArrowUp"], words.on, () => onWay(-1), { group, when: acting, listed: false });
key("x", words.select, () => pick(row()), { group, when: acting });
key("mod+a", words.all, () => { for (const one of rows()) pick(one, true); }, { group, when: acting });
key("Escape", words.none, none, { group, when: () => picked.size > 0 });
key("Enter", words.open, () => row().querySelector("[data-open]").click(), { group, when: () => some() && document.activeElement === row() });
key("w", words.convert, convert, { group, when: acting });
key("f", words.filter, () => page.querySelector("[data-first]").focus(), { group });
for (const { dataset, title } of page.querySelectorAll("[data-deed]")) {
  if (dataset.deed === "accept") continue;
  const run = dataset.deed === "take" ? accept : () => act(dataset.deed, "asks" in dataset);
  key(dataset.key, title.replace(/ \([^)]*\)$/, ""), run, { group, when: acting });
}

stand(0, { focus: false });
document.querySelector("#inbox .views [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" }); // on a phone the tabs scroll
