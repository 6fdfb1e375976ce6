import { redactPairs } from '../../tools/secrets';
import { maskPersonalData } from '../recording/personal-data';
import type { Sighting } from './marker';

/** What stands in messages, stacks and contexts is masked like what stands in the console. */
export function maskedSighting(sighting: Sighting): Sighting {
  const { label, evidence, error } = sighting;
  return {
    ...sighting,
    label: maskPersonalData(label),
    ...(evidence && { evidence: maskPersonalData(redactPairs(evidence)) }),
    ...(error && {
      error: {
        ...error,
        message: maskPersonalData(error.message),
        ...(error.stack && { stack: maskPersonalData(error.stack) }),
        ...(error.cause && { cause: maskPersonalData(error.cause) }),
      },
    }),
  };
}
