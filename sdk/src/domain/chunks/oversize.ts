import { customEvent, type RecordedEvent } from '../recording/events';

export const DROPPED_NAME = 'retrospec.dropped';

/** Stands in place of an event that was too large, so that the player can name the hole. */
export function oversizeNotice(bytes: number, atMs: number): RecordedEvent {
  const payload = { name: DROPPED_NAME, payload: { reason: 'oversize', bytes } };
  return customEvent('rs.custom', payload, atMs);
}
