package discreet.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import discreet.InputException;
import discreet.ledger.Population;
import discreet.ledger.ReleaseStatus;
import discreet.ledger.Released;
import discreet.model.Provenance;
import discreet.model.ReleasedModel;
import discreet.plan.RankingPlan;
import discreet.plan.VectorName;
import discreet.privacy.Budget;
import discreet.statistics.GramContext;
import discreet.statistics.Head;
import discreet.statistics.MeanSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares a model with the ledger that it says it was paid from. The chain head, the release, its
 * parameters, its price and time must be those of the ledger. The number of people, the noise, the head and
 * for a ranking the item statistic must be those that the release sealed. The rest of a model (weights,
 * spectrum, biases) is computed from sealed values and is not computed again.
 *
 * <p>Callers verify the population first, because rows and sealed files are believed here.
 *
 * @param problems what does not fit, each a clause such as "its price is not what was charged"
 * @param comparedValues whether the sealed files were there to compare with. If the release was dropped, they
 *     are not
 */
public record ModelCheck(List<String> problems, boolean comparedValues) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double EPSILON_TOLERANCE = 1e-9;

    public ModelCheck {
        problems = List.copyOf(problems);
    }

    /** Returns whether all that was compared fits. */
    public boolean fits() {
        return problems.isEmpty();
    }

    /** Compares a model with the population that it names. */
    public static ModelCheck of(Population population, ReleasedModel model) {
        Provenance from = model.provenance();
        Optional<String> owner = population.releaseOf(from.ledgerHead());
        if (owner.isEmpty()) {
            return new ModelCheck(
                    List.of("its chain head is not in the ledger, so the ledger has forgotten the training, or is"
                            + " another one"),
                    false);
        }
        if (!owner.get().equals(from.release())) {
            return new ModelCheck(
                    List.of("its chain head belongs to release '" + owner.get() + "' and not to '" + from.release()
                            + "'"),
                    false);
        }
        ReleaseStatus release = population.releases().stream()
                .filter(status -> status.releaseId().equals(from.release()))
                .findFirst()
                .orElseThrow(); // a row of it is there
        if (!release.isSealed()) {
            return new ModelCheck(List.of("its release is not sealed"), false);
        }
        List<String> problems = new ArrayList<>(ofRecord(population.cap(), release, model));
        boolean isThere = !population.isDropped(from.release());
        if (isThere) {
            problems.addAll(ofValues(population, model));
        }
        return new ModelCheck(problems, isThere);
    }

    private static List<String> ofRecord(Budget cap, ReleaseStatus release, ReleasedModel model) {
        Provenance from = model.provenance();
        List<String> problems = new ArrayList<>();
        boolean isPrice = from.rho() == release.charged().rho().toDouble()
                && from.deltaCharged() == release.charged().delta().toDouble()
                && from.delta() == cap.delta()
                && from.deltaForItems() == cap.deltaForItems().toDouble()
                && Math.abs(from.epsilon() / cap.epsilon(release.charged()) - 1) <= EPSILON_TOLERANCE;
        if (!isPrice) {
            problems.add("its price is not what was charged");
        }
        if (!from.created().equals(release.reservedAt())) {
            problems.add("its time is not that of the release");
        }
        if (!areParameters(parsed(release.parameters()), model)) {
            problems.add("its parameters are not those of the release");
        }
        return problems;
    }

    private static boolean areParameters(JsonNode reserved, ReleasedModel model) {
        double minRating = reserved.path("minRating").isMissingNode()
                ? Double.NEGATIVE_INFINITY
                : reserved.path("minRating").asDouble();
        return reserved.path("objective").asText().equals(model.objective())
                && minRating == model.parameters().minRating()
                && reserved.path("maxItemsPerUser").asInt()
                        == model.parameters().maxItemsPerUser()
                && reserved.path("maxHead").asInt() == model.parameters().maxHead();
    }

    private static JsonNode parsed(String parameters) {
        try {
            return MAPPER.readTree(parameters);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The ledger keeps parameters as JSON", e);
        }
    }

    private static List<String> ofValues(Population population, ReleasedModel model) {
        Provenance from = model.provenance();
        List<String> problems = new ArrayList<>();
        try {
            Released people = model.match(
                    ranking -> population.sealed(from.release(), VectorName.PEOPLE.text()),
                    rating -> population.sealed(from.release(), VectorName.PEOPLE_AND_MEAN.text()));
            int bits = model.match(ranking -> RankingPlan.PEOPLE_BITS, rating -> MeanSum.BITS);
            if (Math.scalb((double) people.values()[0], -bits) != from.people()
                    || Math.scalb(people.sigma(), -bits) != from.peopleSd()) {
                problems.add("its number of people is not the sealed one");
            }
            if (!model.match(ranking -> PaidModel.of(population, ranking), rating -> true)) {
                problems.add("its item statistic is not the sealed one");
            }
            Released gram = population.sealed(from.release(), VectorName.GRAM.text());
            GramContext context =
                    GramContext.read(gram.context(), model.catalogue().size());
            if (gram.sigma() / context.scale().norm2Bound() != from.sigma()
                    || !hasItems(context.head(), model.head())) {
                problems.add("its head or its noise is not that of the sealed matrix");
            }
        } catch (InputException e) {
            problems.add("its release has other vectors than such a model");
        }
        return problems;
    }

    private static boolean hasItems(Head sealed, Head used) {
        boolean isSame = sealed.size() == used.size();
        for (int position = 0; isSame && position < sealed.size(); position++) {
            isSame = sealed.item(position) == used.item(position);
        }
        return isSame;
    }
}
