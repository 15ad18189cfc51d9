import { bookingId } from "../support/demo.ts";
import { expect, test } from "../support/test.ts";

/** A red square of 8 by 8 pixels. */
const RED = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGP4z8CAFWEXHbQSACj/P8Fu7N9hAAAAAElFTkSuQmCC",
  "base64",
);
const DAY_MS = 24 * 60 * 60_000;

/** A date so many days from now, as New Zealand writes it on its calendar. */
function dayFromNow(days: number): string {
  const date = new Date(Date.now() + days * DAY_MS);
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Pacific/Auckland" }).format(date);
}

test("work starts with the code that only the customer sees", async ({ open, market }) => {
  const story = "accepted-late-fee";
  const customer = await open("customer2", story);
  await expect(customer.page.getByRole("heading", { name: "Your start code" })).toBeVisible();
  const code = await customer.page.locator(".code").innerText();
  expect(code).toMatch(/^\d{4}$/);

  await market.moveClockToBeforeStart(story, 20, "provider2");
  const provider = await open("provider2", story);
  await expect(provider.page.getByText("Your start code")).toHaveCount(0);
  const dialog = await provider.dialog("Start work");
  provider.expectRefusal(422, "start");
  await dialog.fill({ "Start code": code === "0000" ? "0001" : "0000" });
  await dialog.submit();
  await dialog.expectProblem("Start code", "This is not the customer's code.");
  await dialog.fill({ "Start code": code });
  await dialog.submit();
  await provider.expectDone("In progress", "Work started by the provider");
  await expect(provider.events.first()).not.toContainText(code);
});

test("the fee is told with the steps ahead before it is paid", async ({ open }) => {
  const customer = await open("customer", "accepted-free");
  await expect(customer.facts).toContainText("If Aroha Ngata cancels: free until");
  const dialog = await customer.dialog("Cancel booking");
  await expect(dialog.root).toContainText("It costs you nothing");
  await expect(dialog.root).toContainText(
    /What it costs: free until .+; then \$41\.25 NZD until .+; then \$82\.50 NZD\./,
  );
  await dialog.leave("Keep booking");
});

test("quotes and counter-offers stand in order with what became of each", async ({ open }) => {
  const provider = await open("provider2", "countered");
  const named = provider.facts.getByRole("listitem");
  await expect(named).toContainText([
    "Answered by Liam O'Connor with $7,200.00 AUD.",
    /I would empty the rooms myself\..*On the table until .+: Priya Sharma can accept it\./s,
  ]);
});

test("a proposed time stands beside the booked one, and both are held", async ({ open }) => {
  const customer = await open("customer", "change-by-provider");
  const now = customer.page.getByRole("region", { name: "What now" });
  await expect(now).toContainText("My van is at the garage that day.");
  await expect(now).toContainText(/As booked.+Proposed.+Both times are held until Aroha Ngata answers/s);
});

test("both sides bring evidence, an admin reads both stories, and a settlement names both parts", async ({ open }) => {
  const story = "disputed-with-offer";
  const customer = await open("customer2", story);
  await expect(
    customer.page.getByText("$90.00 AUD back to Liam O'Connor, $270.00 AUD kept by Priya Sharma").first(),
  ).toBeVisible();
  await customer.press("Add evidence");
  await expect(customer.page).toHaveURL(new RegExp(`/bookings/${bookingId(story)}/actions/add_evidence`));
  await customer.page.getByLabel("What happened").fill("The photo shows the switch.");
  await customer.page.getByLabel("Photos").setInputFiles([
    { name: "a.png", mimeType: "image/png", buffer: RED },
    { name: "b.png", mimeType: "image/png", buffer: RED },
  ]);
  await customer.page.getByRole("button", { name: "Add evidence" }).click();
  await customer.alive();
  await expect(customer.status).toHaveText("Disputed");
  await expect(customer.events.first()).toContainText("With 2 photos");

  const admin = await open("admin", story);
  const dispute = admin.page.getByRole("region", { name: "Dispute" });
  await expect(dispute.getByRole("heading", { level: 3 })).toHaveText(["Liam O'Connor", "Priya Sharma", "Offers"]);
  await expect(dispute).toContainText("The work was done badly");
  await expect(dispute).toContainText("The photo shows the switch.");
  await expect(dispute.getByRole("img", { name: "Photo 2 of 2 by Liam O'Connor" })).toBeVisible();
  const ruling = await admin.dialog("Rule: pay provider");
  admin.expectRefusal(422, "rule_for_provider");
  await ruling.fill({ "Refund to the customer": "360.01", Reason: "Half of it was done." });
  await ruling.submit();
  await ruling.expectProblem("Refund to the customer", "Give at most the agreed price.");
  await ruling.fill({ "Refund to the customer": "180" });
  await ruling.submit();
  await admin.expectDone("Completed", "Ruled for the provider by an admin");
});

test("evidence without words is refused, and the words of the other try are still there", async ({ open, watch }) => {
  const story = "disputed";
  const customer = await open("customer", story);
  await customer.press("Add evidence");
  await customer.page.getByLabel("What happened").fill("Five photos of one sink.");
  const photo = { name: "a.png", mimeType: "image/png", buffer: RED };
  await customer.page.getByLabel("Photos").setInputFiles([photo, photo, photo, photo, photo]);
  watch.expect(422, `/bookings/${bookingId(story)}/actions/add_evidence/photos`);
  await customer.page.getByRole("button", { name: "Add evidence" }).click();
  await expect(customer.page.getByRole("link", { name: "You chose 5 photos. Send at most 4." })).toBeVisible();
  await expect(customer.page.getByLabel("What happened")).toHaveValue("Five photos of one sink.");
});

test("the accused side of a no-show reads until when to contest it and what it costs otherwise", async ({ open }) => {
  const customer = await open("customer", "no-show-by-provider");
  await expect(customer.page.locator(".situation")).toContainText(
    /If that is not right, open a dispute until .+\. If you do not: \$47\.50 NZD back to Aroha Ngata, \$47\.50 NZD kept by Hemi Walker\./,
  );
});

test("a sick day cancels, moves and leaves bookings, each with its own result", async ({ person }) => {
  const provider = await person("provider");
  await provider.goto("/provider");
  await provider.page.getByRole("link", { name: "Sick day" }).click();
  await provider.page.getByLabel("First day").fill(dayFromNow(4));
  await provider.page.getByLabel("Last day").fill(dayFromNow(10));
  await provider.page.getByRole("button", { name: "Show my bookings" }).click();
  await expect(provider.page.getByRole("heading", { level: 2, name: /^\d+ bookings$/ })).toBeVisible();
  const drain = provider.page.getByRole("group", { name: "Blocked drain clearing for Aroha Ngata" }).first();
  await expect(drain.getByRole("radio", { name: /^Propose .+ instead$/ })).toBeChecked();
  await drain.getByRole("radio", { name: /^Cancel: Aroha Ngata gets \$165\.00 NZD back/ }).check();
  await provider.page.getByLabel("What your customers read").fill("I have the flu, sorry.");
  await provider.page.getByRole("button", { name: "Do it" }).click();
  await expect(provider.page.getByRole("status")).toContainText(/^\d+ done\b/);
  const results = provider.page.getByRole("list", { name: "Results" });
  await expect(results).toContainText("Cancelled. Everything is refunded.");
  await expect(results).toContainText("Another time is proposed.");
});
