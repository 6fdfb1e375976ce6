// Starts the shop, lets the visitors in, waits until RetroSpec has made something of it.
// Usage: node demo/run.mjs [--stay], with the exports of "./retrospec env".
import { chromium } from 'playwright-core';
import { startShop } from './server.mjs';
import { VISITS } from './visits.mjs';

const CHROMIUM_ARGUMENTS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  // Chromium refuses to start as root with its sandbox on.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** A visitor reads before clicking; shorter steps would make replays nobody can follow. */
const PAUSE_MS = 900;

/** And looks at what came of it before leaving, so that no replay ends at the failure itself. */
const LAST_LOOK_MS = 3_000;

/** Visitors in the shop at once: enough for a short demonstration, few enough for two cores. */
const AT_ONCE = 3;

/** The recorder sends every few seconds and once more when the page is left. */
const ISSUES_TIMEOUT_MS = 60_000;

function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: eval "$(./retrospec env)" first`);
  }
  return value;
}

async function act(browser, shopUrl, { user, device, steps }) {
  const context = await browser.newContext(device);
  try {
    const page = await context.newPage();
    await page.goto(shopUrl);
    await page.locator('[data-product]').first().waitFor();
    await page.evaluate((id) => window.retrospec.identify(id), user);
    for (const step of steps) {
      await page.waitForTimeout(PAUSE_MS);
      await step(page);
    }
    await page.mouse.move(200, 300, { steps: 8 });
    await page.waitForTimeout(LAST_LOOK_MS);
    await page.mouse.move(260, 340, { steps: 8 });
    await page.evaluate(() => window.retrospec.flush());
  } finally {
    await context.close();
  }
}

async function letVisitorsIn(shopUrl) {
  const browser = await chromium.launch({
    executablePath: required('RETROSPEC_CHROMIUM'),
    args: CHROMIUM_ARGUMENTS,
  });
  try {
    const waiting = [...VISITS.entries()];
    const serve = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [index, visit] = next;
        console.log(`  visitor ${index + 1} of ${VISITS.length}: ${visit.user}`);
        await act(browser, shopUrl, visit);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, serve));
  } finally {
    await browser.close();
  }
}

async function api(path, method = 'GET') {
  const answer = await fetch(required('RETROSPEC_URL') + path, {
    method,
    headers: { 'X-Retrospec-Key': required('RETROSPEC_SECRET_KEY') },
  });
  if (!answer.ok) {
    throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  }
  return answer.json();
}

/** Promotion happens on ingest; what is waited for here is that every fault has become an issue. */
async function waitForIssues(expected) {
  const deadline = Date.now() + ISSUES_TIMEOUT_MS;
  for (;;) {
    await api('/v1/issues/promote', 'POST');
    const { issues } = await api('/v1/issues?state=active');
    if (issues.length >= expected || Date.now() > deadline) {
      return issues;
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

const shop = await startShop({
  retrospecUrl: required('RETROSPEC_URL'),
  ingestKey: required('RETROSPEC_INGEST_KEY'),
});
try {
  console.log(`The shop is open: ${shop.url}`);
  await letVisitorsIn(shop.url);
  const issues = await waitForIssues(4);
  console.log(`\n${issues.length} issues:`);
  for (const issue of issues) {
    console.log(`  ${issue.sessionCount} sessions, ${issue.userCount} users: ${issue.symptom}`);
  }
  console.log(`\nLook at them: ${required('RETROSPEC_URL')}/admin/issues?project=proj_default`);
  console.log(`  user ${required('RETROSPEC_USER')}, password ${required('RETROSPEC_PASSWORD')}`);
  if (process.argv.includes('--stay')) {
    console.log(`\nThe shop stays open at ${shop.url} (Ctrl-C closes it).`);
    await new Promise((resolve) => process.once('SIGINT', resolve));
  }
} finally {
  await shop.close();
}
