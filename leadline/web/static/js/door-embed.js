// Puts a form into the page of a site: <script src="https://…/forms/<token>/embed.js" async></script>
// The form stands in a frame of its own: nothing of the site's page reaches it but where its reader came from.
(() => {
  const script = document.currentScript;
  const address = new URL("./", script.src);
  const origin = address.origin;
  const here = new URL(location.href);
  const asked = new URLSearchParams({ embed: "1", page: here.origin + here.pathname });
  if (document.referrer) asked.set("referrer", document.referrer);
  for (const [name, value] of here.searchParams) if (name.startsWith("utm_")) asked.set(name, value);
  address.search = asked;

  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = script.dataset.title || "Form";
  frame.loading = "lazy";
  frame.style.cssText = "inline-size:100%;block-size:600px;border:0;color-scheme:auto";
  script.after(frame);

  addEventListener("message", (event) => {
    if (event.origin !== origin || event.source !== frame.contentWindow || event.data?.leadline !== "form") return;
    if (event.data.height > 0) frame.style.blockSize = `${Math.min(event.data.height, 10000)}px`;
    if (event.data.sent) {
      script.dispatchEvent(new CustomEvent("leadline:sent", { bubbles: true }));
      if (/^https?:\/\//.test(event.data.goTo)) location.href = event.data.goTo;
    }
  });
})();
