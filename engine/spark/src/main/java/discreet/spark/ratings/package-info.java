/**
 * Reads ratings on Spark and groups them into the histories of users.
 *
 * <p>A user's contribution is a total function of that user's rows. It is defined for every input, and no row
 * raises an error, because an error that depends on rows would be a release. For the same reason, this
 * package neither counts, logs nor reports rows. Errors can only concern public facts, which are the path,
 * the files and their schema, and the catalogue. {@link discreet.spark.ratings.Histories} lists the rules in
 * their order, and {@code discreet.history} implements them for one user.
 *
 * <p>Data flow: {@code RatingsReader} opens CSV or Parquet. {@code RatingSource} offers the ratings as rows
 * of the normal form ({@code NormalisedRatings}) or, where possible, as batches of columns. A
 * {@code RatingCursor} iterates over either, and {@code RowPacker} packs the ratings of each task by user.
 * After one shuffle by user, {@code UserIterator} applies the row rules and returns one history for each
 * user. {@code ItemIdHistories} does the same before the items are known.
 */
@NullMarked
package discreet.spark.ratings;

import org.jspecify.annotations.NullMarked;
