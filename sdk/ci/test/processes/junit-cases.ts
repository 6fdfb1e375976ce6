export interface Verdict {
  element: string;
  message: string;
  type: string;
}

export interface XmlCase {
  suite: string;
  host: string;
  verdicts: Verdict[];
  /** All text within the case. */
  text: string;
}

const TOKEN = /<\?[^?]*\?>|<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;

/** Reads a report strictly: what is not well-formed is an error, as it is for the server. */
export function testCases(xml: string): Map<string, XmlCase> {
  const cases = new Map<string, XmlCase>();
  const open: string[] = [];
  let suite: Record<string, string> = {};
  let current: XmlCase | undefined;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(xml);
    if (!token) throw new Error(`not well-formed at: ${xml.slice(at, at + 80)}`);
    const [, closes, element, attributes = '', empty, text] = token;
    if (text !== undefined) {
      if (current) current.text += decoded(text);
      continue;
    }
    if (element === undefined) continue;
    if (closes) {
      if (open.pop() !== element) throw new Error(`</${element}> closes what was not open`);
      if (element === 'testcase') current = undefined;
      continue;
    }
    const values = attributesOf(attributes);
    if (element === 'testsuite') suite = values;
    else if (element === 'testcase') {
      current = { suite: suite.name ?? '', host: suite.hostname ?? '', verdicts: [], text: '' };
      cases.set(values.name ?? '', current);
    } else if (current && element !== 'system-out') {
      current.verdicts.push({ element, message: values.message ?? '', type: values.type ?? '' });
    }
    if (!empty) open.push(element);
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(', ')}`);
  return cases;
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      decoded(value),
    ]),
  );
}

function decoded(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|#10);)/.test(text)) throw new Error(`a bare & in: ${text}`);
  if (/\p{Surrogate}|[^\P{Cc}\t\n\r]/u.test(text)) throw new Error('a character that XML forbids');
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#10;', '\n')
    .replaceAll('&amp;', '&');
}
