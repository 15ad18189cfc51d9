import { countMails, openMail } from "../support/mails.ts";
import type { Person } from "../support/person.ts";
import { expect, test } from "../support/test.ts";

const PASSWORD = "rain on the roof";

/** Signs up, reads the mail of the demo, and confirms the address. */
async function signUp(person: Person, email: string, next: string): Promise<void> {
  const { page } = person;
  await person.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByRole("link", { name: "Sign up" }).click();
  await page.getByRole("textbox", { name: "Your name" }).fill("Mia Park");
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(person.heading).toHaveText("Look into your mail");
  await openMail(person, "Confirm your e-mail address");
  await page.getByRole("link", { name: "/sign-up/confirm/" }).click();
  await expect(person.heading).toHaveText("Confirm your e-mail address");
  await page.getByRole("button", { name: "Yes, make my account" }).click();
}

test("a newcomer signs up, becomes a GigSta, is asked for more, is approved, publishes and is found", async ({
  person,
}) => {
  test.slow();
  const mia = await person();
  await signUp(mia, "mia+jobs@example.test", "/onboarding");
  await expect(mia.page).toHaveURL("/onboarding");
  await expect(mia.page.getByRole("link", { name: "Find services" })).toBeVisible();
  await mia.page.getByRole("button", { name: "Become a GigSta" }).click();

  await expect(mia.heading).toHaveText("Who you are");
  await mia.page.getByRole("textbox", { name: "Trading name" }).fill("Park Windows");
  await mia.page.getByRole("textbox", { name: "Business phone" }).fill("12345");
  await mia.page.getByRole("textbox", { name: "Street and number" }).fill("1 King Street");
  await mia.page.getByRole("textbox", { name: "Suburb or town" }).fill("Newtown");
  await mia.page.getByRole("textbox", { name: "NZBN or ABN" }).fill("51 824 753 556");
  mia.watch.expect(422, "/onboarding/save_details");
  await mia.page.getByRole("button", { name: "Save and go on" }).click();
  await expect(mia.alert).toContainText("There is no such number");
  await expect(mia.alert).toContainText("Choose yours");
  await expect(mia.alert).toBeFocused();
  await expect(mia.page.getByRole("textbox", { name: "Trading name" })).toHaveValue("Park Windows");
  await mia.page.getByRole("combobox", { name: "Which one" }).selectOption({ label: "Newtown, New South Wales" });
  await mia.page.getByRole("textbox", { name: "Business phone" }).fill("0491 570 156");
  await mia.page.getByRole("button", { name: "Save and go on" }).click();

  await expect(mia.heading).toHaveText("How you are paid");
  await mia.goto("/provider");
  await mia.page.getByRole("link", { name: "Continue, 2 of 3" }).click();
  await mia.page.getByRole("button", { name: "Save and go on" }).click();
  await expect(mia.heading).toHaveText("Look at it and send it");
  await expect(mia.page.getByText("+61 491 570 156")).toBeVisible();
  await mia.page.getByRole("button", { name: "Send application" }).click();
  await expect(mia.heading).toHaveText("Your application is with us");

  const grace = await person("admin");
  await grace.goto("/admin/providers");
  await grace.page.getByRole("link", { name: "Park Windows" }).click();
  await grace.page.getByRole("textbox", { name: "Your question" }).fill("Are you insured?");
  await grace.page.getByRole("button", { name: "Ask for more" }).click();
  await expect(grace.page.getByText("More asked for", { exact: true })).toBeVisible();

  await mia.goto("/onboarding");
  await expect(mia.page.getByText("Are you insured?")).toBeVisible();
  await mia.page.getByRole("textbox", { name: "Your answer" }).fill("Yes, up to 5 million.");
  await mia.page.getByRole("button", { name: "Send answer" }).click();
  await expect(mia.heading).toHaveText("Your application is with us");

  await grace.page.reload();
  await expect(grace.page.getByRole("list", { name: "History" })).toContainText("Yes, up to 5 million.");
  await grace.page.getByRole("button", { name: "Approve" }).click();
  await expect(grace.page.getByRole("button", { name: "Suspend" })).toBeVisible();

  await mia.goto("/onboarding");
  await expect(mia.page).toHaveURL("/provider");
  await expect(mia.page.getByText("You take requests.")).toBeVisible();
  await mia.page.getByRole("link", { name: "Public profile" }).click();
  await expect(mia.heading).toHaveText("Park Windows");
  await expect(mia.page.getByText("+61 491 570 156")).toHaveCount(0);

  await mia.goto("/provider/services");
  await mia.page.getByRole("link", { name: "Describe your first service" }).click();
  await mia.page.getByRole("textbox", { name: "Title" }).fill("Windows without streaks");
  await mia.page.getByRole("textbox", { name: "Description" }).fill("Inside and outside, up to two storeys.");
  await mia.page.getByRole("combobox", { name: "Category" }).selectOption("Window cleaning");
  await mia.page.getByRole("textbox", { name: "Amount" }).fill("150");
  await mia.page.getByRole("button", { name: "Save as a draft" }).click();
  await mia.page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(mia.page.getByRole("status")).toHaveText("Done: people can find it now.");

  const visitor = await person();
  await visitor.goto("/services?q=streaks&place=Newtown,+NSW");
  await visitor.page.getByRole("link", { name: "Windows without streaks" }).click();
  await visitor.page.getByRole("link", { name: "Choose a time" }).click();
  await expect(visitor.page.locator("label.time").first()).toBeVisible();
});

test("a link of a mail works once, and signing up again does not tell that there is an account", async ({ person }) => {
  const mia = await person();
  await signUp(mia, "mia@example.test", "/bookings");
  await expect(mia.page).toHaveURL("/bookings");

  const other = await person();
  await openMail(other, "Confirm your e-mail address");
  const link = await other.page.getByRole("link", { name: "/sign-up/confirm/" }).getAttribute("href");
  other.watch.expect(404, new URL(link!).pathname);
  await other.goto(link!);
  await expect(other.heading).toHaveText("This link works no longer");

  await other.goto("/sign-up");
  await other.page.getByRole("textbox", { name: "Your name" }).fill("Somebody");
  await other.page.getByRole("textbox", { name: "Email" }).fill("mia@example.test");
  await other.page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await other.page.getByRole("button", { name: "Sign up" }).click();
  await expect(other.heading).toHaveText("Look into your mail");
  expect(await countMails(other, "You have an account already", "mia@example.test")).toBe(1);
});
