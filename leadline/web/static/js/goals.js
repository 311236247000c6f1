// Goals: the form shows what its metric takes, the rings follow the log, and a goal that is reached is said once.
import { say } from "./toasts.js";

const WAIT = 4000; // milliseconds: a colleague’s busy minute is few questions
const COUNTED = new Set(["goal", "activity", "deal", "lead", "outcome"]);
let timer = 0;

// --- the form ---

function suit(form) {
  const metric = form.elements.metric?.value ?? form.dataset.metric;
  for (const part of form.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(metric);
}

function suitAll() {
  for (const form of document.querySelectorAll("form.goal-form")) suit(form);
}

document.addEventListener("change", ({ target }) => {
  if (target.name === "metric" && target.form?.matches(".goal-form")) suit(target.form);
  if (target.id === "goal-of") target.form.requestSubmit();
});

document.addEventListener("click", ({ target }) => {
  const taken = target.closest("[data-take]");
  if (!taken) return;
  const amount = taken.closest("form").elements.amount;
  amount.value = taken.dataset.take;
  amount.dispatchEvent(new Event("input", { bubbles: true }));
  amount.focus();
});

document.addEventListener("htmx:load", suitAll);
suitAll();

// --- the rings ---

document.addEventListener("leadline:changed", ({ detail }) => {
  const part = document.getElementById("goals");
  if (!part || (detail.changes?.length && !detail.changes.some(({ kind }) => COUNTED.has(kind)))) return;
  clearTimeout(timer);
  timer = setTimeout(() => again(part), detail.from === "me" ? 0 : WAIT);
});

async function again(part) {
  if (part.querySelector("details.menu[open]")) return;
  const answer = await fetch(part.dataset.at, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("goals");
  if (!fresh) return;
  part.replaceWith(document.adoptNode(fresh));
  htmx.process(fresh);
  celebrate();
}

// Reached since it was last looked at: said once, quietly. What was reached before the page was first seen is not news.
function celebrate() {
  const known = JSON.parse(localStorage.getItem("goals-reached") ?? "null");
  const reached = [...document.querySelectorAll(".goal-ring[data-reached]")];
  for (const ring of reached) {
    if (!known || known.includes(ring.dataset.goal)) continue;
    ring.classList.add("just");
    say(document.querySelector("[data-goal-reached]")?.dataset.goalReached.replace("{goal}", ring.dataset.reached) ?? ring.dataset.reached);
  }
  localStorage.setItem("goals-reached", JSON.stringify(reached.map((ring) => ring.dataset.goal)));
}

celebrate();
