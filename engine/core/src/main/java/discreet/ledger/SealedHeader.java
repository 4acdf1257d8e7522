package discreet.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * Describes a sealed file inside the file itself. All of it is public.
 *
 * @param length number of values
 * @param sigma scale of the noise, in units of the sums
 * @param sensitivity how far one user can move the sums, in Euclidean norm
 * @param context canonical JSON
 */
record SealedHeader(
        String population,
        String release,
        String vector,
        int attempt,
        int length,
        double sigma,
        double sensitivity,
        String context) {

    private static final Set<String> FIELDS =
            Set.of("population", "release", "vector", "attempt", "length", "sigma", "sensitivity", "context");

    SealedHeader ofAttempt(int number) {
        return new SealedHeader(population, release, vector, number, length, sigma, sensitivity, context);
    }

    SealedHeader ofLength(int values) {
        return new SealedHeader(population, release, vector, attempt, values, sigma, sensitivity, context);
    }

    String toJson() {
        ObjectNode json = CanonicalJson.newObject()
                .put("population", population)
                .put("release", release)
                .put("vector", vector)
                .put("attempt", attempt)
                .put("length", length)
                .put("sigma", sigma)
                .put("sensitivity", sensitivity);
        json.set("context", CanonicalJson.read(context));
        return CanonicalJson.text(json);
    }

    /** @throws IllegalArgumentException if fields are missing, unknown or of another type */
    static SealedHeader fromJson(String text) {
        JsonNode json = CanonicalJson.read(text);
        Set<String> fields = new TreeSet<>();
        json.fieldNames().forEachRemaining(fields::add);
        if (!fields.equals(FIELDS)
                || !json.get("population").isTextual()
                || !json.get("release").isTextual()
                || !json.get("vector").isTextual()
                || !json.get("attempt").isInt()
                || !json.get("length").isInt()
                || !json.get("sigma").isNumber()
                || !json.get("sensitivity").isNumber()) {
            throw new IllegalArgumentException("not the header of a sealed vector");
        }
        return new SealedHeader(
                json.get("population").textValue(),
                json.get("release").textValue(),
                json.get("vector").textValue(),
                json.get("attempt").intValue(),
                json.get("length").intValue(),
                json.get("sigma").doubleValue(),
                json.get("sensitivity").doubleValue(),
                CanonicalJson.text(json.get("context")));
    }
}
