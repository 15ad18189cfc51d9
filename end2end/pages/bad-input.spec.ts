import { bookingId } from "../support/demo.ts";
import { expect, test } from "../support/test.ts";

test.use({ marketplace: "shared" });

const path = `/bookings/${bookingId("requested-on-quote")}/actions/decline`;
const FORM = "application/x-www-form-urlencoded";
const fine = "version=2&command_id=abcdefgh1234";

const BAD = [
  { what: "an operator in place of a field", body: `${fine}&inputs[$ne]=`, status: 422 },
  { what: "a wrong version", body: "version=1&command_id=abcdefgh1234&inputs[reason]=no", status: 409 },
  { what: "no version", body: "command_id=abcdefgh1234&inputs[reason]=no", status: 422 },
  { what: "a body of a megabyte", body: `${fine}&inputs[reason]=${"a".repeat(1024 * 1024)}`, status: 413 },
  { what: "JSON", body: "{}", type: "application/json", status: 415 },
  { what: "a form from another site", body: `${fine}&inputs[reason]=no`, origin: "https://evil.test", status: 403 },
];

for (const { what, body, type, origin, status } of BAD) {
  test(`${what} is answered with ${status} and changes nothing`, async ({ market }) => {
    const headers: Record<string, string> = {
      cookie: `session=${await market.session("provider")}`,
      "content-type": type ?? FORM,
    };
    if (origin) headers.origin = origin;
    const answer = await fetch(market.url + path, { method: "POST", headers, body, redirect: "manual" });
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain("<h1>");
    const { history } = await market.booking("requested-on-quote", "provider");
    expect(history.at(-1)?.note).toBe("Request sent by the customer");
  });
}

test("an unknown action is answered with 422 and changes nothing", async ({ market }) => {
  const answer = await market.post(
    path.replace("decline", "explode"),
    { version: "2", command_id: "abcdefgh1234" },
    "provider",
  );
  expect(answer.status).toBe(422);
});
