import { expectAccessible } from "../support/axe.ts";
import { BookingPage } from "../support/booking-page.ts";
import { expectFits } from "../support/layout.ts";
import { openMail } from "../support/mails.ts";
import type { Person } from "../support/person.ts";
import { expect, test } from "../support/test.ts";

const SERVICE = "Hot water cylinder check";
const SLUG = "hot-water-cylinder-check";

/** Chooses the nth free time of the last day shown, and the place and words. */
async function choose(person: Person, nth: number, details: string): Promise<string> {
  const { page } = person;
  const day = page.locator("details.day").last();
  if ((await day.getAttribute("open")) === null) await day.locator("summary").click();
  const time = day.locator("label.time").nth(nth);
  await time.click();
  await page.getByRole("textbox", { name: "Street and number" }).fill("12 Tory Street");
  await page.getByRole("textbox", { name: "Suburb or town" }).fill("Te Aro");
  await page.getByRole("textbox", { name: "About the job" }).fill(details);
  const words = await time.innerText();
  await page.getByRole("button", { name: "Continue" }).click();
  return words.trim();
}

/** Pages that only a guest with a held time sees: the tour would soon hold too many. Both themes, where scripts run. */
async function expectReach(person: Person, what: string): Promise<void> {
  if (test.info().project.use.javaScriptEnabled === false) return;
  for (const theme of ["dark", "light"] as const) {
    await person.page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await expectAccessible(person.page, `${what}, ${theme}`);
  }
  await expectFits(person.page);
}

test("a guest finds a service, asks for it, finishes by the mailed link, and the provider accepts", async ({
  person,
}) => {
  const kiri = await person();
  await kiri.goto("/services?q=cylinder&place=Te+Aro");
  await kiri.page.getByRole("link", { name: SERVICE }).first().click();
  await expect(kiri.heading).toHaveText(SERVICE);
  await kiri.page.getByRole("link", { name: "Choose a time" }).first().click();
  await expect(kiri.heading).toHaveText("Choose a time");
  await kiri.page.getByRole("textbox", { name: "About the job" }).fill("Typed before looking at later days");
  await kiri.page.getByRole("button", { name: "Later days" }).click();
  await expect(kiri.page.getByRole("button", { name: "Earlier days" })).toBeEnabled();
  await expect(kiri.page.getByRole("textbox", { name: "About the job" })).toHaveValue(
    "Typed before looking at later days",
  );
  const time = await choose(kiri, 2, "It rumbles & drips <i>a lot</i>");

  await expect(kiri.heading).toHaveText("Look at it once more");
  await expect(kiri.page.getByText(time).first()).toBeVisible();
  await expect(kiri.page.getByText("$140.00 NZD")).toBeVisible();
  await expect(kiri.page.getByText("This time is held for you until")).toBeVisible();
  await expect(kiri.page.getByText("It rumbles & drips <i>a lot</i>")).toBeVisible();
  await expectReach(kiri, "a guest's review");
  kiri.watch.expect(422, `/book/${SLUG}/guest`);
  await kiri.page
    .getByRole("textbox", { name: "Your name" })
    .or(kiri.page.getByRole("textbox", { name: "Name" }))
    .fill("Kiri Te Ata");
  await kiri.page.getByRole("textbox", { name: "Email" }).fill("kiri+home@example.test");
  await kiri.page.getByRole("textbox", { name: "Phone" }).fill("021");
  await kiri.page.getByRole("button", { name: "Mail me the link" }).click();
  await expect(kiri.alert).toContainText("There is no such number");
  await expect(kiri.page.getByRole("textbox", { name: "Email" })).toHaveValue("kiri+home@example.test");
  await kiri.page.getByRole("textbox", { name: "Phone" }).fill("021 555 0199");
  await kiri.page.getByRole("button", { name: "Mail me the link" }).click();
  await expect(kiri.heading).toHaveText("Look into your mail");
  await expectReach(kiri, "the page after the mail");

  await kiri.page.getByRole("link", { name: "/dev/mail" }).click();
  await openMail(kiri, "Finish your request");
  await kiri.page.getByRole("link", { name: "/book/continue/" }).click();
  await expect(kiri.heading).toHaveText("Finish your request");
  await expectReach(kiri, "the page behind the mailed link");
  await kiri.page.getByRole("textbox", { name: "Password" }).fill("rain on the roof");
  await kiri.page.getByRole("button", { name: "Send request" }).click();
  await expect(kiri.page.getByRole("status").first()).toHaveText("Requested");
  await expect(kiri.page.getByText("Request sent by the customer").first()).toBeVisible();

  const hemi = await person("provider");
  const booking = new BookingPage(hemi, /[0-9a-f]{24}/.exec(kiri.page.url())![0]);
  await booking.open();
  await booking.act("Accept");
  await booking.expectDone("Accepted", "Booking accepted by the provider");
});

test("a customer who is signed in is asked for nothing twice and sends with one press", async ({ person }) => {
  const aroha = await person("customer");
  await aroha.goto(`/book/${SLUG}`);
  await expect(aroha.page.getByRole("textbox", { name: "Suburb or town" })).not.toHaveValue("");
  await choose(aroha, 0, "");
  await aroha.page.getByRole("link", { name: "Change it" }).click();
  await expect(aroha.page.locator("details[open] input:checked")).toHaveCount(1);
  await aroha.page.getByRole("button", { name: "Continue" }).click();
  await expect(aroha.heading).toHaveText("Look at it once more");
});

test("a time that somebody else holds is refused with others that are free", async ({ person }) => {
  const [liam, kiri] = [await person("customer2"), await person()];
  await kiri.goto(`/book/${SLUG}`);
  await liam.goto(`/book/${SLUG}`);
  await choose(liam, 1, "");
  await expect(liam.heading).toHaveText("Look at it once more");
  kiri.watch.expect(409, `/book/${SLUG}`);
  await choose(kiri, 1, "Mine, please");
  await expect(kiri.alert).toContainText("Free instead");
  await expect(kiri.page.getByRole("textbox", { name: "About the job" })).toHaveValue("Mine, please");
});

test("other days are shown in place, with the focus among them and what was chosen kept", async ({
  person,
  javaScriptEnabled,
}) => {
  test.skip(javaScriptEnabled === false);
  const kiri = await person();
  const { page } = kiri;
  await kiri.goto(`/book/${SLUG}`);
  await page.evaluate(() => (document.title = "still the same page"));
  await page.locator("details.day[open] label.time").first().click();
  const chosen = page.locator("input[name=starts_at]:checked");
  const before = await chosen.inputValue();
  const shown = page.locator("details.day summary");
  const days = await shown.allInnerTexts();
  await page.getByRole("button", { name: "Later days" }).press("Enter");
  await expect(page.getByRole("button", { name: "Earlier days" })).toBeEnabled();
  expect(await shown.allInnerTexts()).not.toEqual(days);
  await expect(shown.first()).toBeFocused();
  await page.getByRole("button", { name: "Earlier days" }).press("Enter");
  await expect(page.getByRole("button", { name: "Earlier days" })).toBeDisabled();
  await expect(shown).toHaveText(days.map((day) => day.replace(/\s+/g, " ")));
  await expect(page).toHaveTitle("still the same page");
  await page.getByRole("button", { name: "Later days" }).click();
  await page.getByRole("button", { name: "Earlier days" }).click();
  await expect(page).toHaveTitle("still the same page");
  expect(before).not.toBe("");
});

test("what goes wrong with other days is said in the button, which can be pressed again", async ({
  person,
  javaScriptEnabled,
}) => {
  test.skip(javaScriptEnabled === false);
  const kiri = await person();
  const { page } = kiri;
  await kiri.goto(`/book/${SLUG}`);
  const later = page.locator("button[name=go][value=later]");
  const asksForLater = /\/days\?.*go=later/;
  kiri.watch.breaks(`/book/${SLUG}/days`);
  await page.route(asksForLater, (route) => route.abort(), { times: 1 });
  await later.click();
  await expect(later).toHaveText("The answer did not arrive. What you typed is still here: try again.");
  kiri.watch.expect(404, `/book/${SLUG}/days`);
  const refused = await fetch(`${kiri.url}/book/no-such-service/days?from=0&go=later&chosen=`);
  const body = await refused.text();
  await page.route(asksForLater, (route) => route.fulfill({ status: refused.status, contentType: "text/html", body }), {
    times: 1,
  });
  await later.click();
  await expect(later).toHaveText("This service is not offered any more. Look for another one.");
  await later.click();
  await expect(page.getByRole("button", { name: "Earlier days" })).toBeEnabled();
  await expect(later).toHaveText("Later days");
});

test("a next free time on the service's page is chosen already when one follows it", async ({ person }) => {
  const kiri = await person();
  await kiri.goto(`/services/${SLUG}`);
  await kiri.page
    .getByRole("link", { name: /\d:\d\d [ap]m/ })
    .first()
    .click();
  await expect(kiri.heading).toHaveText("Choose a time");
  await expect(kiri.page.locator("details[open] input:checked")).toHaveCount(1);
});

test.describe("from Sydney", () => {
  test.use({ timezoneId: "Australia/Sydney" });

  test("a guest who is elsewhere sees both times, as soon as a browser's script could say where", async ({
    person,
    javaScriptEnabled,
  }) => {
    const kiri = await person();
    const asked: string[] = [];
    kiri.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await kiri.goto(`/book/${SLUG}`);
    await expect(kiri.page.getByText(/Times are in NZ[DS]T/)).toBeVisible();
    const both = kiri.page.getByText(/Below each is the time where you are, in AE[DS]T/);
    if (javaScriptEnabled !== false) await expect(both).toBeVisible();
    await kiri.page.getByRole("button", { name: "Later days" }).click();
    await expect(kiri.page.getByRole("button", { name: "Earlier days" })).toBeEnabled();
    await expect(both).toHaveCount(javaScriptEnabled === false ? 0 : 1);
    if (javaScriptEnabled === false) return;
    // Once the server knows it, nobody has to ask.
    asked.length = 0;
    await kiri.page.goto(`/book/${SLUG}`, { waitUntil: "networkidle" });
    await expect(both).toBeVisible();
    expect(asked.filter((path) => path.endsWith("/days"))).toEqual([]);
  });
});
