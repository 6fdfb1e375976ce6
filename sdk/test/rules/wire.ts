import type { Chunk } from '../../src/domain/chunks/chunk';
import { cutChunk } from '../../src/domain/chunks/cut-chunk';
import type { SendOutcome } from '../../src/transport/sender';
import { createUploader } from '../../src/transport/uploader';
import { utf8Bytes } from '../../src/tools/json-bytes';

/** A wire that answers what the test says and writes down what it was given. */
export function aWire(
  answers: (chunk: Chunk, attempt: number) => SendOutcome | Promise<SendOutcome>,
) {
  const sent: number[] = [];
  const told: string[] = [];
  const counted: Chunk['counters'][] = [];
  const dropped: string[] = [];
  const refused: string[] = [];
  let nextSeq = 100;
  let ownsSlot = false;
  let keepaliveFree = 60_000;
  const kept = new Map<number, Chunk>();
  let offline = false;
  let hasDisk = true;
  let fails: 'at_once' | 'later' | undefined;
  const forgotten: string[] = [];
  const encode = (text: string) => ({ bytes: utf8Bytes(text) });
  const uploader = createUploader(
    {
      encode: (text) => Promise.resolve(encode(text)),
      encodeNow: encode,
      send: (chunk) => {
        sent.push(chunk.seq);
        told.push(chunk.events.join());
        counted.push(chunk.counters);
        return Promise.resolve(answers(chunk, sent.length));
      },
      sendBeacon: () => false,
      canKeepAlive: true,
      keepaliveFree: () => keepaliveFree,
      keep(chunks, lost) {
        if (fails === 'at_once') lost();
        else if (fails === 'later') setTimeout(lost, 5);
        else if (hasDisk) chunks.forEach((chunk) => kept.set(chunk.seq, chunk));
        return hasDisk;
      },
      forget: (chunk) => forgotten.push(chunk.sessionId),
      kept: () => Promise.resolve([...kept.values()]),
      cut: (chunk) => cutChunk(chunk, () => nextSeq++, 1),
      isCurrent: (chunk) => chunk.sessionId === 'ses_1',
      unkeep: (chunk) => kept.delete(chunk.seq),
      isOffline: () => offline,
      nextSeq: () => nextSeq++,
      leaveSlot: () => ownsSlot,
    },
    {
      onDropped(reason, chunk, events) {
        if (events > 0) dropped.push(`${chunk.seq} ${reason}`);
      },
      onRules: () => undefined,
      onRefused: (why) => refused.push(why),
    },
  );
  const leftBehind = () => [...kept.values()];
  return {
    uploader,
    sent,
    told,
    counted,
    dropped,
    refused,
    leftBehind,
    forgotten,
    kept,
    failDisk: (when: 'at_once' | 'later') => (fails = when),
    loseDisk: () => (hasDisk = false),
    setOffline: (is: boolean) => (offline = is),
    ownSlot: () => (ownsSlot = true),
    setKeepaliveFree: (bytes: number) => (keepaliveFree = bytes),
  };
}
