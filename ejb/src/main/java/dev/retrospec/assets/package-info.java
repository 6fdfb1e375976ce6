/**
 * What recorded pages are made of beside their DOM and styles: pictures and fonts, kept by content
 * (SHA-256) for each project, so that a replay looks right after the site was deployed again. The
 * visitor's browser brings them; the server never fetches what a recording names.
 *
 * <p>May use artifacts, retention, privacy. Never here: who may see them (web), how a replay finds
 * them (the player).
 */
@NullMarked
package dev.retrospec.assets;

import org.jspecify.annotations.NullMarked;
