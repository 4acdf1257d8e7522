package discreet.spark.lists;

import discreet.catalogue.ListRules;
import discreet.model.Recommendation;
import discreet.model.Recommender;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import scala.Tuple2;

/** Lists for the people of a partition, made for {@value #PEOPLE} at once: a task holds no more of them, however many people it has. */
final class ListBatches<H> implements Iterator<UserList> {
    private static final int PEOPLE = 32;

    private final Iterator<Tuple2<String, H>> people;
    private final Recommender<H> maker;
    private final ListRules rules;
    private final Queue<UserList> made = new ArrayDeque<>(PEOPLE);

    ListBatches(Iterator<Tuple2<String, H>> people, Recommender<H> maker, ListRules rules) {
        this.people = people;
        this.maker = maker;
        this.rules = rules;
    }

    @Override
    public boolean hasNext() {
        return !made.isEmpty() || people.hasNext();
    }

    @Override
    public UserList next() {
        if (made.isEmpty()) {
            makeBatch();
        }
        UserList next = made.poll();
        if (next == null) {
            throw new NoSuchElementException();
        }
        return next;
    }

    private void makeBatch() {
        List<String> users = new ArrayList<>(PEOPLE);
        List<H> histories = new ArrayList<>(PEOPLE);
        while (users.size() < PEOPLE && people.hasNext()) {
            Tuple2<String, H> person = people.next();
            users.add(person._1());
            histories.add(person._2());
        }
        List<List<Recommendation>> lists = maker.recommendAll(histories, rules);
        for (int at = 0; at < users.size(); at++) {
            made.add(new UserList(users.get(at), lists.get(at)));
        }
    }
}
