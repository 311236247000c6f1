// The playbook on the page of a deal: whether it is unfolded is remembered; a text is saved by Enter, too.
const panel = document.querySelector("[data-playbook]");
const KEPT = "playbook";

const own = localStorage.getItem(KEPT);
if (panel && own) panel.open = own === "open";
else if (panel && matchMedia("(width < 48rem)").matches) panel.open = false; // on a phone the sums are enough to begin with
panel?.addEventListener("click", ({ target }) => {
  if (target.closest("summary")?.parentElement === panel) localStorage.setItem(KEPT, panel.open ? "closed" : "open");
});
panel?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || !event.target.matches(".ask-form textarea")) return;
  event.preventDefault();
  event.target.blur(); // which changes it, where it was changed
});
