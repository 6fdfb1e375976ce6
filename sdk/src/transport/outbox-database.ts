/** In which the outboxes of all sites of an origin lie. */
export const OUTBOX_DATABASE = 'retrospec';

/** All that is kept on disk goes; this needs nothing that is loaded later. */
export function burnOutbox(): void {
  try {
    // Whoever has it open, in whichever tab, lets go of it when asked to.
    indexedDB.deleteDatabase(OUTBOX_DATABASE);
  } catch {
    // Where it is forbidden nothing was kept.
  }
}
