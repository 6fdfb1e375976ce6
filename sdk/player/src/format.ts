/** How times, sizes and shares are written and spoken. One place, so that all panels agree. */

/** A clock: `0:42`, `12:10`, `1:02:03`. */
export function clock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const seconds = String(total % 60).padStart(2, '0');
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3600);
  return hours > 0
    ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`
    : `${minutes}:${seconds}`;
}

/** A clock with tenths, for rows that follow each other closely: `0:42.3`. */
export function preciseClock(ms: number): string {
  const safe = Math.max(0, ms);
  return `${clock(safe)}.${Math.floor((safe % 1000) / 100)}`;
}

/** A time as a screen reader should say it: `1 minute 12 seconds`. */
export function spoken(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const parts = [
    count(Math.floor(total / 3600), 'hour'),
    count(Math.floor(total / 60) % 60, 'minute'),
    count(total % 60, 'second'),
  ].filter((part) => !part.startsWith('0 '));
  return parts.length > 0 ? parts.join(' ') : '0 seconds';
}

/** How long something lasted: `340 ms`, `1.2 s`, `12 s`, `3 min 20 s`, `1 h 5 min`. */
export function lasting(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 9_950) return `${Math.round(ms / 100) / 10} s`;
  const total = Math.round(ms / 1000);
  if (total < 60) return `${total} s`;
  const minutes = Math.floor(total / 60);
  if (minutes < 60) return total % 60 === 0 ? `${minutes} min` : `${minutes} min ${total % 60} s`;
  return minutes % 60 === 0
    ? `${Math.floor(minutes / 60)} h`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How much: `340 B`, `12 KB`, `1.4 MB`. */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${Math.max(0, Math.round(bytes))} B`;
  return bytes < 1_000_000
    ? `${Math.round(bytes / 1_000)} KB`
    : `${Math.round(bytes / 100_000) / 10} MB`;
}

export function count(n: number, noun: string, nouns = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : nouns}`;
}

/** A probability as people read it: `0.83` becomes `83 %`. */
export function share(probability: number): string {
  return `${Math.round(Math.min(1, Math.max(0, probability)) * 100)} %`;
}

/** Text cut for a label; the whole of it stays in the panel. */
export function brief(text: string, max = 90): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= max ? line : `${line.slice(0, max - 1)}…`;
}

/** A recorded code in words: `upload_failed` becomes `upload failed`. */
export function words(code: string): string {
  return code.replace(/[_-]+/g, ' ').trim() || 'unknown';
}
