package discreet.model;

import discreet.catalogue.ListRules;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Assigns items to the places of a list, for models of both objectives. Reserved places
 * ({@link ListRules#isReserved}) are for items outside the head that have a tag, since the model can score
 * these by the tag. They are filled only for users whose history the model knows something about. An item
 * without tags never gets a place by a made-up score. When no such item is left, reserved places are filled
 * like all others, so a shorter list is the beginning of a longer one.
 *
 * <p>Scores never rise down a list, so that no order by score contradicts the list. An item in a reserved
 * place therefore has the score of the place above, because its own is of another kind or lower. If the first
 * place is reserved, it has the score of the best item for places that are not. {@link Recommender#explain}
 * gives the item's own score.
 */
final class ListBuilder {
    private final int[] items;
    private final BitSet fromReserve;
    /** The best item for places that are not reserved, or -1 if there is none. */
    private final int first;

    private ListBuilder(int[] items, BitSet fromReserve, int first) {
        this.items = items;
        this.fromReserve = fromReserve;
        this.first = first;
    }

    /**
     * Fills each place with the best item that is left, and each reserved place with the best of the
     * reserve while there is one.
     *
     * @param best items that may be listed, in the order for places that are not reserved, as many as the
     *     list is to have
     * @param reserve items that may take reserved places, best first
     */
    static ListBuilder of(int[] best, int[] reserve, ListRules rules) {
        if (reserve.length == 0) {
            return new ListBuilder(best, new BitSet(0), -1);
        }
        int[] items = new int[best.length];
        BitSet listed = new BitSet();
        BitSet fromReserve = new BitSet();
        int next = 0;
        int nextOfReserve = 0;
        for (int place = 0; place < items.length; place++) {
            while (nextOfReserve < reserve.length && listed.get(reserve[nextOfReserve])) {
                nextOfReserve++;
            }
            while (next < best.length && listed.get(best[next])) {
                next++;
            }
            boolean give = rules.isReserved(place) && nextOfReserve < reserve.length;
            items[place] = give ? reserve[nextOfReserve] : best[next];
            fromReserve.set(place, give);
            listed.set(items[place]);
        }
        return new ListBuilder(items, fromReserve, best.length == 0 ? -1 : best[0]);
    }

    /** Scores an item in its place. */
    interface Scoring {
        /** @param fromReserve whether the item is in a place that is reserved */
        Recommendation of(int item, boolean fromReserve);
    }

    /** Returns the list, with scores that never rise. */
    List<Recommendation> list(Scoring scoring) {
        List<Recommendation> list = new ArrayList<>(items.length);
        double above = fromReserve.get(0) ? scoring.of(first, false).score() : Double.POSITIVE_INFINITY;
        for (int place = 0; place < items.length; place++) {
            Recommendation own = scoring.of(items[place], fromReserve.get(place));
            // A score in another place may be higher too, by less than the grid on which scores tie
            if (fromReserve.get(place) || own.score() > above) {
                own = own.withScore(above);
            }
            above = own.score();
            list.add(own);
        }
        return list;
    }
}
