// Says when what stands on the page may be old: the browser is offline, or the server does not answer the live poll
// (js/live.js sends "leadline:online" and "leadline:offline").
const bar = document.getElementById("offline");
let last = new Date(); // when the server was last heard

function show(says) {
  const time = last.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  bar.querySelector("span").textContent = says.replace("{time}", time);
  bar.hidden = false;
}

function hide() {
  last = new Date();
  bar.hidden = true;
}

if (bar) {
  addEventListener("offline", () => show(bar.dataset.says));
  addEventListener("online", hide);
  document.addEventListener("leadline:online", hide);
  document.addEventListener("leadline:offline", () => show(navigator.onLine ? bar.dataset.lost : bar.dataset.says));
  document.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.xhr?.status) hide(); });
  document.addEventListener("htmx:sendError", () => show(navigator.onLine ? bar.dataset.lost : bar.dataset.says));
  if (!navigator.onLine) show(bar.dataset.says);
}
