package discreet.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.InputException;
import discreet.ledger.PlannedVector;
import discreet.ledger.ReleasePlan;
import discreet.model.TrainingParameters;
import discreet.noise.DiscreteGaussian;
import discreet.noise.ThresholdedGaussian;
import discreet.privacy.Budget;
import discreet.privacy.Delta;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import discreet.statistics.Head;
import discreet.statistics.ItemSum;
import discreet.statistics.PackedTriangle;
import discreet.statistics.RowScale;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a ranking training of this budget costs and how much noise it gets, from public numbers alone: no data, no Spark, nothing charged.
 *
 * <p>It is not a forecast of what {@link discreet.spark.train.RankingTraining} will do but its plan: prices, sensitivities and the size of the head are
 * asked of this class by both, so a training charges what was quoted to the unit, and its noise is what was quoted to the last
 * bit. What is not known before people were counted, their number, is assumed.
 *
 * @param budget what the training may cost, alone
 * @param shares what each of its releases costs
 * @param discovery what finding out the item ids costs beside; null: they are listed
 */
public record RankingPlan(
        Budget budget, RankingShares shares, @Nullable Discovery discovery) implements TrainingPlan {
    /** What a plan says of the catalogue where it is not listed; no digest reads so. */
    public static final String DISCOVERED = "discovered";

    static final String PEOPLE = "people";
    static final String ITEMS = "items";
    static final String GRAM = "gram";

    /** Scale of the number of people: 2^10 stands for one. */
    public static final int PEOPLE_BITS = 10;

    /**
     * CPU time of one draw on one core, in microseconds, upwards: 3.5 at a sigma of 4e4 and 4.4 at 9e11 (100,000 draws a call,
     * on a busy Xeon; docs/decisions/024; on two virtual cores of an EPYC twice as long). An order of magnitude, for people who plan.
     */
    public static final double DRAW_MICROSECONDS = 5;

    private static final long SMALLEST_MANTISSA = 1000;
    private static final int SMALLEST_EXPONENT = -12;
    private static final int LARGEST_EXPONENT = 0; // there rho is at its limit, 2^13

    /**
     * Item ids that are found out from the ratings: the item statistic is released by a threshold then, and a tenth of the training's
     * delta pays for ids of one person alone that pass it.
     *
     * @param delta what is charged for it, beside the rho of the item statistic
     * @param maxItemsPerUser how many ids one person can bring
     */
    public record Discovery(Delta delta, int maxItemsPerUser) {
        private static final int PARTS = 10;

        static Discovery of(Budget budget, int maxItemsPerUser) {
            return new Discovery(deltaOf(budget.delta()), maxItemsPerUser);
        }

        /** What one training is charged where this is its delta. */
        public static Delta deltaOf(double delta) {
            return Delta.part(delta, PARTS);
        }
    }

    /**
     * One vector of a training.
     *
     * @param rho what is charged for it
     * @param sensitivity how far one person moves the integer sums, in Euclidean norm
     * @param one what stands for 1 in the integer sums
     */
    public record Vector(String name, Rho rho, double sensitivity, long one) {
        /** OpenDP's sigma, in units of the integer sums: what {@link discreet.ledger.ChargedRelease#release} draws with. */
        public double sigma() {
            return DiscreteGaussian.costingAtMost(sensitivity, rho.toDouble()).sigma();
        }

        /** Standard deviation of the noise on each value, in units of the value: people, or products of rows of norm 1. */
        public double noise() {
            return sigma() / one;
        }
    }

    /**
     * What is taken for granted in a quote.
     *
     * @param people number of people with an item left, at least 1
     * @param items number of items of the catalogue, at least 1
     * @param maxHead the operator's limit on the head, at least 1
     */
    public record Assumptions(long people, int items, int maxHead) {
        /** What is assumed where nobody says better. */
        public static final Assumptions DEFAULT = new Assumptions(10_000, 5_000, 4096);

        /** @throws InputException if a number is not positive */
        public Assumptions {
            if (people < 1 || items < 1 || maxHead < 1) {
                throw new InputException(
                        "Cannot quote: the numbers of people and items and the limit on the head must be"
                                + " > 0. Provided values: " + people + ", " + items + ", " + maxHead
                                + ". Give larger numbers.");
            }
        }
    }

    /** @throws InputException if the budget is too small to be divided among the releases of a training */
    public static RankingPlan of(Budget budget) {
        return of(budget, null);
    }

    /**
     * The same where the item ids are found out from the ratings.
     *
     * @param maxItemsPerUser how many items of a person count: the more, the higher the threshold
     * @throws InputException as {@link #of}
     */
    public static RankingPlan discovering(Budget budget, int maxItemsPerUser) {
        return of(budget, Discovery.of(budget, maxItemsPerUser));
    }

    private static RankingPlan of(Budget budget, @Nullable Discovery discovery) {
        return new RankingPlan(budget, RankingShares.of(largestRho(budget, discovery)), discovery);
    }

    private static Rho largestRho(Budget budget, @Nullable Discovery discovery) {
        return budget.largestRho(discovery == null ? Delta.ZERO : discovery.delta());
    }

    @Override
    public PrivacyCost price() {
        return new PrivacyCost(shares.total(), discovery == null ? Delta.ZERO : discovery.delta());
    }

    @Override
    public double threshold() {
        if (discovery == null) {
            return 0;
        }
        Vector items = items();
        try {
            // The very call that the release makes: there is one threshold.
            return (double) ThresholdedGaussian.costingAtMost(
                                    discovery.maxItemsPerUser(),
                                    items.sensitivity(),
                                    items.sensitivity(),
                                    items.rho().toDouble(),
                                    discovery.delta().toDouble())
                            .threshold()
                    / items.one();
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    "Cannot find out item ids privately: epsilon or delta is too small. Ask for a larger --epsilon, or list"
                            + " the items in a public file (--items).",
                    e);
        }
    }

    /** Number of people: one account counts one. */
    @Override
    public Vector people() {
        return vector(PEOPLE, 1L << PEOPLE_BITS, 1L << PEOPLE_BITS);
    }

    /** Item statistic: one account adds 1/sqrt(k) to each of its k items. */
    @Override
    public Vector items() {
        return vector(ITEMS, 1L << ItemSum.BITS, 1L << ItemSum.BITS);
    }

    /** Gram matrix at an integer scale of rows: one account adds to an entry at most 1/2 in size. */
    public Vector gram(RowScale scale) {
        return vector(GRAM, scale.sensitivity(), scale.norm2Bound());
    }

    @Override
    public Vector gram(Assumptions assumed) {
        return gram(RowScale.forPeople(assumed.people(), people().noise()));
    }

    private Vector vector(String name, double sensitivity, long one) {
        return new Vector(name, rho(name), sensitivity, one);
    }

    /** Noise per Gram entry for row norm 1, as the head is chosen by: sensitivity 1/sqrt 2, so sigma = 1 / (2 sqrt(rho)). */
    public double headSigma() {
        return .5 / Math.sqrt(shares.gram().toDouble());
    }

    @Override
    public int headSize(Assumptions assumed) {
        return Head.size(assumed.people(), headSigma(), assumed.items(), assumed.maxHead());
    }

    @Override
    public String objective() {
        return "ranking";
    }

    @Override
    public PrivacyCost replacingOne() {
        return ReplaceOneCost.ofTraining(price());
    }

    @Override
    public List<Release> releases(Assumptions assumed) {
        return List.of(
                new Release("number of people", people(), 1),
                new Release("item statistic", items(), assumed.items()),
                new Release("Gram matrix", gram(assumed), PackedTriangle.length(headSize(assumed))));
    }

    @Override
    public String contributions() {
        return "One account adds 1 to the number of people, at most 1 to an item's statistic and at most 1/2 to an entry of the"
                + " Gram matrix.";
    }

    @Override
    public ReleasePlan plan(
            String releaseId, String catalogue, TrainingParameters parameters, @Nullable HashRange hashRange) {
        threshold(); // one that does not exist is refused before anything is charged
        ObjectNode json = new ObjectMapper()
                .createObjectNode()
                .put("objective", objective())
                .put("epsilon", budget.epsilon())
                .put("catalogue", catalogue)
                .put("minRating", Double.toString(parameters.minRating()))
                .put("maxItemsPerUser", parameters.maxItemsPerUser())
                .put("maxHead", parameters.maxHead());
        if (parameters.content()) {
            json.put("content", true);
        }
        return new ReleasePlan(releaseId, json.toString(), hashRange, vectors());
    }

    private List<PlannedVector> vectors() {
        return Stream.of(PEOPLE, ITEMS, GRAM)
                .map(name -> new PlannedVector(name, rho(name), delta(name)))
                .toList();
    }

    private Delta delta(String vector) {
        return discovery != null && vector.equals(ITEMS) ? discovery.delta() : Delta.ZERO;
    }

    /**
     * What is charged for a vector. The scale of rows, which people decide, changes sensitivity and sigma alike and not this.
     *
     * @throws IllegalArgumentException if a ranking training has no such vector
     */
    public Rho rho(String vector) {
        return switch (vector) {
            case PEOPLE -> shares.people();
            case ITEMS -> shares.items();
            case GRAM -> shares.gram();
            default -> throw new IllegalArgumentException("A ranking training has no vector " + vector);
        };
    }

    /**
     * The smallest epsilon of four decimal digits whose training is good enough. So it can be printed in full, asked for as
     * printed, and is never less than what it stands for.
     *
     * @param enough never false for a larger epsilon where it is true for a smaller one: "noise of at most ..."
     * @throws InputException if no epsilon that can be asked for is enough
     */
    public static RankingPlan smallest(double delta, Predicate<RankingPlan> enough) {
        return smallest(delta, RankingPlan::of, enough);
    }

    /**
     * {@link #smallest(double, Predicate)} for any objective.
     *
     * @param quote what a training of a budget costs
     */
    public static <Q extends TrainingPlan> Q smallest(double delta, Function<Budget, Q> quote, Predicate<Q> enough) {
        int exponent = SMALLEST_EXPONENT;
        while (!isEnough(decimal(10 * SMALLEST_MANTISSA - 1, exponent), delta, quote, enough)) {
            exponent++;
            if (exponent > LARGEST_EXPONENT) {
                throw new InputException(
                        "Cannot quote: no epsilon below 10,000 gets noise that small. Ask for more noise.");
            }
        }
        long low = SMALLEST_MANTISSA;
        long high = 10 * SMALLEST_MANTISSA - 1;
        while (low < high) {
            long middle = (low + high) / 2;
            if (isEnough(decimal(middle, exponent), delta, quote, enough)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return quote.apply(new Budget(decimal(high, exponent), delta));
    }

    private static double decimal(long mantissa, int exponent) {
        return Double.parseDouble(mantissa + "e" + exponent); // the double that somebody gets who types this number
    }

    private static <Q extends TrainingPlan> boolean isEnough(
            double epsilon, double delta, Function<Budget, Q> quote, Predicate<Q> enough) {
        Budget budget = new Budget(epsilon, delta);
        // Too little to be divided among releases; a part of delta may go to finding out item ids, and buys no rho then
        return budget.largestRho(Discovery.deltaOf(delta)).units() >= RankingShares.LEAST_UNITS
                && enough.test(quote.apply(budget));
    }
}
