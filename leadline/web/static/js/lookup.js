// Choosing one of many records by typing its name: a combobox over `data-lookup`, which answers [{id, name, about}].
import { send } from "./toasts.js";

let count = 0;

/** Makes every lookup inside `root` work; safe to call twice. */
export function enhance(root = document) {
  for (const box of root.querySelectorAll("[data-lookup]:not([data-ready])")) {
    box.dataset.ready = "yes";
    ready(box);
  }
}

function ready(box) {
  const [input, hidden] = box.querySelectorAll("input");
  const list = document.createElement("ul");
  list.className = "lookup-list";
  list.setAttribute("role", "listbox");
  list.id = `lookup-${count += 1}`;
  list.hidden = true;
  input.setAttribute("aria-controls", list.id);
  box.append(list);
  let waiting = 0;
  let asked = 0;
  let chosen = -1;

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    chosen = -1;
  }

  async function ask() {
    const number = (asked += 1);
    const text = input.value.trim();
    let found = [];
    try {
      found = await send(`${box.dataset.lookup}?q=${encodeURIComponent(text)}`, { method: "GET", quiet: true });
    } catch { return; }
    if (number !== asked || document.activeElement !== input) return;
    draw(found.results ?? found, text);
  }

  function draw(found, text) {
    list.replaceChildren(...found.map((one) => option(one.name, one.about, () => take(one.id, one.name))));
    const same = found.some((one) => one.name.toLowerCase() === text.toLowerCase());
    if (box.dataset.adds && text && !same) list.append(option(`+ ${text}`, "", () => add(text), "adds"));
    list.hidden = list.children.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(list.children.length ? 0 : -1);
  }

  function option(name, about, act, kind = "") {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.id = `${list.id}-${list.children.length}-${Math.random().toString(36).slice(2, 8)}`;
    item.className = kind;
    item.textContent = name;
    if (about) {
      const more = document.createElement("span");
      more.className = "note";
      more.textContent = about;
      item.append(" ", more);
    }
    item.addEventListener("mousedown", (event) => { event.preventDefault(); act(); });
    item.take = act;
    return item;
  }

  function mark(place) {
    chosen = place;
    for (const [n, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(n === place));
    const item = list.children[place];
    if (item) { input.setAttribute("aria-activedescendant", item.id); item.scrollIntoView({ block: "nearest" }); }
    else input.removeAttribute("aria-activedescendant");
  }

  function take(id, name) {
    input.value = name;
    hidden.value = id;
    fresh("");
    close();
    box.dispatchEvent(new CustomEvent("lookup:taken", { bubbles: true, detail: { id, name } }));
  }

  function add(text) {
    hidden.value = "";
    fresh(text);
    close();
    box.dispatchEvent(new CustomEvent("lookup:taken", { bubbles: true, detail: { id: "", name: text, adds: true } }));
  }

  function fresh(text) {
    let extra = box.querySelector("input.new");
    if (!extra) {
      extra = document.createElement("input");
      extra.type = "hidden";
      extra.className = "new";
      extra.name = box.dataset.new ?? "new";
      box.append(extra);
    }
    extra.value = text;
  }

  input.addEventListener("input", () => {
    const radio = document.getElementById(box.dataset.radio ?? ""); // of several ways the one that is typed into
    if (radio) radio.checked = true;
    hidden.value = "";
    fresh("");
    clearTimeout(waiting);
    waiting = setTimeout(ask, 80);
  });
  input.addEventListener("focus", () => { if (list.hidden) ask(); });
  input.addEventListener("blur", () => {
    close();
    if (input.value.trim() === "") hidden.value = "";
    else if (box.dataset.radio && !hidden.value) fresh(input.value.trim());
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((chosen + step + list.children.length) % list.children.length);
    } else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0 && hidden.value === "" && input.value.trim()) {
      if (event.key === "Enter") event.preventDefault();
      list.children[chosen].take();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
}

enhance();
document.addEventListener("htmx:afterSettle", (event) => enhance(event.target));
document.addEventListener("leadline:drawn", () => enhance());
