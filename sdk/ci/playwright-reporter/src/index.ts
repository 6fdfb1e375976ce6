import type { FullConfig, FullResult, Reporter, Suite, TestError } from '@playwright/test/reporter';
import { tell } from './telling';
import type { RetroSpecOptions } from './options';

export type { RetroSpecOptions } from './options';

/** Tells RetroSpec about the run when it is over. Whatever goes wrong, the run's result stays as it is. */
class RetroSpecReporter implements Reporter {
  private readonly options: RetroSpecOptions;
  private readonly errors: TestError[] = [];
  private begun: { config: FullConfig; suite: Suite } | undefined;

  constructor(options: RetroSpecOptions = {}) {
    this.options = options;
  }

  onBegin(config: FullConfig, suite: Suite): void {
    this.begun = { config, suite };
  }

  onError(error: TestError): void {
    this.errors.push(error);
  }

  async onEnd(result: FullResult): Promise<void> {
    // An interrupted run says nothing about the code.
    if (!this.begun || result.status === 'interrupted') return;
    const { config, suite } = this.begun;
    if (suite.allTests().length === 0 && this.errors.length === 0) return;
    let lines: string[];
    try {
      const status = result.status === 'passed' ? 'passed' : 'failed';
      const run = {
        config,
        suite,
        errors: this.errors,
        durationMs: result.duration,
        status,
      } as const;
      lines = await tell(run, this.options, process.env);
    } catch (error) {
      lines = [`RetroSpec was not told: ${error instanceof Error ? error.message : String(error)}`];
    }
    process.stdout.write(`${lines.join('\n')}\n`);
  }

  /** Beside it Playwright's own reporter goes on writing the terminal. */
  printsToStdio(): boolean {
    return false;
  }
}

export default RetroSpecReporter;
