//! Every kind of page, and how to get there. Accessibility, layout and pictures go through all of them.
import { expect } from "@playwright/test";
import { BookingPage } from "./booking-page.ts";
import { EVERY_STATUS, type Who, bookingId } from "./demo.ts";
import type { Person } from "./person.ts";

export interface Stop {
  name: string;
  who?: Who;
  go: (person: Person) => Promise<void>;
}

const at = (path: string) => (person: Person) => person.goto(path);

const pages: Stop[] = [
  { name: "landing", go: at("/") },
  { name: "landing signed in", who: "customer", go: at("/") },
  { name: "search", go: at("/services?place=Te+Aro,+Wellington") },
  { name: "search with nothing found", go: at("/services?q=zzz&place=Karori&instant=on&min=50") },
  { name: "search for an open place", go: at("/services?place=Newtown&radius=0") },
  { name: "machine", go: at("/machine") },
  { name: "sign-in", go: at("/sign-in") },
  { name: "sign-in refused", go: signInRefused },
  { name: "list", who: "customer", go: at("/bookings") },
  { name: "list of an admin", who: "admin", go: at("/bookings") },
  { name: "empty list", who: "customer", go: at("/bookings?role=provider") },
  { name: "action page", who: "provider", go: at(`/bookings/${bookingId("in-progress")}/actions/finish`) },
  { name: "action page refused", who: "provider", go: actionRefused },
  { name: "action not possible", who: "provider", go: actionNotPossible },
  { name: "messages", who: "customer", go: at(`/bookings/${bookingId("startable")}/messages`) },
  { name: "messages refused", who: "provider", go: messageRefused },
  { name: "report a message", who: "customer", go: reportAMessage },
  { name: "reported messages", who: "admin", go: at("/admin/reports") },
  { name: "evidence", who: "customer2", go: at(`/bookings/${bookingId("disputed-with-offer")}/actions/add_evidence`) },
  { name: "sick day", who: "provider", go: sickDay },
  { name: "hours", who: "provider", go: at("/provider/availability?region=NZ-WGN") },
  { name: "hours refused", who: "provider", go: hoursRefused },
  { name: "service", go: at("/services/tap-washer-replacement") },
  { name: "service of one's own", who: "provider", go: at("/services/tap-washer-replacement") },
  { name: "my services", who: "provider", go: at("/provider/services") },
  { name: "new service", who: "provider", go: at("/provider/services/new") },
  { name: "new service refused", who: "provider", go: serviceRefused },
  { name: "photos of a service", who: "provider", go: photosOfAService },
  { name: "choose a time", go: at("/book/hot-water-cylinder-check") },
  { name: "choose a time refused", go: chooseRefused },
  { name: "review", who: "customer2", go: review },
  { name: "sign-up", go: at("/sign-up") },
  { name: "account", who: "customer", go: at("/account") },
  { name: "notices", who: "customer", go: at("/notices") },
  { name: "no notices", who: "customer", go: at("/notices?before=0_0") },
  { name: "mails chosen", who: "customer", go: at("/account/notices") },
  { name: "forgotten password", go: at("/forgot-password") },
  { name: "calendar", who: "customer", go: at("/account/calendar") },
  { name: "onboarding", who: "customer", go: at("/onboarding") },
  { name: "provider dashboard", who: "provider", go: at("/provider") },
  { name: "provider profile", go: profile },
  { name: "admin queue", who: "admin", go: at("/admin/providers") },
  { name: "admin dashboard", who: "admin", go: at("/admin") },
  { name: "admin disputes", who: "admin", go: at("/admin/disputes") },
  { name: "admin history", who: "admin", go: at("/admin/history") },
  { name: "admin history refused", who: "admin", go: historyRefused },
  { name: "admin work", who: "admin", go: at("/admin/work") },
  { name: "admin categories", who: "admin", go: at("/admin/categories") },
  { name: "way of a booking", who: "customer", go: at(`/machine?booking=${bookingId("completed-both-reviews")}`) },
  { name: "mails", go: at("/dev/mail") },
  { name: "clock", go: at("/dev/clock") },
  { name: "not found", go: notFound },
];

const bookings = EVERY_STATUS.map(({ status, story, who }): Stop => {
  return {
    name: `booking ${status.toLowerCase()}`,
    who,
    go: async (person) => void (await BookingPage.of(person, story)),
  };
});

/** Dialogs with each kind of field: text, money, time, stars, and the fee of a cancellation. */
const dialogs: Stop[] = [
  dialog("cancel", "accepted-last-hours", "customer", "Cancel booking"),
  dialog("quote", "requested-on-quote", "provider", "Send quote"),
  dialog("time", "accepted-free", "provider", "Propose a new time"),
  dialog("stars", "completed-reviewable", "customer", "Leave a review"),
  dialog("hiding", "completed-both-reviews", "admin", "Hide a review"),
  dialog("ruling", "disputed", "admin", "Rule: pay provider"),
  dialog("topics", "awaiting", "customer", "Open a dispute"),
];

export const TOUR: Stop[] = [...pages, ...bookings, ...dialogs];

function dialog(name: string, story: string, who: Who, label: string): Stop {
  return {
    name: `dialog ${name}`,
    who,
    go: async (person) => void (await (await BookingPage.of(person, story)).dialog(label)),
  };
}

async function signInRefused(person: Person): Promise<void> {
  person.watch.expect(401, "/sign-in");
  await person.goto("/sign-in");
  await person.signIn("nobody@demo.test", "wrong");
  await expect(person.alert).toBeVisible();
}

async function actionRefused(person: Person): Promise<void> {
  const path = `/bookings/${bookingId("in-progress")}/actions/finish`;
  person.watch.expect(422, path);
  await person.goto(path);
  await person.page.getByRole("textbox", { name: "Final amount" }).fill("-1");
  await person.page.getByRole("button", { name: "Mark as done" }).click();
  await expect(person.alert.first()).toBeVisible();
}

async function actionNotPossible(person: Person): Promise<void> {
  const path = `/bookings/${bookingId("accepted-free")}/actions/start`;
  person.watch.expect(409, path);
  await person.goto(path);
}

async function messageRefused(person: Person): Promise<void> {
  const path = `/bookings/${bookingId("quoted")}/messages`;
  person.watch.expect(422, path);
  await person.goto(path);
  await person.page.getByRole("button", { name: "Send" }).click();
  await expect(person.alert).toBeVisible();
}

async function reportAMessage(person: Person): Promise<void> {
  await person.goto(`/bookings/${bookingId("startable")}/messages`);
  await person.page
    .getByRole("link", { name: /^Report Hemi/ })
    .last()
    .click();
  await expect(person.heading).toHaveText("Report this message");
}

async function hoursRefused(person: Person): Promise<void> {
  person.watch.expect(422, "/provider/availability/week");
  await person.goto("/provider/availability");
  await person.page.getByRole("textbox", { name: "Monday" }).fill("9-8");
  await person.page.getByRole("button", { name: "Save the week" }).click();
  await expect(person.alert.first()).toBeVisible();
}

/** All that Hemi has in the next month. */
async function sickDay(person: Person): Promise<void> {
  const day = (days: number) => new Date(Date.now() + days * 24 * 60 * 60_000).toISOString().slice(0, 10);
  await person.goto(`/provider/sick-day?from=${day(2)}&to=${day(30)}`);
  await expect(person.page.getByRole("button", { name: "Do it" })).toBeVisible();
}

async function chooseRefused(person: Person): Promise<void> {
  person.watch.expect(422, "/book/hot-water-cylinder-check");
  await person.goto("/book/hot-water-cylinder-check");
  await person.page.getByRole("textbox", { name: "Street and number" }).fill("1 King Street");
  await person.page.getByRole("textbox", { name: "Suburb or town" }).fill("Newtown");
  await person.page.getByRole("button", { name: "Continue" }).click();
  await expect(person.alert).toBeVisible();
}

/** Signed in, so that every visit goes on with the same draft: guests would soon hold too many times. */
async function review(person: Person): Promise<void> {
  await person.goto("/book/blocked-drain-clearing");
  await person.page.locator("label.time").first().click();
  await person.page.getByRole("textbox", { name: "Street and number" }).fill("12 Tory Street");
  await person.page.getByRole("textbox", { name: "Suburb or town" }).fill("Te Aro");
  await person.page.getByRole("button", { name: "Continue" }).click();
  await expect(person.heading).toHaveText("Look at it once more");
}

async function profile(person: Person): Promise<void> {
  await person.goto("/services/hot-water-cylinder-check");
  await person.page.getByRole("link", { name: "Walker Plumbing" }).first().click();
  await expect(person.heading).toHaveText("Walker Plumbing");
}

async function serviceRefused(person: Person): Promise<void> {
  person.watch.expect(422, "/provider/services/new");
  await person.goto("/provider/services/new");
  await person.page.getByRole("textbox", { name: "Title" }).fill("Gutters");
  await person.page.getByRole("textbox", { name: "Amount" }).fill("nine");
  await person.page.getByRole("radio", { name: "In whole regions" }).check();
  await person.page.getByRole("button", { name: "Save as a draft" }).click();
  await expect(person.alert).toBeVisible();
}

async function photosOfAService(person: Person): Promise<void> {
  await person.goto("/provider/services");
  await person.page.getByRole("link", { name: "Photos: Tap washer replacement" }).click();
  await expect(person.heading).toHaveText("Photos");
}

async function historyRefused(person: Person): Promise<void> {
  person.watch.expect(422, "/admin/history");
  await person.goto("/admin/history?who=nobody@example.test&from=soon");
  await expect(person.alert).toBeVisible();
}

async function notFound(person: Person): Promise<void> {
  person.watch.expect(404, "/nothing-here");
  await person.goto("/nothing-here");
}
