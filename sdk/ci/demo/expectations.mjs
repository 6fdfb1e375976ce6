// What must be true after the four changes; each as a sentence that is printed when it is not.

const SIMILAR = 0.85;

/** @returns {Promise<string[]>} what is not as it should be */
export async function broken(runs, { url, key }) {
  const [green, first, second, repaired] = runs;
  const problems = [];
  const expect = (holds, sentence) => {
    if (!holds) problems.push(sentence);
  };
  for (const run of runs) expect(run.answer, `RetroSpec answered to the run of ${run.commit}`);
  for (const run of [green, repaired]) {
    expect(run.conclusion === 'success', `${run.branch} is green at ${run.commit}`);
    expect(run.snapshot === null, 'no snapshot is taken when the tests pass');
  }
  for (const run of [first, second]) {
    expect(run.conclusion === 'failure', `${run.branch} is red`);
    expect(run.answer?.failures?.length === 2, `two tests fail on ${run.branch}`);
    expect(
      run.snapshot?.testRunId === run.runId,
      `the snapshot belongs to the run of ${run.branch}`,
    );
    for (const [name, type] of [
      ['screenshotUrl', 'image/png'],
      ['htmlDumpUrl', 'text/'],
      ['harUrl', 'application/json'],
      ['consoleLogsUrl', 'text/'],
    ]) {
      expect(
        await opens(run.snapshot?.[name], type),
        `${name} of ${run.branch} opens without a key`,
      );
    }
  }
  expect(
    first.answer?.failures?.every((it) => it.isNewOnBranch === true),
    'the first failures are new on their branch',
  );
  const best = Math.max(0, ...(second.answer?.similarPatterns ?? []).map((it) => it.similarity));
  expect(best >= SIMILAR, `the second failure finds the first: ${best} is at least ${SIMILAR}`);
  const recommended = (second.answer?.recommendedTests ?? []).map((it) => it.testName);
  expect(recommended.length > 0, 'a test is recommended');
  const log = green.steps.find((step) => step.id === 'tests')?.log ?? '';
  for (const name of recommended) {
    expect(log.includes(name.split(' › ').at(-1)), `${name} is a test that exists`);
  }
  const headers = { 'x-api-key': key };
  const stored = await fetch(`${url}/test-runs/${first.runId}`, { headers });
  const run = stored.ok ? await stored.json() : {};
  expect(run.commit_hash === first.commit, 'the run is stored');
  expect(run.pr_number === 12 && run.failed_tests?.length === 2, 'with its failures');
  expect(run.snapshots?.length > 0, 'and its snapshot');
  return problems;
}

async function opens(link, type) {
  if (!link) return false;
  const answer = await fetch(link);
  const bytes = await answer.arrayBuffer();
  return (
    answer.ok && bytes.byteLength > 0 && (answer.headers.get('content-type') ?? '').startsWith(type)
  );
}
