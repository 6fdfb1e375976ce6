import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, unlinkSync } from 'node:fs';
import type { Command } from './command';

export const WEBM = 'video.webm';
export const MP4 = 'video.mp4';

/** The last words of an encoder that failed. */
const MAX_WORDS = 2_000;

/** Two are what the smallest machine has; the server needs some, too. */
const THREADS = ['-threads', '2'];

/** Screens keep their colours, and say so: without it players guess by the picture's size. */
const COLOURS = [
  ['-vf', 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p'],
  ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
  ['-color_range', 'tv'],
].flat();

const VP9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-row-mt', '1'];
const VP8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-auto-alt-ref', '0'];
const H264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '26', '-movflags', '+faststart'];

/** The name of the error that no other attempt would avoid. */
export const NO_ENCODER = 'NoEncoder';

function noEncoder(message: string): Error {
  return Object.assign(new Error(message), { name: NO_ENCODER });
}

/**
 * The system's ffmpeg, which takes pictures one after another and makes videos of them, all of the
 * same length. Opens nothing but its standard input.
 */
export function openEncoder(task: Command['task'], onEnd: (words: string) => void) {
  const known = encoders(task.ffmpeg);
  const webm = known.includes(' libvpx-vp9 ') ? VP9 : known.includes(' libvpx ') ? VP8 : undefined;
  if (!webm) throw noEncoder('this ffmpeg makes no WebM');
  const hasMp4 = task.mp4 && known.includes(' libx264 ');
  const pace = String(task.framesPerSecond);
  const common = ['-map', '0:v', '-an', '-map_metadata', '-1', ...COLOURS, ...THREADS];
  const ffmpeg = spawn(
    task.ffmpeg,
    [
      ['-hide_banner', '-loglevel', 'error', '-y', '-protocol_whitelist', 'pipe,file'],
      ['-f', 'image2pipe', '-c:v', 'mjpeg', '-framerate', pace, '-i', 'pipe:0'],
      [...common, ...webm, '-crf', '32', '-b:v', '1500k', '-g', String(10 * task.framesPerSecond)],
      ['-f', 'webm', WEBM],
      hasMp4 ? [...common, ...H264, '-f', 'mp4', MP4] : [],
    ].flat(),
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  let words = '';
  let isFinishing = false;
  ffmpeg.stderr.on('data', (data: Buffer) => (words = (words + String(data)).slice(-MAX_WORDS)));
  ffmpeg.stdin.on('error', () => undefined); // its end is told by 'close'
  ffmpeg.on('error', (failure) => onEnd(String(failure)));
  const closed = once(ffmpeg, 'close') as Promise<[number | null, string | null]>;
  void closed.then(([code, signal]) => {
    if (!isFinishing || code !== 0) onEnd(`ffmpeg ended with ${String(signal ?? code)}: ${words}`);
  });
  return {
    /** Resolves when there is room for another one. */
    async add(picture: Buffer): Promise<void> {
      if (!ffmpeg.stdin.write(picture)) await once(ffmpeg.stdin, 'drain');
    },
    /** @returns which files there are, of those that are small enough */
    async finish(): Promise<{ webm: boolean; mp4: boolean }> {
      isFinishing = true;
      ffmpeg.stdin.end();
      await closed;
      return { webm: isKept(WEBM, task), mp4: hasMp4 && isKept(MP4, task) };
    },
  };
}

function isKept(file: string, { maxBytes }: Command['task']): boolean {
  if (statSync(file).size <= maxBytes) return true;
  unlinkSync(file);
  return false;
}

function encoders(ffmpeg: string): string {
  try {
    return execFileSync(ffmpeg, ['-hide_banner', '-encoders'], { encoding: 'utf8' });
  } catch (failure) {
    throw noEncoder(`ffmpeg does not run: ${String(failure)}`);
  }
}
