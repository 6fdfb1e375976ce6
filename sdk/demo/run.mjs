// Starts the shop, lets the visitors in, waits until RetroSpec has made something of it.
// Usage: node demo/run.mjs [--stay] [--fault ID], with the exports of "./retrospec env".
import { parseArgs } from 'node:util';
import { faultNamed } from './faults.mjs';
import { startShop } from './server.mjs';
import { LAPTOP, letVisitorsIn, PHONE, required } from './visitors.mjs';
import { DEMO_FAULTS, VISITS } from './visits.mjs';

/** A visitor reads before clicking; shorter steps would make replays nobody can follow. */
const PACE = { pauseMs: 900, lastLookMs: 3_000, atOnce: 3 };

/** The recorder sends every few seconds and once more when the page is left. */
const ISSUES_TIMEOUT_MS = 60_000;

const { stay, fault } = parseArgs({
  options: { stay: { type: 'boolean' }, fault: { type: 'string' } },
}).values;

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

function visitsOf(one) {
  const { steps } = faultNamed(one);
  return [
    { user: 'ada', device: LAPTOP, steps },
    { user: 'bela', device: PHONE, steps },
    { user: 'cleo', device: LAPTOP, steps },
  ];
}

const faults = fault ? [fault] : DEMO_FAULTS;
const visits = fault ? visitsOf(fault) : VISITS;
const shop = await startShop({
  retrospecUrl: required('RETROSPEC_URL'),
  ingestKey: required('RETROSPEC_INGEST_KEY'),
  faults,
});
try {
  console.log(`The shop is open: ${shop.url}`);
  await letVisitorsIn(
    visits.map((visit) => ({ ...visit, shopUrl: shop.url })),
    PACE,
  );
  const issues = await waitForIssues(faults.length);
  console.log(`\n${issues.length} issues:`);
  for (const issue of issues) {
    console.log(`  ${issue.sessionCount} sessions, ${issue.userCount} users: ${issue.symptom}`);
  }
  console.log(`\nLook at them: ${required('RETROSPEC_URL')}/admin/issues?project=proj_default`);
  console.log(`  user ${required('RETROSPEC_USER')}, password ${required('RETROSPEC_PASSWORD')}`);
  if (stay) {
    console.log(`\nThe shop stays open at ${shop.url} (Ctrl-C closes it).`);
    await new Promise((resolve) => process.once('SIGINT', resolve));
  }
} finally {
  await shop.close();
}
