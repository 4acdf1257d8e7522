package discreet.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.privacy.HashRange;
import discreet.privacy.PrivacyCost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a training declares, in public, before it reads the data: its id, its parameters and what each of its
 * vectors may cost.
 *
 * @param releaseId {@code [A-Za-z0-9._-]{1,64}}; the same id again must come with the same parameters and vectors
 * @param parameters a JSON object, kept in canonical form (sorted keys, no space)
 * @param hashRange the only people whose rows its sums depend on: the caller sees to that; null: everybody
 * @param vectors in the order in which they are drawn; names are distinct
 */
public record ReleasePlan(
        String releaseId, String parameters, @Nullable HashRange hashRange, List<PlannedVector> vectors) {

    private static final String CELL = "cell";

    /** A release on everybody. */
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

    /** The price of all vectors, each drawn once. */
    public PrivacyCost price() {
        return vectors.stream().map(PlannedVector::price).reduce(PrivacyCost.NOTHING, PrivacyCost::plus);
    }

    PlannedVector vector(String name) {
        return vectors.stream()
                .filter(vector -> vector.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Vector " + name + " was not planned."));
    }

    /** The body of every RESERVE row of this release: what a rerun is compared with. */
    String body() {
        ObjectNode body = CanonicalJson.newObject();
        if (hashRange != null) {
            body.put(CELL, hashRange.text());
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
     * The cell that a body names, null if it names none.
     *
     * @throws IllegalArgumentException if it is not JSON
     * @throws discreet.InputException if it names something else
     */
    static @Nullable HashRange hashRange(String body) {
        JsonNode hashRange = CanonicalJson.read(body).get(CELL);
        return hashRange == null ? null : HashRange.parse(hashRange.asText());
    }
}
