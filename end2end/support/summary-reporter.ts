//! One closing line for scripts to read: `12 passed, 0 failed`, alone on its line.
import type { FullResult, Reporter, Suite } from "@playwright/test/reporter";

export default class SummaryReporter implements Reporter {
  private suite: Suite | undefined;
  private troubles = 0;

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  /** What goes wrong outside of any test. */
  onError(): void {
    this.troubles += 1;
  }

  async onEnd(result: FullResult): Promise<void> {
    const outcomes = (this.suite?.allTests() ?? []).map((test) =>
      test.results.length > 0 ? test.outcome() : "skipped",
    );
    const count = (...wanted: string[]) => outcomes.filter((outcome) => wanted.includes(outcome)).length;
    const passed = count("expected");
    const failed = count("unexpected", "flaky") + this.troubles;
    // A run that was cut short or found no test is no success.
    const silent = result.status !== "passed" && failed === 0;
    console.log(`${passed} passed, ${silent ? 1 : failed} failed`);
  }
}
