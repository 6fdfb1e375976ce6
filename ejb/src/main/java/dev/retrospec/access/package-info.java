/**
 * Who may open the dashboard: users, their roles, and the first administrator. Elytron's realm
 * reads the same table and checks the password; nothing here does.
 *
 * <p>May use platform. Never here: a login form, or what a role may do; the edge asks the
 * container.
 */
@NullMarked
package dev.retrospec.access;

import org.jspecify.annotations.NullMarked;
