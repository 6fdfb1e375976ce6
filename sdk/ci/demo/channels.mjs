// The project's channels for the time of the demonstration, and what became of each message.
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 250;

/** The header that the webhook must get, and Slack must not. */
export const WEBHOOK_AUTHORIZATION = 'Bearer of-the-demonstration';

export const TEAM = 'team@example.com';

const soon = () => AbortSignal.timeout(20_000);

/** Lets the project tell the receivers; afterwards the environment's settings hold again. */
export class Channels {
  constructor({ url, project, adminKey }) {
    this.path = `${url}/v1/admin/projects/${project}/channels`;
    this.headers = { 'x-retrospec-admin': adminKey, 'content-type': 'application/json' };
  }

  async open(receivers, repository) {
    const { channels } = await this.ask('GET', '');
    const own = channels.filter((it) => it.source === 'project').map((it) => it.channel);
    // Their secrets are not shown, so they could not be put back.
    if (own.length > 0) throw new Error(`the project has its own channels: ${own.join(', ')}`);
    for (const channel of ['github', 'email']) {
      if (channels.find((it) => it.channel === channel).source === 'nobody') {
        throw new Error(`the server has no ${channel}: start it after ". sdk/ci/demo/settings.sh"`);
      }
    }
    await this.ask('PUT', '/slack', { url: receivers.slackUrl });
    await this.ask('PUT', '/github', { repositories: [repository] });
    await this.ask('PUT', '/email', { recipients: [TEAM], tellAuthor: true });
    await this.ask('PUT', '/webhook', {
      url: receivers.webhookUrl,
      authorization: WEBHOOK_AUTHORIZATION,
    });
  }

  async close() {
    for (const channel of ['slack', 'github', 'email', 'webhook']) {
      await this.ask('DELETE', `/${channel}`);
    }
  }

  async ask(method, path, body) {
    const answer = await fetch(this.path + path, {
      method,
      headers: this.headers,
      body: body && JSON.stringify(body),
      signal: soon(),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}

/** The run's messages by channel, once none of them waits any more. */
export async function messagesOf(runId, { url, key }) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await fetch(`${url}/v1/notifications?testRunId=${runId}`, {
      headers: { 'x-api-key': key },
      signal: soon(),
    });
    const { notifications } = await answer.json();
    const waits = notifications.some((it) => it.status === 'pending');
    if (!waits || Date.now() > deadline) {
      return Object.fromEntries(notifications.map((it) => [it.channel, it]));
    }
    await pause(PAUSE_MS);
  }
}
