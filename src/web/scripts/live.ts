// Keeps an open page true: it receives an event when something has changed, and looks again. Pages work without it.
const { at, posted } = document.getElementById("live")!.dataset;
const panel = document.querySelector<HTMLElement>(".panel[data-version]");
const here = location.pathname + location.search;

// What is said here is read out, and seen by nobody.
const liveRegion = document.createElement("p");
liveRegion.className = "sr-only";
liveRegion.setAttribute("aria-live", "polite");
document.body.append(liveRegion);
// Line by line, so that the bell does not talk over the booking.
const say = (text: string) => {
  const line = document.createElement("span");
  line.textContent = `${text} `;
  liveRegion.append(line);
  if (liveRegion.childElementCount > 3) liveRegion.firstChild!.remove();
};

// The way out when no events can be received: a link in a corner.
const hint = document.createElement("p");
hint.className = "away";
const hintThat = (text: string) => {
  hint.innerHTML = "<span></span> <a class=link>Refresh</a>";
  hint.querySelector("span")!.textContent = text;
  hint.querySelector("a")!.href = here;
  document.body.append(hint);
};

// A booking's panel: its bar renders itself, once it is hydrated, by the properties of the fresh page's island; the other
// parts are exchanged as everywhere. Nothing is rendered under an open dialog, which says what happened instead.
let latestVersion = 0;
let isStale = false;
let renderedAt = -Infinity;
const shown = () => Number(panel?.dataset.version);
const isBehind = () => latestVersion > shown();
// What runs brings the booking along.
const isBusy = () => panel?.querySelector("button:not([type])[aria-disabled]");
const catchUp = () => {
  if (!isStale && !isBehind()) return;
  if (isBusy()) setTimeout(catchUp, 300);
  else look();
};
/** Renders the bar as the fresh page has it; whether the parts beside it may follow. */
const renderBar = (panel: HTMLElement, fresh: Document): unknown => {
  const version = Number(fresh.querySelector<HTMLElement>(".panel")?.dataset.version);
  const behind = version - shown();
  if (!(behind > 0)) return behind === 0;
  if (!("live" in document.documentElement.dataset)) return hintThat("This booking has changed.");
  latestVersion = Math.max(latestVersion, version);
  if (isBusy()) return catchUp();
  const news = [...fresh.querySelectorAll("#past .event-title")].slice(0, behind).reverse();
  const titles = news.map((title) => title.textContent).join(". ");
  const dialog = panel.querySelector("dialog[open]");
  if (dialog) {
    const place = dialog.querySelector("[id^=trouble-]");
    if (place) place.textContent = `${titles}. What you typed is still here, and this window stays open.`;
    return;
  }
  hint.remove();
  say(titles);
  renderedAt = performance.now();
  const island = fresh.querySelector<HTMLElement>("leptos-island[data-component^=BookingBar]");
  panel.dispatchEvent(new CustomEvent("changed", { detail: island?.dataset.props }));
  // A bar that cannot read it is older than the server.
  if (isBehind()) location.reload();
  return true;
};
// The bar has done something and rendered itself: what stands beside it is stale. Where nobody listens, it hands on nothing.
panel?.addEventListener("acted", () => {
  isStale = true;
  look();
});
panel?.setAttribute("data-followed", "");
new MutationObserver(catchUp).observe(document.documentElement, { attributeFilter: ["data-live"] });
addEventListener("close", catchUp, true);
// Who pressed a button just as it was rendered again has meant what stood there before, such as another price.
const settle = (event: Event) => {
  if (performance.now() - renderedAt > 600 || (event.target as Element).closest("dialog")) return;
  event.preventDefault();
  event.stopPropagation();
  hint.textContent = "The booking changed just now, so nothing was done. Press again if you still want to.";
  say(hint.textContent!);
  document.body.append(hint);
  renderedAt = -Infinity;
};
panel?.addEventListener("submit", settle, true);

// Everything else is exchanged, unless somebody is in it or has typed something into it.
const isTyped = (one: HTMLInputElement) => one.value !== one.defaultValue || one.checked !== one.defaultChecked;
const isInUse = (part: Element) =>
  part.contains(document.activeElement) ||
  part.querySelector("dialog[open]") ||
  [...part.querySelectorAll<HTMLInputElement>("input:not([type=hidden]),textarea")].some(isTyped);
// A thread counts as read once it is shown. What was new in it then stays marked, whatever the page receives afterwards.
const keepNew = (part: Element, other: Element) => {
  const mark = part.querySelector<HTMLLIElement>("#new");
  if (!mark || other.querySelector("#new")) return;
  const place = [...part.querySelectorAll("li")].indexOf(mark);
  other.querySelectorAll("li")[place]?.before(mark.cloneNode(true));
};
let looking = false;
let again = false;
const look = async () => {
  again = looking;
  // Where a form was sent to, there may be nothing to read.
  if (looking || posted === "") return;
  looking = true;
  try {
    const answer = await fetch(here);
    if (answer.ok && !answer.redirected) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const follows = !panel || renderBar(panel, fresh);
      if (isStale && follows) {
        isStale = false;
        hint.remove();
      }
      for (const part of document.querySelectorAll("[data-live][id]")) {
        const other = fresh.getElementById(part.id);
        if (!follows && panel?.contains(part)) continue;
        if (other) keepNew(part, other);
        if (!other || part.outerHTML === other.outerHTML) continue;
        if (isInUse(part)) {
          addEventListener("focusout", lookSoon, { once: true });
          continue;
        }
        part.replaceWith(other);
        if (other.dataset.live) say(other.dataset.live);
      }
    }
  } catch {
    // The stream says it again when the line is back.
  }
  if (isStale && !again) hintThat("This booking has changed.");
  // At most one look a second, however much happens.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  looking = false;
  if (again) look();
};
const lookSoon = () => setTimeout(look);
const lookAtMain = () => document.querySelector("main [data-live]") && look();

let source: EventSource | undefined;
let patience: number | undefined;
let since = at;
let failures = 0;
const rest = () => {
  source?.close();
  source = undefined;
};
const openLater = () => {
  rest();
  if (failures++ < 6) setTimeout(open, 1000 * 2 ** failures * (1 + Math.random()));
};
/** What each event of the stream means for the page. */
const handlers: Record<string, (news: { version: number; why: string }) => unknown> = {
  hello() {},
  look,
  notice: look,
  message: lookAtMain,
  booking({ version }) {
    latestVersion = Math.max(latestVersion, version);
    if (panel) catchUp();
    else lookAtMain();
  },
  close({ why }) {
    if (why === "again" || why === "stopping") return openLater();
    rest();
    hintThat("Live updates are paused.");
  },
};
const open = () => {
  if (source || document.hidden || !(panel || document.querySelector("[data-live][id]"))) return;
  source = new EventSource(`${panel ? location.pathname : ""}/events?since=${since}`);
  source.onopen = () => {
    clearTimeout(patience);
    patience = undefined;
    failures = 0;
    hint.remove();
    catchUp();
  };
  source.onerror = () => {
    patience ??= setTimeout(hintThat, 5000, "Live updates are paused.");
    // Refused: then the browser does not try again by itself.
    if (source?.readyState === 2) openLater();
  };
  for (const name in handlers)
    source.addEventListener(name, ({ data, lastEventId }) => {
      since = lastEventId || since;
      handlers[name]!(JSON.parse(data));
    });
};
// Nobody looks: the line is given up, and what was missed is caught up with later.
addEventListener("visibilitychange", () => (document.hidden ? rest() : ((failures = 0), open())));
open();
