// Those who are told, on this machine: Slack, a webhook, GitHub's comments and Gists, a mail server.
// They keep what they got; GitHub and the mail server answer as the real ones do.
import { createServer } from 'node:http';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

const HOST = '127.0.0.1';
const OWNER = /^\/repos\/([^/]+\/[^/]+)\/issues\/(\d+)\/comments$/;
const COMMENT = /^\/repos\/([^/]+\/[^/]+)\/issues\/comments\/(\d+)$/;
const GIST = /^\/gists\/(\w+)$/;

/**
 * @param {{github: number, smtp: number}} ports
 * @returns what was received so far, where Slack and the webhook listen, and `close()`
 */
export async function openReceivers(ports) {
  const received = { slack: [], webhook: [], comments: [], gists: [], letters: [], refused: [] };
  const chat = createServer(answering(chatAnswer(received)));
  const github = createServer(answering(githubAnswer(received)));
  const mail = mailServer(received);
  await listening(chat, 0);
  await listening(github, ports.github);
  await listening(mail, ports.smtp);
  const base = `http://${HOST}:${chat.address().port}`;
  return {
    received,
    slackUrl: `${base}/slack`,
    webhookUrl: `${base}/webhook`,
    close: () => [chat, github, mail].forEach((server) => server.close()),
  };
}

function listening(server, port) {
  return new Promise((resolve, reject) => {
    const host = server.server ?? server;
    host.once('error', reject);
    server.listen(port, HOST, resolve);
  });
}

async function bytesOf(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/** An HTTP server's listener around a function of a request with its JSON. */
function answering(answer) {
  return async (request, response) => {
    const text = (await bytesOf(request)).toString('utf8');
    const { status, body } = answer({
      method: request.method,
      path: new URL(request.url, `http://${HOST}`).pathname,
      authorization: request.headers.authorization ?? null,
      body: text ? JSON.parse(text) : null,
    });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  };
}

function chatAnswer(received) {
  return ({ method, path, authorization, body }) => {
    const list = { '/slack': received.slack, '/webhook': received.webhook }[path];
    if (method !== 'POST' || !list) return { status: 404 };
    list.push({ authorization, body });
    return { status: 200, body: 'ok' };
  };
}

/** The five calls that RetroSpec makes. A comment keeps every body that it ever had. */
function githubAnswer(received) {
  const comment = (it) => ({ id: it.id, body: it.bodies.at(-1), html_url: it.address });
  const gist = (it) => ({ id: it.id, html_url: it.address });
  let lastId = Date.now();
  return (request) => {
    const { method, path, authorization, body } = request;
    if (authorization !== `Bearer ${process.env.GITHUB_TOKEN}`) {
      received.refused.push(request);
      return { status: 401, body: { message: 'Bad credentials' } };
    }
    const [, repository, number] = OWNER.exec(path) ?? [];
    if (repository) {
      const there = received.comments.filter(
        (it) => it.repository === repository && it.pull === Number(number),
      );
      if (method === 'GET') return { status: 200, body: there.map(comment) };
      const id = ++lastId;
      const address = `https://github.example.com/${repository}/pull/${number}#issuecomment-${id}`;
      const made = { id, repository, pull: Number(number), bodies: [body.body], address };
      received.comments.push(made);
      return { status: 201, body: comment(made) };
    }
    const old = received.comments.find((it) => it.id === Number(COMMENT.exec(path)?.[2]));
    if (old && method === 'PATCH') {
      old.bodies.push(body.body);
      return { status: 200, body: comment(old) };
    }
    if (path === '/gists' && method === 'POST') {
      const id = (++lastId).toString(16);
      const made = { id, ...body, address: `https://gist.github.example.com/bot/${id}` };
      received.gists.push(made);
      return { status: 201, body: gist(made) };
    }
    const known = received.gists.find((it) => it.id === GIST.exec(path)?.[1]);
    if (known && method === 'PATCH') return { status: 200, body: gist(Object.assign(known, body)) };
    // Such as the comment that an earlier demonstration on the same server made.
    return { status: 404, body: { message: 'Not Found' } };
  };
}

function mailServer(received) {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    async onData(stream, session, done) {
      const { subject, text, html } = await PostalMime.parse(await bytesOf(stream));
      const to = session.envelope.rcptTo.map((it) => it.address);
      received.letters.push({ subject, to, text, html });
      done();
    },
  });
}
