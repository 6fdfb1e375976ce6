// What Slack, GitHub, the mail server and the webhook must have got; as sentences, like expectations.mjs.
import { messagesOf, TEAM, WEBHOOK_AUTHORIZATION } from './channels.mjs';

const SLACK_SUMMARY = 500;
const GITHUB_COMMENT = 65_536;

/** @returns {Promise<string[]>} what is not as it should be */
export async function undelivered(runs, received, { url, key }) {
  const [green, first, second, repaired] = runs;
  const problems = [];
  const expect = (holds, sentence) => {
    if (!holds) problems.push(sentence);
  };

  const messages = new Map();
  for (const run of runs) messages.set(run, await messagesOf(run.runId, { url, key }));
  const isSent = (run, channel) => messages.get(run)[channel]?.status === 'sent';
  for (const run of [first, second]) {
    for (const channel of ['slack', 'github', 'email', 'webhook']) {
      expect(isSent(run, channel), `${channel} of ${run.branch} is logged as sent`);
    }
  }
  expect(Object.keys(messages.get(green)).length === 0, 'a green run tells nobody');
  expect(
    isSent(repaired, 'github') && Object.keys(messages.get(repaired)).length === 1,
    'a repaired pull request is told in its comment only',
  );

  slack(received, [first, second], expect);
  comments(received, runs, expect);
  gists(received, second, messages.get(second), expect);
  letters(received, [first, second], expect);
  webhook(received, [first, second], expect);
  expect(received.refused.length === 0, 'GitHub always gets its token');
  return problems;
}

function slack({ slack: posts }, runs, expect) {
  expect(posts.length === runs.length, `Slack hears of each failed run once: ${posts.length}`);
  for (const run of runs) {
    const { body, authorization } = posts.find((it) => it.body.text.includes(run.branch)) ?? {};
    const blocks = body?.blocks ?? [];
    const words = JSON.stringify(blocks);
    const summary = blocks.find((it) => it.type === 'section' && it.text)?.text.text ?? '';
    const buttons = blocks.find((it) => it.type === 'actions')?.elements ?? [];
    const button = (name) => buttons.find((it) => it.text.text === name)?.url;
    expect(authorization === null, "the webhook's secret is not Slack's");
    expect(
      body?.text.startsWith('2 of 5 tests failed'),
      `Slack is told what failed: ${body?.text}`,
    );
    expect(summary.includes('names the price of a basket'), 'and which test');
    expect(summary.length <= SLACK_SUMMARY, `in at most ${SLACK_SUMMARY} characters`);
    expect(words.includes(run.commit.slice(0, 8)), 'and the commit');
    expect(words.includes(`pull/${run.pull}`), 'with a link to the pull request');
    expect(button('View Full Report'), 'with a button to the whole report');
    for (const [name, part] of [
      ['Screenshot', 'screenshot'],
      ['HTML Dump', 'html'],
      ['Network HAR', 'har'],
      ['Console Logs', 'console'],
    ]) {
      expect(button(name)?.includes(`/${part}`), `with a button to the ${name}`);
    }
  }
  const again = JSON.stringify(posts.at(-1)?.body ?? '');
  expect(again.includes('100.0% match'), 'Slack is told of the similar failure');
  expect(again.includes('Recommended tests to run'), 'and what to run');
}

function comments({ comments: made }, [, first, second, repaired], expect) {
  expect(made.length === 2, `each pull request has one comment: ${made.length}`);
  const on = (run) => made.find((it) => it.pull === run.pull);
  for (const run of [first, second]) {
    const body = on(run)?.bodies.find((it) => it.includes('Backend Tests Failed')) ?? '';
    for (const part of [
      `**Commit:** \`${run.commit}\``,
      '### Failed Tests (2)',
      'names the price of a basket',
      'the quote was refused: 422',
      '### 📸 Snapshots',
      '[Screenshot](http',
      '[HTML Dump](http',
      '[Network HAR](http',
      '### 💡 Recommended Tests to Run',
    ]) {
      expect(body.includes(part), `the comment of #${run.pull} has ${part}`);
    }
    expect(Buffer.byteLength(body) < GITHUB_COMMENT, 'GitHub takes a comment of its length');
  }
  const again = on(second)?.bodies[0] ?? '';
  expect(again.includes('### 🔍 Similar Past Failures'), 'the second one names the first failure');
  expect(again.includes('**100.0% match**'), 'and how similar it is');
  const last = on(repaired)?.bodies.at(-1) ?? '';
  expect(last.includes('Backend Tests Passed'), 'the comment of the repaired one says so');
}

function gists({ gists: made, slack: posts }, run, messages, expect) {
  const content = (gist) => gist.files['failure-report.md'].content;
  const gist = made.find((it) => content(it).includes(run.commit));
  const report = gist ? content(gist) : '';
  expect(gist, 'an analysis that is too long for a chat is a Gist');
  expect(gist?.public === false, 'the Gist is secret');
  expect(report.includes('```diff'), 'it is the whole report');
  expect(messages.gist?.address === gist?.address, 'its address is known');
  const leads = (post) => JSON.stringify(post.body).includes(gist?.address);
  expect(posts.some(leads), "Slack's button leads to it");
}

function letters({ letters: got }, runs, expect) {
  expect(got.length === runs.length, `one letter for each failed run: ${got.length}`);
  for (const run of runs) {
    const letter = got.find((it) => it.subject.includes(run.branch));
    expect(letter?.subject.includes('2 of 5 tests failed'), `its subject says what failed`);
    expect(
      letter?.to.includes(TEAM) && letter.to.includes(run.author),
      `it reaches the team and ${run.author}`,
    );
    for (const part of [letter?.text, letter?.html]) {
      expect(part?.includes('names the price of a basket'), 'text and HTML name the test');
      expect(part?.includes('the quote was refused: 422'), 'and its error');
    }
    expect(
      /<a href="http[^"]+screenshot/.test(letter?.html ?? ''),
      'the HTML leads to the picture',
    );
  }
}

function webhook({ webhook: posts }, runs, expect) {
  expect(
    posts.length === runs.length,
    `the webhook hears of each failed run once: ${posts.length}`,
  );
  for (const run of runs) {
    const { body, authorization } = posts.find((it) => it.body.run.runId === run.runId) ?? {};
    expect(authorization === WEBHOOK_AUTHORIZATION, 'the webhook gets its header');
    expect(body?.event === 'test_run_failed', 'and what happened');
    expect(body?.run.origin.commitHash === run.commit, 'to which commit');
    expect(body?.run.failedTests.length === 2, 'in which tests');
    expect(body?.run.snapshots.screenshot, 'with the picture');
  }
  const similar = posts.at(-1)?.body.run.similarPatterns ?? [];
  expect(similar.length > 0, 'and the similar failure');
}
