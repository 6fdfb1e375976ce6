/**
 * What must not be kept, and how it is taken out: the rules of the server's scrub.
 *
 * <p>The browser masks first; this is the second wall, for what slipped through, for old clients
 * and for forged ones. The rules are hand-written scanners over characters, each linear in its
 * input, because they see every character of every recording. May use {@code ids} and {@code
 * platform}. Never here: {@code jakarta.*}, I/O, the shape of an rrweb event ({@code recordings}
 * walks it and says which rule applies where).
 */
@NullMarked
package dev.retrospec.privacy;

import org.jspecify.annotations.NullMarked;
