import { leaveInSlot } from './load-sibling';
import { createCompressor, cutChunk, encodeNow, openOutbox, startRecording } from './recording';

leaveInSlot('recorder', { createCompressor, cutChunk, encodeNow, openOutbox, startRecording });
