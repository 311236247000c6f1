// From days to days without loading the page: the address says what is shown, and the back button works.
import { say } from "./toasts.js";
import { grid, page, word } from "./calendar-grid.js";
import { begin } from "./calendar-showing.js";

let number = 0; // of the way that was gone last: what comes of an earlier one is too late
let asked = 0; // of the last time that the same days were asked for anew

async function fetched(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  if (!answer.ok || answer.status === 204 || answer.redirected) throw new Error(String(answer.status));
  const made = document.createElement("template");
  made.innerHTML = await answer.text();
  return made.content;
}

export async function go(address, { push = true } = {}) {
  const mine = (number += 1);
  page().setAttribute("aria-busy", "true");
  try {
    const parts = await fetched(address);
    if (mine !== number) return;
    number += 1; // what was asked for meanwhile was asked of the days before
    const keys = document.activeElement?.dataset;
    const again = ["calendarBack", "calendarOn", "calendarToday", "calendarView", "calendarDone"].find((name) => keys && name in keys);
    if (push) history.pushState({}, "", address);
    const scroll = grid().dataset.view === "month" ? undefined : grid().scrollTop;
    page().replaceChildren(parts);
    document.title = document.title.replace(/^[^·]*/, `${page().querySelector("h1").textContent} `);
    begin({ scroll });
    if (again) page().querySelector(`[data-${again.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}${again === "calendarView" ? "][aria-current" : ""}]`)?.focus();
    document.dispatchEvent(new CustomEvent("calendar:shown"));
  } catch {
    location.assign(address);
  } finally {
    page().removeAttribute("aria-busy");
  }
}

/** The same days anew: only what stands in them is replaced; menus and fields stay as they are. False where it must not. */
export async function again(mayDraw) {
  const [way, mine] = [number, (asked += 1)];
  try {
    const parts = await fetched(location.href);
    if (mine !== asked) return true; // it was asked for once more
    if (way !== number || !mayDraw()) return false;
    const { scrollTop, scrollLeft } = grid();
    for (const part of ["[data-calendar]", ".cal-overdue", ".cal-empty"]) {
      const [old, fresh] = [page().querySelector(part), parts.querySelector(part)];
      if (old && fresh) old.replaceWith(fresh);
      else if (old) old.remove();
      else if (fresh && part === ".cal-empty") page().append(fresh);
      else if (fresh) page().querySelector(".cal-who").before(fresh);
    }
    begin({ scroll: scrollTop });
    grid().scrollLeft = scrollLeft;
    document.dispatchEvent(new CustomEvent("calendar:shown"));
  } catch {
    say(word("failed"), { bad: true });
  }
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-calendar-go] a, a[data-calendar-link]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link.href);
});

function sent(form) {
  const asked = new URLSearchParams(new FormData(form));
  const people = asked.getAll("people").join(",");
  asked.delete("people");
  go(`${form.getAttribute("action")}?${asked}${people ? `&people=${people}` : ""}`);
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-calendar-jump], [data-calendar-people]")) return;
  event.preventDefault();
  sent(event.target);
});
document.addEventListener("change", ({ target }) => {
  const form = target.closest?.("[data-calendar-jump]");
  if (form && target.value) sent(form);
});
addEventListener("popstate", () => go(location.href, { push: false }));
