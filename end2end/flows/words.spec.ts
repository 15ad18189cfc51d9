import { expect, test } from "../support/test.ts";

const STRANGE = [
  `<script>document.title = "taken over"</script><img src=x onerror="document.title='taken over'">`,
  "Kia ora 👩🏽‍🔧🛁 — Ngā mihi",
  "مرحبا، متى يمكنك أن تأتي؟",
];

for (const [n, words] of STRANGE.entries()) {
  test(`words are shown as they were typed, ${["script", "emoji", "right to left"][n]}`, async ({ open }) => {
    const provider = await open("provider", "requested-fixed");
    await provider.act("Accept", { Message: words });
    await provider.expectDone("Accepted", "Booking accepted by the provider");
    await expect(provider.events.first().getByRole("blockquote")).toHaveText(words);

    const customer = await open("customer", "requested-fixed");
    const quoted = customer.events.first().getByRole("blockquote");
    await expect(quoted).toHaveText(words);
    await expect(quoted).toHaveCSS("direction", n === 2 ? "rtl" : "ltr");
    await expect(customer.page).toHaveTitle(/^Hot water cylinder check GS-/);
  });
}

test("what was typed survives a problem with another field", async ({ open }) => {
  const provider = await open("provider", "in-progress");
  const dialog = await provider.dialog("Mark as done");
  const words = "</textarea><b>Two hours</b> & a new valve 🔧";
  provider.expectRefusal(422, "finish");
  await dialog.fill({ "Final amount": "1000", Message: words });
  await dialog.submit();
  await dialog.expectProblem("Final amount", "Give at most the agreed price.");
  await expect(dialog.field("Message")).toHaveValue(words);

  await dialog.fill({ "Final amount": "100" });
  await dialog.submit();
  await provider.expectDone("Awaiting confirmation", "Marked as done by the provider");
  await expect(provider.events.first().getByRole("blockquote")).toHaveText(words);
});
