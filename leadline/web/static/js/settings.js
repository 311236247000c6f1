// Copies what stands in a field, where the browser lets us. Without this script one selects it by hand.
function equip(root) {
  for (const button of root.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  await navigator.clipboard.writeText(field.value);
  const word = button.querySelector("span");
  const before = word.textContent;
  word.textContent = button.dataset.done;
  setTimeout(() => { word.textContent = before; }, 2000);
});
document.addEventListener("htmx:load", (event) => equip(event.target));
equip(document);
