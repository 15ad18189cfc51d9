import { BookingPage } from "../support/booking-page.ts";
import { bookingId, email } from "../support/demo.ts";
import { countMails } from "../support/mails.ts";
import type { Person } from "../support/person.ts";
import { expect, test } from "../support/test.ts";

const threadOf = (story: string) => `/bookings/${bookingId(story)}/messages`;
const linesOf = (person: Person) => person.page.getByRole("region", { name: "Messages" }).getByRole("listitem");

async function write(person: Person, text: string): Promise<void> {
  await person.page.getByRole("textbox", { name: "Message" }).fill(text);
  await person.page.getByRole("button", { name: "Send" }).click();
}

test("two people write to each other, see what is new, and contact details wait until it is agreed", async ({
  open,
  person,
}) => {
  const story = "requested-fixed";
  const booking = await open("customer", story);
  const aroha = booking.person;
  await aroha.page.getByRole("link", { name: "Messages", exact: true }).click();
  await expect(aroha.heading).toHaveText("Messages");
  await expect(linesOf(aroha).filter({ hasText: "Request sent by the customer" })).toHaveCount(1);
  await write(aroha, "The cupboard is locked. Ring me on 021 555 0142.");
  await expect(linesOf(aroha).last()).toContainText("Ring me on 021 555 0142.");
  await expect(linesOf(aroha).last()).toContainText(
    "Hemi Walker sees the contact details in it once the booking is accepted.",
  );

  const hemi = await person("provider");
  await hemi.goto("/bookings?status=requested");
  await expect(hemi.page.getByText("Messages: 1 new")).toBeVisible();
  const his = await BookingPage.of(hemi, story);
  await expect(hemi.page.getByRole("list", { name: "Latest messages" })).toContainText("The cupboard is locked.");
  await hemi.page.getByRole("link", { name: "Messages 1 new" }).click();
  await expect(linesOf(hemi).filter({ hasText: /^New$/ })).toBeVisible();
  await expect(linesOf(hemi).last()).toContainText("[hidden until the booking is accepted]");
  await write(hemi, "Then leave the key with the neighbour, please.");
  await expect(linesOf(hemi).last()).toContainText("leave the key");

  await aroha.page.reload();
  await expect(linesOf(aroha).last()).toContainText("leave the key");
  await his.open();
  await expect(hemi.page.getByRole("link", { name: "Messages", exact: true })).toBeVisible();
  await his.act("Accept");
  await his.expectDone("Accepted", "Booking accepted by the provider");
  await hemi.goto(threadOf(story));
  await expect(linesOf(hemi).filter({ hasText: "Ring me on 021 555 0142." })).toBeVisible();
});

test("a press too many writes once, and one mail tells of two messages", async ({ person }) => {
  const hemi = await person("provider");
  await hemi.goto(threadOf("accepted-free"));
  await hemi.page.getByRole("textbox", { name: "Message" }).fill("I am there at nine.");
  await hemi.page.getByRole("button", { name: "Send" }).dblclick();
  await expect(linesOf(hemi).filter({ hasText: "I am there at nine." })).toHaveCount(1);
  await write(hemi, "Nine sharp.");
  await expect(linesOf(hemi).last()).toContainText("Nine sharp.");
  await hemi.page.reload();
  await expect(linesOf(hemi).filter({ hasText: "I am there at nine." })).toHaveCount(1);
  expect(await countMails(hemi, "New message from Hemi Walker", email("customer"))).toBe(1);
});

test("what is too long comes back to be shortened, and photos go along", async ({ person }) => {
  const path = threadOf("accepted-free");
  const aroha = await person("customer");
  await aroha.goto(path);
  aroha.watch.expect(422, path);
  const long = "kia ora ".repeat(251).trim();
  await write(aroha, long);
  await expect(aroha.alert).toContainText("at most 2,000 letters");
  await expect(aroha.page.getByRole("textbox", { name: "Message" })).toHaveValue(long);
  const photo = { name: "drain.png", mimeType: "image/png", buffer: await aroha.page.screenshot() };
  await aroha.page.getByLabel("Photos").setInputFiles([photo, photo]);
  await write(aroha, "This is the drain.");
  await expect(linesOf(aroha).last().getByRole("img", { name: "Photo 2 from You" })).toBeVisible();
});

test("a message is reported, and the team handles it", async ({ person }) => {
  const aroha = await person("customer");
  await aroha.goto(threadOf("startable"));
  await aroha.page
    .getByRole("link", { name: /^Report Hemi Walker's message/ })
    .last()
    .click();
  await aroha.page.getByRole("textbox", { name: "What is wrong" }).fill("He asks me to pay in cash.");
  await aroha.page.getByRole("button", { name: "Report" }).click();
  await expect(aroha.page.getByText("You have reported this message.")).toBeVisible();
  const grace = await person("admin");
  await grace.goto("/admin/reports");
  await grace.page.getByRole("link", { name: /message of Hemi Walker$/ }).click();
  await expect(grace.page.getByText("He asks me to pay in cash.")).toBeVisible();
  await grace.page.getByRole("textbox", { name: "What you did" }).fill("Reminded Hemi of the rules.");
  await grace.page.getByRole("button", { name: "Mark as handled" }).click();
  await expect(grace.page.getByRole("list", { name: "History" })).toContainText("Reminded Hemi of the rules.");
  await grace.page.getByRole("link", { name: "Open the thread" }).click();
  await expect(grace.heading).toHaveText("Messages");
});
