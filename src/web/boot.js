// Brings the islands to life once the page has been seen. The page works without any of this: nothing here may fail loudly.
const { js, wasm } = document.getElementById("boot").dataset;

// Dialogs in browsers that do not know `commandfor` yet.
if (!("commandForElement" in HTMLButtonElement.prototype))
  addEventListener("click", ({ target }) => {
    const button = target.closest("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor"));
    if (dialog) button.getAttribute("command") === "close" ? dialog.close() : dialog.showModal();
  });

// "Near me": asks where one is when it is pressed, and not before.
const near = document.getElementById("near-me");
if (near && navigator.geolocation) {
  near.hidden = false;
  near.onclick = () => {
    const { form, nextElementSibling: said } = near;
    said.textContent = "Asking your browser…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.place.value = "";
        form.elements.near.value = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
        form.requestSubmit();
      },
      () => (said.textContent = "Your browser did not say. Type a town or suburb."),
      { timeout: 10000, maximumAge: 600000 },
    );
  };
}

// Where the browser is, so that the server can write both times where they differ.
document.cookie = `zone=${Intl.DateTimeFormat().resolvedOptions().timeZone};path=/;max-age=31536000;samesite=lax`;

const start = async () => {
  try {
    const app = await import(js);
    await app.default({ module_or_path: wasm });
    app.hydrate();
    for (const island of document.querySelectorAll("leptos-island")) app[island.dataset.component](island);
    document.documentElement.dataset.live = "";
  } catch {
    // Blocked, offline or an old browser: forms and links still do everything.
  }
};
const whenIdle = () => (window.requestIdleCallback ?? setTimeout)(start);
document.readyState === "complete" ? whenIdle() : addEventListener("load", whenIdle, { once: true });
