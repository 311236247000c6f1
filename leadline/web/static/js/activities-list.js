// The list of activities: what is done to a row by a key, and re-planning those that are selected. After js/lists.js.
import { move, replan, tick } from "./activities.js";
import { chosen, forget, pick, picked } from "./lists-selecting.js";
import { key } from "./keys.js";
import { open } from "./dialogs.js";
import { say } from "./lists-words.js";
import { word } from "./words.js";

const page = document.getElementById("list");
const here = () => page.querySelector("[data-grid] tr.here");
const box = () => here()?.querySelector("[data-activity]");
const onRow = () => Boolean(box()) && !document.activeElement?.closest("dialog, .menu[open], form.in-place-form");
const group = say("list");

key("x", word("done"), () => tick(box().querySelector("[data-activity-tick]")), { when: onRow, group });
key("s", say("pick"), () => pick(here()), { when: onRow, group });
key("e", word("edit-activity"), () => open(box().dataset.edit, here()), { when: onRow, group });
key("t", word("tomorrow"), () => move(box(), "tomorrow"), { when: onRow, group });
key("n", word("next-week"), () => move(box(), "week"), { when: onRow, group });
key("r", word("re-plan"), () => replan(picked() ? [...chosen()] : [box().dataset.activity]), { when: () => picked() > 0 || onRow(), group });

page.addEventListener("click", (event) => {
  if (event.target.closest("[data-replan]")) replan([...chosen()]);
});
// What was re-planned is selected no more.
document.addEventListener("leadline:done", ({ detail }) => {
  if (picked() && detail.changes?.some(({ kind }) => kind === "activity")) forget();
});
