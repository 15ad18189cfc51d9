import { expect, test } from "../support/test.ts";

test.use({ marketplace: "shared" });

test("the landing page says what this is and leads on", async ({ person }) => {
  const visitor = await person();
  await visitor.goto("/");
  await expect(visitor.page).toHaveTitle("GigSta");
  await expect(visitor.heading).toHaveText("Good people for the jobs around your place");
  await visitor.page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await expect(visitor.heading).toHaveText("Sign in");
  await visitor.page.getByRole("navigation", { name: "More" }).getByRole("link", { name: "The machine" }).click();
  await expect(visitor.page).toHaveURL("/machine");
});

test("the machine is drawn with a title, and every action is in its tables", async ({ person }) => {
  const visitor = await person();
  await visitor.goto("/machine");
  const drawing = visitor.page.getByRole("main").getByRole("img");
  await expect(drawing).toBeVisible();
  await expect(drawing).toHaveAccessibleName(/\S/);
  const people = visitor.page.getByRole("region", { name: "What people can do" });
  await expect(people.getByRole("rowheader", { name: /^Cancel booking/ })).not.toHaveCount(0);
  const clock = visitor.page.getByRole("region", { name: "What happens by itself" });
  await expect(clock.getByRole("rowheader")).not.toHaveCount(0);
});

test("a page without islands asks for no WASM, and for no script but the small one that listens", async ({
  person,
}) => {
  const customer = await person("customer");
  const asked: string[] = [];
  customer.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  for (const path of ["/", "/machine", "/bookings"]) {
    await customer.page.goto(path, { waitUntil: "networkidle" });
  }
  expect(asked).toContain("/bookings");
  const scripts = asked.filter((path) => /\.(js|wasm)$/.test(path) && !/^\/pkg\/live\.[\w-]+\.js$/.test(path));
  expect(scripts).toEqual([]);
});

test("a booking's page asks for the script and the WASM after it has loaded, once each", async ({ open }) => {
  const customer = await open("customer", "requested-fixed");
  const asked = await customer.page.evaluate(() => {
    const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    const files = performance
      .getEntriesByType("resource")
      .filter((one) => /\/pkg\/gigsta\..+\.(js|wasm)$/.test(one.name));
    return files.map((file) => ({ kind: file.name.split(".").at(-1), late: file.startTime >= page!.loadEventStart }));
  });
  expect(asked).toEqual([
    { kind: "js", late: true },
    { kind: "wasm", late: true },
  ]);
});
