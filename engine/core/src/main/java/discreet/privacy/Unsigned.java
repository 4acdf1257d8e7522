package discreet.privacy;

/** Converts whole numbers to doubles, rounding in a known direction. */
final class Unsigned {

    private Unsigned() {}

    /** Returns the smallest double that is not below {@code units >= 0}. */
    static double notBelow(long units) {
        double nearest = (double) units;
        // 2^63 does not convert back (it saturates), and is above every long.
        return nearest < 0x1p63 && (long) nearest < units ? Math.nextUp(nearest) : nearest;
    }
}
