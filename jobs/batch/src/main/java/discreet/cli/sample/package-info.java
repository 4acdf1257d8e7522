/**
 * The {@code sample} and {@code demo} commands, with a seeded generator of an invented streaming service. It
 * invents titles, users, what they watched and how they rated it. The project's own sample, the demo and the
 * load tests use it, so that no real user's history is ever committed. The generator is free of Spark.
 */
@NullMarked
package discreet.cli.sample;

import org.jspecify.annotations.NullMarked;
