/**
 * What the browser saw: chunks of rrweb events, how they are taken in, kept and given back.
 *
 * <p>{@code EventStream} is the one pass over what a client sent: it validates, scrubs, indexes and
 * compresses while it reads. {@code ChunkCodec} reads it again, {@code SessionCipher} keeps it
 * unreadable at rest; these are pure. Beside them stand the spool in PostgreSQL, the packer and the
 * timeline. May use {@code privacy}, {@code artifacts}, {@code projects} and below. Never here:
 * what a session or a marker is ({@code sessions}), HTTP, and a whole recording in memory as a
 * tree.
 */
@NullMarked
package dev.retrospec.recordings;

import org.jspecify.annotations.NullMarked;
