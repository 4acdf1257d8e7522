package discreet.model;

import discreet.catalogue.ListRules;
import discreet.history.HistoryForm;
import discreet.history.UserHistory;
import java.io.Serializable;
import java.util.List;

/**
 * Makes lists from the released model and from each user's own history. Immutable and thread-safe.
 *
 * @param <H> a history, in the form that the model reads
 */
public interface Recommender<H> extends Serializable {
    /** Returns the form in which histories are read. */
    HistoryForm<H> historyForm();

    /** Returns what scores are called in print, {@code score} or {@code predicted rating}. */
    String scoreName();

    /**
     * Returns the best items that the user has not seen, best first. {@link ListRules#listSeen} admits those
     * that were seen. There are fewer items than asked for only if the rules allow no more. Scores never rise
     * down the list.
     */
    List<Recommendation> recommend(UserHistory<H> user, ListRules rules);

    /**
     * Makes the lists of several users, in their order. The result equals {@link #recommend} for each of
     * them to the last bit, so that a batch and a service agree. A model that can make several lists at
     * once in less time does so here.
     *
     * @param users as many as a task can hold together with their lists
     */
    default List<List<Recommendation>> recommendAll(List<UserHistory<H>> users, ListRules rules) {
        return users.stream().map(user -> recommend(user, rules)).toList();
    }

    /** Explains the score of an item by what each item of the history adds to it. */
    Explanation explain(H history, int item);

    /** Explains the score of an item in a place of the user's list. */
    default Explanation explain(H history, Recommendation place) {
        return explain(history, place.item());
    }

    /**
     * Returns items that the same users like ({@link RelatedItems}), best first. Empty if the model knows
     * nothing about the item.
     *
     * @param rules how many, and which may be shown
     * @return items with scores in [-1, 1], the item itself left out
     */
    List<Recommendation> related(int item, ListRules rules);

    /** Says what {@link #related} knows an item by. */
    KnownBy knownBy(int item);
}
