import type { Person } from "../support/person.ts";
import { expect, test } from "../support/test.ts";

/** A red square, 2 x 2, as a PNG. */
const RED = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGO4IyICRAwQCgAfngQRsu1RiQAAAABJRU5ErkJggg==",
  "base64",
);

const button = (person: Person, name: string) => person.page.getByRole("button", { name, exact: true });
const field = (person: Person, name: string) => person.page.getByRole("textbox", { name });

/** Writes a whole service and saves it as a draft. */
async function write(person: Person, title: string): Promise<void> {
  await person.goto("/provider/services");
  await person.page.getByRole("link", { name: "New service" }).click();
  await field(person, "Title").fill(title);
  await field(person, "Description").fill("Every gutter cleared by hand.\n\nFlushed <b>twice</b>.");
  await person.page.getByRole("combobox", { name: "Category" }).selectOption("Handyman");
  await field(person, "Amount").fill("120.50");
  await button(person, "Save as a draft").click();
  await expect(person.heading).toHaveText(title);
}

test("a service is written, illustrated, published, found, edited and archived", async ({ person }) => {
  const provider = await person("provider");
  const visitor = await person();
  await write(provider, "Gutter cleaning");
  await expect(provider.page).toHaveURL("/services/gutter-cleaning?done=saved");
  await expect(provider.page.getByText("Only you see this page.")).toBeVisible();
  visitor.watch.expect(404, "/services/gutter-cleaning");
  await visitor.goto("/services/gutter-cleaning");
  await expect(visitor.heading).toHaveText("Not found");

  await provider.page.getByRole("link", { name: "Photos" }).click();
  await provider.page
    .getByLabel("Photo", { exact: true })
    .setInputFiles({ name: "a.png", mimeType: "image/png", buffer: RED });
  await field(provider, "What it shows").fill("A clean gutter");
  await button(provider, "Add photo").click();
  await expect(provider.page.getByRole("img", { name: "A clean gutter" })).toBeVisible();
  await provider.page.getByRole("link", { name: "Gutter cleaning" }).click();
  await button(provider, "Publish").click();
  await expect(provider.page.getByRole("status")).toHaveText("Done: people can find it now.");

  await visitor.goto("/services/gutter-cleaning");
  await expect(visitor.heading).toHaveText("Gutter cleaning");
  await expect(visitor.page.getByRole("main")).toContainText("$120.50 NZD");
  await expect(visitor.page.getByText("Flushed <b>twice</b>.")).toBeVisible();
  await expect(visitor.page.getByRole("img", { name: "A clean gutter" })).toBeVisible();
  await expect(visitor.page.getByRole("link", { name: "Choose a time" })).toHaveAttribute(
    "href",
    "/book/gutter-cleaning",
  );

  await provider.page.getByRole("link", { name: "Edit" }).click();
  await field(provider, "Title").fill("Gutter cleaning and flushing");
  await button(provider, "Save, for everybody to see").click();
  await visitor.page.reload();
  await expect(visitor.heading).toHaveText("Gutter cleaning and flushing");

  await button(provider, "Archive").click();
  await expect(provider.page.getByRole("status")).toHaveText("Archived.");
  await visitor.page.reload();
  await expect(visitor.heading).toHaveText("Not found");
});

test("what is wrong is told at its field, a place is asked back, and nothing typed is lost", async ({ person }) => {
  const provider = await person("provider");
  provider.watch.expect(422, "/provider/services/new");
  await provider.goto("/provider/services/new");
  await field(provider, "Title").fill("Hedges");
  await field(provider, "Amount").fill("nine");
  await provider.page.getByRole("radio", { name: "Another address" }).check();
  await field(provider, "Town or suburb").fill("Newtown");
  await button(provider, "Save as a draft").click();
  await expect(provider.alert).toBeFocused();
  await expect(provider.alert).toContainText("Give the price in dollars and cents");
  await expect(field(provider, "Amount")).toHaveValue("nine");
  await expect(field(provider, "Amount")).toHaveAccessibleDescription(/Give the price in dollars and cents/);

  await field(provider, "Amount").fill("90");
  await provider.page.getByRole("combobox", { name: "Which one" }).selectOption("Newtown, New South Wales");
  await button(provider, "Save as a draft").click();
  await expect(provider.page.getByRole("main")).toContainText("Within 25 km of Newtown, New South Wales");
});

test("a draft with gaps is not published, and says what is missing", async ({ person }) => {
  const provider = await person("provider");
  await provider.goto("/provider/services/new");
  await field(provider, "Title").fill("Something");
  await button(provider, "Save as a draft").click();
  await expect(provider.page.getByText("Only you see this page.")).toBeVisible();
  provider.watch.expect(422, (await provider.page.locator("form[action$='/publish']").getAttribute("action")) ?? "");
  await button(provider, "Publish").click();
  for (const missing of ["Describe the service", "Choose a category", "Name the price"]) {
    await expect(provider.alert).toContainText(missing);
  }
});

test("an edit in another tab is told, with what is stored beside what was typed", async ({ person }) => {
  const provider = await person("provider");
  await write(provider, "Roof washing");
  await provider.page.getByRole("link", { name: "Edit" }).click();
  const other = await provider.page.context().newPage();
  await other.goto(provider.page.url());
  await other.getByRole("textbox", { name: "Title" }).fill("Roof painting");
  await other.getByRole("button", { name: "Save", exact: true }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Roof painting");

  await field(provider, "Description").fill("Typed for an hour.");
  provider.watch.expect(409, new URL(provider.page.url()).pathname);
  await button(provider, "Save").click();
  await expect(provider.alert).toContainText("changed meanwhile");
  await expect(provider.page.getByText("Roof painting").last()).toBeVisible();
  await expect(field(provider, "Description")).toHaveValue("Typed for an hour.");
  await button(provider, "Save").click();
  await expect(provider.page.getByText("Typed for an hour.")).toBeVisible();
});

test("a text that is called a photo is refused with a remedy", async ({ person }) => {
  const provider = await person("provider");
  await provider.goto("/provider/services");
  await provider.page.getByRole("link", { name: "Photos: Tap washer replacement" }).click();
  provider.watch.expect(422, new URL(provider.page.url()).pathname);
  const text = { name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from("Dear Hemi, this is no photo.") };
  await provider.page.getByLabel("Photo", { exact: true }).setInputFiles(text);
  await button(provider, "Add photo").click();
  await expect(provider.alert).toContainText("Send a JPEG, PNG or WebP.");
});

test("the page of a service says what decides, loads no script, and is read by search engines", async ({ person }) => {
  const visitor = await person();
  const asked: string[] = [];
  visitor.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await visitor.page.goto("/services/bathroom-plumbing", { waitUntil: "networkidle" });
  await expect(visitor.page).toHaveTitle("Bathroom plumbing by Walker Plumbing · GigSta");
  const main = visitor.page.getByRole("main");
  for (const words of [
    "Price on quote",
    "4 hours",
    "Within 35 km of Te Aro, Wellington",
    "Next free",
    "Free to cancel",
  ]) {
    await expect(main).toContainText(words);
  }
  await expect(main).not.toContainText("Tory Street");
  expect(asked.filter((path) => /\.(js|wasm)$/.test(path))).toEqual([]);
  const data = JSON.parse((await visitor.page.locator("script[type='application/ld+json']").textContent()) ?? "");
  expect(data).toMatchObject({ "@type": "Service", name: "Bathroom plumbing", provider: { name: "Walker Plumbing" } });
  await expect(visitor.page.locator("link[rel=canonical]")).toHaveAttribute(
    "href",
    `${visitor.url}/services/bathroom-plumbing`,
  );
});
