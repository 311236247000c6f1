// The filter bar of lists and boards. Without this script it is links and forms; with it values are asked for in place,
// and what is typed narrows at once. Where to go is said by an event that a page may answer itself:
//
//   document.addEventListener("leadline:filter", (event) => { event.preventDefault(); show(event.detail.url); })
import { key } from "./keys.js";
import { word } from "./words.js";

const PAUSE = 180; // milliseconds after the last letter
const BESIDE = new Set(["view", "sort", "columns"]); // in addresses of lists beside the filter
let waiting;

function bar() {
  return document.querySelector("[data-filter-bar]");
}

export function go(url) {
  const event = new CustomEvent("leadline:filter", { detail: { url }, cancelable: true });
  if (document.dispatchEvent(event)) location.assign(url);
}

// The address with one condition changed; "" takes it off. What stands further down a list is asked for anew.
function address(name, value) {
  const query = new URLSearchParams(location.search);
  for (const part of [name, `${name}-from`, `${name}-to`, `${name}-not`, "ask", "after"]) query.delete(part);
  if (name === "labels") query.delete("label");
  for (const given of bar().querySelectorAll("[data-filter-q] input[type=hidden]")) query.set(given.name, given.value);
  query.delete(name);
  if (value) query.set(name, value);
  // Nothing at all is said by an empty `q`, or a view would say what to show.
  if (query.has("view") && ![...query.keys()].some((one) => !BESIDE.has(one))) query.set("q", "");
  const text = [...query].map(([one, given]) => `${encodeURIComponent(one)}=${encodeURIComponent(given).replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%21/g, "!")}`).join("&");
  return text ? `${bar().dataset.path}?${text}` : bar().dataset.path;
}

// --- typing narrows ---

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-filter-q] input[type=search]")) {
    clearTimeout(waiting);
    waiting = setTimeout(() => go(address("q", event.target.value.trim())), PAUSE);
  } else if (event.target.matches("[data-narrow]")) {
    narrow(event.target);
  } else if (event.target.matches("[data-look-up]")) {
    clearTimeout(waiting);
    waiting = setTimeout(() => lookUp(event.target), PAUSE);
  }
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-filter-q]")) {
    event.preventDefault();
    clearTimeout(waiting);
    go(address("q", event.target.elements.q.value.trim()));
  } else if (event.target.matches("[data-asker]")) {
    event.preventDefault();
    const { asker: name } = event.target.dataset;
    const value = written(event.target, name);
    close();
    go(address(name, value));
  }
});

// What a form says, in the one way of writing it: 3,5 · !3 · 1000..5000 · last-30-days.
function written(form, name) {
  const given = new FormData(form);
  const alone = form.querySelector("[data-alone]:checked");
  if (alone) return alone.value;
  const values = given.getAll(name).map((value) => value.trim()).filter(Boolean);
  if (values.length) return (given.get(`${name}-not`) ? "!" : "") + values.join(",");
  const [from, to] = [given.get(`${name}-from`)?.trim() ?? "", given.get(`${name}-to`)?.trim() ?? ""];
  if (from === to) return from;
  return from || to ? `${from}..${to}` : "";
}

function narrow(box) {
  const text = plain(box.value);
  for (const row of box.parentElement.querySelectorAll("li")) row.hidden = !plain(row.textContent).includes(text);
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

// Names by typing: what was ticked stays, what is found follows.
async function lookUp(box) {
  const list = box.parentElement.querySelector(".asker-options");
  const { asker: name } = box.form.dataset;
  const answer = await fetch(`/lookup/${box.dataset.lookUp}/?q=${encodeURIComponent(box.value)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || !box.isConnected) return;
  const found = await answer.json();
  for (const row of [...list.children]) {
    if (!row.querySelector("input").checked && row.dataset.found) row.remove();
  }
  const known = new Set([...list.querySelectorAll("input")].map((input) => input.value));
  for (const { id, value, name: called, word: label, text } of found.results ?? found) {
    const pk = String(id ?? value);
    if (known.has(pk)) continue;
    const row = document.createElement("li");
    row.dataset.found = "1";
    const frame = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "checkbox", name, value: pk });
    const says = document.createElement("span");
    says.textContent = called ?? label ?? text;
    frame.append(input, " ", says);
    row.append(frame);
    list.prepend(row);
  }
}

// --- editors in place ---

document.addEventListener("click", (event) => {
  const ask = event.target.closest("[data-filter-bar] [data-ask]");
  const off = event.target.closest("[data-filter-bar] [data-go]");
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (ask) {
    event.preventDefault();
    open(ask);
  } else if (off) {
    event.preventDefault();
    close();
    go(off.href);
  } else if (!event.target.closest("[data-filter-editor]")) {
    close();
  }
});

async function open(link) {
  const { ask, now = "" } = link.dataset;
  const place = bar().querySelector("[data-filter-editor]");
  const answer = await fetch(`${bar().dataset.editors.replace("/0/", `/${ask}/`)}?now=${encodeURIComponent(now)}`);
  if (!answer.ok) return location.assign(link.href);
  place.innerHTML = await answer.text();
  place.hidden = false;
  const menu = link.closest("details");
  if (menu) menu.open = false;
  const stands = (menu ?? link.closest(".chip")).getBoundingClientRect();
  const chips = place.parentElement.getBoundingClientRect();
  const room = Math.max(0, innerWidth - chips.left - place.offsetWidth - 16);
  place.style.setProperty("inset-inline-start", `${Math.min(stands.left - chips.left, room)}px`);
  place.style.setProperty("inset-block-start", `${stands.bottom - chips.top + 4}px`);
  for (const box of place.querySelectorAll("[data-narrow]")) box.hidden = false;
  (place.querySelector("input:not([type=hidden]):checked, [data-look-up], [data-narrow], select, input:not([type=hidden])") ?? place.querySelector("button")).focus();
  place.returnTo = menu?.querySelector("summary") ?? link;
}

function close(back = false) {
  const place = bar()?.querySelector("[data-filter-editor]");
  if (!place || place.hidden) return;
  place.hidden = true;
  place.replaceChildren();
  if (back && place.returnTo?.isConnected) place.returnTo.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest("[data-filter-editor]")) {
    event.stopPropagation();
    close(true);
  }
});

// A span has no use beside a name for it, nor a text beside "empty".
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-asker]");
  if (!form) return;
  if (event.target.matches("input[type=date]")) {
    const named = form.querySelector("select");
    if (named) named.value = "";
  } else if (event.target.matches("select")) {
    for (const day of form.querySelectorAll("input[type=date]")) day.value = "";
  } else if (event.target.matches("[data-alone]")) {
    for (const other of form.querySelectorAll("[data-alone]")) if (other !== event.target) other.checked = false;
  }
});

// The menu of filters opens with its box ready to type in.
document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.(".filter-add") || !menu.open) return;
  const box = menu.querySelector("[data-narrow]");
  box.hidden = false;
  box.value = "";
  narrow(box);
  box.focus();
}, true);

if (bar()) {
  key("f", bar().dataset.says, () => { bar().querySelector(".filter-add").open = true; }, { group: word("here") });
}
