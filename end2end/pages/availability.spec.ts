import type { Person } from "../support/person.ts";
import { expect, test } from "../support/test.ts";

const PATH = "/provider/availability";

const field = (person: Person, name: string) => person.page.getByRole("textbox", { name, exact: true });
const press = (person: Person, name: string | RegExp) => person.page.getByRole("button", { name }).first().click();

test("the week is a table with every state in words and in the legend", async ({ person }) => {
  const provider = await person("provider2");
  await provider.goto(PATH);
  await expect(provider.heading).toHaveText("My hours");
  const table = provider.page.getByRole("table");
  await expect(table.getByRole("columnheader")).toHaveCount(7);
  await expect(table.getByRole("rowheader", { name: "09:00" })).toBeVisible();
  await expect(provider.page.getByRole("list", { name: "Legend" }).getByRole("listitem")).toHaveCount(5);
  await provider.page.getByRole("link", { name: "Week after" }).click();
  await provider.page.getByRole("link", { name: "Week after" }).click();
  await expect(table.getByText("free").first()).toBeAttached();
  await provider.page.getByRole("link", { name: "This week" }).click();
  await expect(provider.page.getByRole("link", { name: "This week" })).toHaveCount(0);
});

test("a week is mended where it is wrong, saved, and taken back", async ({ person }) => {
  const provider = await person("provider2");
  await provider.goto(PATH);
  const before = await field(provider, "Sunday").inputValue();
  await field(provider, "Sunday").fill("8-12, 11-13");
  provider.watch.expect(422, `${PATH}/week`);
  await press(provider, "Save the week");
  await expect(provider.alert).toContainText("Sunday: 08:00-12:00 and 11:00-13:00 overlap.");
  await expect(field(provider, "Sunday")).toHaveValue("8-12, 11-13");
  await field(provider, "Sunday").fill("7am - 12pm, 12:00-20:00");
  await press(provider, "Save the week");
  await expect(provider.page.getByRole("status")).toContainText("Your week is saved.");
  await expect(field(provider, "Sunday")).toHaveValue("07:00-20:00");
  await press(provider, "Undo");
  await expect(field(provider, "Sunday")).toHaveValue(before);
});

test("bookings outside the new hours are named before anything is saved", async ({ person }) => {
  const provider = await person("provider");
  await provider.goto(PATH);
  const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
  for (const day of days) await field(provider, day).fill("");
  provider.watch.expect(409, `${PATH}/week`);
  await press(provider, "Save the week");
  await expect(provider.alert).toContainText("outside your hours");
  await expect(provider.alert.getByRole("link", { name: /^GS-/ }).first()).toBeVisible();
  await provider.page.getByRole("link", { name: "Keep my hours" }).click();
  await expect(field(provider, "Monday")).toHaveValue("07:00-12:00, 13:00-19:00");
  for (const day of days) await field(provider, day).fill("");
  await press(provider, "Save the week");
  await press(provider, "Save anyway");
  await expect(provider.page.getByRole("status")).toContainText("Your week is saved.");
  await expect(field(provider, "Monday")).toHaveValue("");
});

test("a day off is added and removed, and holidays come with one press", async ({ person }) => {
  const provider = await person("provider2");
  await provider.goto(PATH);
  const days = provider.page.getByRole("list", { name: "Days that are different" });
  const later = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  await provider.page.getByLabel("Day", { exact: true }).fill(later);
  await provider.page.getByRole("radio", { name: "Day off" }).check();
  await field(provider, "Note").fill("Fishing");
  await press(provider, "Save the day");
  await expect(days.getByRole("listitem")).toHaveCount(1);
  await expect(days).toContainText("Fishing");
  await press(provider, /^Remove /);
  await expect(days).toHaveCount(0);

  await provider.page.getByText("Public holidays", { exact: true }).click();
  await press(provider, /^Add as day off ?: Christmas Day/);
  await expect(days).toContainText("Christmas Day");
});

test("a calendar file takes time, and a broken one says what to do", async ({ person }) => {
  const provider = await person("provider2");
  await provider.goto(PATH);
  const upload = async (name: string, text: string) => {
    const file = { name, mimeType: "text/calendar", buffer: Buffer.from(text) };
    await expect(provider.page.getByLabel("Calendar file")).toBeVisible();
    await provider.page.getByLabel("Calendar file").setInputFiles(file);
    await press(provider, "Upload the file");
  };
  provider.watch.expect(422, `${PATH}/files`);
  await upload("broken.ics", "hello");
  await expect(provider.alert).toContainText("This is no calendar file.");
  const start = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");
  await upload(
    "private.ics",
    `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:${start}T000000Z\r\nDURATION:PT2H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`,
  );
  const calendars = provider.page.getByRole("list", { name: "Other calendars" });
  await expect(calendars).toContainText("private.ics");
  await expect(calendars).toContainText("1 busy time");
  await press(provider, "Remove private.ics");
  await expect(calendars).toHaveCount(0);
});

test("an address inside our own network is not fetched", async ({ person }) => {
  const provider = await person("provider2");
  await provider.goto(PATH);
  provider.watch.expect(422, `${PATH}/calendars`);
  await field(provider, "Address of a calendar").fill("https://localhost/calendar.ics");
  await press(provider, "Add the calendar");
  await expect(provider.alert).toContainText("not on the public internet");
  await expect(field(provider, "Address of a calendar")).toHaveValue("https://localhost/calendar.ics");
});
