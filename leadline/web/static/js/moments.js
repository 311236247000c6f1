// A day that stands for a moment tells its hour when one points at it: written only then, as pages have hundreds of them.
const zone = document.body.dataset.zone;
const hour = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full", timeStyle: "short", timeZone: zone || undefined });

document.addEventListener("pointerover", (event) => {
  const time = event.target instanceof Element ? event.target.closest("time[datetime*='T']:not([title])") : null;
  if (time) time.title = hour.format(new Date(time.dateTime));
});
