package discreet.cli.shared;

import java.io.PrintWriter;

/**
 * Remarks on a delta that is too large to promise anything. A promise with a delta of one in the number of
 * people is kept by a release that publishes all rows of one person, picked at random.
 */
public final class DeltaRemark {
    private static final double LARGE = 1e-3;
    private static final String REMEDY = " A promise with such a delta does not rule out that somebody's rows are"
            + " published. Open populations at a delta well below one in the number of people, such as 1e-5 for some"
            + " thousands of them.";

    private DeltaRemark() {}

    /** Prints a remark on a delta above 1e-3. */
    public static void print(PrintWriter err, double delta) {
        if (delta > LARGE) {
            print(err, "delta " + Figures.number(delta) + " is large.");
        }
    }

    /** Prints a remark on a delta above 1e-3, or above one in a stated number of people. */
    public static void print(PrintWriter err, double delta, long people) {
        if (people > 0 && delta > 1.0 / people) {
            print(
                    err,
                    "delta " + Figures.number(delta) + " is above one in " + Figures.count(people)
                            + ", the number of people.");
        } else {
            print(err, delta);
        }
    }

    private static void print(PrintWriter err, String what) {
        err.println("Remark: " + what + REMEDY);
        err.flush();
    }
}
