//! Listens to everything that goes wrong in a page. Whatever a test has not announced fails it.
import type { BrowserContext, ConsoleMessage, Request, Response, WebError } from "@playwright/test";

/** An answer that a test provokes: which status from which address. */
interface Expected {
  status: number;
  path: string;
  seen: boolean;
  optional: boolean;
}

export class Watch {
  private readonly problems: string[] = [];
  private readonly expected: Expected[] = [];
  private readonly broken = new Set<string>();

  /** `blocked` are the addresses that the test itself keeps from the browser. */
  constructor(private readonly blocked: (url: string) => boolean) {}

  listen(context: BrowserContext): void {
    context.on("console", (message) => this.onConsole(message));
    context.on("weberror", (error) => this.onUncaught(error));
    context.on("requestfailed", (request) => this.onFailed(request));
    context.on("response", (response) => this.onResponse(response));
  }

  /** The next answers with this status from this path are wanted; there has to be at least one. */
  expect(status: number, path: string): void {
    this.expected.push({ status, path, seen: false, optional: false });
  }

  /** An answer that comes only if this side of a race loses. */
  allow(status: number, path: string): void {
    this.expected.push({ status, path, seen: false, optional: true });
  }

  /** Requests to this path will not get through: the test breaks the line. */
  breaks(path: string): void {
    this.broken.add(path);
  }

  /** What went wrong, and what was announced and did not come. */
  verdict(): string[] {
    const missing = this.expected.filter((one) => !one.seen && !one.optional);
    return [...this.problems, ...missing.map((one) => `no answer ${one.status} came from ${one.path}`)];
  }

  private onConsole(message: ConsoleMessage): void {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const { url } = message.location();
    // The browser writes every failed request into the console as well.
    if (message.text().startsWith("Failed to load resource") && (this.isBroken(url) || this.isExpected(url))) return;
    this.problems.push(`console ${message.type()}: ${message.text()} (${url})`);
  }

  private onUncaught(error: WebError): void {
    const thrown = error.error();
    const text = thrown.stack || String(thrown);
    // Chromium reports a page transition that it skips as a rejection of a promise that nobody has: csswg-drafts #13726.
    if (/^(Abort|InvalidState)Error: Transition was (aborted|skipped)/.test(text)) return;
    this.problems.push(`uncaught: ${text} (${error.page()?.url()})`);
  }

  private onFailed(request: Request): void {
    const why = request.failure()?.errorText ?? "";
    // A request that the browser gave up because the page was left is no failure.
    if (this.isBroken(request.url()) || why === "net::ERR_ABORTED") return;
    this.problems.push(`request failed: ${request.method()} ${request.url()}: ${why}`);
  }

  private onResponse(response: Response): void {
    if (response.status() < 400) return;
    const { pathname } = new URL(response.url());
    const wanted = this.expected.filter((one) => one.status === response.status() && one.path === pathname);
    wanted.forEach((one) => (one.seen = true));
    if (wanted.length > 0 || this.isBroken(response.url())) return;
    this.problems.push(`answer ${response.status()} to ${response.request().method()} ${response.url()}`);
  }

  private isBroken(url: string): boolean {
    return this.blocked(url) || (URL.canParse(url) && this.broken.has(new URL(url).pathname));
  }

  private isExpected(url: string): boolean {
    return URL.canParse(url) && this.expected.some((one) => one.path === new URL(url).pathname);
  }
}
