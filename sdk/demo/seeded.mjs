// Breaks the shop in every way that is known, one fault at a time and each in a project of its own,
// and says as JSON, a line for each fault, what RetroSpec has made of it.
// Usage: node demo/seeded.mjs [ID…], with the exports of "./retrospec env".
import { FAULTS, faultNamed, HEALTHY_STEPS } from './faults.mjs';
import { startShop } from './server.mjs';
import { LAPTOP, letVisitorsIn, PHONE, required } from './visitors.mjs';

/** Machines read fast; a dead click is judged after 2.75 s, a rejection is told at once. */
const PACE = { pauseMs: 300, lastLookMs: 3_500, atOnce: 5 };

/** Three people; who comes twice is one of them. */
const VISITS = [
  { user: 'ada', device: LAPTOP },
  { user: 'bela', device: PHONE },
  { user: 'cleo', device: LAPTOP },
  { user: 'ada', device: PHONE },
];
const PEOPLE = new Set(VISITS.map(({ user }) => user)).size;

/** Sessions end, jobs run, counts are folded. */
const SETTLED_TIMEOUT_MS = 90_000;

const HEALTHY = { id: 'healthy', what: 'nothing', steps: HEALTHY_STEPS, facts: [] };

/** What makes an issue, and a card, of what was seen. */
const WORK = ['replay', 'analysis', 'recognition'];

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

/** What a developer reads; ids and times name nothing. */
function told(card) {
  const { symptom, technicalRootCause, suggestedFix, textSummary, visualSummary } = card ?? {};
  return [symptom, technicalRootCause, suggestedFix, textSummary, visualSummary].join('\n');
}

async function isAtRest() {
  const admin = { 'X-Retrospec-Admin': required('ADMIN_API_KEY') };
  const queues = await ask('/v1/admin/queue-health', admin);
  return WORK.every((kind) => queues[kind].pending === 0);
}

/** An issue with the report card of its session, and whether the card is about it. */
async function withCard(issue, key) {
  const { session } = await ask(`/v1/sessions/${issue.representativeSessionId}`, key);
  const card = session.reportCard;
  const explained = session.markers.find(({ id }) => id === card?.markerId);
  return { ...issue, card, isExplained: explained?.clusterKey === issue.key };
}

/** What is there when all visits are counted and nothing is under way that could change it. */
async function outcome({ fault, key, project }) {
  const { id, kind, facts } = fault;
  const deadline = Date.now() + SETTLED_TIMEOUT_MS;
  for (;;) {
    const found = await ask('/v1/issues?state=active', key);
    const issues = await Promise.all(found.issues.map((issue) => withCard(issue, key)));
    const { sessions } = await ask('/v1/sessions?limit=10', key);
    const missing = facts
      .filter((fact) => !issues.some(({ card }) => fact.test(told(card))))
      .map((fact) => fact.source);
    // A card is looked at again when what came after the failure is here, too.
    const isSettled =
      missing.length === 0 &&
      sessions.length === VISITS.length &&
      issues.length >= (fault === HEALTHY ? 0 : 1) &&
      issues.every(({ userCount }) => userCount === PEOPLE) &&
      issues.every(({ card, isExplained }) => isExplained && card.status !== 'pending') &&
      (await isAtRest());
    if (isSettled || Date.now() > deadline) {
      return {
        fault: id,
        project: project.id,
        sessions: sessions.length,
        markers: sessions.reduce((sum, { markerCount }) => sum + markerCount, 0),
        expected: { kind, facts: facts.map((fact) => fact.source) },
        issues,
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
      VISITS.map((visit) => ({ ...visit, steps: fault.steps, shopUrl: shop.url })),
    ),
    PACE,
  );
  for (const found of await Promise.all(rooms.map(outcome))) {
    console.log(JSON.stringify(found));
  }
} finally {
  await Promise.all(rooms.map(({ shop }) => shop.close()));
}
