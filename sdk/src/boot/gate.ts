import type { ChunkBuilder } from '../domain/chunks/chunk-builder';
import { admit, BUFFER_MS } from '../domain/session/admission';
import type { Session } from '../domain/session/session';
import { areMet, conditionsMet, type Occurrence } from '../domain/session/triggers';
import type { RulesInForce } from './rules-in-force';

/** Lets events out as the project's rules want it. */
export interface Gate {
  /** A recording begins; who the visitor is may be known already. */
  begin(): void;
  /** Something has happened that the project may wait for. */
  note(seen: Occurrence): void;
  /** Rules, session or time have changed. */
  update(): void;
  /** The page goes, perhaps into the cache, from which it may come back. */
  leave(): void;
  comeBack(): void;
  /** No timer runs any more. */
  stop(): void;
}

export function createGate(
  builder: ChunkBuilder,
  session: Session,
  rules: RulesInForce,
  takePicture: () => void,
): Gate {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Events that waited here when the page was left. */
  let left = 0;
  let kind: ReturnType<typeof admit>['kind'] = 'send';

  function update(): void {
    clearTimeout(timer);
    timer = undefined;
    const before = kind;
    const next = admit(rules.current, rules.known, session.state, Date.now());
    ({ kind } = next);
    if (next.forMs !== undefined) timer = setTimeout(update, next.forMs);
    if (kind === 'wait') builder.hold(Infinity);
    else if (kind === 'buffer') {
      builder.hold(BUFFER_MS);
      // What was before has been sent; what waits from here on must begin by itself.
      if (before === 'send') takePicture();
    } else {
      if (!session.state.admitted) session.update({ admitted: true });
      builder.countDropped('page_left', session.takeUnsent());
      builder.release();
    }
  }

  function note(seen: Occurrence): void {
    const { policy, triggers, bufferAfterMs } = rules.current;
    const met = triggers ? conditionsMet(triggers, seen) : [];
    const news = met.filter((condition) => !session.state.met.includes(condition));
    if (news.length > 0) session.update({ met: [...session.state.met, ...news] });
    const isWanted = !triggers || areMet(triggers, session.state.met);
    const opens = policy === 'buffer' && isWanted && (seen.type === 'marker' || met.length > 0);
    if (opens) session.update({ openUntilMs: Date.now() + bufferAfterMs });
    if (opens || news.length > 0) update();
  }

  return {
    update,
    note,
    begin() {
      update();
      const { userId, org } = session.state;
      note({ type: 'user', properties: { userId, org } });
    },
    leave() {
      left = builder.held();
      session.addUnsent(left);
      session.leave();
    },
    comeBack() {
      session.comeBack();
      session.addUnsent(-left);
      left = 0;
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
