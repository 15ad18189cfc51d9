// Brings the island of a booking's page to life once the page has been seen. The page works without any of this: nothing
// here may fail loudly.
import { setZoneCookie } from "./zone.ts";

const { js, wasm } = document.getElementById("boot")!.dataset;

// Dialogs in browsers that do not know `commandfor` yet.
if (!("commandForElement" in HTMLButtonElement.prototype)) {
  addEventListener("click", ({ target }) => {
    const button = (target as Element).closest("button[commandfor]");
    const dialog = button && (document.getElementById(button.getAttribute("commandfor")!) as HTMLDialogElement | null);
    if (dialog) button.getAttribute("command") === "close" ? dialog.close() : dialog.showModal();
  });
}

setZoneCookie();

const start = async () => {
  try {
    const app = await import(js!);
    await app.default({ module_or_path: wasm });
    app.hydrate();
    for (const island of document.querySelectorAll<HTMLElement>("leptos-island"))
      app[island.dataset.component!](island);
    document.documentElement.dataset.live = "";
  } catch {
    // Blocked, offline or an old browser: forms and links still do everything.
  }
};
// With a time limit, because a page that is never idle, or of which no frame is drawn, may get no idle time at all.
const whenIdle = () =>
  "requestIdleCallback" in window ? requestIdleCallback(start, { timeout: 1000 }) : setTimeout(start);
if (document.readyState === "complete") whenIdle();
else addEventListener("load", whenIdle, { once: true });
