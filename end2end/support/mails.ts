//! The demo's mails, as somebody reads them who looks for one.
import { expect } from "@playwright/test";
import type { Person } from "./person.ts";

/** How many mails have that subject and go to that address, on all pages of the list. `about` is part of its address: a booking's id. */
export async function countMails(reader: Person, subject: string, to: string, about = "/dev/mail/"): Promise<number> {
  const { page } = reader;
  const link = page.locator(`a[href*="${about}"]`, { hasText: subject });
  const found = page
    .getByRole("listitem")
    .filter({ has: link })
    .filter({ hasText: `to ${to}` });
  const older = page.getByRole("link", { name: "Older mails" });
  await reader.goto("/dev/mail");
  let count = await found.count();
  while ((await older.count()) > 0) {
    await reader.goto((await older.getAttribute("href"))!);
    count += await found.count();
  }
  return count;
}

/** Opens the newest mail with that subject. What the demo sends by itself may have pushed it on to another page. */
export async function openMail(reader: Person, subject: string, about = "/dev/mail/"): Promise<void> {
  const { page } = reader;
  const mail = page.locator(`a[href*="${about}"]`, { hasText: subject }).first();
  await reader.goto("/dev/mail");
  while ((await mail.count()) === 0) {
    const older = await page.getByRole("link", { name: "Older mails" }).getAttribute("href", { timeout: 2000 });
    await reader.goto(older!);
  }
  await mail.click();
  await expect(page.getByRole("link", { name: "All mails" })).toBeVisible();
}
