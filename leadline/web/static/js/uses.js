// How often each row is used: counted after the page stands, kept while acts draw the rows anew.

const asker = () => document.getElementById("uses");

/** Asks for counts anew: of these rows, or of all. */
export function count(names = []) {
  const at = asker()?.dataset.usesAt;
  if (!at) return;
  const query = new URLSearchParams(names.map((name) => ["row", name]));
  htmx.ajax("GET", names.length ? `${at}?${query}` : at, { target: asker(), swap: "none" });
}

/** Takes the counts over into rows that are drawn anew; asks for those that are new, and those that an act `changed`. */
export function keep(before, fresh, changed = "") {
  const wanted = new Set(changed.split(" ").filter((name) => fresh.querySelector(`[data-uses="${name}"]`)));
  for (const place of fresh.querySelectorAll("[data-uses]")) {
    const known = before.querySelector(`[data-uses="${place.dataset.uses}"]`);
    if (known) place.replaceChildren(...known.childNodes);
    else wanted.add(place.dataset.uses);
  }
  return () => { if (wanted.size) count([...wanted]); };
}
