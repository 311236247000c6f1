// Shows the ways in that need passkeys where the browser has them, and says when making one failed.
if (window.PublicKeyCredential && window.isSecureContext) {
  for (const form of document.querySelectorAll("[data-needs-passkeys]")) form.hidden = false;
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const notice of document.querySelectorAll("[data-passkey-error]")) notice.hidden = false;
});
