// The desk in a real browser, under a strict content security policy, over a contact centre in the same page.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, serveFixture, textOf, visit, visitDesk } from "./support.mjs";

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

const open = (setUp, options) => visitDesk(browser, site.url, setUp, options);
const told = (page, type) => page.evaluate((type) => globalThis.told.filter((it) => it.type === type), type);
const requests = (page, part = "") => page.evaluate((part) => globalThis.requests.filter((it) => it.includes(part)), part);

test("an agent transfers a call and reads how it ended", async () => {
  const page = await open();
  await page.chooseQueue("Billing");
  await page.desk.getByText("1 agent available.", { exact: true }).waitFor();
  await page.press("Transfer");
  await page.ended();
  assert.equal(await page.heading().textContent(), "Connected to Ann Lee");
  await page.desk.getByText("The call is with Ann Lee in Billing.").first().waitFor();
  await page.desk.getByText(/^1 transfer sent in .* seal intact\.$/).waitFor();
  await page.desk.locator("summary").click();
  for (const line of ["Billing chosen", "Transfer sent", "The platform accepted the transfer", "Ringing", "Connected to Ann Lee"]) {
    assert.ok(await page.desk.getByText(line, { exact: true }).first().isVisible(), line);
  }
  const [{ outcome, call }] = await told(page, "transfer-completed");
  assert.deepEqual([call, outcome.status, outcome.agent, outcome.attempts], ["call-1", "connected", "ann", 1]);
  assert.deepEqual((await told(page, "transfer-started")).map(({ call, mode, kind }) => [call, mode, kind]), [["call-1", "blind", "queue"]]);
  assert.ok((await told(page, "transfer-progressed")).length > 10);
  assert.deepEqual(await page.evaluate(() => globalThis.violations), []);
  assert.deepEqual(page.failures, []);
  await page.close();
});

test("the keyboard alone suffices", async () => {
  const page = await open();
  const focused = () => page.evaluate(() => {
    let it = document.activeElement;
    while (it?.shadowRoot?.activeElement) it = it.shadowRoot.activeElement;
    return [it.tagName.toLowerCase(), it.id, it.value, it.textContent.trim().slice(0, 30)].filter(Boolean).join(" ");
  });
  const keys = async (...names) => {
    for (const name of names) await page.keyboard.press(name);
  };
  const active = () => page.desk.locator("[data-active] .name").textContent();
  await page.locator("#before").focus();
  await keys("Tab");
  assert.equal(await focused(), "input queue");
  await keys("ArrowRight");
  assert.equal(await focused(), "input phone");
  await keys("ArrowLeft", "Tab");
  assert.match(await focused(), /^input queue/);
  await keys("ArrowDown");
  assert.equal(await active(), "Billing");
  await keys("End");
  assert.equal(await active(), "Overflow");
  await keys("ArrowDown");
  assert.equal(await active(), "Billing");
  await keys("ArrowUp", "Home", "ArrowDown");
  assert.equal(await active(), "Claims");
  await keys("Escape");
  assert.equal(await page.desk.getByRole("listbox").count(), 0);
  assert.equal(await page.desk.getByRole("combobox", { name: "Queue" }).inputValue(), "");
  await page.keyboard.type("bil");
  await keys("Enter");
  assert.equal(await page.desk.getByRole("combobox", { name: "Queue" }).inputValue(), "Billing");
  await keys("Tab");
  assert.match(await focused(), /^select skill/);
  await keys("Tab", "ArrowRight");
  assert.equal(await focused(), "input consult");
  await page.desk.getByText("Can take the call").first().waitFor();
  await keys("Tab");
  assert.equal(await focused(), "button Check again");
  await keys("Tab");
  assert.equal(await focused(), "button Start consult");
  await keys("Enter");
  await page.ended();
  assert.equal(await focused(), "h3 Connected to Ann Lee");
  await keys("Tab", "Tab");
  assert.equal(await focused(), "button New transfer");
  await keys("Tab");
  assert.match(await focused(), /^button after/);
  const [{ outcome }] = await told(page, "transfer-completed");
  assert.equal(outcome.status, "connected");
  await page.close();
});

test("bad input is shown at its field with the hint, and no request is made", async () => {
  const page = await open();
  for (const [kind, typed, finding] of [
    ["Number", "555 0100", /Not a number in E\.164.*Begin with a plus and the country code, like \+15550100000\./],
    ["Number", "", /Not a number/],
    ["Extension", "12a", /Not an extension\. Write 1 to 15 digits, like 999\./],
    ["Queue", "", /No queue is chosen\. Choose one from the list\./],
  ]) {
    await page.desk.getByRole("radio", { name: kind }).check();
    const field = page.desk.getByRole(kind === "Queue" ? "combobox" : "textbox", { name: kind });
    await field.fill(typed);
    await page.keyboard.press("Escape");
    await page.press("Transfer");
    assert.equal(await field.getAttribute("aria-invalid"), "true", kind);
    const described = (await field.getAttribute("aria-describedby")).split(" ")[0];
    assert.match(await page.desk.locator(`#${described}`).textContent(), finding);
    assert.match(await page.desk.getByRole("alert").textContent(), finding);
    assert.ok(await field.evaluate((it) => it.getRootNode().activeElement === it), "the field has the focus");
  }
  assert.deepEqual(await requests(page), []);
  assert.deepEqual((await told(page, "transfer-refused")).map(({ report }) => report.issues[0].code), ["invalid-phone", "invalid-phone", "invalid-extension", "no-target"]);
  assert.deepEqual(await told(page, "transfer-started"), []);
  await page.close();
});

test("a queue that can't take the call stays within reach, with the reason and the way out", async () => {
  const page = await open();
  await page.desk.getByRole("combobox", { name: "Queue" }).click();
  const row = page.desk.getByRole("option", { name: /^Claims/ });
  await row.getByText("Campaign is not active.").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.desk.getByRole("combobox", { name: "Queue" }).getAttribute("aria-activedescendant"), await row.getAttribute("id"));
  await page.keyboard.press("Enter");
  await page.desk.getByText("The call goes on: Overflow, then Voicemail (extension 999).").waitFor();
  await page.press("Transfer");
  await page.ended();
  assert.equal(await page.heading().textContent(), "Connected to Bob Ray");
  const steps = await page.desk.getByRole("list", { name: "Steps of the plan" }).getByRole("listitem").allTextContents();
  assert.deepEqual(steps, ["ClaimsLeft outCampaign is not active.", "OverflowTook the call", "Voicemail (extension 999)Not needed"]);
  assert.equal((await requests(page, "POST")).length, 1);
  await page.close();
});

test("rows keep their place and their focus while figures change", async () => {
  const page = await open();
  await page.desk.getByRole("combobox", { name: "Queue" }).click();
  await page.desk.getByText("1 agent available.").first().waitFor();
  await page.keyboard.press("ArrowDown");
  const before = await page.evaluate(() => (globalThis.rows = [...globalThis.desk.shadowRoot.querySelectorAll("[role=option]")]).map((it) => it.textContent));
  await page.evaluate(() => globalThis.sim.setAgent({ queue: "b1111111-1111-4111-8111-11111111111b", agent: "ann", status: "AWAY" }));
  await page.evaluate(async () => {
    await globalThis.sim.clock.sleep(11_000, new AbortController().signal);
  });
  await page.desk.getByText("No available agents in queue Billing.").waitFor();
  const same = await page.evaluate(() => [...globalThis.desk.shadowRoot.querySelectorAll("[role=option]")].every((it, at) => it === globalThis.rows[at]));
  assert.ok(same, `moved: ${before}`);
  assert.equal(await page.desk.locator("[data-active] .name").textContent(), "Billing");
  await page.close();
});

test("a double click sends one transfer and does not cancel it", async () => {
  const page = await open({ clock: "real", rings: 3 });
  await page.chooseQueue("Billing");
  await page.desk.getByRole("button", { name: "Transfer" }).dblclick();
  await page.keyboard.press("Enter");
  await page.ended();
  const [{ outcome }] = await told(page, "transfer-completed");
  assert.equal(outcome.status, "connected");
  assert.equal((await requests(page, "POST")).length, 1);
  await page.close();
});

test("an agent cancels, and reads what the platform may still do", async () => {
  const page = await open({ clock: "real", rings: 60 });
  await page.chooseQueue("Billing");
  await page.press("Transfer");
  await page.desk.getByText("The platform accepted the transfer").waitFor();
  await page.waitForTimeout(600);
  await page.press("Cancel transfer");
  await page.ended();
  assert.equal(await page.heading().textContent(), "Cancelled, but not taken back");
  await page.desk.getByText(/may still connect it/).first().waitFor();
  await page.close();
});

test("a policy with conditions decides at the desk, by the engine that it loads for it", async () => {
  const when = { fact: "agentsAvailable", atLeast: 1 };
  const overflow = { id: "overflow", to: { queue: "0f222222-2222-4222-8222-22222222220f" }, when, ifUnknown: "skip", ifStale: "skip" };
  const page = await open({ policy: { steps: [overflow], safe: { id: "voicemail", to: { extension: "999" } } } });
  await page.chooseQueue("Claims");
  await page.press("Transfer");
  await page.ended();
  assert.equal(await page.heading().textContent(), "Connected to Bob Ray");
  const steps = await page.evaluate(() => globalThis.told.at(-1).outcome.reasons.map(({ code }) => code));
  assert.deepEqual(steps, ["no-active-campaign", "planned"]);
  await page.close();
});

test("an end in doubt is never called a failure", async () => {
  const page = await open({ rings: 60, policy: { steps: [], budgetSeconds: 8 } });
  await page.chooseQueue("Billing");
  await page.press("Transfer");
  await page.ended();
  assert.equal(await page.heading().textContent(), "Not certain yet");
  await page.desk.getByText("Look at the call before you try again: it may still connect.").waitFor();
  await page.close();
});

test("neither token nor phone number stands anywhere once a transfer runs", async () => {
  const page = await open();
  await page.desk.getByRole("radio", { name: "Number" }).check();
  await page.desk.getByRole("textbox", { name: "Number" }).fill("+1 (555) 010-4242");
  await page.press("Transfer");
  await page.ended();
  assert.equal(await page.heading().textContent(), "Connected to the phone number");
  await page.desk.getByText("What happened").click();
  await page.desk.getByText("Connected to the phone number", { exact: true }).last().waitFor();
  for (const text of [await textOf(page), JSON.stringify(await page.evaluate(() => globalThis.told))]) {
    assert.deepEqual(text.match(/s3cr3t|4242/g), null);
  }
  await page.close();
});

test("a configuration that is refused says why, and rejects", async () => {
  const page = await open();
  const code = await page.evaluate(() => globalThis.desk.configure({ profile: "nobody", baseUrl: "https://na1.example.com", token: () => "s3cr3t" }).catch((error) => error.code));
  assert.equal(code, "unknown-profile");
  await page.desk.getByText("The desk is not set up as it should be.").first().waitFor();
  await page.desk.getByText("There is no profile of this name. Known are cxone-v2, cxone-v2-names, genesys-v2.").first().waitFor();
  assert.match(await page.desk.getByRole("alert").textContent(), /not set up/);
  const misspelt = await page.evaluate(() => globalThis.desk.configure({ profile: "cxone-v2", baseURL: "x", token: () => "" }).catch((error) => `${error.code} ${error.hint}`));
  assert.equal(misspelt, "unknown-field did you mean `baseUrl`?");
  await page.close();
});

test("transfers go on while the agent looks at another call", async () => {
  const page = await open({ clock: "real", rings: 2 });
  await page.chooseQueue("Billing");
  await page.press("Transfer");
  await page.heading().waitFor();
  await page.evaluate(() => (globalThis.desk.call = { id: "call-2", label: "Tomasz Nowak" }));
  await page.desk.getByRole("button", { name: "Transfer", exact: true }).waitFor();
  assert.equal(await page.desk.getByRole("combobox", { name: "Queue" }).inputValue(), "");
  await page.waitForFunction(() => globalThis.told.some(({ type }) => type === "transfer-completed"));
  await page.evaluate(() => (globalThis.desk.call = { id: "call-1", label: "Maria Keller" }));
  await page.ended();
  assert.equal(await page.heading().textContent(), "Connected to Ann Lee");
  await page.close();
});

test("what changes is announced: politely as it goes, at once when it ends", async () => {
  const page = await open({ clock: "real", rings: 3 });
  await page.evaluate(() => {
    globalThis.said = [];
    for (const role of ["status", "alert"]) {
      const region = globalThis.desk.shadowRoot.querySelector(`[role=${role}]`);
      new MutationObserver(() => region.textContent && globalThis.said.push(`${role}: ${region.textContent}`)).observe(region, { childList: true });
    }
  });
  await page.chooseQueue("Billing");
  await page.desk.getByText("Can take the call").first().waitFor();
  await page.press("Transfer");
  await page.ended();
  const said = await page.evaluate(() => globalThis.said);
  for (const words of ["status: Can take the call. 1 agent available.", "status: Ringing", "alert: Connected to Ann Lee. The call is with Ann Lee in Billing."]) {
    assert.ok(said.includes(words), `${words} in ${said.join(" | ")}`);
  }
  assert.equal(await page.desk.locator("[role=status], [role=alert]").count(), 2);
  await page.close();
});

test("properties that were set before the element was defined count", async () => {
  const page = await visit(browser, site.url);
  await page.waitForFunction(() => globalThis.loaded === true);
  const id = await page.evaluate(() => {
    const late = document.createElement("patchcord-desk-late");
    late.call = { id: "call-7" };
    document.body.append(late);
    customElements.define("patchcord-desk-late", class extends customElements.get("patchcord-desk") {});
    return late.call.id;
  });
  assert.equal(id, "call-7");
  await page.close();
});

test("without queues to choose among, numbers and extensions are on offer", async () => {
  const page = await open();
  await page.evaluate(() => (globalThis.desk.queues = []));
  await page.desk.getByRole("textbox", { name: "Number" }).waitFor();
  assert.deepEqual(await page.desk.getByRole("radio", { name: /Queue|Number|Extension/ }).evaluateAll((all) => all.map((it) => it.value)), ["phone", "extension"]);
  const refused = await page.evaluate(() => {
    try {
      globalThis.desk.queues = [{ id: "q" }];
    } catch (error) {
      return [error.code, error.path];
    }
  });
  assert.deepEqual(refused, ["missing-field", "$.queues[0].name"]);
  await page.close();
});

test("parts and custom properties dress the desk from outside", async () => {
  const page = await open();
  const [button, title] = await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("patchcord-desk { --patchcord-accent: rgb(1, 2, 3); } patchcord-desk::part(header) { background: rgb(4, 5, 6); }");
    document.adoptedStyleSheets = [sheet];
    const root = globalThis.desk.shadowRoot;
    return [getComputedStyle(root.querySelector(".primary")).backgroundColor, getComputedStyle(root.querySelector("header")).backgroundColor];
  });
  assert.deepEqual([button, title], ["rgb(1, 2, 3)", "rgb(4, 5, 6)"]);
  await page.close();
});
