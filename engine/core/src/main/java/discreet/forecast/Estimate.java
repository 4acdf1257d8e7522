package discreet.forecast;

import java.util.List;

/** Recall@20 and NDCG@100 that are to be expected of one recommender. */
public record Estimate(Band recall, Band ndcg) {
    static final int RECALL_AT = 20;
    static final int NDCG_AT = 100;

    /** From draws, at least one. */
    static Estimate of(List<Measurement> draws, ForecastMargin margin) {
        return new Estimate(
                Band.of(
                        draws.stream().mapToDouble(Measurement::recall).toArray(),
                        draws.stream().mapToDouble(Measurement::recallError).toArray(),
                        margin.below(),
                        margin.above()),
                Band.of(
                        draws.stream().mapToDouble(Measurement::ndcg).toArray(),
                        draws.stream().mapToDouble(Measurement::ndcgError).toArray(),
                        margin.below(),
                        margin.above()));
    }
}
