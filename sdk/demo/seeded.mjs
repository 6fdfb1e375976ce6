// Breaks the shop in every way that is known, one fault at a time and each in a project of its own,
// and says as JSON, a line for each fault, what RetroSpec has made of it.
// Usage: node demo/seeded.mjs [ID…], with the exports of "./retrospec env".
import { FAULTS, faultNamed, HEALTHY_STEPS } from './faults.mjs';
import { startShop } from './server.mjs';
import { LAPTOP, letVisitorsIn, PHONE, required } from './visitors.mjs';

/** Machines read fast; a dead click is judged after 2.75 s, a rejection is told at once. */
const PACE = { pauseMs: 300, lastLookMs: 3_500, atOnce: 5 };

const PEOPLE = [
  { user: 'ada', device: LAPTOP },
  { user: 'bela', device: PHONE },
  { user: 'cleo', device: LAPTOP },
];

/** Sessions end, jobs run, counts are folded. */
const SETTLED_TIMEOUT_MS = 90_000;

/** The healthy run has nothing to wait for; by then a false issue would be there. */
const HEALTHY = { id: 'healthy', what: 'nothing', steps: HEALTHY_STEPS, facts: [] };

async function ask(path, headers, body) {
  const answer = await fetch(required('RETROSPEC_URL') + path, {
    method: body ? 'POST' : 'GET',
    headers: { ...headers, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) {
    throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }
  return answer.json();
}

async function openProject(fault) {
  const admin = { 'X-Retrospec-Admin': required('ADMIN_API_KEY') };
  const name = `Seeded: ${fault.id}`;
  const { project, apiKey } = await ask('/v1/admin/projects', admin, { name, site: 'tea.example' });
  const keys = `/v1/admin/projects/${project.id}/keys`;
  const ingest = await ask(keys, admin, { label: 'shop', scope: 'ingest' });
  const shop = await startShop({
    retrospecUrl: required('RETROSPEC_URL'),
    ingestKey: ingest.apiKey,
    faults: fault === HEALTHY ? [] : [fault.id],
  });
  return { fault, project, key: { 'X-Retrospec-Key': apiKey }, shop };
}

/** The issues with a report card each, when all visitors are counted and the card is no longer pending. */
async function outcome({ fault, key, project }) {
  const { id, kind, facts } = fault;
  const expected = fault === HEALTHY ? 0 : 1;
  const deadline = Date.now() + SETTLED_TIMEOUT_MS;
  for (;;) {
    const { issues } = await ask('/v1/issues?state=active', key);
    const { sessions } = await ask('/v1/sessions?limit=10', key);
    const cards = [];
    for (const issue of issues) {
      const session = await ask(`/v1/sessions/${issue.representativeSessionId}`, key);
      cards.push(session.session.reportCard);
    }
    const missing = facts
      .filter((fact) => !cards.some((card) => fact.test(JSON.stringify(card ?? {}))))
      .map((fact) => fact.source);
    // A card is looked at again when what came after the failure is here, too.
    const settled =
      missing.length === 0 &&
      sessions.length === PEOPLE.length &&
      issues.length >= expected &&
      issues.every((issue) => issue.userCount === PEOPLE.length) &&
      cards.every((card) => card && card.status !== 'pending');
    if (settled || Date.now() > deadline) {
      return {
        fault: id,
        project: project.id,
        sessions: sessions.length,
        expected: { kind, facts: facts.map((fact) => fact.source) },
        issues: issues.map((issue, index) => ({ ...issue, card: cards[index] })),
        missing,
      };
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

const wanted = process.argv.slice(2);
const faults = wanted.length > 0 ? wanted.map(faultNamed) : [...FAULTS, HEALTHY];
const rooms = await Promise.all(faults.map(openProject));
try {
  await letVisitorsIn(
    rooms.flatMap(({ fault, shop }) =>
      PEOPLE.map((person) => ({ ...person, steps: fault.steps, shopUrl: shop.url })),
    ),
    PACE,
  );
  for (const room of rooms) {
    console.log(JSON.stringify(await outcome(room)));
  }
} finally {
  await Promise.all(rooms.map(({ shop }) => shop.close()));
}
