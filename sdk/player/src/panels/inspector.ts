import { copyText } from '../controls/shareLink';
import { KIND_WORDS } from '../controls/icons';
import { lasting, preciseClock, size } from '../format';
import type { RecordedSession } from '../model/session';
import type { Payloads } from '../replay/payloads';
import { button, el } from '../ui/dom';
import type { Row } from './eventList';
import { asCurl, asFetch, asPlaywright, type RecordedRequest } from './requestCode';

export interface InspectorActions {
  readonly copyLink: (ms: number) => void;
  readonly say: (text: string) => void;
}

type Fields = Readonly<Record<string, unknown>>;

/** All that was recorded with the row that was pressed last; beneath the list, closed by Escape. */
export class Inspector {
  readonly element = el('section', { class: 'inspector', 'aria-label': 'Event', hidden: true });
  private shown: Row | null = null;

  constructor(
    private readonly payloads: Payloads,
    private readonly session: RecordedSession,
    private readonly actions: InspectorActions,
  ) {
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
    });
  }

  /** Shows what the list knows at once, and the rest when the recording has been read. */
  async open(row: Row): Promise<void> {
    this.shown = row;
    this.fill(row, asFields(row.data), true);
    const found = await this.payloads.find(row);
    const known = asFields(row.data);
    if (this.shown === row) this.fill(row, found === null ? known : asFields(found), false);
  }

  close(): void {
    this.shown = null;
    this.element.hidden = true;
  }

  private fill(row: Row, fields: Fields, loading: boolean): void {
    this.element.hidden = false;
    this.element.setAttribute('aria-busy', String(loading));
    this.element.replaceChildren(
      el(
        'header',
        {},
        el('h3', {}, `${KIND_WORDS[row.kind] ?? 'Event'} at ${preciseClock(row.ms)}`),
        button(
          'Copy link to this event',
          { class: 'button small' },
          () => this.actions.copyLink(row.ms),
          'Copy link',
        ),
        button('Close the event', { class: 'button small' }, () => this.close(), 'Close'),
      ),
      el(
        'div',
        { class: 'inspector-body', tabindex: 0, role: 'group', 'aria-label': 'Recorded values' },
        el('p', { class: 'inspector-text' }, row.text),
        ...(row.kind === 'network' ? this.request(fields, row.ms) : values(fields)),
      ),
    );
  }

  private request(fields: Fields, ms: number): HTMLElement[] {
    const page = this.session.pages.findLast((shown) => shown.ms <= ms)?.url;
    const request = requestOf(fields, page);
    const copy = (name: string, code: string): HTMLButtonElement =>
      button(`Copy as ${name}`, { class: 'button small' }, () => void this.copy(name, code), name);
    return [
      facts([
        ['Status', status(fields)],
        ['Took', number(fields['durationMs'], lasting)],
        ['Sent', number(fields['requestBytes'], size)],
        ['Received', number(fields['responseBytes'], size)],
        ['Made with', text(fields['type'])],
        ['Correlation id', text(fields['correlationId'])],
      ]),
      ...this.thrown(fields['correlationId']),
      el(
        'p',
        { class: 'copy-as' },
        'Copy as ',
        copy('cURL', asCurl(request)),
        copy('fetch', asFetch(request)),
        copy('Playwright', asPlaywright(request)),
      ),
      ...parts(fields),
    ];
  }

  /** The server's own word on why it failed. */
  private thrown(correlationId: unknown): HTMLElement[] {
    const error = this.session.serverErrors.find(
      (thrown) => thrown.correlationId === correlationId,
    );
    return error
      ? [
          el(
            'section',
            {},
            el('h4', {}, 'Thrown by the server'),
            el('pre', { class: 'stack' }, error.stack),
          ),
        ]
      : [];
  }

  private async copy(name: string, code: string): Promise<void> {
    this.actions.say((await copyText(code)) ? `Copied as ${name}` : 'It could not be copied');
  }
}

function values(fields: Fields): HTMLElement[] {
  if (Object.keys(fields).length === 0) {
    return [el('p', { class: 'rows-status' }, 'Nothing more was recorded with it.')];
  }
  const { stack, ...rest } = fields;
  const shown = Object.keys(rest).length > 0 ? [el('pre', {}, JSON.stringify(rest, null, 2))] : [];
  if (typeof stack === 'string') shown.push(el('pre', { class: 'stack' }, stack));
  return shown;
}

const PARTS: Readonly<Record<string, string>> = {
  requestHeaders: 'Request headers',
  requestBody: 'Request body',
  responseHeaders: 'Response headers',
  responseBody: 'Response body',
};

/** Headers and bodies; one sentence where none of them was recorded. */
function parts(fields: Fields): HTMLElement[] {
  const names = Object.keys(PARTS);
  return names.some((name) => name in fields)
    ? names.map((name) => part(name, fields[name]))
    : [
        el(
          'p',
          { class: 'not-kept' },
          'Headers and bodies are not recorded for this address, as the rules say.',
        ),
      ];
}

function part(name: string, value: unknown): HTMLElement {
  const title = el('h4', {}, PARTS[name] ?? name);
  if (typeof value === 'string') return el('section', {}, title, el('pre', {}, readable(value)));
  const entries = Object.entries(asFields(value));
  return entries.length > 0
    ? el('section', {}, title, facts(entries.map(([key, content]) => [key, text(content)])))
    : el('section', {}, title, el('p', { class: 'not-kept' }, 'Not recorded, as the rules say.'));
}

/** JSON with line breaks; anything else as it is. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function facts(rows: readonly (readonly [string, string | null])[]): HTMLElement {
  const list = el('dl', { class: 'facts-list' });
  for (const [name, value] of rows) {
    if (value !== null) list.append(el('div', {}, el('dt', {}, name), el('dd', {}, value)));
  }
  return list;
}

/** @param page the address that was shown; older recordings have requests relative to it */
function requestOf(fields: Fields, page: string | undefined): RecordedRequest {
  const headers = Object.entries(asFields(fields['requestHeaders'])).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    method: text(fields['method']) ?? 'GET',
    url: absolute(text(fields['url']) ?? '', page),
    headers: Object.fromEntries(headers),
    body: text(fields['requestBody']),
  };
}

function absolute(url: string, page: string | undefined): string {
  try {
    return new URL(url, page).href;
  } catch {
    return url;
  }
}

function status(fields: Fields): string | null {
  const code = fields['status'];
  const outcome = text(fields['outcome']);
  if (typeof code !== 'number') return outcome;
  return code === 0 ? (outcome ?? 'no answer') : String(code);
}

function number(value: unknown, words: (value: number) => string): string | null {
  return typeof value === 'number' ? words(value) : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function asFields(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  return value === null || value === undefined ? {} : { value };
}
