package discreet.spark.check;

import discreet.history.CsvLayout;
import discreet.history.RatingParser;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is odd in records of CSV.
 *
 * <p><b>Memory:</b> {@value #EXAMPLES} examples of each kind, of at most {@value #LENGTH} characters.
 */
final class CsvCounts implements Parts.Sum<CsvCounts> {
    private static final long serialVersionUID = 1;
    static final int EXAMPLES = 5;
    private static final int LENGTH = 60;

    private long noRecords;
    private long notUtf8;
    private long tooShort;
    private long notNumbers;
    private long notTimes;
    private long quotes;
    private final Set<String> numberExamples = new LinkedHashSet<>();
    private final Set<String> timeExamples = new LinkedHashSet<>();
    private final Set<String> quoteExamples = new LinkedHashSet<>();

    /**
     * Counts a record.
     *
     * @param fields null if the text is no record
     */
    void see(CsvLayout layout, String record, @Nullable String @Nullable [] fields) {
        notUtf8 += RatingParser.isWhole(record) ? 0 : 1;
        if (fields == null) {
            noRecords++;
            return;
        }
        tooShort += fields[fields.length - 1] == null ? 1 : 0;
        if (layout.hasRatings()) {
            String rating = fields[layout.rating()];
            if (rating != null && !rating.isBlank() && RatingParser.rating(rating) == null) {
                notNumbers++;
                example(numberExamples, rating);
            }
        }
        if (layout.hasTimes()) {
            String time = fields[layout.timestamp()];
            if (time != null && !time.isBlank() && RatingParser.timestamp(time) == RatingParser.OLDEST) {
                notTimes++;
                example(timeExamples, time);
            }
        }
        for (String id : new String[] {fields[layout.user()], fields[layout.item()]}) {
            if (id != null && id.indexOf('"') >= 0) {
                quotes++;
                example(quoteExamples, id);
            }
        }
    }

    private static void example(Set<String> examples, String text) {
        if (examples.size() < EXAMPLES) {
            examples.add(text.length() > LENGTH ? text.substring(0, LENGTH) + "..." : text);
        }
    }

    @Override
    public void add(CsvCounts other) {
        noRecords += other.noRecords;
        notUtf8 += other.notUtf8;
        tooShort += other.tooShort;
        notNumbers += other.notNumbers;
        notTimes += other.notTimes;
        quotes += other.quotes;
        other.numberExamples.forEach(text -> example(numberExamples, text));
        other.timeExamples.forEach(text -> example(timeExamples, text));
        other.quoteExamples.forEach(text -> example(quoteExamples, text));
    }

    InputCounts.Csv counts() {
        return new InputCounts.Csv(
                noRecords,
                notUtf8,
                tooShort,
                new InputCounts.Odd(notNumbers, numberExamples),
                new InputCounts.Odd(notTimes, timeExamples),
                new InputCounts.Odd(quotes, quoteExamples));
    }
}
