package dev.retrospec.workers.snapshots;

import java.nio.file.Path;

/**
 * What the browser gave, as it gave it: nothing of this is stored before it is redacted, except for
 * the picture.
 *
 * @param screenshot PNG
 * @param html the document as it stood
 * @param har a file; whoever owns the folder deletes it
 * @param console one message per line
 * @param dom a JSON array of rrweb events
 */
record CapturedPage(
    byte[] screenshot, String html, Path har, String console, String dom, String userAgent) {}
