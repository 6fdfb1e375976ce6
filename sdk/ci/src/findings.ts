/** What RetroSpec answers to a run; everything may be missing, because the server may be older. */
export interface Findings {
  testRunId?: string;
  similarPatterns?: SimilarPattern[] | number;
  similarPatternsDetails?: SimilarPattern[];
  recommendedTests?: RecommendedTest[];
  failures?: Failure[];
  analysis?: string | null;
  reportUrl?: string;
  /** How the server read the reports. */
  runStatus?: string;
}

export interface SimilarPattern {
  patternId?: string;
  /** 0 to 1; `POST /api/v1/report` has it as text. */
  similarity: number | string;
  summary: string;
  occurrenceCount?: number;
  testName?: string;
  why?: string;
  productionIssue?: string | null;
}

export interface RecommendedTest {
  testName: string;
  reason: string;
  confidenceScore: number;
}

interface Failure {
  testName: string;
  isFlaky?: boolean;
  isNewOnBranch?: boolean | null;
}

export function similarOf(findings: Findings): SimilarPattern[] {
  if (Array.isArray(findings.similarPatterns)) return findings.similarPatterns;
  return findings.similarPatternsDetails ?? [];
}

const MOST_SHOWN = 5;

export function percent(share: number | string): string {
  if (typeof share === 'string') return oneLine(share);
  return `${(share * 100).toFixed(share > 0.995 && share < 1 ? 1 : 0)} %`;
}

/** For a terminal or a job's log. */
export function asLines(findings: Findings): string[] {
  const similar = similarOf(findings);
  const recommended = findings.recommendedTests ?? [];
  const lines: string[] = [];
  if (similar.length > 0) lines.push('Seen before:');
  for (const pattern of similar.slice(0, MOST_SHOWN)) {
    const times = pattern.occurrenceCount ? `, ${pattern.occurrenceCount} times` : '';
    lines.push(`  ${percent(pattern.similarity)}  ${oneLine(pattern.summary)}${times}`);
    if (pattern.productionIssue) {
      lines.push(`        also in production: issue ${oneLine(pattern.productionIssue)}`);
    }
  }
  if (recommended.length > 0) lines.push('Worth running:');
  for (const test of recommended.slice(0, MOST_SHOWN)) {
    const name = oneLine(test.testName);
    lines.push(`  ${percent(test.confidenceScore)}  ${name}: ${oneLine(test.reason)}`);
  }
  if (findings.reportUrl) lines.push(`Report: ${oneLine(findings.reportUrl)}`);
  return lines;
}

/** For the summary of a GitHub job. */
export function asMarkdown(findings: Findings): string {
  const similar = similarOf(findings);
  const recommended = findings.recommendedTests ?? [];
  const parts = ['### RetroSpec'];
  if (similar.length > 0) {
    parts.push(
      '| seen before | match | times |\n|---|---|---|\n' +
        similar
          .slice(0, MOST_SHOWN)
          .map((it) => row([it.summary, percent(it.similarity), `${it.occurrenceCount ?? ''}`]))
          .join('\n'),
    );
  }
  if (recommended.length > 0) {
    parts.push(
      '| worth running | why | confidence |\n|---|---|---|\n' +
        recommended
          .slice(0, MOST_SHOWN)
          .map((it) => row([it.testName, it.reason, percent(it.confidenceScore)]))
          .join('\n'),
    );
  }
  if (similar.length === 0 && recommended.length === 0)
    parts.push('Nothing like it was seen before.');
  if (/^https?:\/\/[^\s)]+$/.test(findings.reportUrl ?? '')) {
    parts.push(`[The whole report](${findings.reportUrl ?? ''})`);
  }
  return `${parts.join('\n\n')}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(asCell).join(' | ')} |`;
}

/** Test names and messages are anybody's text: no markup, no links, no mentions. */
function asCell(text: string): string {
  return oneLine(text)
    .slice(0, 300)
    .replace(/[&<>]/g, (it) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[it] ?? '')
    .replace(/[\\`*_{}[\]()#+!|~]/g, '\\$&')
    .replace(/@/g, '@\u200b');
}

/**
 * Foreign text on one line of a log. `::name::` at the start of a line and `##[name]` anywhere are
 * commands to GitHub's and Azure's runners, so they are taken apart.
 */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .replace(/##\[/g, '## [')
    .replace(/::/g, ': :');
}
