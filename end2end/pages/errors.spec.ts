import { bookingId } from "../support/demo.ts";
import { expect, test } from "../support/test.ts";

test.use({ marketplace: "shared" });

const NOT_FOUND = [
  { what: "an unknown booking", path: "/bookings/000000000000000000000000" },
  { what: "a malformed id", path: "/bookings/..%2F%00'" },
  { what: "somebody else's booking", path: `/bookings/${bookingId("requested-hourly")}` },
  { what: "an action on somebody else's booking", path: `/bookings/${bookingId("requested-hourly")}/actions/withdraw` },
  { what: "an unknown action", path: `/bookings/${bookingId("requested-fixed")}/actions/explode` },
  { what: "an unknown page", path: "/nothing-here" },
];

for (const { what, path } of NOT_FOUND) {
  test(`${what} is a page that says 404 and gives the number of the request`, async ({ person }) => {
    const customer = await person("customer");
    customer.watch.expect(404, path);
    const answer = await customer.page.goto(path);
    expect(answer?.status()).toBe(404);
    await expect(customer.heading).toHaveText("Not found");
    await expect(customer.alert).toContainText("There is nothing here for you.");
    const id = answer?.headers()["x-request-id"];
    expect(id).toMatch(/^[0-9a-f]{8,}$/);
    await expect(customer.page.getByText("If you ask us for help, give this number:")).toContainText(id!);
  });
}

test("somebody else's booking and an unknown one look the same", async ({ person }) => {
  const customer = await person("customer");
  const bodies: string[] = [];
  for (const id of ["000000000000000000000000", bookingId("requested-hourly")]) {
    customer.watch.expect(404, `/bookings/${id}`);
    await customer.goto(`/bookings/${id}`);
    bodies.push((await customer.page.getByRole("main").innerText()).replace(/number: \S+/, ""));
  }
  expect(bodies[0]).toBe(bodies[1]);
});
