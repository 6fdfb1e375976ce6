// The proof, end to end: a front end is changed four times, the back end's tests run against it
// through the steps of examples/github-actions.yml, RetroSpec is told by the real CLI, and tells
// a Slack, a GitHub, a mail server and a webhook of this machine.
// Usage: node ci/demo/run.mjs [--check] [--json <file>] [--keep <folder>], with the exports of
// "./retrospec env" and of settings.sh, with which the server was started.
import { mkdtempSync, readFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runJob } from '../workflow/run-workflow.mjs';
import { CHANGES } from './changes.mjs';
import { Channels } from './channels.mjs';
import { undelivered } from './deliveries.mjs';
import { broken } from './expectations.mjs';
import { openReceivers } from './receivers.mjs';
import { makeRepositories, WORKFLOW } from './repositories.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const ACTION = 'retrospec/retrospec/sdk/ci@v0.1.0';
const FRONT_END = 'shop/tea-front-end';
const BACK_END = 'shop/tea-back-end';

/** What a hosted runner has in its environment; everything else is the workflow's own business. */
const MACHINE = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'npm_config_cache', 'npm_config_registry'];

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: see README.md`);
  return value;
}

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    keep: { type: 'string' },
    check: { type: 'boolean' },
  },
});
const url = required('RETROSPEC_URL');
const key = required('RETROSPEC_SECRET_KEY');
const project = process.env.RETROSPEC_PROJECT ?? 'proj_default';
const adminKey = required('ADMIN_API_KEY');
const work = options.keep ?? mkdtempSync(join(tmpdir(), 'retrospec-ci-'));

/** Another demonstration on the same server is another four runs. */
const firstRunId = Date.now();

const soon = () => AbortSignal.timeout(20_000);

/** Two that nobody listens on. */
async function freePorts() {
  const servers = [createServer(), createServer()];
  await Promise.all(
    servers.map((server) => new Promise((done) => server.listen(0, '127.0.0.1', done))),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

/** A front end on this machine has a loopback address, which no project may visit unasked. */
async function allowSnapshotsOf(page) {
  const path = `/v1/admin/projects/${project}/snapshot-addresses`;
  const headers = {
    'x-retrospec-admin': adminKey,
    'content-type': 'application/json',
  };
  const before = await (await fetch(url + path, { headers, signal: soon() })).json();
  const addresses = [...new Set([...(before.addresses ?? []), new URL(page).host])];
  const answer = await fetch(url + path, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ addresses }),
    signal: soon(),
  });
  if (!answer.ok) throw new Error(`PUT ${path}: ${answer.status} ${await answer.text()}`);
}

function eventOf(change, sha, number) {
  const common = {
    repository: FRONT_END,
    sha,
    actor: change.author.split('@')[0],
    server_url: 'https://github.example.com',
    run_id: String(firstRunId + number),
    run_attempt: '1',
  };
  if (!change.pull) return { ...common, event_name: 'push', ref_name: change.branch, event: {} };
  return {
    ...common,
    event_name: 'pull_request',
    ref_name: `${change.pull}/merge`,
    head_ref: change.branch,
    base_ref: 'main',
    event: { pull_request: { number: change.pull, head: { sha }, user: { login: common.actor } } },
  };
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

async function runChange(change, number, repositories, vars) {
  const sha = repositories.apply(change);
  const result = await runJob({
    workflow: join(repositories.frontEnd, WORKFLOW),
    name: 'backend-tests',
    folder: join(work, `job-${number}`),
    github: eventOf(change, sha, number),
    vars: { ...vars, RETROSPEC_URL: url, BACKEND_REPO: BACK_END },
    secrets: { RETROSPEC_API_KEY: key, GH_PAT: 'not needed for a folder' },
    repositories: { [FRONT_END]: repositories.frontEnd, [BACK_END]: repositories.backEnd },
    actions: { [ACTION]: here('..') },
    env: Object.fromEntries(
      MACHINE.filter((name) => process.env[name]).map((name) => [name, process.env[name]]),
    ),
  });
  const answer = readJson(join(result.temp, 'retrospec-run.json'));
  return {
    branch: change.branch,
    author: change.author,
    commit: sha,
    pull: change.pull ?? null,
    conclusion: result.conclusion,
    runId: answer?.testRunId ?? null,
    answer,
    snapshot: readJson(join(result.temp, 'retrospec-snapshot.json')),
    summary: result.summary,
    steps: result.steps,
  };
}

function tell(run, number) {
  console.log(`\n${number + 1}. ${run.branch}, ${run.author}: ${run.conclusion}`);
  for (const step of run.steps) {
    console.log(`   ${step.outcome.padEnd(8)} ${step.within ? '  ' : ''}${step.name}`);
  }
  for (const pattern of run.answer?.similarPatterns ?? []) {
    console.log(`   ${Math.round(pattern.similarity * 100)} % like: ${pattern.summary}`);
  }
  for (const test of run.answer?.recommendedTests ?? []) {
    console.log(`   worth running: ${test.testName} (${test.reason})`);
  }
}

function tellReceived({ slack, webhook, comments, gists, letters }) {
  console.log('\nTold');
  for (const { body } of slack) console.log(`   Slack    ${body.text}`);
  for (const { pull, bodies } of comments) {
    const titles = bodies.map((body) => /^## (.*)$/m.exec(body)?.[1]);
    console.log(`   GitHub   #${pull}, one comment: ${titles.join(', then ')}`);
  }
  for (const { description } of gists) console.log(`   Gist     ${description}`);
  for (const { subject, to } of letters) console.log(`   Mail     ${subject} to ${to.join(', ')}`);
  for (const { body } of webhook) console.log(`   Webhook  ${body.event} ${body.run.runId}`);
}

async function untrue(runs, received) {
  return [
    ...(await broken(runs, { url, key })),
    ...(await undelivered(runs, received, { url, key })),
  ];
}

/** Nobody is told by a server that settings.sh has not told where. */
async function openTelling() {
  if (!options.check && !process.env.GITHUB_API_URL) return null;
  const receivers = await openReceivers({
    github: Number(new URL(required('GITHUB_API_URL')).port),
    smtp: Number(required('SMTP_PORT')),
  });
  const channels = new Channels({ url, project, adminKey });
  const close = async () => {
    await channels.close();
    receivers.close();
  };
  try {
    await channels.open(receivers, FRONT_END);
  } catch (failure) {
    receivers.close();
    throw failure;
  }
  return { received: receivers.received, close };
}

const telling = await openTelling();
try {
  const repositories = makeRepositories(join(work, 'repositories'));
  const [frontPort, backPort] = await freePorts();
  const vars = {
    FRONTEND_URL: `http://127.0.0.1:${frontPort}`,
    BACKEND_URL: `http://127.0.0.1:${backPort}`,
  };
  await allowSnapshotsOf(vars.FRONTEND_URL);
  const runs = [];
  for (const [number, change] of CHANGES.entries()) {
    runs.push(await runChange(change, number, repositories, vars));
    tell(runs.at(-1), number);
  }
  const problems = options.check ? await untrue(runs, telling.received) : [];
  if (telling) tellReceived(telling.received);
  if (options.json) {
    writeFileSync(options.json, JSON.stringify({ runs, ...telling?.received }, null, 2));
  }
  for (const problem of problems) console.log(`NOT TRUE: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  console.log(`\nLook at them: ${url}/admin/runs`);
} finally {
  await telling?.close();
  if (!options.keep) rmSync(work, { recursive: true, force: true });
}
