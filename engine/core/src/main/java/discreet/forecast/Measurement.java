package discreet.forecast;

import discreet.evaluate.Evaluation;
import discreet.evaluate.Ranker;
import discreet.evaluate.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Reports the recall@20 and NDCG@100 of one recommender on some users, with the standard errors for that
 * number of users.
 *
 * <p>The errors come from the spread between groups of users, each evaluated separately.
 */
public record Measurement(double recall, double recallError, double ndcg, double ndcgError) {
    private static final int GROUPS = 20;

    /**
     * Measures the recall and NDCG of a recommender.
     *
     * @param users synthetic or public users to test on, at least one with a label
     * @param items size of the catalogue
     */
    public static Measurement of(Ranker ranker, List<TestUser> users, int items, int threads) {
        List<TestUser> labelled =
                users.stream().filter(user -> user.labels().length > 0).toList();
        int groups = Math.min(GROUPS, labelled.size());
        List<Evaluation> evaluations = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            int from = (int) ((long) labelled.size() * group / groups);
            int to = (int) ((long) labelled.size() * (group + 1) / groups);
            evaluations.add(Evaluation.of(
                    ranker, labelled.subList(from, to), items, threads, Estimate.RECALL_AT, Estimate.NDCG_AT));
        }
        ToDoubleFunction<Evaluation> recall =
                evaluation -> evaluation.at(Estimate.RECALL_AT).recall();
        ToDoubleFunction<Evaluation> ndcg =
                evaluation -> evaluation.at(Estimate.NDCG_AT).ndcg();
        return new Measurement(
                mean(evaluations, recall),
                error(evaluations, recall),
                mean(evaluations, ndcg),
                error(evaluations, ndcg));
    }

    /** Averages over users rather than over groups, because groups differ in size by one. */
    private static double mean(List<Evaluation> groups, ToDoubleFunction<Evaluation> metric) {
        double sum = 0;
        int users = 0;
        for (Evaluation group : groups) {
            sum += group.users() * metric.applyAsDouble(group);
            users += group.users();
        }
        return sum / users;
    }

    private static double error(List<Evaluation> groups, ToDoubleFunction<Evaluation> metric) {
        if (groups.size() < 2) {
            return 0;
        }
        double mean = mean(groups, metric);
        double squares = groups.stream()
                .mapToDouble(metric)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (groups.size() - 1) / groups.size());
    }
}
