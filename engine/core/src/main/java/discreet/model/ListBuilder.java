package discreet.model;

import discreet.catalogue.ListRules;
import java.util.BitSet;

/**
 * Which item has which place of a list, the same for models of both objectives. Reserved places ({@link discreet.catalogue.ListRules#isReserved}) are for
 * items outside the head with a tag, about which the model can say something, and only where the person has something known, by which
 * alone that can be told: an item without tags never gets a place by a made-up score. Once there is none left they are places like all
 * others, so a shorter list is the beginning of a longer one.
 */
final class ListBuilder {
    private final int[] items;
    private final BitSet given;

    private ListBuilder(int[] items, BitSet given) {
        this.items = items;
        this.given = given;
    }

    /**
     * Place by place the best item that is left; in a reserved place the best of the reserve, while there is one.
     *
     * @param best items in the order of places that are not reserved; of all that may be listed, as many as the list is to have
     * @param reserve items for the reserved places, best first, of all that may be listed
     */
    static ListBuilder of(int[] best, int[] reserve, ListRules rules) {
        if (reserve.length == 0) {
            return new ListBuilder(best, new BitSet(0));
        }
        int[] items = new int[best.length];
        BitSet listed = new BitSet();
        BitSet given = new BitSet();
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
            given.set(place, give);
            listed.set(items[place]);
        }
        return new ListBuilder(items, given);
    }

    int size() {
        return items.length;
    }

    int item(int place) {
        return items[place];
    }

    /** Whether the item has this place because it was reserved. */
    boolean isGiven(int place) {
        return given.get(place);
    }
}
