package discreet.cli.sample;

/**
 * Lists a user's ratings in order of time, as parallel arrays.
 *
 * @param titles indices on the shelf, distinct
 * @param halfStars ratings in half stars, from 2 to 10
 * @param seconds since 1970, strictly increasing
 */
@SuppressWarnings("ArrayRecordComponent") // passed from the generator to the writer, never compared
record History(int[] titles, byte[] halfStars, long[] seconds) {}
