// Copies what stands in a field, where the browser lets us, and ticks many rows at once. Without this script one does it
// by hand.
function equip(root) {
  for (const button of root.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
  for (const box of root.querySelectorAll("[data-all]")) box.hidden = false;
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

// One tick for all of a page. Without this script each row has its own.
document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-all]");
  if (!all) return;
  for (const box of document.getElementsByName(all.dataset.all)) box.checked = all.checked;
});

// What was taken back from a toast is drawn as it stands now.
document.addEventListener("leadline:changed", (event) => {
  if (event.detail.from !== "undo") return;
  const part = document.querySelector("[data-afresh]");
  if (part) htmx.ajax("GET", location.pathname + location.search, { target: part, swap: "outerHTML" });
});
