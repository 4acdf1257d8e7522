package discreet.forecast;

/** Derives the seeds of parts, such as draws or blocks of users, from the seed of the whole. */
final class Seeds {
    private Seeds() {}

    /**
     * Mixes both numbers as SplitMix64 does (Steele, Lea and Flood, 2014), so that neighbouring parts have
     * unrelated seeds.
     */
    static long of(long seed, long part) {
        long mixed = seed * 0x9E3779B97F4A7C15L + part + 0x632BE59BD9B4E019L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
