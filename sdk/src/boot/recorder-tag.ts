import { SDK_VERSION } from '../version';
import { RECORDER_SLOT, type RecorderSlot } from './load-sibling';
import { createCompressor, cutChunk, encodeNow, openOutbox, startRecording } from './recording';

// The core that has asked for this file looks here, and nobody else.
(globalThis as RecorderSlot)[RECORDER_SLOT] = {
  version: SDK_VERSION,
  createCompressor,
  cutChunk,
  encodeNow,
  openOutbox,
  startRecording,
};
