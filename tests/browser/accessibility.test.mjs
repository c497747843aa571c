// The first thing that the desk must be is usable by everybody: axe finds nothing, whatever it shows, in light and in dark.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, launch, serveFixture, visit, visitDesk } from "./support.mjs";

let browser;
let site;
before(async () => {
  browser = await launch();
  site = await serveFixture();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const STATES = {
  "before it is connected": async (options) => {
    const page = await visit(browser, site.url, options);
    await page.waitForFunction(() => globalThis.loaded === true);
    return page;
  },
  "without a call": (options) => visitDesk(browser, site.url, { call: null }, options),
  "with a call": (options) => visitDesk(browser, site.url, {}, options),
  "with the list of queues open": async (options) => {
    const page = await visitDesk(browser, site.url, {}, options);
    await page.desk.getByRole("combobox").click();
    await page.desk.getByText("1 agent available").first().waitFor();
    await page.keyboard.press("ArrowDown");
    return page;
  },
  "with a queue that can take the call": (options) => chosen("Billing", "Can take the call", options),
  "with a queue that can't": (options) => chosen("Claims", "Can't take the call", options),
  "with a bad number": async (options) => {
    const page = await visitDesk(browser, site.url, {}, options);
    await page.desk.getByRole("radio", { name: "Number" }).check();
    await page.press("Transfer");
    await page.desk.locator("#phone-finding").waitFor();
    return page;
  },
  "while a transfer runs": async (options) => {
    const page = await visitDesk(browser, site.url, { clock: "real", rings: 60 }, options);
    await page.chooseQueue("Billing");
    await page.press("Transfer");
    await page.desk.getByText("The platform accepted the transfer").waitFor();
    return page;
  },
  "after a connection": (options) => transferred({}, options),
  "after a fallback, with the story open": async (options) => {
    const page = await transferred({ queue: "Claims" }, options);
    await page.desk.locator("summary").click();
    return page;
  },
  "after an end in doubt": (options) => transferred({ setUp: { rings: 60, policy: { steps: [], budgetSeconds: 8 } } }, options),
  "after a configuration that is refused": async (options) => {
    const page = await visitDesk(browser, site.url, {}, options);
    await page.evaluate(() => globalThis.desk.configure({ profile: "cxone-v2", baseUrl: "nowhere", token: () => "" }).catch(() => {}));
    return page;
  },
};

async function chosen(queue, words, options) {
  const page = await visitDesk(browser, site.url, {}, options);
  await page.chooseQueue(queue);
  await page.desk.getByText(words).first().waitFor();
  return page;
}

async function transferred({ queue = "Billing", setUp = {} }, options) {
  const page = await visitDesk(browser, site.url, setUp, options);
  await page.chooseQueue(queue);
  await page.press("Transfer");
  await page.ended();
  return page;
}

for (const [state, open] of Object.entries(STATES)) {
  test(`axe finds nothing ${state}`, async () => {
    const page = await open({ reducedMotion: "reduce" });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await findings(page), [], colorScheme);
    }
    assert.deepEqual(await page.evaluate(() => globalThis.violations), []);
    assert.deepEqual(page.failures, []);
    await page.close();
  });
}

test("axe looks into the desk: it finds a label that is gone", async () => {
  const page = await visitDesk(browser, site.url);
  await page.evaluate(() => {
    const root = globalThis.desk.shadowRoot;
    root.querySelector("label[for=queue]").remove();
    root.querySelector("#queue").placeholder = "";
  });
  assert.match((await findings(page)).join(), /label/);
  await page.close();
});

test("a narrow page, and text of twice the size, need no scrolling sideways", async () => {
  for (const size of ["100%", "200%"]) {
    const page = await visitDesk(browser, site.url, {}, { viewport: { width: size === "100%" ? 320 : 640, height: 800 } });
    await page.evaluate((size) => (document.documentElement.style.fontSize = size), size);
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
    await page.chooseQueue("Billing");
    assert.ok(await fits(), `the form at ${size}`);
    await page.press("Transfer");
    await page.ended();
    assert.ok(await fits(), `the outcome at ${size}`);
    await page.close();
  }
});

test("nothing moves for who asked for no motion", async () => {
  const page = await visitDesk(browser, site.url, { clock: "real", rings: 60 }, { reducedMotion: "reduce" });
  await page.chooseQueue("Billing");
  await page.press("Transfer");
  await page.heading().waitFor();
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
  await page.close();
});
