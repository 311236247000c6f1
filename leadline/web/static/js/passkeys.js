// Shows the ways in that need passkeys where the browser has them, and says when making one failed.
// They can be pressed only once they do something: the scripts that answer a press begin when the page is read.
document.addEventListener("DOMContentLoaded", () => {
  if (!window.PublicKeyCredential || !window.isSecureContext) return;
  for (const form of document.querySelectorAll("[data-needs-passkeys]")) form.hidden = false;
  for (const button of document.querySelectorAll("[data-passkey-button]")) button.disabled = false;
});
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const notice of document.querySelectorAll("[data-passkey-error]")) notice.hidden = false;
});
