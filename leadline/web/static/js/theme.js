// Light and dark without loading the page anew. Without this script the forms do the same by a round trip.
for (const form of document.querySelectorAll("[data-theme-switch]")) {
  form.addEventListener("submit", (event) => {
    const theme = event.submitter?.value;
    if (theme === undefined) return;
    event.preventDefault();
    wear(theme);
  });
}

export function wear(theme) {
  const root = document.documentElement;
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  const lasts = theme ? 60 * 60 * 24 * 365 : 0;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `theme=${theme}; path=/; max-age=${lasts}; samesite=lax${secure}`;
  for (const button of document.querySelectorAll("[data-theme-switch] [aria-pressed]")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
  document.dispatchEvent(new Event("leadline:theme"));
}
