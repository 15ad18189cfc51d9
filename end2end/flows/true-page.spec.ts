//! After an action the whole page is true: also what stands outside of the part that draws itself.
import type { Page } from "@playwright/test";
import { BookingPage } from "../support/booking-page.ts";
import { bookingId } from "../support/demo.ts";
import { expect, test } from "../support/test.ts";

test("what stands outside of the buttons follows an action, too", async ({ open }) => {
  const provider = await open("provider", "requested-fixed");
  const file = provider.page.getByRole("link", { name: "Add to calendar" });
  await expect(file).toHaveCount(0);
  await provider.act("Accept");
  await provider.expectDone("Accepted", "Booking accepted by the provider");
  await expect(file).toBeVisible();
  await expect(provider.page.getByRole("list", { name: "Steps of the booking" })).toContainText("Accepted, now");
  await expect(provider.facts).toContainText("If Aroha Ngata cancels:");
  await provider.act("Cancel booking", { Reason: "My van has broken down." });
  await provider.expectDone("Cancelled", "Booking cancelled by the provider");
  await expect(file).toHaveCount(0);
});

/** What a browser's translator does to a page: every text gets elements of its own. */
const translate = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector("main")!, NodeFilter.SHOW_TEXT);
    const texts: Node[] = [];
    while (walker.nextNode()) if (walker.currentNode.textContent?.trim()) texts.push(walker.currentNode);
    for (const text of texts) {
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      text.parentNode!.insertBefore(outer, text);
      inner.append(text);
      outer.append(inner);
    }
  });

test("a page that was translated before it came to life shows the new status after an action", async ({
  person,
  live,
}) => {
  test.skip(!live);
  const provider = await person("provider");
  let arrive = () => {};
  const waiting = new Promise<void>((resolve) => (arrive = resolve));
  await provider.page.route("**/pkg/*.wasm", async (route) => {
    await waiting;
    await route.continue();
  });
  const booking = new BookingPage(provider, bookingId("startable"));
  await provider.page.goto(booking.path);
  await translate(provider.page);
  await expect(booking.status.locator("font")).not.toHaveCount(0);
  arrive();
  await booking.alive();
  await booking.press("Start work");
  await booking.expectDone("In progress", "Work started by the provider");
  await translate(provider.page);
  await booking.act("Mark as done");
  await booking.expectDone("Awaiting confirmation", "Marked as done by the provider");
});
