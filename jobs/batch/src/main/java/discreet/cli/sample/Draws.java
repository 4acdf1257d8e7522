package discreet.cli.sample;

import java.util.SplittableRandom;

/**
 * Random draws of one person or one title, the same on every machine and every JDK: only {@link SplittableRandom#nextLong} is taken
 * from the platform, and logarithms and cosines from {@link StrictMath}. Each person has an own stream that depends on the seed
 * and the person's number alone, so people can be made in any order and on any number of threads.
 *
 * <p>Not a source of randomness for anything private: that is the native library's work.
 */
final class Draws {
    private static final double UNIT = 0x1p-53;

    private final SplittableRandom bits;
    private double spare = Double.NaN;

    private Draws(long seed) {
        bits = new SplittableRandom(seed);
    }

    /** The stream of {@code number} within {@code purpose}; streams of different purposes or numbers do not overlap in practice. */
    static Draws of(long seed, Purpose purpose, long number) {
        // SplittableRandoms with neighbouring seeds walk the same sequence a step apart: the seed is hashed, not added
        // up.
        return new Draws(mixed(
                mixed(seed + 0x9E3779B97F4A7C15L * (purpose.ordinal() + 1L)) ^ mixed(number + 0x632BE59BD9B4E019L)));
    }

    /** What a stream is for. The order is part of the output: append only. */
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

    /** Uniform in [0, 1). */
    double unit() {
        return (bits.nextLong() >>> 11) * UNIT;
    }

    /** Uniform in 0 .. bound - 1. */
    int below(int bound) {
        return (int) (unit() * bound);
    }

    boolean happens(double probability) {
        return unit() < probability;
    }

    /** Standard normal (Box and Muller; the pair's second half is kept for the next call). */
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

    double exponential() {
        return -StrictMath.log(1 - unit());
    }

    /** Lognormal: {@code median} in its middle, {@code sigma} the standard deviation of its logarithm. */
    double lognormal(double median, double sigma) {
        return median * StrictMath.exp(sigma * normal());
    }

    <T> T oneOf(T[] values) {
        return values[below(values.length)];
    }
}
