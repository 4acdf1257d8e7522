package discreet.ledger;

import java.util.OptionalLong;

/**
 * Reports what a walk along a population's chain found.
 *
 * @param ok whether every row, the sums and every sealed file are as they were written
 * @param rows rows that were read
 * @param firstBroken sequence number of the first row that is not as it was written, or the number after the
 *     last row if rows are missing at the end. Empty if all is well, or if only the sums beside the rows or
 *     the store are wrong
 * @param reason what is wrong, or empty if all is well
 */
public record Verification(boolean ok, long rows, OptionalLong firstBroken, String reason) {

    static Verification intact(long rows) {
        return new Verification(true, rows, OptionalLong.empty(), "");
    }

    static Verification broken(long rows, long seq, String reason) {
        return new Verification(false, rows, OptionalLong.of(seq), reason);
    }

    static Verification wrongStore(long rows, String reason) {
        return new Verification(false, rows, OptionalLong.empty(), reason);
    }

    static Verification wrongSums(long rows, String reason) {
        return new Verification(false, rows, OptionalLong.empty(), reason);
    }
}
