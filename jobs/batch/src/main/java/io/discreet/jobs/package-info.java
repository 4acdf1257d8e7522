/** The command line: one class a command, and the main class that runs them and turns errors into exit codes. */
@NullMarked
package io.discreet.jobs;

import org.jspecify.annotations.NullMarked;
