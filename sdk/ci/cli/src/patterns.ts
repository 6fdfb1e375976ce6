import { parseArgs } from 'node:util';
import { oneLine, percent } from '../../src/findings';
import { keepJson, NotDone, positiveOf, serverOf, WrongUsage, type Surroundings } from './job';

interface Hit {
  id: string;
  similarity: number;
  pattern: {
    summary: string;
    testName?: string;
    occurrenceCount?: number;
    lastSeen?: string;
  };
}

/** `patterns search`: failures that read like some words. */
export async function searchPatterns(around: Surroundings, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'top-k': { type: 'string' },
      threshold: { type: 'string' },
      url: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const words = positionals.join(' ').trim();
  if (words === '') throw new WrongUsage('for what? patterns search <words>');
  const query = new URLSearchParams({ q: words });
  if (values['top-k']) query.set('topK', String(positiveOf('--top-k', values['top-k'])));
  if (values.threshold) query.set('threshold', String(shareOf(values.threshold)));
  const { server } = serverOf(around, values.url);
  const reply = await server({ method: 'GET', path: `/patterns/search?${query.toString()}` });
  if (reply.kind !== 'ok') throw new NotDone(`no search: ${reply.message}`);
  const { results = [] } = reply.body as { results?: Hit[] };
  if (results.length === 0) around.terminal.say('Nothing like it was seen before.');
  for (const { id, similarity, pattern } of results) {
    const seen = [
      pattern.testName ?? '',
      pattern.occurrenceCount ? `${pattern.occurrenceCount} times` : '',
      pattern.lastSeen ? `last ${pattern.lastSeen}` : '',
    ].filter((it) => it);
    around.terminal.say(`${percent(similarity)}  ${oneLine(pattern.summary)}`);
    around.terminal.say(`      ${oneLine([...seen, id].join(', '))}`);
  }
  await keepJson(around, values.json, reply.body);
}

function shareOf(text: string): number {
  const share = Number(text);
  if (!(share >= 0 && share <= 1)) throw new WrongUsage('--threshold must be from 0 to 1');
  return share;
}
