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
