//! The dialog of an action; without it, after a problem, the action's own page has the same form.
import { type Locator, type Page, expect } from "@playwright/test";

export class ActionDialog {
  private readonly title: RegExp;
  readonly root: Locator;

  constructor(
    private readonly page: Page,
    private readonly live: boolean,
    readonly label: string,
  ) {
    this.title = new RegExp(`^${label} GS-`);
    this.root = this.page.getByRole("dialog", { name: this.title });
  }

  /** Where the form is: in the dialog, or after a problem without a script on a page of its own. */
  get form(): Locator {
    const title = this.page.getByRole("heading", { level: 1, name: this.title });
    return this.root.or(this.page.getByRole("main").filter({ has: title }));
  }

  field(label: string): Locator {
    return this.form.getByLabel(label, { exact: false });
  }

  /** Fills in fields by their labels; stars by their number. */
  async fill(fields: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) {
      if (label === "Stars") await this.form.getByRole("radio", { name: value }).check();
      else await this.field(label).fill(value);
    }
  }

  /** The final button repeats the action's label. */
  get final(): Locator {
    return this.form.getByRole("button", { name: this.label, exact: true });
  }

  async submit(): Promise<void> {
    await this.final.click();
  }

  /** The problem is described at the field, and the focus is where it can be mended or read. */
  async expectProblem(label: string, text: string): Promise<void> {
    const field = this.field(label);
    await expect(field).toHaveAccessibleDescription(new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
    await expect(field).toHaveAttribute("aria-invalid", "true");
    if (this.live) return expect(field).toBeFocused();
    const summary = this.page.getByRole("alert").filter({ has: this.page.getByRole("link", { name: text }) });
    await expect(summary).toBeFocused();
  }

  /** The other button changes nothing. */
  async leave(label: string): Promise<void> {
    await this.root.getByRole("button", { name: label, exact: true }).click();
    await expect(this.root).toBeHidden();
  }
}
