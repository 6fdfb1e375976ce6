/**
 * PostgreSQL and an S3 store for one machine, run as one process beside the server, so that
 * RetroSpec starts without anything installed or configured.
 *
 * <p>May use: the JDK, zonky's PostgreSQL binaries, S3Proxy. Never here: anything of the
 * application; nothing of this package is in the EAR.
 */
@NullMarked
package dev.retrospec.embedded;

import org.jspecify.annotations.NullMarked;
