/**
 * Forecasts what recommendations would be worth at other budgets and numbers of users, without spending any
 * budget. The package needs no Spark.
 *
 * <p><b>Only public inputs.</b> The input is a model that was released and paid for
 * ({@link discreet.model.RankingModel}), and parameters. The users in this package are synthetic.
 * {@link discreet.forecast.SyntheticUsers} draws them at random from a generator that is fitted to released
 * values. Everything computed from them, including exact sums and metrics, is therefore post-processing
 * of the release and costs no privacy. No type of this package accepts ratings or histories that were read
 * from a file, and the package does not depend on the code that reads them.
 *
 * <p><b>Seeded randomness.</b> Users and noise are drawn from a seeded generator, which a release must never
 * do. Here it is right, because this noise protects no real user and the same seed has to give the same
 * forecast.
 */
@NullMarked
package discreet.forecast;

import org.jspecify.annotations.NullMarked;
