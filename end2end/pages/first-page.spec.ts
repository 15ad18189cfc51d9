import { bookingId } from "../support/demo.ts";
import { expect, test } from "../support/test.ts";

// What is drawn once and kept is drawn by the first request after a start, which can be for any page.
for (const path of ["", "/actions/decline"]) {
  test(`the first page that a server draws can be a booking's${path || " own"}`, async ({ person }) => {
    const provider = await person("provider");
    const answer = await provider.page.goto(`/bookings/${bookingId("requested-fixed")}${path}`);
    expect(answer?.status()).toBe(200);
    await expect(provider.page.getByRole("button", { name: "Decline" })).toBeVisible();
  });
}
