// Which records were seen last, newest first: only their kinds and numbers are kept, per person, in this browser. Their names
// come from the server, which shows what may be seen.
const place = `seen-${document.body.dataset.me}`;
const MOST = 12;

export function seen() {
  try {
    const list = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(list) ? list.filter((one) => /^[a-z]+-\d+$/.test(one)) : [];
  } catch {
    return [];
  }
}

export function remember(record) {
  if (!record) return;
  try {
    localStorage.setItem(place, JSON.stringify([record, ...seen().filter((one) => one !== record)].slice(0, MOST)));
  } catch {
    // no room, or not allowed: then nothing is remembered
  }
}
