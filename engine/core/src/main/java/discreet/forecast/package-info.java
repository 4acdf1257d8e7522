/**
 * What recommendations would be worth at other budgets and numbers of people, without spending anything. Free of Spark.
 *
 * <p><b>What is public here.</b> The input is a model that was released and paid for ({@link
 * discreet.model.RankingModel}), and parameters. People in this package are invented: drawn at random from a generator that is fitted to released values
 * ({@link discreet.forecast.SyntheticUsers}). So whatever is computed from them, exact sums, EASE and metrics included, is post-processing of what was
 * released, and costs nothing. No type of this package takes ratings or histories that a reader gave; it does not know the
 * package that reads them.
 *
 * <p><b>Chance.</b> People and noise are drawn from a seeded generator, which a release may never do. That is right here and nowhere
 * else: nobody real has to be protected by this noise, and the same seed has to give the same forecast.
 */
@NullMarked
package discreet.forecast;

import org.jspecify.annotations.NullMarked;
