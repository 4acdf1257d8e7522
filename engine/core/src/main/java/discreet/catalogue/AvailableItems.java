package discreet.catalogue;

import discreet.InputException;
import java.util.BitSet;
import java.util.List;

/**
 * Selects the items that lists may contain, which are those of a catalogue without the ones that the operator
 * excludes. The selection is public and the same for all users.
 *
 * <p>Items of the model that the current catalogue lacks remain known. They are not offered, but a user's
 * history of them still informs what else that user may like.
 */
public final class AvailableItems {
    private final Catalogue catalogue;
    private final BitSet offered;

    private AvailableItems(Catalogue catalogue, BitSet offered) {
        this.catalogue = catalogue;
        this.offered = offered;
    }

    /** Offers all items that a model was trained with. */
    public static AvailableItems of(Catalogue known) {
        BitSet all = new BitSet(known.size());
        all.set(0, known.size());
        return new AvailableItems(known, all);
    }

    /**
     * Offers the items of the current catalogue. Some of them may be newer than the model, and some of the
     * model's items may be missing.
     */
    public static AvailableItems of(Catalogue known, Catalogue today) {
        Catalogue both = today.with(known);
        BitSet offered = new BitSet(both.size());
        for (int item = 0; item < both.size(); item++) {
            offered.set(item, today.indexOf(both.id(item)) >= 0);
        }
        return new AvailableItems(both, offered);
    }

    /**
     * Restricts the selection to items that meet all conditions.
     *
     * @throws InputException if a condition is on a column that no item of the selection has, or no item is
     *     left
     */
    public AvailableItems where(List<ItemFilter> filters) {
        if (filters.isEmpty()) {
            return this;
        }
        Catalogue selected =
                Catalogue.of(offered.stream().mapToObj(catalogue::item).toList());
        BitSet left = (BitSet) offered.clone();
        for (ItemFilter filter : filters) {
            filter.check(selected);
            for (int item = left.nextSetBit(0); item >= 0; item = left.nextSetBit(item + 1)) {
                left.set(item, filter.test(catalogue.item(item)));
            }
        }
        return nonEmpty(left);
    }

    /**
     * Removes items from the selection. Unknown items are ignored.
     *
     * @throws InputException if no item is left
     */
    public AvailableItems without(Catalogue excluded) {
        BitSet left = (BitSet) offered.clone();
        for (Item item : excluded.items()) {
            int index = catalogue.indexOf(item.id());
            if (index >= 0) {
                left.clear(index);
            }
        }
        return nonEmpty(left);
    }

    private AvailableItems nonEmpty(BitSet left) {
        if (left.isEmpty() && !offered.isEmpty()) {
            throw new InputException(
                    "Cannot make lists: the filters leave no item of the catalogue. Remove one, or check its value.");
        }
        return new AvailableItems(catalogue, left);
    }

    /** Returns the items of the current catalogue and of the model's. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /** Returns the rules for lists of these items. */
    public ListRules rules(int length, int reserved) {
        return new ListRules(length, offered.cardinality() == catalogue.size() ? null : offered, reserved);
    }
}
