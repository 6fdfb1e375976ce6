import { parseArgs } from 'node:util';
import { oneLine } from '../../../src/findings';
import type { Server } from '../../../src/server';
import { keepJson, NotDone, serverOf, WrongUsage, type Surroundings } from '../job';
import { openBrowser } from './browser';
import { checkPage, type CheckOptions, type Injection, type PageCheck } from './check';

/** What of a session the server gives out, beside the events themselves. */
const KEPT = ['', '/manifest', '/timeline', '/events'];

/** `privacy-check`: whether what people type into pages stays in their browser. */
export async function checkPrivacy(around: Surroundings, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      inject: { type: 'boolean' },
      'privacy-level': { type: 'string' },
      'read-back': { type: 'boolean' },
      'all-requests': { type: 'boolean' },
      'wait-for-selector': { type: 'string' },
      chromium: { type: 'string' },
      url: { type: 'string' },
      json: { type: 'string' },
    },
  });
  if (positionals.length === 0) throw new WrongUsage('of which pages? privacy-check <address>…');
  const options: CheckOptions = {
    waitForSelector: values['wait-for-selector'],
    injection: values.inject ? injectionOf(around, values.url, values['privacy-level']) : undefined,
    allRequests: values['all-requests'] === true,
    readBack: values['read-back']
      ? (sessions) => keptBy(serverOf(around, values.url).server, sessions)
      : undefined,
  };
  const browser = await openBrowser(around, values.chromium);
  const checks: PageCheck[] = [];
  try {
    for (const page of positionals) {
      const check = await checkPage(browser, page, options);
      checks.push(check);
      tell(around, check);
    }
  } finally {
    await browser.close();
  }
  await keepJson(around, values.json, checks);
  const leaks = checks.reduce((sum, check) => sum + check.leaks.length, 0);
  if (leaks > 0) throw new NotDone(`what was typed has left the browser (${leaks} times)`);
}

function injectionOf(
  { env }: Surroundings,
  told: string | undefined,
  privacyLevel: string | undefined,
): Injection {
  const server = (told ?? env.RETROSPEC_URL)?.replace(/\/+$/, '');
  const ingestKey = env.RETROSPEC_INGEST_KEY;
  if (!server || !ingestKey) {
    throw new NotDone('--inject needs RETROSPEC_URL and RETROSPEC_INGEST_KEY');
  }
  return { scriptUrl: `${server}/sdk/retrospec.js`, ingestKey, privacyLevel };
}

async function keptBy(
  server: Server,
  sessions: string[],
): Promise<{ what: string; text: string }[]> {
  const kept = [];
  for (const session of sessions) {
    for (const part of KEPT) {
      const path = `/v1/sessions/${encodeURIComponent(session)}${part}`;
      const reply = await server({ method: 'GET', path });
      if (reply.kind !== 'ok') throw new NotDone(`no ${path}: ${reply.message}`);
      kept.push({ what: `stored: ${path}`, text: JSON.stringify(reply.body) });
    }
  }
  return kept;
}

function tell({ terminal }: Surroundings, check: PageCheck): void {
  const { page, fields, messages, leaks } = check;
  terminal.say(`${oneLine(page)}: ${fields.length} fields, ${messages} messages of the recorder`);
  if (fields.length === 0) terminal.warn('no field was found; is the page behind a login?');
  for (const { field, channel, part } of leaks) {
    terminal.say(`  LEAK  ${oneLine(field)}  →  ${oneLine(channel)}  (${oneLine(part)})`);
  }
}
