package discreet.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.privacy.Delta;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import discreet.privacy.Rho;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Declares a release in public before the data is read: its id, its parameters, and what each of its vectors
 * may cost.
 *
 * @param releaseId {@code [A-Za-z0-9._-]{1,64}}. If the same id comes again, it must have the same parameters
 *     and vectors
 * @param parameters a JSON object, kept in canonical form (sorted keys, no space)
 * @param hashRange the only users whose rows the sums depend on, which the caller ensures, or null for all
 *     users
 * @param vectors in the order in which they are drawn, with distinct names
 */
public record ReleasePlan(
        String releaseId, String parameters, @Nullable HashRange hashRange, List<PlannedVector> vectors) {

    /** The key of the hash range in the bodies of rows, which must sort first. */
    private static final String HASH_RANGE_KEY = "cell";

    /** Plans a release on all users. */
    public ReleasePlan(String releaseId, String parameters, List<PlannedVector> vectors) {
        this(releaseId, parameters, null, vectors);
    }

    /** @throws discreet.InputException if the id is not well-formed */
    public ReleasePlan {
        ReleaseId.check(releaseId);
        parameters = CanonicalJson.object(parameters);
        vectors = List.copyOf(vectors);
        if (vectors.isEmpty()
                || vectors.stream().map(PlannedVector::name).distinct().count() < vectors.size()) {
            throw new IllegalArgumentException("A release needs vectors with distinct names.");
        }
    }

    /** Returns the price of all vectors, each drawn once. */
    public PrivacyCost price() {
        return vectors.stream().map(PlannedVector::price).reduce(PrivacyCost.NOTHING, PrivacyCost::plus);
    }

    PlannedVector vector(String name) {
        return vectors.stream()
                .filter(vector -> vector.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Vector " + name + " was not planned."));
    }

    /** Returns the body of every RESERVE row of this release. A rerun is compared with it. */
    String body() {
        ObjectNode body = CanonicalJson.newObject();
        if (hashRange != null) {
            body.put(HASH_RANGE_KEY, hashRange.text());
        }
        body.set("parameters", CanonicalJson.read(parameters));
        ArrayNode list = body.putArray("vectors");
        for (PlannedVector vector : vectors) {
            list.addObject()
                    .put("name", vector.name())
                    .put("rhoUnits", vector.rho().units())
                    .put("deltaUnits", vector.delta().units());
        }
        return CanonicalJson.text(body);
    }

    /**
     * Returns the price of each vector that a body names.
     *
     * @throws IllegalArgumentException if the body is not that of a plan
     */
    static Map<String, PrivacyCost> prices(String body) {
        Map<String, PrivacyCost> prices = new HashMap<>();
        for (JsonNode vector : CanonicalJson.read(body).path("vectors")) {
            prices.put(
                    vector.path("name").asText(),
                    new PrivacyCost(
                            new Rho(vector.path("rhoUnits").asLong(-1)),
                            new Delta(vector.path("deltaUnits").asLong(-1))));
        }
        return prices;
    }

    /**
     * Returns the hash range that a body names, or null if it names none.
     *
     * @throws IllegalArgumentException if the body is not JSON
     * @throws discreet.InputException if it names something else
     */
    static @Nullable HashRange hashRange(String body) {
        JsonNode hashRange = CanonicalJson.read(body).get(HASH_RANGE_KEY);
        return hashRange == null ? null : HashRange.parse(hashRange.asText());
    }
}
