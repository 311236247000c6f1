// The filter asks as soon as something in it changes. Without this script its buttons do.
document.addEventListener("change", (event) => {
  const control = event.target;
  if (control.form?.id !== "ask") return;
  if (control.name === "from" || control.name === "to") {
    control.form.querySelector("[data-named-period]").value = ""; // dates of one's own
  }
  if (!control.form.contains(control)) htmx.trigger(control.form, "submit"); // stands elsewhere on the page
}, true);

const unanswered = document.getElementById("unanswered");
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, ({ target }) => {
    const place = target.closest?.(".panel.place");
    if (place) place.classList.add("has-failed"); // a panel that asked for itself says so in its place
    else unanswered.hidden = false;
  });
}
document.addEventListener("htmx:beforeRequest", () => { unanswered.hidden = true; });

// After another question what was there stays, faded, until the panel that replaces it has come.
let before = new Map();
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "insights") return;
  before = new Map([...detail.target.querySelectorAll("section[id]:not(.place)")].map((panel) => [panel.id, panel]));
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id !== "insights") return;
  for (const place of detail.target.querySelectorAll(".place")) {
    const panel = before.get(place.id);
    if (!panel) continue;
    const faded = document.createElement("div");
    faded.className = "faded";
    faded.inert = true;
    faded.append(...panel.childNodes);
    place.querySelector("h2")?.remove();
    place.prepend(faded);
  }
  before.clear();
});

// On a narrow screen the tabs scroll: the one that is open is shown.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
