import { readFile } from "node:fs/promises";
import type { Person } from "../support/person.ts";
import { bookingId } from "../support/demo.ts";
import { expect, test } from "../support/test.ts";

/** Makes an address on the page and reads it there. */
async function makeAddress(person: Person, button: string): Promise<string> {
  await person.page.getByRole("button", { name: button, exact: true }).click();
  await expect(person.page.getByRole("status")).toContainText("shown this once only");
  return person.page.getByRole("textbox", { name: "Address of your calendar" }).inputValue();
}

test("an accepted booking can be taken into one's own calendar", async ({ open }) => {
  const customer = await open("customer", "accepted-free");
  const download = customer.page.waitForEvent("download");
  await customer.page.getByRole("link", { name: "Add to calendar" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^GS-.+\.ics$/);
  const text = (await readFile(await file.path(), "utf8")).replaceAll("\r\n ", "");
  expect(text).toContain("METHOD:REQUEST");
  expect(text).toContain(`UID:${bookingId("accepted-free")}@bookings.gigsta`);
  expect(text).toContain("mailto:customer@demo.test");
  expect(text).not.toContain("provider@demo.test");
});

test("what is not agreed, or not one's own, has no link and no file for strangers", async ({ open, market }) => {
  const requested = await open("provider", "requested-fixed");
  await expect(requested.page.getByRole("link", { name: "Add to calendar" })).toHaveCount(0);
  const headers = { cookie: `session=${await market.session("provider2")}` };
  const answer = await fetch(`${market.url}/bookings/${bookingId("accepted-free")}.ics`, { headers });
  expect(answer.status).toBe(404);
});

test("a feed is made, followed, renewed and revoked", async ({ person }) => {
  const provider = await person("provider");
  await provider.goto("/account");
  await provider.page.getByRole("link", { name: "Your calendar" }).click();
  await expect(provider.heading).toHaveText("Your calendar");

  const address = await makeAddress(provider, "Make an address");
  expect(address).toMatch(/\/calendar\/[0-9a-f]{64}\.ics$/);
  const first = await fetch(address);
  expect(first.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  expect(await first.text()).toContain("BEGIN:VEVENT");
  const again = await fetch(address, { headers: { "if-none-match": first.headers.get("etag")! } });
  expect(again.status).toBe(304);

  await provider.goto("/account/calendar");
  await expect(provider.page.getByRole("main")).toContainText("Your calendar has an address since");
  await expect(provider.page.getByRole("main")).not.toContainText(address);
  const renewed = await makeAddress(provider, "Make a new address");
  expect((await fetch(address)).status).toBe(404);
  expect((await fetch(renewed)).status).toBe(200);

  await provider.page.getByRole("button", { name: "Revoke it" }).click();
  await expect(provider.page.getByRole("status")).toContainText("Revoked.");
  expect((await fetch(renewed)).status).toBe(404);
});
