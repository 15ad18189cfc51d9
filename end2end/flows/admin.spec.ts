import { bookingId } from "../support/demo.ts";
import { expect, test } from "../support/test.ts";

test("an admin goes from the dashboard to a dispute and rules", async ({ person, open }) => {
  const grace = await person("admin");
  await grace.goto("/");
  await grace.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Admin" }).click();
  await expect(grace.heading).toHaveText("Admin");
  await expect(grace.page.getByRole("img", { name: "The statuses of a booking" })).toContainText(/Disputed\d+, oldest/);
  await expect(grace.page.getByRole("list", { name: "Bookings by status" }).getByRole("listitem")).toHaveCount(12);
  await grace.page.getByRole("link", { name: "Disputes" }).click();
  await expect(grace.heading).toHaveText("Disputes");
  const queue = grace.page.getByRole("list", { name: "Open disputes" });
  const before = await queue.getByRole("listitem").count();
  await queue.locator(`a[href="/bookings/${bookingId("disputed")}"]`).click();

  const booking = await open("admin", "disputed");
  await booking.act("Rule: refund customer", { Reason: "The photos show it." });
  await booking.expectDone("Cancelled", "Ruled for the customer by an admin");
  await grace.goto("/admin/disputes");
  await expect(queue.getByRole("listitem")).toHaveCount(before - 1);

  await grace.goto("/admin/history");
  await grace.page.getByRole("textbox", { name: "E-mail address" }).fill("admin@demo.test");
  await grace.page.getByRole("combobox", { name: "Action" }).selectOption("rule_for_customer");
  await grace.page.getByRole("button", { name: "Search" }).click();
  const found = grace.page.getByRole("list", { name: "Found" });
  await expect(found.getByRole("listitem").first()).toContainText("The photos show it.");
});

test("a search that nobody can answer says what to change and keeps what was typed", async ({ person }) => {
  const grace = await person("admin");
  await grace.goto("/admin/history");
  await grace.page.getByRole("textbox", { name: "E-mail address" }).fill("nobody@example.test");
  grace.watch.expect(422, "/admin/history");
  await grace.page.getByRole("button", { name: "Search" }).click();
  await expect(grace.alert).toContainText("Nobody has this e-mail address");
  await expect(grace.alert).toBeFocused();
  await expect(grace.page.getByRole("textbox", { name: "E-mail address" })).toHaveValue("nobody@example.test");
});

test("for everybody else there is no admin", async ({ person }) => {
  const aroha = await person("customer");
  aroha.watch.expect(404, "/admin");
  await aroha.goto("/admin");
  await expect(aroha.page.getByText("There is nothing here for you.")).toBeVisible();
});
