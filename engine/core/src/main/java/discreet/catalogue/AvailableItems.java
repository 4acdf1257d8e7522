package discreet.catalogue;

import discreet.InputException;
import java.util.BitSet;
import java.util.List;

/**
 * What can be in lists today: the items of a catalogue, without those that the operator leaves out. Public, and the same for everybody.
 *
 * <p>Items that the model knows and today's catalogue does not have stay in it: they are not offered, and a person's history of them
 * still tells what else the person may like.
 */
public final class AvailableItems {
    private final Catalogue catalogue;
    private final BitSet offered;

    private AvailableItems(Catalogue catalogue, BitSet offered) {
        this.catalogue = catalogue;
        this.offered = offered;
    }

    /** All items that a model was trained with. */
    public static AvailableItems of(Catalogue known) {
        BitSet all = new BitSet(known.size());
        all.set(0, known.size());
        return new AvailableItems(known, all);
    }

    /** Today's items; of them some may be newer than the model, and some of the model's may be gone. */
    public static AvailableItems of(Catalogue known, Catalogue today) {
        Catalogue both = today.with(known);
        BitSet offered = new BitSet(both.size());
        for (int item = 0; item < both.size(); item++) {
            offered.set(item, today.indexOf(both.id(item)) >= 0);
        }
        return new AvailableItems(both, offered);
    }

    /**
     * Only the items that meet all conditions.
     *
     * @throws InputException if a condition is on a column that no item has, or no item is left
     */
    public AvailableItems where(List<ItemFilter> filters) {
        if (filters.isEmpty()) {
            return this;
        }
        BitSet left = (BitSet) offered.clone();
        for (ItemFilter filter : filters) {
            filter.check(catalogue);
            for (int item = left.nextSetBit(0); item >= 0; item = left.nextSetBit(item + 1)) {
                left.set(item, filter.test(catalogue.item(item)));
            }
        }
        return nonEmpty(left);
    }

    /**
     * All but these items; those that are not in the catalogue are left out already.
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
                    "Cannot make lists: the filters leave no item of the catalogue. Leave one out, or check its value.");
        }
        return new AvailableItems(catalogue, left);
    }

    /** Items of today's catalogue and of the model's. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /** Whether an item can be in a list. */
    public boolean offers(int item) {
        return offered.get(item);
    }

    /** Rules for lists of this assortment. */
    public ListRules rules(int length, int reserved) {
        return new ListRules(length, offered.cardinality() == catalogue.size() ? null : offered, reserved);
    }
}
