package discreet.forecast;

import java.util.List;

/** States the expected recall@20 and NDCG@100 of one recommender. */
public record Estimate(Band recall, Band ndcg) {
    static final int RECALL_AT = 20;
    static final int NDCG_AT = 100;

    /** Summarises the measurements of at least one draw, with bands widened by the margin. */
    static Estimate of(List<Measurement> draws, double margin) {
        return new Estimate(
                Band.of(
                        draws.stream().mapToDouble(Measurement::recall).toArray(),
                        draws.stream().mapToDouble(Measurement::recallError).toArray(),
                        margin),
                Band.of(
                        draws.stream().mapToDouble(Measurement::ndcg).toArray(),
                        draws.stream().mapToDouble(Measurement::ndcgError).toArray(),
                        margin));
    }
}
