import { brotliCompressSync } from "node:zlib";
import { expectAccessible } from "../support/axe.ts";
import { brotli, built } from "../support/build.ts";
import { expect, test } from "../support/test.ts";

test.use({ marketplace: "shared" });

/** HTML and CSS of a page, compressed. */
const PAGE = 16 * 1024;

test("from the first page to a service close by, by words and place", async ({ person }) => {
  const visitor = await person();
  await visitor.goto("/");
  const { page } = visitor;
  const search = page.getByRole("main").getByRole("search");
  await search.getByLabel("What do you need?").fill("plumber");
  await search.getByLabel("Where?").fill("Te Aro, Wellington");
  await search.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/\/services\?q=plumber&place=Te\+Aro/);
  await expect(visitor.heading).toHaveText('"plumber" in Te Aro, Wellington');
  const cards = page.getByRole("list", { name: "Services" }).getByRole("listitem");
  await expect(cards.first()).toContainText("Walker Plumbing");
  await expect(cards.first()).toContainText(/km|Close by/);
  await expect(cards.first()).toContainText(/Next free .* NZ[SD]T/);
  await expect(search.getByLabel("What do you need?")).toHaveValue("plumber");
});

test("a filter is a link with its number, and leads back", async ({ person }) => {
  const visitor = await person();
  await visitor.goto("/services?place=Te+Aro,+Wellington");
  const { page } = visitor;
  const narrow = page.getByRole("navigation", { name: "Narrow down" });
  await narrow.getByRole("link", { name: /^Trades and repairs \(\d+\)$/ }).click();
  await expect(visitor.heading).toHaveText("Trades and repairs in Te Aro, Wellington");
  await narrow.getByRole("link", { name: "Without Trades and repairs" }).click();
  await expect(visitor.heading).toHaveText("Services in Te Aro, Wellington");
});

test("the filters are folded away and work as a plain form", async ({ person }) => {
  const visitor = await person();
  await visitor.goto("/services?place=Te+Aro,+Wellington");
  const { page } = visitor;
  const category = page.locator("#category");
  await expect(category).toHaveCount(1);
  await expect(category).toBeHidden();
  await page.getByText("Filters and order").click();
  await category.selectOption("electrical");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("heading", { name: "Nothing fits this search" })).toBeVisible();
  await page.getByRole("link", { name: "Without: Electrical" }).click();
  await expect(page.getByRole("list", { name: "Services" })).toBeVisible();
});

test("a name that several places have is asked back, and an unknown one offers towns", async ({ person }) => {
  const visitor = await person();
  await visitor.goto("/services?place=Newtown");
  const { page } = visitor;
  await expect(visitor.alert).toContainText("Several places are called so.");
  const which = page.getByLabel("Which Newtown?");
  const options = await which.locator("option").allTextContents();
  await which.selectOption({ label: options.find((label) => label.includes("New South Wales"))! });
  await page.getByRole("button", { name: "Search" }).click();
  await expect(visitor.heading).toHaveText("Services in Newtown, New South Wales");

  await visitor.goto("/services?place=Atlantis");
  await expect(page.getByLabel("Where?")).toHaveValue("Atlantis");
  await page.getByLabel("Or choose a town").selectOption({ label: "Wellington, Wellington" });
  await page.getByRole("button", { name: "Search" }).click();
  await expect(visitor.heading).toHaveText("Services in Wellington, Wellington");
});

test("what cannot be is said in the form", async ({ person }) => {
  const visitor = await person();
  await visitor.goto("/services?place=Karori&radius=50000&day=9999-12-31&page=-1");
  await expect(visitor.alert).toContainText("We looked within 200 km.");
  await expect(visitor.alert).toContainText("too far ahead");
  await expect(visitor.page.getByLabel("Distance")).toHaveValue("200");
});

test("towns are suggested while one types, and chosen with the keyboard", async ({ person, javaScriptEnabled }) => {
  const visitor = await person();
  await visitor.goto("/services");
  const { page } = visitor;
  const place = page.locator("#place");
  if (javaScriptEnabled === false) {
    await place.fill("Karori");
    await page.getByRole("button", { name: "Search" }).click();
    await expect(visitor.heading).toHaveText("Services in Karori, Wellington");
    return;
  }
  await expect(place).toHaveRole("combobox");
  await place.pressSequentially("karo");
  const option = page.getByRole("option", { name: "Karori, Wellington" });
  await expect(option).toBeVisible();
  await expect(place).toHaveAttribute("aria-expanded", "true");
  await place.press("ArrowDown");
  await expect(option).toHaveAttribute("aria-selected", "true");
  await expect(place).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id"))!);
  await place.press("Escape");
  await expect(option).toBeHidden();
  await place.fill("karor");
  await expect(option).toBeVisible();
  await place.press("ArrowDown");
  await place.press("Enter");
  await expect(place).toHaveValue("Karori, Wellington");
  await place.press("Enter");
  await expect(visitor.heading).toHaveText("Services in Karori, Wellington");
});

test("a suggestion can be pressed", async ({ person, javaScriptEnabled }) => {
  const visitor = await person();
  await visitor.goto("/services");
  const { page } = visitor;
  if (javaScriptEnabled === false) {
    await expect(page.locator("#place-list")).toBeHidden();
    return;
  }
  await expect(page.locator("#place")).toHaveRole("combobox");
  await page.locator("#place").pressSequentially("petone");
  await page.getByRole("option", { name: /^Petone/ }).click();
  await expect(page.locator("#place")).toHaveValue(/^Petone, /);
  await expect(page.locator("#place")).toBeFocused();
});

test("the arrows go around, and Escape leaves what was typed", async ({ person, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false);
  const visitor = await person();
  await visitor.goto("/services");
  const { page } = visitor;
  const place = page.locator("#place");
  await expect(place).toHaveRole("combobox");
  await expect(place).toHaveAttribute("aria-expanded", "false");
  await place.pressSequentially("well");
  const options = page.locator("#place-list").getByRole("option");
  await expect(options.first()).toHaveText("Wellington, Wellington");
  await place.press("ArrowUp");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await place.press("ArrowDown");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await expect(options.and(page.locator("[aria-selected=true]"))).toHaveCount(1);
  await place.press("ArrowDown");
  await place.press("ArrowUp");
  await expect(place).toHaveAttribute("aria-activedescendant", (await options.first().getAttribute("id"))!);
  await place.press("Escape");
  await expect(place).toHaveValue("well");
  await expect(place).toHaveAttribute("aria-activedescendant", "");
  await expect(place).toHaveAttribute("aria-expanded", "false");
});

test("an answer that comes late changes nothing, and none opens the list that was left", async ({
  person,
  javaScriptEnabled,
}) => {
  test.skip(javaScriptEnabled === false);
  const visitor = await person();
  await visitor.goto("/services");
  const { page } = visitor;
  const place = page.locator("#place");
  await expect(place).toHaveRole("combobox");
  const answers = new Map<string, () => void>();
  await page.route("**/api/suggest_places?*", async (route) => {
    const typed = new URL(route.request().url()).searchParams.get("typed")!;
    await new Promise<void>((resolve) => answers.set(typed, resolve));
    await route.fulfill({ json: [`${typed}, somewhere`] });
  });
  /** Lets the answer to what was typed through, until the page has dealt with it. */
  const answer = async (typed: string) => {
    await expect.poll(() => answers.has(typed)).toBe(true);
    const response = page.waitForResponse((response) => response.url().endsWith(`typed=${typed}`));
    answers.get(typed)!();
    await (await response).finished();
    await page.evaluate(() => new Promise(requestAnimationFrame));
  };
  const options = page.locator("#place-list").getByRole("option", { includeHidden: true });
  await place.fill("ka");
  await expect.poll(() => answers.has("ka")).toBe(true);
  await place.fill("karori");
  await answer("karori");
  await expect(options).toHaveText(["karori, somewhere"]);
  await answer("ka");
  await expect(options).toHaveText(["karori, somewhere"]);
  await place.fill("petone");
  await expect.poll(() => answers.has("petone")).toBe(true);
  await page.getByLabel("What do you need?").focus();
  await answer("petone");
  await expect(options).toHaveText(["karori, somewhere"]);
  await expect(page.locator("#place-list")).toBeHidden();
});

test("near me asks for the position when it is pressed", async ({ person, javaScriptEnabled }) => {
  const visitor = await person();
  const { page } = visitor;
  await page.context().grantPermissions(["geolocation"], { origin: visitor.url });
  await page.context().setGeolocation({ latitude: -41.2937, longitude: 174.7821 });
  await visitor.goto("/services");
  const button = page.getByRole("button", { name: "Near me" });
  if (javaScriptEnabled === false) {
    await expect(button).toBeHidden();
    return;
  }
  await button.click();
  await expect(visitor.heading).toHaveText("Services near you");
  await expect(page).toHaveURL(/near=-41\.294%2C174\.782/);
});

test("the page and its styles arrive in the first flight, and axe finds nothing", async ({
  person,
  market,
  javaScriptEnabled,
}) => {
  const html = await (await fetch(`${market.url}/services`)).text();
  const bytes = brotliCompressSync(html).length + brotli(built("css")[0]!);
  test.info().annotations.push({ type: "bytes", description: `${bytes} bytes of HTML and CSS` });
  expect(bytes).toBeLessThanOrEqual(PAGE);
  if (javaScriptEnabled === false) return;
  const visitor = await person();
  for (const path of [
    "/services?place=Te+Aro,+Wellington",
    "/services?place=Newtown",
    "/services?q=zzz&place=Karori&instant=on",
  ]) {
    for (const theme of ["light", "dark"] as const) {
      await visitor.wear(theme);
      await visitor.goto(path);
      await expectAccessible(visitor.page, `${path}, ${theme}`);
    }
  }
});
