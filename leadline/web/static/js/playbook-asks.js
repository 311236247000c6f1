// What a playbook asks for before deals move on is asked in one dialog, which then moves or wins them itself. Whoever was
// refused (toasts.js) waits here for how it ends. The dialog is asked for by an event: dialogs.js imports toasts.js, and
// modules that import each other in a circle cannot be given names by their content.
const open = (address) => new Promise((done) => {
  document.dispatchEvent(new CustomEvent("leadline:open", { detail: { address, done } }));
});

/** Shows the form at this address; gives whether the deals went on. */
export async function fill(address) {
  await open(address);
  const dialog = document.getElementById("dialog");
  if (!dialog?.open || !dialog.querySelector("[data-asked]")) return false;
  let went = false;
  const heard = ({ detail }) => { went ||= Boolean(detail.went); };
  document.addEventListener("leadline:done", heard);
  await new Promise((over) => { dialog.addEventListener("close", over, { once: true }); });
  document.removeEventListener("leadline:done", heard);
  return went;
}
