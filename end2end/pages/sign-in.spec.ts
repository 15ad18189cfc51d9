import { PASSWORD, email } from "../support/demo.ts";
import { expect, test } from "../support/test.ts";

test.use({ marketplace: "shared" });

test("somebody signs in, sees their bookings and signs out; going back shows nothing", async ({ person }) => {
  const customer = await person();
  await customer.goto("/bookings");
  await expect(customer.heading).toHaveText("Sign in");
  await customer.signIn(email("customer"), PASSWORD);
  await expect(customer.heading).toHaveText("Bookings");
  await expect(customer.page.getByText("Aroha Ngata", { exact: true })).toBeVisible();

  await customer.page.getByRole("button", { name: "Sign out" }).click();
  await expect(customer.page).toHaveURL("/");
  await customer.page.goBack();
  await expect(customer.heading).toHaveText("Sign in");
});

test("a wrong password is told without saying what is wrong, and the address stays", async ({ person }) => {
  const visitor = await person();
  visitor.watch.expect(401, "/sign-in");
  await visitor.goto("/sign-in");
  await visitor.signIn("someone@example.test", "not it");
  await expect(visitor.alert).toContainText("The e-mail address or the password is not right.");
  await expect(visitor.alert).toBeFocused();
  await expect(visitor.page.getByRole("textbox", { name: "Email" })).toHaveValue("someone@example.test");
  await expect(visitor.page.getByRole("textbox", { name: "Password" })).toHaveValue("");
});

test("a demo account is chosen with one click", async ({ person }) => {
  const visitor = await person();
  await visitor.goto("/sign-in?next=/machine");
  await visitor.page.getByRole("link", { name: "Use provider@demo.test" }).click();
  await expect(visitor.page.getByRole("textbox", { name: "Email" })).toHaveValue("provider@demo.test");
  await visitor.page.getByRole("button", { name: "Sign in" }).click();
  await expect(visitor.page).toHaveURL("/machine");
  await expect(visitor.page.getByText("Hemi Walker")).toBeVisible();
});

for (const next of ["//evil.test", "https://evil.test/", "/\\evil.test", "javascript:alert(1)"]) {
  test(`nobody is led away to ${next}`, async ({ person }) => {
    const visitor = await person();
    await visitor.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await visitor.signIn(email("customer2"), PASSWORD);
    await expect(visitor.page).toHaveURL("/bookings");
  });
}

test("after signing in one is where one wanted to go", async ({ person }) => {
  const visitor = await person();
  await visitor.goto("/bookings?status=completed");
  await visitor.goto("/sign-in?next=/bookings%3Fstatus=completed%26role=customer");
  await visitor.signIn(email("customer"), PASSWORD);
  await expect(visitor.page).toHaveURL("/bookings?status=completed&role=customer");
});

test("a page that the browser keeps of a visitor is not shown to who has signed in, nor theirs after signing out", async ({
  person,
}) => {
  const visitor = await person();
  const name = visitor.page.getByText("Aroha Ngata", { exact: true });
  for (const path of ["/", "/machine"]) await visitor.goto(path);
  await visitor.goto("/sign-in");
  await visitor.signIn(email("customer"), PASSWORD);
  await expect(visitor.heading).toHaveText("Bookings");
  for (const path of ["/", "/machine"]) {
    await visitor.goto(path);
    await expect(name).toBeVisible();
  }
  await visitor.page.getByRole("button", { name: "Sign out" }).click();
  for (const path of ["/", "/machine"]) {
    await visitor.goto(path);
    await expect(name).toBeHidden();
  }
});

test("the appearance is chosen, kept, and leads back to the same page", async ({ person }) => {
  const visitor = await person();
  await visitor.goto("/machine");
  const paper = () => visitor.page.locator("html").evaluate((page) => getComputedStyle(page).backgroundColor);
  const light = await paper();
  await visitor.page.getByRole("button", { name: "Dark" }).click();
  await expect(visitor.page.getByRole("button", { name: "Dark" })).toHaveAttribute("aria-pressed", "true");
  await expect(visitor.page).toHaveURL("/machine");
  expect(await paper()).not.toBe(light);
  await visitor.goto("/");
  await visitor.page.getByRole("button", { name: "Light" }).click();
  expect(await paper()).toBe(light);
});
