// What a playbook asks for before deals move on is asked in one dialog, which then moves or wins them itself. Whoever was
// refused (toasts.js) waits here for how it ends.
import { open } from "./dialogs.js";

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
