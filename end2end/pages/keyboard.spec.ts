import { type Locator, type Page } from "@playwright/test";
import { expect, test } from "../support/test.ts";

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not reach ${target}`);
}

test("a provider declines with the keyboard alone", async ({ open }) => {
  const provider = await open("provider", "requested-fixed");
  const { page } = provider;
  const { keyboard } = page;
  const decline = provider.button("Decline");
  await tabTo(page, decline);

  await keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Decline GS-/ });
  await expect(dialog.getByRole("button", { name: "Keep booking" })).toBeFocused();
  await keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(decline).toBeFocused();

  await keyboard.press("Enter");
  await tabTo(page, dialog.getByRole("textbox", { name: "Reason" }));
  await keyboard.type("I am away that week.");
  await tabTo(page, dialog.getByRole("button", { name: "Decline", exact: true }));
  await keyboard.press("Enter");
  await provider.expectDone("Declined", "Request declined by the provider");
});

test("a field has the first focus where nothing ends", async ({ open }) => {
  const provider = await open("provider", "requested-on-quote");
  await tabTo(provider.page, provider.button("Send quote"));
  await provider.page.keyboard.press("Space");
  const dialog = provider.page.getByRole("dialog", { name: /^Send quote GS-/ });
  await expect(dialog.getByRole("textbox", { name: "Price" })).toBeFocused();
  await provider.page.keyboard.type("480");
  await provider.page.keyboard.press("Enter");
  await provider.expectDone("Quoted", "Quote sent by the provider");
});

test("the first Tab leads past the navigation", async ({ person }) => {
  const visitor = await person();
  await visitor.goto("/machine");
  await visitor.page.keyboard.press("Tab");
  const skip = visitor.page.getByRole("link", { name: "Skip to the content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await visitor.page.keyboard.press("Enter");
  await expect(visitor.page.getByRole("main")).toBeFocused();
});
