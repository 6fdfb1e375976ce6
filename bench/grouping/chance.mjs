import { createHash } from 'node:crypto';

/** The same numbers for the same name, on every machine. */
export function chance(name) {
  let state = createHash('sha256').update(name).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const pick = (random, list) => list[Math.floor(random() * list.length)];

/** A quarter of the faults, chosen by their names before anybody has tuned anything. */
export function isHeldOut(project, fault) {
  return createHash('sha256').update(`held out/${project}/${fault}`).digest()[0] < 64;
}
