package discreet.model;

import discreet.catalogue.ListRules;
import java.io.Serializable;
import java.util.List;

/**
 * Makes a person's list from the released model and from that person's own history. Immutable, and safe to use from several threads.
 *
 * @param <H> a history, as the model wants it
 */
public interface Recommender<H> extends Serializable {
    /**
     * The best items that are not in the history, best first; fewer than asked for only where no more may be in a list.
     *
     * @param history the person's items, catalogue indices ascending and distinct; possibly none
     */
    List<Recommendation> recommend(H history, ListRules rules);

    /**
     * The lists of several people, in their order: {@link #recommend} for each of them, and the same to the last bit, so that a batch and a
     * service agree. A model that can make several at once in less time does so here.
     *
     * @param histories as many as a task can hold together with their lists
     */
    default List<List<Recommendation>> recommendAll(List<H> histories, ListRules rules) {
        return histories.stream().map(history -> recommend(history, rules)).toList();
    }

    /**
     * Items that people like for the same reasons ({@link RelatedItems}), best first; empty where nothing is known of the item.
     *
     * @param rules how many, and which may be shown
     * @return items with scores in [-1, 1], the item itself left out
     */
    List<Recommendation> related(int item, ListRules rules);

    /** Whether {@link #related} knows an item by its tags alone, and not from people. */
    boolean hasTagFactors(int item);
}
