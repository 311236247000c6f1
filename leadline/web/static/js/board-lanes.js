// On a phone one column at a time: tabs go there, a swipe does too, and the tab of the column that is seen says so.
import { board, lanes } from "./board-cards.js";

let observer;

export function watch() {
  observer?.disconnect();
  if (!board()) return;
  observer = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) if (isIntersecting) here(target.dataset.lane);
  }, { root: board(), threshold: 0.6 });
  for (const lane of lanes()) observer.observe(lane);
}

function here(lane) {
  for (const tab of document.querySelectorAll(".lane-tabs a")) {
    const on = tab.hash === `#lane-${lane}`;
    if (on) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
    const bar = tab.parentElement;
    if (on && bar.scrollWidth > bar.clientWidth) bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - 24;
  }
}

document.addEventListener("click", (event) => {
  const tab = event.target.closest?.(".lane-tabs a");
  if (!tab) return;
  event.preventDefault();
  document.getElementById(tab.hash.slice(1))?.scrollIntoView({ inline: "start", block: "nearest" });
});
