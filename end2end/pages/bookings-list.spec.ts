import type { Person } from "../support/person.ts";
import { expect, test } from "../support/test.ts";

test.use({ marketplace: "shared" });

const cards = (person: Person) => person.page.getByRole("list", { name: "Bookings" }).locator("> li");

async function show(person: Person, status: string, side: string): Promise<void> {
  await person.page.getByRole("combobox", { name: "Status" }).selectOption({ label: status });
  await person.page.getByRole("combobox", { name: "Side" }).selectOption({ label: side });
  await person.page.getByRole("button", { name: "Show" }).click();
}

test("the list is filtered by status and side and keeps the choice", async ({ person }) => {
  const customer = await person("customer");
  await customer.goto("/bookings");
  await show(customer, "Completed", "I am the customer");
  await expect(customer.page.getByRole("combobox", { name: "Status" })).toHaveValue("completed");
  await expect(customer.page.getByRole("combobox", { name: "Side" })).toHaveValue("customer");
  const texts = await cards(customer).allInnerTexts();
  expect(texts.length).toBeGreaterThan(3);
  expect(texts.filter((text) => !text.includes("Completed"))).toEqual([]);

  await cards(customer).first().getByRole("link").click();
  await expect(customer.page.getByRole("status")).toHaveText("Completed");
});

test("where nothing fits the page says so and leads back to all", async ({ person }) => {
  const customer = await person("customer");
  await customer.goto("/bookings");
  await show(customer, "Every status", "I am the provider");
  await expect(customer.page.getByRole("heading", { name: "Nothing fits this choice" })).toBeVisible();
  await customer.page.getByRole("link", { name: "Show all bookings" }).click();
  await expect(cards(customer)).toHaveCount(20);
});

test("pages follow each other without a gap or a repetition", async ({ person }) => {
  const admin = await person("admin");
  await admin.goto("/bookings");
  const seen: string[] = [];
  const next = admin.page.getByRole("link", { name: "Next page" });
  for (let pages = 0; pages < 10; pages++) {
    seen.push(...(await cards(admin).getByText(/^GS-/).allInnerTexts()));
    if ((await next.count()) === 0) break;
    await next.click();
    await expect(admin.page.getByText(seen.at(-1)!)).toHaveCount(0);
  }
  expect(seen.length).toBeGreaterThan(40);
  expect(new Set(seen).size).toBe(seen.length);
});

test("a status that does not exist is an error with a way back", async ({ person }) => {
  const customer = await person("customer");
  customer.watch.expect(422, "/bookings");
  await customer.goto("/bookings?status=lost");
  await expect(customer.alert).toBeVisible();
  await customer.page.getByRole("link", { name: "Go to my bookings" }).click();
  await expect(customer.heading).toHaveText("Bookings");
});
