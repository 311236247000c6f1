// The slider writes the date, the date moves the slider; the board of that day is fetched while one slides.
const form = document.querySelector("[data-past]");
const date = form.elements.on;
const slider = form.querySelector("input[type=range]");
const DAY = 86_400_000;
const WAIT = 60; // milliseconds: a slide over a year asks for some of its days, not for all

let waiting;

function ask() {
  clearTimeout(waiting);
  waiting = setTimeout(() => window.htmx.trigger(form, "past"), WAIT);
}

slider.addEventListener("input", () => {
  const day = new Date(Date.parse(slider.dataset.first) + slider.value * DAY);
  date.value = day.toISOString().slice(0, 10);
  slider.setAttribute("aria-valuetext", day.toLocaleDateString(document.documentElement.lang, { dateStyle: "medium", timeZone: "UTC" }));
  ask();
});

date.addEventListener("change", () => {
  if (!date.value) return;
  slider.value = Math.round((Date.parse(date.value) - Date.parse(slider.dataset.first)) / DAY);
  ask();
});

form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
