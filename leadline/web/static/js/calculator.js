// Sliders and the fields beside them: one writes into the other; htmx asks for the answer when either is moved.
document.addEventListener("input", (event) => {
  const moved = event.target;
  if (moved.matches("input[type=range][data-of]")) document.getElementById(moved.dataset.of).value = moved.value;
  const slider = moved.id && document.querySelector(`input[type=range][data-of="${CSS.escape(moved.id)}"]`);
  if (slider) slider.value = moved.value || moved.placeholder;
}, { capture: true });

// Another pipeline has other stages, somebody else's history other conversions: the whole page is made anew.
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-anew]")) return;
  event.stopPropagation();
  const address = new URL(event.target.form.action);
  for (const name of ["pipeline", "whose"]) {
    const field = event.target.form.elements[name];
    if (field?.value) address.searchParams.set(name, field.value);
  }
  location.assign(address);
}, { capture: true });
