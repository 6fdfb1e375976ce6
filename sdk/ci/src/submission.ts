import type { Request } from './server';
import type { RunFacts } from './run-facts';

/** Links of a snapshot, by the names of the contract. */
export interface SnapshotUrls {
  screenshot?: string;
  htmlDump?: string;
  har?: string;
  consoleLogs?: string;
}

export interface FailedTest {
  testName: string;
  errorMessage: string;
  stackTrace?: string;
}

/** What is told about a run beside its results. */
export interface RunDetails extends RunFacts {
  id: string;
  status?: 'passed' | 'failed';
  gitDiff?: string;
  snapshotUrls?: SnapshotUrls;
  durationMs?: number;
  /** Nobody is notified. */
  quiet?: boolean;
}

export interface ReportFile {
  name: string;
  content: string;
}

/** A run on its way: plain data, so that it can wait on disk. */
export type Submission =
  | { kind: 'junit'; run: RunDetails; reports: ReportFile[] }
  | { kind: 'run'; run: RunDetails & { failedTests?: FailedTest[] } }
  | { kind: 'logs'; run: RunDetails & { failedTests?: FailedTest[] }; failureLogs: string };

/** Harmless to repeat: the run's id makes the second one the first one. */
export function requestFor(submission: Submission): Request {
  switch (submission.kind) {
    case 'junit':
      return {
        method: 'POST',
        path: '/v1/ci/junit',
        body: { form: () => formOf(submission.run, submission.reports) },
      };
    case 'run':
      return { method: 'POST', path: '/test-runs', body: { json: submission.run } };
    case 'logs':
      return {
        method: 'POST',
        path: '/api/v1/report',
        body: { json: { ...submission.run, failureLogs: submission.failureLogs } },
      };
  }
}

function formOf(run: RunDetails, reports: readonly ReportFile[]): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(run)) {
    if (value === undefined) continue;
    form.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  for (const { name, content } of reports) {
    form.append('report', new Blob([content], { type: 'application/xml' }), name);
  }
  return form;
}
