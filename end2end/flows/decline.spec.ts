import { expect, test } from "../support/test.ts";

const story = "requested-on-quote";

test("a provider declines with a reason that the customer reads", async ({ open }) => {
  const provider = await open("provider", story);
  await provider.act("Decline", { Reason: "I am away that week." });
  await provider.expectDone("Declined", "Request declined by the provider");

  const customer = await open("customer", story);
  await expect(customer.status).toHaveText("Declined");
  await expect(customer.events.first()).toContainText("I am away that week.");
  await expect(customer.page.getByText("There is nothing for you to do here now.")).toBeVisible();
});

test("without a reason nothing is declined and the field says what is missing", async ({ open, market }) => {
  const provider = await open("provider", story);
  const dialog = await provider.dialog("Decline");
  // The browser itself stops an empty required field.
  await dialog.submit();
  await expect(dialog.root).toBeVisible();
  await expect(dialog.field("Reason")).toBeFocused();

  provider.expectRefusal(422, "decline");
  await dialog.fill({ Reason: "   " });
  await dialog.submit();
  await dialog.expectProblem("Reason", "Give a reason.");
  expect((await market.booking(story, "provider")).history.at(-1)?.note).toBe("Request sent by the customer");
});

test("a reason of 2001 characters is refused, kept, and accepted when it is shorter", async ({ open }) => {
  const reason = "á".repeat(2001);
  const provider = await open("provider", story);
  const dialog = await provider.dialog("Decline");
  // The field stops people at 2000; a browser that does not know the limit sends more.
  await dialog.field("Reason").evaluate((field) => field.removeAttribute("maxlength"));
  provider.expectRefusal(422, "decline");
  await dialog.fill({ Reason: reason });
  await dialog.submit();
  await dialog.expectProblem("Reason", "Reason has 2001 characters; the most is 2000.");
  await expect(dialog.field("Reason")).toHaveValue(reason);

  await dialog.fill({ Reason: reason.slice(1) });
  await dialog.submit();
  await provider.expectDone("Declined", "Request declined by the provider");
});
