//! Somebody in front of a browser.
import type { Locator, Page } from "@playwright/test";
import { BookingPage } from "./booking-page.ts";
import { bookingId } from "./demo.ts";
import type { Watch } from "./watch.ts";

export class Person {
  constructor(
    readonly page: Page,
    readonly watch: Watch,
    readonly live: boolean,
  ) {}

  get heading(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  get alert(): Locator {
    return this.page.getByRole("alert");
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(path);
  }

  async open(story: string): Promise<BookingPage> {
    const booking = new BookingPage(this, bookingId(story));
    await booking.open();
    return booking;
  }
}
