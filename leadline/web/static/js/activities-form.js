// The dialogs of activities: the line that is read while one types, whom it may mean, people to take in and out.
import { reading } from "./activities-line.js";

function ready(root) {
  for (const box of root.querySelectorAll("[data-quick]:not([data-ready])")) quick(box);
  for (const box of root.querySelectorAll("[data-people]:not([data-ready])")) people(box);
}

function quick(box) {
  box.dataset.ready = "yes";
  const { line, on, type } = box.closest("form").elements;
  const log = box.querySelector("[name=log]");
  const name = box.querySelector("#add_on");
  const choices = box.querySelector("[data-choices]");
  const more = () => ({ on: on.value, type: type.value, ...(log ? {} : { plan: "1" }) });
  const look = reading(line, box.querySelector("[data-read]"), box.dataset.lineAt, { more, found });

  function found(said) {
    choices.hidden = Boolean(on.value) || !said?.choices.length;
    if (choices.hidden) return;
    choices.replaceChildren(...said.choices.map((one) => {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.choice = one.id;
      button.dataset.name = one.name;
      const about = document.createElement("span");
      about.className = "act-soft";
      about.textContent = one.about;
      button.append(one.name, " ", about);
      return button;
    }));
  }

  choices.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choice]");
    if (!button) return;
    on.value = button.dataset.choice;
    name.value = button.dataset.name;
    line.focus();
    look();
  });
  box.addEventListener("lookup:taken", look);
  type.addEventListener("change", look);
  if (line.value) look();
}

function people(box) {
  box.dataset.ready = "yes";
  const list = box.querySelector("[data-chosen]");
  const [text, chosen] = box.querySelectorAll(".lookup input");
  box.addEventListener("lookup:taken", (event) => {
    event.stopPropagation();
    const { id, name } = event.detail;
    if (id && !list.querySelector(`input[value="${CSS.escape(String(id))}"]`)) {
      const item = box.querySelector("template").content.firstElementChild.cloneNode(true);
      item.querySelector("input").value = id;
      item.querySelector("span").textContent = name;
      item.querySelector(".hidden").append(`: ${name}`);
      list.append(item);
    }
    text.value = chosen.value = "";
    text.focus();
  });
  list.addEventListener("click", (event) => {
    if (!event.target.closest("[data-drop]")) return;
    event.target.closest("li").remove();
    text.focus();
  });
}

ready(document);
document.addEventListener("htmx:afterSettle", (event) => ready(event.target));
