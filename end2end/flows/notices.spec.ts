import { openMail } from "../support/mails.ts";
import type { Person } from "../support/person.ts";
import { expect, test } from "../support/test.ts";

const story = "requested-on-quote";

/** The bell as it stands in the header, with how many are unread, if any are. */
const bell = (person: Person) => person.page.getByRole("banner").getByRole("link", { name: /^Notices/ });

/** Looks again and again until the notice is there: it is told right after, not in the same moment. */
async function find(person: Person, title: string): Promise<void> {
  await expect(async () => {
    await person.goto("/notices");
    await expect(person.page.getByRole("link", { name: title }).first()).toBeVisible({ timeout: 500 });
  }).toPass();
}

test("who is told finds it behind the bell, opens the booking, and it is read", async ({ open, person }) => {
  const provider = await open("provider", story);
  await provider.act("Decline", { Reason: "I am away that week." });
  await provider.expectDone("Declined", "Request declined by the provider");

  const customer = await person("customer");
  await find(customer, "Declined:");
  await expect(bell(customer)).toHaveAccessibleName(/^Notices, \d+\+? unread$/);
  const notice = customer.page.getByRole("listitem").filter({ hasText: "I am away that week." });
  await expect(notice.getByText("New", { exact: true })).toBeVisible();
  await notice.getByRole("link").click();
  await expect(customer.page.getByRole("status")).toHaveText("Declined");

  await customer.goto("/notices");
  await expect(notice).toBeVisible();
  await expect(notice.getByText("New", { exact: true })).toHaveCount(0);
  const rest = customer.page.getByRole("button", { name: "Mark all as read" });
  if (await rest.isVisible()) await rest.click();
  await expect(bell(customer)).toHaveAccessibleName("Notices");
  await expect(customer.page.getByText("New", { exact: true })).toHaveCount(0);
});

test("the mail says the same, leads to the booking, and its kind can be ended by one click", async ({
  open,
  person,
}) => {
  const provider = await open("provider", story);
  await provider.act("Decline", { Reason: "The drive is too far." });
  const reader = await person("customer");
  await find(reader, "Declined:");

  await openMail(reader, "Declined:");
  await expect(reader.page.getByText("The drive is too far.")).toBeVisible();
  await reader.page.getByRole("link", { name: "/unsubscribe/" }).click();
  await expect(reader.heading).toHaveText("No more of these mails?");
  await reader.page.getByRole("button", { name: "Yes, no more of these" }).click();
  await expect(reader.page.getByRole("status")).toContainText("Done.");

  await reader.page.getByRole("link", { name: "choose which mails you get" }).click();
  const bookings = reader.page.getByRole("checkbox", { name: /^How my bookings go on/ });
  await expect(bookings).not.toBeChecked();
  await bookings.check();
  await reader.page.getByLabel("Quiet hours from").fill("21:30");
  reader.watch.expect(422, "/account/notices");
  await reader.page.getByRole("button", { name: "Save" }).click();
  await expect(reader.alert).toContainText("Give both ends of the quiet hours, or none.");
  await expect(reader.page.getByLabel("Quiet hours from")).toHaveValue("21:30");
  await reader.page.getByLabel("Quiet hours until").fill("07:00");
  await reader.page.getByRole("button", { name: "Save" }).click();
  await expect(reader.page.getByRole("status")).toHaveText("Saved.");
  await expect(bookings).toBeChecked();
});

test("a link that was altered changes nothing and says what to do", async ({ person }) => {
  const visitor = await person();
  visitor.watch.expect(404, "/unsubscribe/altered/one-click");
  await visitor.goto("/unsubscribe/altered/one-click");
  await expect(visitor.heading).toHaveText("This link is not whole");
  await visitor.page.getByRole("link", { name: "Choose my mails" }).click();
  await expect(visitor.heading).toHaveText("Sign in");
});

test("somebody who forgot the password chooses a new one by a mailed link", async ({ person }) => {
  const visitor = await person();
  await visitor.goto("/sign-in");
  await visitor.page.getByRole("link", { name: "Forgot your password?" }).click();
  await visitor.page.getByRole("textbox", { name: "Email" }).fill("customer2@demo.test");
  await visitor.page.getByRole("button", { name: "Send me a link" }).click();
  await expect(visitor.heading).toHaveText("Look into your mail");
  await visitor.page.getByRole("link", { name: "here" }).click();
  await openMail(visitor, "Choose a new password");
  await visitor.page.getByRole("link", { name: "/reset-password/" }).click();
  await visitor.page.getByLabel("New password").fill("rain on the roof");
  await visitor.page.getByRole("button", { name: "Change my password" }).click();
  await expect(visitor.page.getByRole("status")).toContainText("Your password is changed.");
  await visitor.page.getByLabel("Password", { exact: true }).fill("rain on the roof");
  await visitor.page.getByRole("button", { name: "Sign in" }).click();
  await expect(visitor.heading).toHaveText("Bookings");
});
