// Naming a colleague in a note: `@` and some letters offer those who fit; the chosen one's number goes with the note.
import { send } from "./toasts.js";

const BEGUN = /(?:^|[\s(])@([\p{L}\p{N}.'-]*(?: [\p{L}\p{N}.'-]+)?)$/u;
let count = 0;

/** Makes the text of a note's form name colleagues. */
export function writing(form) {
  const text = form.querySelector("textarea");
  const list = document.createElement("ul");
  list.className = "mentions";
  list.id = `mentions-${count += 1}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", text.placeholder);
  list.hidden = true;
  text.after(list);
  text.setAttribute("aria-autocomplete", "list");
  text.setAttribute("aria-controls", list.id);
  let asked = 0;
  let waiting = 0;
  let marked = 0;

  function begun() {
    return text.selectionStart === text.selectionEnd && BEGUN.exec(text.value.slice(0, text.selectionStart));
  }

  function close() {
    clearTimeout(waiting);
    asked += 1;
    list.hidden = true;
    list.replaceChildren();
    text.removeAttribute("aria-activedescendant");
  }

  function mark(place) {
    marked = (place + list.children.length) % list.children.length;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === marked)));
    text.setAttribute("aria-activedescendant", list.children[marked].id);
    list.children[marked].scrollIntoView({ block: "nearest" });
  }

  function take(person) {
    const found = begun();
    if (!found) return close();
    const end = text.selectionStart;
    text.setRangeText(`@${person.name} `, end - found[1].length - 1, end, "end");
    const chosen = document.createElement("input");
    Object.assign(chosen, { type: "hidden", name: "mention", value: person.id });
    form.append(chosen);
    close();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async function ask(letters) {
    const number = (asked += 1);
    const people = await send(`/lookup/user/?q=${encodeURIComponent(letters)}`, { method: "GET", quiet: true }).catch(() => []);
    if (number !== asked || !begun()) return;
    const whole = people.length === 1 && people[0].name.toLowerCase() === letters.trim().toLowerCase();
    if (!people.length || whole) return close(); // nobody, or named already
    list.replaceChildren(...people.slice(0, 8).map((person, place) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${place}`;
      item.setAttribute("role", "option");
      const name = document.createElement("b");
      name.textContent = person.name;
      const about = document.createElement("span");
      about.textContent = person.about ?? "";
      item.append(name, " ", about);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(person); });
      item.person = person;
      return item;
    }));
    list.hidden = false;
    mark(0);
  }

  text.addEventListener("input", () => {
    const found = begun();
    clearTimeout(waiting);
    if (!found) return close();
    waiting = setTimeout(() => ask(found[1]), 60);
  });
  text.addEventListener("blur", close);
  text.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(marked + step);
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") take(list.children[marked].person);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
