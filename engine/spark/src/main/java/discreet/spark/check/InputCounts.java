package discreet.spark.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the exact figures of files of ratings. Not for publication: every figure depends on single rows.
 *
 * @param rows what happens to the rows
 * @param people what the rows hold of people
 * @param items which items the rows and the catalogue have in common
 * @param ratings the range of the ratings
 * @param times the range of the times
 * @param csv what is odd in the records of CSV files. Null if the files are Parquet
 */
public record InputCounts(
        Rows rows,
        People people,
        Items items,
        Ratings ratings,
        Times times,
        @Nullable Csv csv) {
    /**
     * Divides the rows by what happens to them. A row is counted by the first reason that applies.
     *
     * @param read all rows
     * @param withoutUser rows without a usable user id
     * @param withoutItem other rows without a usable item id
     * @param unlisted other rows, of items that are not in the catalogue
     * @param repeated other rows, for a user and an item of which a later row counts
     * @param low other rows, without a usable rating or below the smallest one that counts
     * @param beyondCap other rows, beyond the items of a user that count
     * @param counting rows that count
     */
    public record Rows(
            long read,
            long withoutUser,
            long withoutItem,
            long unlisted,
            long repeated,
            long low,
            long beyondCap,
            long counting) {}

    /**
     * Counts people.
     *
     * @param named people that a row names
     * @param counting people with a row that counts
     * @param mostItems most items of one of them, before the cap
     * @param aboveCap people with more items than the cap
     */
    public record People(long named, long counting, int mostItems, long aboveCap) {}

    /**
     * Compares the ids of items.
     *
     * @param inBoth ids that rows and catalogue have
     * @param inCatalogue ids of the catalogue
     * @param unlisted ids that only rows have
     * @param hasMoreUnlisted whether there are more of these than were kept
     * @param unlistedExamples a few of these, with their numbers of rows
     * @param unratedExamples a few ids that only the catalogue has
     * @param lookAlikes ids of rows that are in the catalogue in another spelling
     */
    public record Items(
            int inBoth,
            int inCatalogue,
            int unlisted,
            boolean hasMoreUnlisted,
            Map<String, Long> unlistedExamples,
            List<String> unratedExamples,
            List<LookAlikes> lookAlikes) {}

    /**
     * Gives the range of the ratings.
     *
     * @param lowest NaN if there are none
     * @param highest NaN if there are none
     * @param values rows of each rating, ascending. Empty if there are too many ratings to list
     * @param missing rows of people and items of the catalogue without a usable rating
     */
    public record Ratings(double lowest, double highest, Map<Double, Long> values, long missing) {}

    /**
     * Gives the range of the times in milliseconds since 1970.
     *
     * @param first null if no row has a usable time
     * @param last null if no row has a usable time
     * @param missing rows without a usable time, which count as the oldest
     */
    public record Times(@Nullable Long first, @Nullable Long last, long missing) {}

    /**
     * Counts what is odd in CSV.
     *
     * @param noRecords lines that are no record, because a quote is not closed
     * @param notUtf8 records with bytes that are not UTF-8
     * @param tooShort records that end before the last column that is used
     * @param notNumbers ratings that are no numbers
     * @param notTimes times that are not understood
     * @param quotes ids with a quotation mark in them
     */
    public record Csv(long noRecords, long notUtf8, long tooShort, Odd notNumbers, Odd notTimes, Odd quotes) {}

    /** Counts texts of one kind, and shows a few. */
    public record Odd(long count, Set<String> examples) {
        public Odd {
            examples = Set.copyOf(examples);
        }
    }
}
