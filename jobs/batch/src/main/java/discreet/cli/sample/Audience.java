package discreet.cli.sample;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Generates the users of the invented service. Each user belongs to a few taste groups and also has an own
 * taste. Users draw titles from what is popular in general and in their groups, and go on to the next part of
 * a series they have begun. They turn down titles that do not suit them, so most ratings are of titles they
 * like. Thread-safe. A user depends only on the seed and the user's number.
 */
final class Audience {
    private static final int GROUPS = 36;
    private static final double[] AXIS_WEIGHT = {1.2, 1.2, 1.2, 1.2, 1.2, .9, .9, .9, .9, .9, .9, .9};

    /**
     * How far a group's taste bends the popularity of titles in it, as the standard deviation of the
     * logarithm.
     */
    private static final double GROUP_TASTE = 2;

    private static final double OWN_TASTE = .5;
    private static final double PICKINESS = 1.5;
    private static final double FOLLOWS_SERIES = .5;

    /**
     * The median number of ratings is MEDIAN * (titles / MEDIAN_AT) ^ GROWTH. A larger shelf is watched more,
     * but less than in proportion.
     */
    private static final double MEDIAN = 28;

    private static final double MEDIAN_AT = 600;
    private static final double GROWTH = .35;
    private static final double LENGTH_SIGMA = .75;
    private static final int SHORTEST = 8;
    private static final int ATTEMPTS_PER_TITLE = 40;

    static final long DAY_SECONDS = 86_400;
    static final long OPENING_DAY = LocalDate.of(2019, 3, 1).toEpochDay();
    private static final long LAST_JOINING_DAY = LocalDate.of(2026, 5, 31).toEpochDay();
    static final long LAST_SECOND = LocalDate.of(2026, 6, 30).toEpochDay() * DAY_SECONDS;
    private static final int MAX_FIRST_EVENING = 15;

    private final Shelf shelf;
    private final long seed;
    private final float[][] places;
    private final double[][] groupTastes;
    private final AliasTable popular;
    private final AliasTable[] groups;

    Audience(Shelf shelf, long seed) {
        this.shelf = shelf;
        this.seed = seed;
        int n = shelf.size();
        double[] weights = new double[n];
        places = new float[n][Shelf.DIMENSIONS];
        for (int i = 0; i < n; i++) {
            weights[i] = shelf.title(i).weight();
            for (int axis = 0; axis < Shelf.DIMENSIONS; axis++) {
                places[i][axis] = (float) shelf.title(i).place()[axis];
            }
        }
        popular = new AliasTable(weights);
        groups = new AliasTable[GROUPS];
        groupTastes = new double[GROUPS][];
        Draws draws = Draws.of(seed, Draws.Purpose.GROUPS, 0);
        for (int g = 0; g < GROUPS; g++) {
            double[] taste = new double[Shelf.DIMENSIONS];
            for (int axis = 0; axis < Shelf.DIMENSIONS; axis++) {
                taste[axis] = AXIS_WEIGHT[axis] * draws.normal();
            }
            groupTastes[g] = unit(taste);
        }
        // Groups differ in what they watch. Summed over the groups, every title keeps its popularity on the
        // shelf.
        double[][] bent = new double[GROUPS][n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int g = 0; g < GROUPS; g++) {
                bent[g][i] = StrictMath.exp(GROUP_TASTE * liking(groupTastes[g], i));
                sum += bent[g][i];
            }
            for (int g = 0; g < GROUPS; g++) {
                bent[g][i] *= weights[i] / sum;
            }
        }
        for (int g = 0; g < GROUPS; g++) {
            groups[g] = new AliasTable(bent[g]);
        }
    }

    History history(int person) {
        Draws draws = Draws.of(seed, Draws.Purpose.PERSON, person);
        double[] taste = new double[Shelf.DIMENSIONS];
        int[] titles = watched(draws, taste);
        return new History(titles, rated(titles, taste, draws), watchedAt(titles.length, draws));
    }

    /** Chooses what the user watches, in order, and fills in the user's taste. */
    private int[] watched(Draws draws, double[] taste) {
        double median = MEDIAN * StrictMath.pow(shelf.size() / MEDIAN_AT, GROWTH);
        int most = Math.max(1, shelf.size() / 2);
        int length = (int) Math.min(most, Math.max(SHORTEST, draws.lognormal(median, LENGTH_SIGMA)));

        int[] mine = new int[1 + draws.below(4)];
        double[] upTo = new double[mine.length]; // cumulative shares of the groups, the first of which weighs most
        double sum = 0;
        for (int j = 0; j < mine.length; j++) {
            mine[j] = draws.below(GROUPS);
            double share = draws.exponential() + (j == 0 ? 1 : 0);
            sum += share;
            upTo[j] = sum;
            for (int axis = 0; axis < taste.length; axis++) {
                taste[axis] += share * groupTastes[mine[j]][axis];
            }
        }
        unit(taste);
        for (int axis = 0; axis < taste.length; axis++) {
            taste[axis] += OWN_TASTE * draws.normal() / Math.sqrt(taste.length);
        }
        unit(taste);
        double mainstream = .1 + .3 * draws.unit();

        int[] titles = new int[length];
        BitSet seen = new BitSet(shelf.size());
        int size = 0;
        for (int attempt = ATTEMPTS_PER_TITLE * length; attempt > 0 && size < length; attempt--) {
            AliasTable source = popular;
            if (!draws.happens(mainstream)) {
                double point = draws.unit() * sum;
                int j = 0;
                while (point >= upTo[j]) {
                    j++;
                }
                source = groups[mine[j]];
            }
            int title = source.draw(draws);
            if (seen.get(title) || !draws.happens(1 / (1 + StrictMath.exp(-PICKINESS * liking(taste, title))))) {
                continue;
            }
            seen.set(title);
            titles[size++] = title;
            for (int next : shelf.series(title)) {
                if (size < length && !seen.get(next) && draws.happens(FOLLOWS_SERIES)) {
                    seen.set(next);
                    titles[size++] = next;
                }
            }
        }
        return size == length ? titles : Arrays.copyOf(titles, size);
    }

    private byte[] rated(int[] titles, double[] taste, Draws draws) {
        double mean = 3.3 + .4 * draws.normal();
        double spread = draws.lognormal(.95, .25);
        boolean wholeStars = draws.happens(.35);
        byte[] ratings = new byte[titles.length];
        for (int i = 0; i < titles.length; i++) {
            double opinion =
                    .45 * shelf.title(titles[i]).quality() + .45 * liking(taste, titles[i]) + .75 * draws.normal();
            double stars = Math.min(5, Math.max(1, mean + spread * opinion));
            ratings[i] = (byte) (wholeStars ? 2 * Math.round(stars) : Math.round(2 * stars));
        }
        return ratings;
    }

    /**
     * Returns when each title was rated. On the first evening, titles seen elsewhere are rated in a row.
     * Later evenings have a few titles each, some days apart.
     */
    private long[] watchedAt(int count, Draws draws) {
        // The service grows, so more users join late than early.
        long joined = OPENING_DAY + (long) ((LAST_JOINING_DAY - OPENING_DAY) * StrictMath.sqrt(draws.unit()));
        long[] seconds = new long[count];
        int[] days = new int[count];
        // Users who watch much watch often.
        double paceDays = draws.lognormal(4, .6) * Math.sqrt(MEDIAN / Math.max(MEDIAN, count));
        double evening = 20 + 2 * draws.normal();
        int firstEvening = Math.min(count, 1 + draws.below(MAX_FIRST_EVENING));
        int day = 0;
        int leftTonight = firstEvening;
        for (int i = 0; i < count; i++) {
            if (leftTonight == 0) {
                day += 1 + (int) draws.lognormal(paceDays, 1);
                leftTonight = 1 + (int) (1.2 * draws.exponential());
            }
            leftTonight--;
            days[i] = day;
        }
        for (int i = 0; i < count; i++) {
            if (i > 0 && days[i] == days[i - 1]) {
                seconds[i] = seconds[i - 1] + (i < firstEvening ? 4 + draws.below(40) : 2_400 + draws.below(6_000));
            } else {
                long clock = (long) ((evening + draws.normal()) * 3_600);
                seconds[i] = Math.max((joined + days[i]) * DAY_SECONDS + clock, i == 0 ? 0 : seconds[i - 1] + 60);
            }
        }
        long last = seconds[count - 1];
        if (last > LAST_SECOND) { // joined too late for this pace, so the history is compressed into the remaining time
            double squeeze = (LAST_SECOND - seconds[0]) / (double) (last - seconds[0]);
            for (int i = 1; i < count; i++) {
                seconds[i] = Math.max(seconds[0] + (long) ((seconds[i] - seconds[0]) * squeeze), seconds[i - 1] + 1);
            }
        }
        return seconds;
    }

    private double liking(double[] taste, int title) {
        float[] place = places[title];
        double sum = 0;
        for (int axis = 0; axis < taste.length; axis++) {
            sum += taste[axis] * place[axis];
        }
        return sum;
    }

    /** Scales to norm 1, in place. */
    private static double[] unit(double[] vector) {
        double squares = 0;
        for (double x : vector) {
            squares += x * x;
        }
        double norm = Math.sqrt(squares);
        for (int axis = 0; axis < vector.length; axis++) {
            vector[axis] /= norm;
        }
        return vector;
    }
}
