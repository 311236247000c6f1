// The import wizard: files are sent one by one with their progress; a column's meaning is chosen from a list with
// search. Everything else is htmx. What was open and where the focus stood stays so when the draft is drawn anew.
const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
const headers = () => ({ "X-CSRFToken": token(), Accept: "application/json" });
const words = () => JSON.parse(document.getElementById("import-words")?.textContent ?? "{}");

// --- files

document.addEventListener("dragover", (event) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault(); // else a file dropped beside the place replaces the page
  for (const drop of document.querySelectorAll("[data-drop]")) drop.classList.toggle("over", drop.contains(event.target));
});
document.addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) for (const drop of document.querySelectorAll(".over")) drop.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  const place = event.target.closest("[data-drop]") ?? document.querySelector("[data-drop]");
  for (const drop of document.querySelectorAll(".over")) drop.classList.remove("over");
  if (place) bring(place, [...event.dataTransfer.files]);
});
document.addEventListener("change", ({ target }) => chosen(target));
// Chosen before this script was there: their "change" has gone by unheard.
for (const input of document.querySelectorAll("[data-drop] input[type=file]")) chosen(input);

function chosen(input) {
  const place = input.closest?.("[data-drop]");
  if (!place || !input.files?.length) return;
  bring(place, [...input.files]);
  input.value = "";
}

async function bring(place, files) {
  if (place.dataset.busy) return; // some are on their way
  place.dataset.busy = "yes";
  const list = place.querySelector(".uploads");
  list.replaceChildren();
  const lines = files.map((file) => line(list, file));
  try {
    const to = place.dataset.files ? { ...place.dataset } : await begun(place.dataset.new);
    let sent = 0;
    for (const [number, file] of files.entries()) sent += await send(to.files, file, lines[number], place.dataset);
    if (!sent) return;
    const answer = await fetch(to.read, { method: "POST", headers: headers() });
    if (!answer.ok) throw new Error((await answer.json()).message);
    location.assign((await answer.json()).page);
  } catch (error) {
    say(list, error.message);
  } finally {
    delete place.dataset.busy;
  }
}

async function begun(address) {
  const answer = await fetch(address, { method: "POST", headers: headers() });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.message);
  return said;
}

function line(list, file) {
  const item = document.createElement("li");
  const name = Object.assign(document.createElement("span"), { textContent: file.name, className: "upload-name" });
  const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
  bar.setAttribute("aria-label", file.name);
  const state = Object.assign(document.createElement("span"), { className: "upload-state" });
  item.append(name, bar, state);
  list.append(item);
  return { item, bar, state };
}

// One request a file, its bytes as the body: XMLHttpRequest, for fetch does not tell how much has gone.
function send(address, file, { item, bar, state }, said) {
  return new Promise((resolve) => {
    const end = (good, text) => { item.className = good ? "sent" : "refused"; state.textContent = text; resolve(good ? 1 : 0); };
    if (file.size > said.limit * 2 ** 20) { end(false, said.tooLarge); return; }
    const request = new XMLHttpRequest();
    request.open("POST", `${address}?name=${encodeURIComponent(file.name)}`);
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", ({ loaded, total }) => { bar.value = (100 * loaded) / total; });
    request.addEventListener("load", () => {
      const good = request.status === 201;
      bar.value = good ? 100 : 0;
      end(good, good ? said.sent : message(request) ?? said.failed);
    });
    request.addEventListener("error", () => end(false, said.failed));
    request.send(file);
  });
}

function message(request) {
  try { return JSON.parse(request.responseText).message; } catch { return undefined; }
}

function say(list, text) {
  list.append(Object.assign(document.createElement("li"), { className: "refused", textContent: text }));
}

// --- what a column becomes

let open;
document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".becomes");
  const was = open?.button;
  if (open && !open.box.contains(event.target)) close();
  if (button && button !== was) show(button);
});

function show(button) {
  const said = words();
  const fields = JSON.parse(document.getElementById("import-fields").textContent)[button.dataset.kind] ?? [];
  const taken = new Map([...document.querySelectorAll(".becomes")].filter((other) => other.dataset.label === button.dataset.label && other !== button).map((other) => [other.dataset.becomes, other.dataset.heading]));
  const options = [
    ...fields.map(([value, text]) => ({ value, text, group: said.fields, note: taken.get(value) })),
    ...Object.entries(said.sorts).map(([sort, word]) => ({ value: `custom:${sort}`, text: `${said.own} (${word})`, group: said.other })),
    { value: "-", text: said.out, group: said.other },
    { value: "", text: said.guess, group: said.other },
  ];
  const box = document.createElement("div");
  box.className = "chooser";
  const input = Object.assign(document.createElement("input"), { type: "text", placeholder: said.search, autocomplete: "off", spellcheck: false });
  const list = Object.assign(document.createElement("ul"), { id: "chooser-list" });
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "true", "aria-controls": list.id, "aria-autocomplete": "list", "aria-label": said.search })) input.setAttribute(name, value);
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", button.dataset.heading);
  box.append(input, list);
  open = { button, box, input, list, options, said, at: -1 };
  document.body.append(box);
  button.setAttribute("aria-expanded", "true");
  place(button, box);
  fill("");
  input.focus();
  input.addEventListener("input", () => fill(input.value));
  input.addEventListener("keydown", keys);
  list.addEventListener("click", (event) => choose(event.target.closest("[role=option]")));
}

function place(button, box) {
  const { left, bottom, top } = button.getBoundingClientRect();
  const wide = Math.min(300, innerWidth - 16), tall = 340;
  box.style.setProperty("inline-size", `${wide}px`);
  box.style.setProperty("left", `${scrollX + Math.max(8, Math.min(left, innerWidth - wide - 8))}px`);
  box.style.setProperty("top", `${scrollY + (bottom + tall < innerHeight || top < tall ? bottom + 4 : top - tall - 4)}px`);
}

function fill(typed) {
  const wanted = typed.trim().toLocaleLowerCase();
  const fitting = open.options.filter(({ text }) => text.toLocaleLowerCase().includes(wanted));
  let group;
  open.list.replaceChildren(...fitting.flatMap(({ value, text, note, group: own }) => {
    const option = document.createElement("li");
    Object.assign(option, { id: `chooser-${value || "guess"}` });
    option.setAttribute("role", "option");
    option.dataset.value = value;
    option.setAttribute("aria-selected", String(value === open.button.dataset.becomes));
    option.append(text);
    if (note) option.append(Object.assign(document.createElement("span"), { className: "help", textContent: note }));
    if (own === group) return [option];
    group = own;
    const head = Object.assign(document.createElement("li"), { className: "group", textContent: own });
    head.setAttribute("role", "presentation");
    return [head, option];
  }));
  if (!fitting.length) {
    const none = Object.assign(document.createElement("li"), { className: "group", textContent: open.said.nothing });
    none.setAttribute("role", "presentation");
    open.list.append(none);
  }
  const options = [...open.list.querySelectorAll("[role=option]")];
  mark(wanted ? 0 : Math.max(0, options.findIndex((option) => option.getAttribute("aria-selected") === "true")));
}

function mark(at) {
  const options = [...open.list.querySelectorAll("[role=option]")];
  if (!options.length) { open.at = -1; return; }
  open.at = (at + options.length) % options.length;
  options.forEach((option, number) => option.classList.toggle("here", number === open.at));
  open.input.setAttribute("aria-activedescendant", options[open.at].id);
  options[open.at].scrollIntoView({ block: "nearest" });
}

function keys(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) { event.preventDefault(); mark(open.at + step); }
  else if (event.key === "Enter") { event.preventDefault(); choose(open.list.querySelectorAll("[role=option]")[open.at]); }
  else if (event.key === "Escape" || event.key === "Tab") { event.stopPropagation(); close(); }
}

function choose(option) {
  if (!option) return;
  const { button } = open;
  const { label, heading, decide } = button.dataset;
  close();
  htmx.ajax("POST", decide, { source: button, target: "#draft", swap: "innerHTML", values: { what: "columns", where: label, word: heading, value: option.dataset.value } });
}

function close() {
  const { button, box } = open;
  open = undefined;
  box.remove();
  button.setAttribute("aria-expanded", "false");
  button.focus();
}

// --- drawn anew, and yet the same

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!document.getElementById("draft")?.contains(detail.elt)) return;
  detail.parameters.open = [...document.querySelectorAll("details[id][open]")].map(({ id }) => id).join(",");
});

let stood;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "draft" && detail.target.id !== "import") return;
  if (open) close();
  stood = {
    focus: document.activeElement?.id,
    open: new Map([...document.querySelectorAll("details[id]")].map((one) => [one.id, one.open])),
    top: scrollY,
    scrolled: [...document.querySelectorAll(".scroll")].map((one) => one.scrollLeft),
  };
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (!stood || (detail.target.id !== "draft" && detail.target.id !== "import")) return;
  for (const [id, was] of stood.open) {
    const one = document.getElementById(id);
    if (one) one.open = was;
  }
  document.querySelectorAll(".scroll").forEach((one, number) => { one.scrollLeft = stood.scrolled[number] ?? 0; });
  if (stood.focus && document.activeElement === document.body) document.getElementById(stood.focus)?.focus({ preventScroll: true });
  scrollTo({ top: stood.top, behavior: "instant" });
  stood = undefined;
});
