package discreet.spark.lists;

import discreet.catalogue.ListRules;
import discreet.history.UserHistory;
import discreet.model.Recommendation;
import discreet.model.Recommender;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import scala.Tuple2;

/**
 * Iterates over the lists of a partition's users, made in batches of {@value #BATCH_SIZE}. A task holds one
 * batch of histories and lists at a time, whatever the size of its partition.
 */
final class ListBatches<H> implements Iterator<UserList> {
    private static final int BATCH_SIZE = 32;

    private final Iterator<Tuple2<String, UserHistory<H>>> input;
    private final Recommender<H> recommender;
    private final ListRules rules;
    private final Queue<UserList> ready = new ArrayDeque<>(BATCH_SIZE);

    ListBatches(Iterator<Tuple2<String, UserHistory<H>>> input, Recommender<H> recommender, ListRules rules) {
        this.input = input;
        this.recommender = recommender;
        this.rules = rules;
    }

    @Override
    public boolean hasNext() {
        return !ready.isEmpty() || input.hasNext();
    }

    @Override
    public UserList next() {
        if (ready.isEmpty()) {
            makeBatch();
        }
        UserList next = ready.poll();
        if (next == null) {
            throw new NoSuchElementException();
        }
        return next;
    }

    private void makeBatch() {
        List<String> users = new ArrayList<>(BATCH_SIZE);
        List<UserHistory<H>> histories = new ArrayList<>(BATCH_SIZE);
        while (users.size() < BATCH_SIZE && input.hasNext()) {
            Tuple2<String, UserHistory<H>> entry = input.next();
            users.add(entry._1());
            histories.add(entry._2());
        }
        List<List<Recommendation>> lists = recommender.recommendAll(histories, rules);
        for (int at = 0; at < users.size(); at++) {
            ready.add(new UserList(users.get(at), lists.get(at)));
        }
    }
}
