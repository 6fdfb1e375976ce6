/**
 * What a customer puts into {@code WEB-INF/lib}: each answer carries an id, and when the server
 * failed, RetroSpec is told which stack stands behind that id, so that it joins the replay of the
 * visitor who saw the failure.
 *
 * <p>May use the Jakarta APIs of the customer's server and the JDK. Never anything else: the jar
 * travels alone. Never an effect on the answer but its headers, and never a wait in a request.
 */
@NullMarked
package dev.retrospec.filter;

import org.jspecify.annotations.NullMarked;
