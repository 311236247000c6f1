// The small questions of the board: where to, why lost, until when. One dialog each; a digit answers, Escape leaves.
import { titleOf } from "./board-cards.js";

/** Shows the dialog beside the card, or saying `of` what; gives what was entered, or null where somebody thought better. */
export function ask(name, card, of = "") {
  const dialog = document.getElementById(`ask-${name}`);
  const form = dialog.querySelector("form");
  form?.reset();
  waits(dialog);
  const about = dialog.querySelector("[data-about]");
  if (about && card) about.textContent = titleOf(card);
  const what = dialog.querySelector("[data-of]");
  if (what) { what.textContent = of; what.hidden = !of; }
  dialog.returnValue = "";
  dialog.showModal();
  beside(dialog, card);
  (dialog.querySelector("input:is(:checked, [data-first])") ?? dialog.querySelector("button"))?.focus();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      const said = dialog.returnValue;
      if (!said) answer(null);
      else answer(form ? Object.fromEntries(new FormData(form)) : JSON.parse(said));
    }, { once: true });
  });
}

// Beside the card as far as there is room; on a phone at the foot of the screen, where the style sheet puts it.
function beside(dialog, card) {
  dialog.style.removeProperty("left");
  dialog.style.removeProperty("top");
  if (!card?.isConnected || innerWidth < 640) return;
  const stands = card.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = dialog;
  const right = stands.right + 8 + width < innerWidth;
  dialog.style.left = `${Math.max(8, right ? stands.right + 8 : stands.left - width - 8)}px`;
  dialog.style.top = `${Math.max(8, Math.min(stands.top, innerHeight - height - 8))}px`;
}

document.addEventListener("click", (event) => {
  const dialog = event.target.closest?.("dialog.question");
  if (!dialog) return;
  const choice = event.target.closest("[data-to-lane], [data-to-stage], .ask-list [data-act]");
  if (event.target === dialog) dialog.close(""); // outside of it
  else if (choice) dialog.close(JSON.stringify({ lane: choice.dataset.toLane, stage: choice.dataset.toStage, act: choice.dataset.act }));
});

document.addEventListener("keydown", (event) => {
  const dialog = event.target.closest?.("dialog.question[open]");
  if (!dialog || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...dialog.querySelectorAll(".ask-list > :is(button, label)")];
  const typing = event.target.matches("input:not([type=radio])");
  if (!typing && event.key.length === 1) {
    const row = rows.find((one) => one.querySelector("kbd")?.textContent.toLowerCase() === event.key.toLowerCase());
    if (row) { event.preventDefault(); choose(dialog, row); }
  } else if (event.target.matches("button") && /^Arrow(Up|Down)$/.test(event.key)) {
    event.preventDefault();
    const at = rows.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1);
    rows[(at + rows.length) % rows.length]?.focus();
  } else if (event.key === "Enter" && event.target.matches("input")) {
    event.preventDefault();
    dialog.querySelector("button[value=yes]").click();
  }
});

// A digit is an answer at once, as a click on a row is not: there one may still add a note.
function choose(dialog, row) {
  if (row.matches("button")) row.click();
  else {
    row.querySelector("input").checked = true;
    dialog.querySelector("button[value=yes]").click();
  }
}

document.addEventListener("input", (event) => {
  const dialog = event.target.closest?.("dialog.question");
  const own = { quick: "date", reason: "new_reason" }[event.target.type === "radio" && event.target.name];
  const typed = own && dialog?.querySelector(`input[name=${own}]`);
  if (typed) typed.value = ""; // one chooses from the list, or says something of one's own
  if (dialog) waits(dialog);
});

// Without a day something must happen, else nothing would ever bring it back.
function waits(dialog) {
  const what = dialog.querySelector("input[name=event]");
  if (what) what.required = !dialog.querySelector("input[name=quick]:checked")?.value && !dialog.querySelector("input[name=date]").value;
}
