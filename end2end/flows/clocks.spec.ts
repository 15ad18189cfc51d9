//! What happens when nobody acts, seen as the demo shows it: by moving its clock and reading its mails.
import type { BookingPage } from "../support/booking-page.ts";
import { type Who, email } from "../support/demo.ts";
import { countMails, openMail } from "../support/mails.ts";
import type { Person } from "../support/person.ts";
import { expect, test } from "../support/test.ts";

/** Moves the clock on by the page's own buttons. */
async function wait(person: Person, ...steps: string[]): Promise<void> {
  for (const step of steps) {
    await person.goto("/dev/clock");
    await person.page.getByRole("button", { name: step, exact: true }).click();
    await expect(person.page.getByRole("status")).toContainText("It is");
  }
}

/** The booking comes to stand there by itself, and its history says why. */
async function comesTo(booking: BookingPage, status: string, why: string): Promise<void> {
  await expect(async () => {
    await booking.open();
    await expect(booking.status).toHaveText(status, { timeout: 500 });
    await expect(booking.events.filter({ hasText: why })).toHaveCount(1, { timeout: 500 });
  }).toPass();
}

/** Each of them gets one mail about the booking with that subject. */
async function mailed(reader: Person, booking: BookingPage, subject: string, ...people: Who[]): Promise<void> {
  for (const who of people) {
    const count = () => countMails(reader, subject, email(who), booking.id);
    await expect.poll(count, { message: `${subject} to ${who}` }).toBe(1);
  }
}

test("a request that nobody answers expires, and both read why", async ({ person, open }) => {
  const customer = await open("customer", "requested-fixed");
  const visitor = await person();
  await wait(visitor, "24 hours", "24 hours");
  await comesTo(customer, "Expired", "it was not answered in time");
  await mailed(visitor, customer, "Expired: Hot water cylinder check", "customer", "provider");
});

test("work that nobody speaks of is asked about and then completed", async ({ person, open }) => {
  const customer = await open("customer", "accepted-free");
  const visitor = await person();
  await wait(visitor, "3 days", "3 days", "3 days");
  await comesTo(customer, "Awaiting confirmation", "Nobody said that the work is done");
  await mailed(visitor, customer, "Please confirm: Blocked drain clearing", "customer");
  await wait(visitor, "3 days");
  await comesTo(customer, "Completed", "nobody objected within 72 hours");
  await mailed(visitor, customer, "Completed: Blocked drain clearing", "customer", "provider");
});

test("a no-show that nobody contests is settled a day later", async ({ person, open }) => {
  const customer = await open("customer", "no-show-reportable");
  await customer.act("Report no-show", { Message: "Nobody rang." });
  await customer.expectDone("No-show", "No-show reported by the customer");
  const visitor = await person();
  await mailed(visitor, customer, "You are reported as not there: Tap washer replacement", "provider");
  await wait(visitor, "24 hours");
  await comesTo(customer, "No-show", "nobody contested the report within 24 hours");
  await mailed(visitor, customer, "Settled: Tap washer replacement", "customer", "provider");
  await openMail(visitor, "Settled: Tap washer replacement", customer.id);
  await expect(visitor.page.getByRole("main")).toContainText("$95.00 NZD");
});

test("a clock is not moved by what is no number of minutes", async ({ person }) => {
  const visitor = await person();
  visitor.watch.expect(422, "/dev/clock");
  await visitor.goto("/dev/clock");
  await visitor.page.getByRole("spinbutton", { name: "Minutes" }).fill("99999");
  await visitor.page.getByRole("button", { name: "Move forward" }).click();
  await expect(visitor.alert).toContainText("Enter a number of minutes from 1 to 86400.");
  await expect(visitor.page.getByRole("spinbutton", { name: "Minutes" })).toHaveValue("99999");
});
