package discreet.cli.sample;

import java.util.SplittableRandom;

/**
 * Draws random numbers that are the same on every machine and JDK. Only {@link SplittableRandom#nextLong}
 * comes from the platform. Logarithms and cosines come from {@link StrictMath}. Each user has a stream of
 * draws that depends only on the seed and the user's number, so users can be generated in any order and on
 * any number of threads.
 *
 * <p>Not a source of noise for privacy. The native library draws that.
 */
final class Draws {
    private static final double UNIT = 0x1p-53;

    private final SplittableRandom bits;
    private double spare = Double.NaN;

    private Draws(long seed) {
        bits = new SplittableRandom(seed);
    }

    /**
     * Returns the stream of {@code number} within {@code purpose}. Streams of different purposes or numbers
     * do not overlap in practice.
     */
    static Draws of(long seed, Purpose purpose, long number) {
        // SplittableRandoms with neighbouring seeds walk the same sequence a step apart, so seeds are hashed
        // instead of added.
        return new Draws(mixed(
                mixed(seed + 0x9E3779B97F4A7C15L * (purpose.ordinal() + 1L)) ^ mixed(number + 0x632BE59BD9B4E019L)));
    }

    /** Names the purpose of a stream. The ordinal is part of the output, so new purposes go to the end. */
    enum Purpose {
        TITLES,
        GROUPS,
        PERSON
    }

    private static long mixed(long value) { // the finaliser of MurmurHash3
        long z = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }

    /** Draws uniformly from [0, 1). */
    double unit() {
        return (bits.nextLong() >>> 11) * UNIT;
    }

    /** Draws uniformly from 0 to bound - 1. */
    int below(int bound) {
        return (int) (unit() * bound);
    }

    /** Returns true with this probability. */
    boolean happens(double probability) {
        return unit() < probability;
    }

    /**
     * Draws from the standard normal distribution by the method of Box and Muller. The second half of each
     * pair is kept for the next call.
     */
    double normal() {
        if (!Double.isNaN(spare)) {
            double second = spare;
            spare = Double.NaN;
            return second;
        }
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
        double angle = 2 * Math.PI * unit();
        spare = radius * StrictMath.sin(angle);
        return radius * StrictMath.cos(angle);
    }

    /** Draws from the exponential distribution with mean 1. */
    double exponential() {
        return -StrictMath.log(1 - unit());
    }

    /**
     * Draws from a lognormal distribution with the given median. {@code sigma} is the standard deviation of
     * the logarithm.
     */
    double lognormal(double median, double sigma) {
        return median * StrictMath.exp(sigma * normal());
    }

    /** Draws one of the values, all equally likely. */
    <T> T oneOf(T[] values) {
        return values[below(values.length)];
    }
}
