/** A recorded request, as far as it was recorded. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** The request as a line for a POSIX shell. */
export function asCurl(request: RecordedRequest): string {
  const parts = [`curl --url ${shell(request.url)}`];
  if (request.method !== 'GET') parts.push(`-X ${shell(request.method)}`);
  for (const [name, value] of Object.entries(request.headers)) {
    parts.push(`-H ${shell(`${name}: ${value}`)}`);
  }
  if (request.body !== null) parts.push(`--data-raw ${shell(request.body)}`);
  return parts.join(' \\\n  ');
}

/** The request for the console of a browser. */
export function asFetch(request: RecordedRequest): string {
  return `await fetch(${JSON.stringify(request.url)}, ${options(request, 'body')});`;
}

/** The request in a test of Playwright, with its `request` fixture. */
export function asPlaywright(request: RecordedRequest): string {
  return `const response = await request.fetch(${JSON.stringify(request.url)}, ${options(request, 'data')});`;
}

function options(request: RecordedRequest, body: 'body' | 'data'): string {
  const chosen: Record<string, unknown> = { method: request.method };
  if (Object.keys(request.headers).length > 0) chosen['headers'] = request.headers;
  if (request.body !== null) chosen[body] = request.body;
  return JSON.stringify(chosen, null, 2);
}

/** In single quotes nothing is special but the quote itself. */
function shell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
