//! Somebody in front of a browser.
import type { Locator, Page } from "@playwright/test";
import type { Watch } from "./watch.ts";

export class Person {
  constructor(
    readonly page: Page,
    readonly watch: Watch,
    readonly live: boolean,
    readonly url: string,
  ) {}

  get heading(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  get alert(): Locator {
    return this.page.getByRole("alert");
  }

  /** Fills in the form of the sign-in page. */
  async signIn(email: string, password: string): Promise<void> {
    await this.page.getByRole("textbox", { name: "Email" }).fill(email);
    await this.page.getByRole("textbox", { name: "Password" }).fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  /** Chooses the appearance, as the cookie of the last visit does. */
  async wear(theme: "light" | "dark"): Promise<void> {
    await this.page.context().addCookies([{ name: "theme", value: theme, url: this.url }]);
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(path);
  }
}
