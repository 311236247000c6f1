// Editing in place. A click (not on a link), Enter or `e` on a value brings its editor; Enter saves, Escape leaves, Tab
// saves and goes on to the next. What was typed stands there at once; a refusal brings the editor back with the reason.
import { Refused, send } from "./toasts.js";
import { key } from "./keys.js";
import { enhance } from "./lookup.js";
import { word } from "./words.js";

const drawn = new WeakMap(); // place -> what stood in it before the editor came

export async function open(place) {
  if (!place || place.querySelector("form")) return;
  try {
    const form = await send(place.dataset.edit, { method: "GET" });
    if (place.querySelector("form")) return;
    drawn.set(place, place.innerHTML);
    show(place, form);
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
  }
}

function show(place, html) {
  place.innerHTML = html;
  place.classList.add("open");
  const form = place.querySelector("form");
  enhance(form);
  const first = form.querySelector("input:not([type=hidden]), select, textarea");
  first?.focus();
  if (first?.select && first.type !== "checkbox") first.select();
  form.dataset.began = values(form);
}

function leave(place, { focus = true } = {}) {
  place.innerHTML = drawn.get(place) ?? "";
  place.classList.remove("open");
  if (focus) place.querySelector(".in-place-open")?.focus();
}

async function save(place, { focus = true } = {}) {
  const form = place.querySelector("form");
  if (!form || form.dataset.saving) return true;
  if (values(form) === form.dataset.began && !form.classList.contains("wrong")) { leave(place, { focus }); return true; }
  form.dataset.saving = "yes";
  place.classList.add("saving");
  const data = new FormData(form);
  try {
    const html = await send(form.getAttribute("action"), { data, quiet: true });
    if (html === null) { leave(place, { focus }); return true; } // done by another form, and drawn anew by what it changed
    const box = document.createElement("template");
    box.innerHTML = html.trim();
    const fresh = box.content.firstElementChild;
    if (fresh?.matches(".in-place")) place.replaceWith(fresh);
    else { place.innerHTML = html; place.classList.remove("open", "saving"); }
    if (focus) fresh?.querySelector(".in-place-open")?.focus();
    return true;
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
    place.classList.remove("saving");
    if (refusal.html) show(place, refusal.html);
    else { delete form.dataset.saving; complain(form, refusal.message); }
    return false;
  }
}

function complain(form, message) {
  form.classList.add("wrong");
  let line = form.querySelector(".error");
  if (!line) {
    line = document.createElement("p");
    line.className = "error";
    line.setAttribute("role", "alert");
    form.append(line);
  }
  line.textContent = message;
}

function values(form) {
  return new URLSearchParams([...new FormData(form)].filter(([name]) => !["was", "csrfmiddlewaretoken"].includes(name))).toString();
}

function next(place, back) {
  const all = [...document.querySelectorAll(".in-place")].filter((one) => one.offsetParent !== null);
  return all[all.indexOf(place) + (back ? -1 : 1)];
}

document.addEventListener("click", (event) => {
  const place = event.target.closest(".in-place");
  if (event.target.closest("[data-leave]") && place) { leave(place); return; }
  if (place && !place.classList.contains("open") && !event.target.closest("a, input, select, summary") && !getSelection().toString()) open(place);
});

key("e", word("edit"), () => open(nearest()), { when: () => nearest() !== null, group: word("here") });

/** The value to edit by key: in what has the focus, else the first on the page. */
function nearest() {
  const focused = document.activeElement;
  return focused?.closest(".in-place") ?? focused?.querySelector?.(".in-place") ?? document.querySelector("main .in-place");
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest(".in-place-form");
  if (!form) return;
  event.preventDefault();
  save(form.closest(".in-place"));
});

document.addEventListener("keydown", async (event) => {
  const form = event.target instanceof Element && event.target.closest(".in-place-form");
  if (!form || event.defaultPrevented) return;
  const place = form.closest(".in-place");
  if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); leave(place); }
  if (event.key === "Enter" && event.target.matches("textarea, select") && !event.shiftKey) { event.preventDefault(); save(place); }
  if (event.key === "Tab" && event.target.matches("input[type=text], textarea, input[type=date], select") && !event.target.closest(".several")) {
    event.preventDefault();
    const following = next(place, event.shiftKey);
    if (await save(place, { focus: false })) open(following);
  }
});

// A choice made by pointer is meant. One that letters or arrows lead through is not yet: Enter, Tab or leaving saves it.
let byKeys = false;
document.addEventListener("pointerdown", () => { byKeys = false; }, true);
document.addEventListener("keydown", () => { byKeys = true; }, true);
document.addEventListener("change", (event) => {
  const form = event.target.closest?.(".in-place-form");
  if (form && !byKeys && event.target.matches("select[name=value]")) save(form.closest(".in-place"));
});

// Going elsewhere saves: with an Undo at hand nothing is lost by it. A date picker or a list of choices takes the focus.
document.addEventListener("focusout", (event) => {
  const form = event.target.closest?.(".in-place-form");
  if (!form) return;
  setTimeout(() => {
    if (form.isConnected && !form.contains(document.activeElement) && document.hasFocus() && !form.classList.contains("wrong")) {
      save(form.closest(".in-place"), { focus: false });
    }
  }, 0);
});
