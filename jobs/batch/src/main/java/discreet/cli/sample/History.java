package discreet.cli.sample;

/**
 * What one person watched, in the order of time; the arrays are parallel.
 *
 * @param titles indices on the shelf, distinct
 * @param halfStars ratings in halves: 2 to 10
 * @param seconds since 1970, strictly increasing
 */
@SuppressWarnings("ArrayRecordComponent") // lives from the generator to the writer, nobody compares two
record History(int[] titles, byte[] halfStars, long[] seconds) {}
