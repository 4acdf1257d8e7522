package discreet.model;

import discreet.catalogue.ListRules;
import java.util.BitSet;

/**
 * Assigns items to the places of a list, for models of both objectives. Reserved places
 * ({@link ListRules#isReserved}) are for items outside the head that have a tag, since the model can score
 * these by the tag. They are filled only for users whose history the model knows something about. An item
 * without tags never gets a place by a made-up score. When no such item is left, reserved places are filled
 * like all others, so a shorter list is the beginning of a longer one.
 */
final class ListBuilder {
    private final int[] items;
    private final BitSet fromReserve;

    private ListBuilder(int[] items, BitSet fromReserve) {
        this.items = items;
        this.fromReserve = fromReserve;
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
            return new ListBuilder(best, new BitSet(0));
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
        return new ListBuilder(items, fromReserve);
    }

    int size() {
        return items.length;
    }

    int item(int place) {
        return items[place];
    }

    /** Returns whether the item at this place comes from the reserve. */
    boolean isFromReserve(int place) {
        return fromReserve.get(place);
    }
}
