import {
  ErrorHandler,
  inject,
  InjectionToken,
  makeEnvironmentProviders,
  type EnvironmentProviders,
} from '@angular/core';
import { initRetrospec, type RetrospecClient, type RetrospecOptions } from '@retrospec/sdk';

const CLIENT = new InjectionToken<RetrospecClient>('retrospec');

/** What was thrown: Angular and its router wrap it at times. */
function original(error: unknown): unknown {
  const wrapped = error as { ngOriginalError?: unknown; rejection?: unknown } | null | undefined;
  return wrapped?.ngOriginalError ?? wrapped?.rejection ?? error;
}

/**
 * Tells RetroSpec of an error, then does with it what Angular does.
 *
 * @param next for who has an error handler of their own
 */
export function retrospecErrorHandler(
  client: RetrospecClient,
  next: Pick<ErrorHandler, 'handleError'> = new ErrorHandler(),
): Pick<ErrorHandler, 'handleError'> {
  return {
    handleError(error: unknown) {
      client.captureError(original(error));
      next.handleError(error);
    },
  };
}

/** For `bootstrapApplication`: starts RetroSpec, and makes its error handler Angular's. */
export function provideRetrospec(from: RetrospecOptions | RetrospecClient): EnvironmentProviders {
  const client = 'captureError' in from ? from : initRetrospec(from);
  return makeEnvironmentProviders([
    { provide: CLIENT, useValue: client },
    { provide: ErrorHandler, useFactory: () => retrospecErrorHandler(client) },
  ]);
}

/** Where Angular injects: the client. */
export function injectRetrospec(): RetrospecClient {
  return inject(CLIENT);
}
