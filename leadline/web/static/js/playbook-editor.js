// The form of a playbook is saved as a whole whenever a field is left: what was sent is no more "being typed".
import "./rows.js";

document.addEventListener("submit", ({ target }) => {
  if (!("whole" in target.dataset)) return;
  for (const one of target.elements) if (one.defaultValue !== undefined && one.type !== "hidden") one.defaultValue = one.value;
});

// A file is added as soon as it is chosen.
document.addEventListener("change", ({ target }) => {
  if (target.form?.matches("[data-file]") && target.value) target.form.requestSubmit();
});

// "example.com/prices" is an address as well; before the form is sent, which would refuse it.
document.addEventListener("change", ({ target }) => {
  const typed = target.type === "url" ? target.value.trim() : "";
  if (/^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(typed)) target.value = `https://${typed}`;
}, true);
