import { expect, test } from "../support/test.ts";

test("an action that is not possible yet is shown, disabled, with its reason, and does nothing", async ({
  open,
  market,
}) => {
  const provider = await open("provider", "accepted-free");
  const start = provider.button("Start work");
  await expect(start).toBeDisabled();
  await expect(start).toHaveAttribute("aria-disabled", "true");
  await expect(start).toHaveAccessibleDescription(/You can start from .* 8:30 am NZ[DS]T\./);
  await start.focus();
  await provider.page.keyboard.press("Enter");
  await start.click({ force: true });
  await expect(provider.status).toHaveText("Accepted");
  expect((await market.booking("accepted-free", "provider")).history.at(-1)?.note).toBe(
    "Booking accepted by the provider",
  );
});

test("its own page says the same and what is possible instead", async ({ open }) => {
  const provider = await open("provider", "accepted-free");
  const path = `${provider.path}/actions/start`;
  provider.person.watch.expect(409, path);
  await provider.goto(path);
  await expect(provider.page.getByRole("main")).toContainText("You can start from");
  const possible = provider.page.getByRole("region", { name: "Possible now" });
  await expect(possible.getByRole("link", { name: "Cancel booking" })).toBeVisible();
  await possible.getByRole("link", { name: "Open the booking" }).click();
  await expect(provider.status).toHaveText("Accepted");
});

test("without a script every action with a form has a page of its own", async ({ open }) => {
  const provider = await open("provider", "in-progress");
  await provider.goto(`${provider.path}/actions/finish`);
  await provider.page.getByRole("textbox", { name: "Final amount" }).fill("130");
  await provider.page.getByRole("textbox", { name: "Message" }).fill("All done.");
  await provider.press("Mark as done");
  await provider.expectDone("Awaiting confirmation", "Marked as done by the provider");
});
