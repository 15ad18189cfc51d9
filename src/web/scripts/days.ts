// Paging through the free days in place. Without this the same buttons send the form, and the server renders the page anew.
import { setZoneCookie } from "./zone.ts";

setZoneCookie();

/** What the server says when nothing of it arrives. */
const NO_ANSWER = "The answer did not arrive. What you typed is still here: try again.";

const days = document.querySelector<HTMLElement>(".days")!;
const valueOf = (selector: string) => days.querySelector<HTMLInputElement>(selector)?.value ?? "";
const chosen = () => valueOf("[name=starts_at]:checked");

/** The days before or after those shown, as HTML. Fails with a message for people. */
const fetchDays = async (go: string): Promise<string> => {
  const query = new URLSearchParams({ from: valueOf("[name=from]"), go, chosen: chosen() });
  const answer = await fetch(`${days.dataset.src}?${query}`).catch(() => null);
  const html = await answer?.text().catch(() => null);
  if (answer?.ok && html != null) return html;
  const page = new DOMParser().parseFromString(html ?? "", "text/html");
  throw new Error(page.querySelector("[role=alert] p")?.textContent ?? NO_ANSWER);
};

const turnTo = async (button: HTMLButtonElement) => {
  const go = button.value;
  try {
    days.innerHTML = await fetchDays(go);
  } catch (error) {
    // The form can still be sent: it brings the same days.
    button.textContent = (error as Error).message;
  }
  days.querySelector<HTMLElement>(`button[value=${go}]:not([disabled]),summary`)?.focus();
};

days.addEventListener("click", (event) => {
  const button = (event.target as Element).closest<HTMLButtonElement>("button[name=go]");
  if (!button) return;
  event.preventDefault();
  turnTo(button);
});

/** Renders the days once more, now that the cookie names the zone: nothing comes if its clocks show the same. */
const showZone = async () => {
  const before = chosen();
  const html = await fetchDays("zone").catch(() => "");
  // Who has chosen meanwhile is not disturbed.
  if (html && chosen() === before) days.innerHTML = html;
};
if ("zoneUnknown" in days.dataset) showZone();
