// Runs one job of a GitHub workflow on this machine by reading its YAML: the scripts, conditions,
// outcomes, outputs and our own composite action are run as they are. What stands for GitHub's own
// actions is in `stand-ins.mjs`. For tests and for trying a workflow out; a hosted runner isolates,
// this does not.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { condition, interpolate } from './expressions.mjs';
import { readOutputs } from './outputs.mjs';
import { STAND_INS } from './stand-ins.mjs';

/**
 * @param {object} job
 * @param {string} job.workflow the file
 * @param {string} job.name of the job in it
 * @param {string} job.folder everything happens in here; must not exist or be empty
 * @param {object} job.github the github context: repository, sha, ref_name, …
 * @param {object} [job.vars]
 * @param {object} [job.secrets]
 * @param {Record<string, string>} job.repositories git repositories by owner/name
 * @param {Record<string, string>} job.actions folders of composite actions, by `uses`
 * @param {Record<string, string>} [job.env] of the machine
 * @returns {Promise<{conclusion: string, steps: object[], temp: string, summary: string}>}
 */
export async function runJob(job) {
  const { jobs, name } = parse(readFileSync(job.workflow, 'utf8'));
  const definition = jobs[job.name];
  if (!definition) throw new Error(`${job.workflow} has no job ${job.name}`);
  const machine = prepare(job, name);
  const groups = [];
  const run = { status: 'success', steps: {}, done: [], groups, env: {}, path: [] };
  const contexts = () => ({
    github: { ...job.github, workspace: machine.workspace },
    vars: job.vars ?? {},
    secrets: job.secrets ?? {},
    runner: { temp: machine.temp, os: 'Linux' },
    env: run.env,
    steps: run.steps,
    status: run.status,
  });
  run.env = interpolated(definition.env, contexts());
  const shell = definition.defaults?.run?.shell;
  try {
    for (const step of definition.steps) {
      await doStep(step, { job, machine, run, contexts, shell });
    }
  } finally {
    // A hosted runner ends what a job left running; so do we, by process group.
    for (const group of groups) endGroup(group);
  }
  const summary = existsSync(machine.summary) ? readFileSync(machine.summary, 'utf8') : '';
  return { conclusion: run.status, steps: run.done, temp: machine.temp, summary };
}

function prepare(job, workflowName) {
  const at = (...parts) => join(job.folder, ...parts);
  const machine = {
    workspace: at('workspace'),
    temp: at('temp'),
    artifacts: at('artifacts'),
    summary: at('summary.md'),
  };
  for (const folder of [machine.workspace, machine.temp, machine.artifacts]) {
    mkdirSync(folder, { recursive: true });
  }
  const { github } = job;
  machine.env = {
    ...job.env,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKFLOW: workflowName ?? '',
    GITHUB_WORKSPACE: machine.workspace,
    GITHUB_STEP_SUMMARY: machine.summary,
    GITHUB_EVENT_PATH: at('event.json'),
    GITHUB_JOB: job.name,
    RUNNER_TEMP: machine.temp,
    ...Object.fromEntries(
      Object.entries(github)
        .filter(([, value]) => typeof value !== 'object')
        .map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, String(value)]),
    ),
  };
  writeFileSync(at('event.json'), JSON.stringify(github.event ?? {}));
  return machine;
}

/** Runs one step, or leaves it out, and notes what became of it. */
async function doStep(step, scope) {
  const { run, contexts } = scope;
  const label = step.name ?? step.uses ?? step.id ?? 'a step';
  const note = (outcome, conclusion, outputs, log) => {
    if (step.id) run.steps[step.id] = { outcome, conclusion, outputs };
    run.done.push({
      name: interpolate(label, contexts()),
      id: step.id,
      outcome,
      conclusion,
      outputs,
      log,
    });
  };
  if (!condition(step.if, contexts())) {
    note('skipped', 'skipped', {}, '');
    return;
  }
  const before = run.done.length;
  const { status, outputs = {}, log = '' } = await (step.uses ? useAction : runScript)(step, scope);
  const outcome = status === 0 ? 'success' : 'failure';
  const forgiven = outcome === 'failure' && step['continue-on-error'] === true;
  // A composite action noted its own steps; it stands before them.
  const inner = run.done.splice(before);
  note(outcome, forgiven ? 'success' : outcome, outputs, log);
  run.done.push(...inner.map((it) => ({ ...it, within: label })));
  if (outcome === 'failure' && !forgiven) run.status = 'failure';
}

async function useAction(step, scope) {
  const { job, machine, run, contexts } = scope;
  const given = interpolated(step.with, contexts());
  const standIn = STAND_INS[step.uses.split('@')[0]];
  if (standIn) return standIn(given, { job, machine });
  const folder = job.actions[step.uses];
  if (!folder) throw new Error(`nothing stands for the action ${step.uses}`);
  const action = parse(readFileSync(join(folder, 'action.yml'), 'utf8'));
  const inputs = {};
  for (const [name, input] of Object.entries(action.inputs ?? {})) {
    inputs[name] = given[name] ?? interpolate(input.default ?? '', contexts());
    if (input.required && inputs[name] === '') throw new Error(`${step.uses} needs ${name}`);
  }
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(inputs, name));
  if (unknown.length > 0) throw new Error(`${step.uses} has no input ${unknown.join(', ')}`);
  const own = { ...run, status: 'success', steps: {}, done: run.done };
  const within = {
    ...scope,
    run: own,
    contexts: () => {
      const outer = contexts();
      const github = { ...outer.github, action_path: folder };
      const { runner, env } = outer;
      return { github, runner, env, inputs, steps: own.steps, status: own.status };
    },
  };
  for (const inner of action.runs.steps) await doStep(inner, within);
  const outputs = Object.fromEntries(
    Object.entries(action.outputs ?? {}).map(([name, output]) => [
      name,
      interpolate(output.value, within.contexts()),
    ]),
  );
  return { status: own.status === 'success' ? 0 : 1, outputs };
}

async function runScript(step, { machine, run, contexts, shell }) {
  const number = run.done.length;
  const file = (kind) => join(machine.temp, `step-${number}-${process.hrtime.bigint()}.${kind}`);
  const [script, outputs, env] = [file('sh'), file('outputs'), file('env')];
  writeFileSync(script, interpolate(step.run, contexts()));
  for (const empty of [outputs, env]) appendFileSync(empty, '');
  // As GitHub starts it: only an explicit bash fails on a failing pipe.
  const explicit = (step.shell ?? shell) === 'bash';
  const flags = explicit ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e'];
  const { status, log } = await execute('bash', [...flags, script], {
    cwd: join(machine.workspace, interpolate(step['working-directory'] ?? '', contexts())),
    env: {
      ...machine.env,
      ...run.env,
      ...interpolated(step.env, contexts()),
      GITHUB_OUTPUT: outputs,
      GITHUB_ENV: env,
    },
    groups: run.groups,
  });
  Object.assign(run.env, readOutputs(readFileSync(env, 'utf8')));
  return { status, log, outputs: readOutputs(readFileSync(outputs, 'utf8')) };
}

/** Ends when the script ends, even while what it started in the background goes on. */
function execute(command, args, { cwd, env, groups }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    groups.push(child.pid);
    let log = '';
    const keep = (part) => (log += part);
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', reject);
    child.on('exit', (code) => {
      // What it wrote last may still be on its way.
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ status: code ?? 1, log });
      }, 50);
    });
  });
}

function endGroup(group) {
  try {
    process.kill(-group, 'SIGTERM');
  } catch {
    // It had ended.
  }
}

function interpolated(values, contexts) {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => [name, interpolate(value, contexts)]),
  );
}
