import { defineConfig } from "@playwright/test";
import type { Options } from "./support/test.ts";

/** Pages that have to work in every project. */
const everywhere = ["pages/search.spec.ts", "pages/availability.spec.ts", "pages/services.spec.ts"];
const desktop = { width: 1280, height: 800 };

/** The first argument of `npx playwright test -c end2end`; `make e2e` builds and calls exactly that. */
export default defineConfig<Options>({
  testDir: ".",
  outputDir: "results",
  globalSetup: "./support/database.ts",
  reporter: [["list"], ["./support/summary-reporter.ts"]],
  // A file's tests run in order; files run beside each other. Three on two cores, because a test waits now and then.
  workers: 3,
  // A test that passes only sometimes is a failure.
  retries: 0,
  // The longest journey takes 10 s alone on two idle cores; a busy machine is several times slower.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    viewport: desktop,
    locale: "en-NZ",
    timezoneId: "Pacific/Auckland",
    actionTimeout: 10_000,
    screenshot: "only-on-failure",
    // Costs half of the time; `--trace on` records one when it is needed.
    trace: "off",
    launchOptions: {
      executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
      // No sandbox: tests run as root in containers. The rest keeps the browser from talking to anybody but us.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "desktop", testMatch: ["flows/*.spec.ts", "pages/*.spec.ts"] },
    {
      name: "phone",
      testMatch: [
        "flows/whole-life.spec.ts",
        "flows/cancel.spec.ts",
        "flows/ask.spec.ts",
        "flows/onboarding.spec.ts",
        "pages/tour.spec.ts",
        ...everywhere,
      ],
      use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
    },
    {
      name: "no scripts",
      testMatch: ["flows/*.spec.ts", "pages/sign-in.spec.ts", ...everywhere],
      use: { javaScriptEnabled: false },
    },
    { name: "no wasm", testMatch: ["flows/*.spec.ts", ...everywhere], use: { blocked: "**/pkg/gigsta.*.{js,wasm}" } },
  ],
});
