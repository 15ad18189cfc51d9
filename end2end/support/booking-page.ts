//! A booking's page as a person uses it, by what is written on it. The same with scripts, without them, without WASM.
import { type Locator, type Page, expect } from "@playwright/test";
import { ActionDialog } from "./action-dialog.ts";
import { bookingId } from "./demo.ts";
import type { Person } from "./person.ts";

export class BookingPage {
  constructor(
    readonly person: Person,
    readonly id: string,
  ) {}

  /** Opens a booking of the demo by its story. */
  static async of(person: Person, story: string): Promise<BookingPage> {
    const booking = new BookingPage(person, bookingId(story));
    await booking.open();
    return booking;
  }

  get page(): Page {
    return this.person.page;
  }

  get path(): string {
    return `/bookings/${this.id}`;
  }

  get status(): Locator {
    return this.page.getByRole("status");
  }

  /** The message about what went wrong; problems of single fields stand beside them. */
  get alert(): Locator {
    return this.page.getByRole("alert");
  }

  /** Everything that happened, newest first. */
  get events(): Locator {
    return this.page.getByRole("list", { name: "History" }).locator("> li");
  }

  get facts(): Locator {
    return this.page.getByRole("region", { name: "What and when" });
  }

  button(label: string): Locator {
    return this.page.getByRole("button", { name: label, exact: true });
  }

  /** Opens it, and waits until the browser's half is alive where there is one. */
  async open(): Promise<void> {
    await this.page.goto(this.path);
    await this.alive();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.alive();
  }

  /** Presses an action that needs nothing more. */
  async press(label: string): Promise<void> {
    await this.button(label).click();
  }

  /** Presses an action that asks something first. */
  async dialog(label: string): Promise<ActionDialog> {
    await this.button(label).click();
    const dialog = new ActionDialog(this.page, this.person.live, label);
    await expect(dialog.root).toBeVisible();
    return dialog;
  }

  /** Does an action that asks something first. */
  async act(label: string, fields: Record<string, string> = {}): Promise<void> {
    const dialog = await this.dialog(label);
    await dialog.fill(fields);
    await dialog.submit();
  }

  /** The status is on the page, has the focus and is announced with what was done. */
  async expectDone(status: string, what: string): Promise<void> {
    await expect(this.status).toHaveText(status);
    await expect(this.status).toHaveAccessibleDescription(what);
    await expect(this.status).toBeFocused();
    await expect(this.events.first()).toContainText(what);
    await expect(this.page.getByRole("dialog")).toHaveCount(0);
  }

  /** Announces that the server will refuse the next attempt at an action. */
  expectRefusal(status: number, actionName: string): void {
    this.person.watch.expect(status, this.sentTo(actionName));
  }

  /** Announces that it may, if somebody else is faster. */
  allowRefusal(status: number, actionName: string): void {
    this.person.watch.allow(status, this.sentTo(actionName));
  }

  /** What the form of the page sends along unseen. */
  async hiddenFields(): Promise<Record<string, string>> {
    const form = this.page.getByRole("main").locator("form");
    const fields = await form
      .locator("input[type=hidden]")
      .evaluateAll((all) => all.map((field) => [(field as HTMLInputElement).name, (field as HTMLInputElement).value]));
    return Object.fromEntries(fields);
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(path);
  }

  /** Waits until the browser's half is alive, where there is one. */
  async alive(): Promise<void> {
    if (this.person.live) await expect(this.page.locator("html")).toHaveAttribute("data-live", "");
  }

  private sentTo(actionName: string): string {
    return this.person.live ? "/api/perform_booking_action" : `${this.path}/actions/${actionName}`;
  }
}
