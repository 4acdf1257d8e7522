package discreet.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.cli.Run;
import discreet.cli.Service;
import discreet.cli.shared.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies the models of a service against its ledger. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyModelTest {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private Service service;

    @BeforeAll
    void trainBothKinds() {
        service = Service.in(shared);
        Run.of(service.train("--release", "one", "--min-rating", "3")).succeeds();
        Run.of(service.train("--release", "two", "--model", service.path("other")))
                .succeeds();
        Run.of(service.train(
                        "--release",
                        "rated",
                        "--model",
                        service.path("rating-model"),
                        "--objective",
                        "rating",
                        "--rating-range",
                        "1,5",
                        "--expected-people",
                        "300"))
                .succeeds();
    }

    private Run verify(String model, String... others) {
        return Run.of(Stream.concat(
                        Stream.of("ledger", "verify", "--ledger", service.ledger(), "--model", model),
                        Stream.of(others))
                .toArray(String[]::new));
    }

    @Test
    void verify_modelsOfTheLedger_fit() {
        assertThat(verify(service.path("model")).succeeds().out())
                .contains("is intact", "is of release 'one'", "the numbers that the release sealed");
        assertThat(verify(service.path("rating-model")).succeeds().out()).contains("is of release 'rated'");
        JsonNode json =
                Json.parsed(verify(service.path("other"), "--json").succeeds().out());
        assertThat(json.path("model").path("fits").asBoolean()).isTrue();
        assertThat(json.path("model").path("comparedSealedValues").asBoolean()).isTrue();
        assertThat(json.path("model").path("problems")).isEmpty();
    }

    /** Changes the manifest, which no digest covers. */
    private Path copy(Consumer<ObjectNode> change) throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        for (String file : List.of("items.parquet", "spectrum.parquet")) {
            Files.copy(Path.of(service.path("model")).resolve(file), copy.resolve(file));
        }
        ObjectNode manifest = (ObjectNode)
                Json.parsed(Files.readString(Path.of(service.path("model")).resolve("manifest.json")));
        change.accept(manifest);
        Files.writeString(copy.resolve("manifest.json"), manifest.toString());
        return copy;
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                forgery("chain head is not in the ledger", json -> json.put("ledgerHead", "0".repeat(64))),
                forgery("belongs to release 'one'", json -> json.put("release", "two")),
                forgery("price", json -> json.put("rho", json.path("rho").asDouble() / 2)),
                forgery("price", json -> json.put("epsilon", .5)),
                forgery("price", json -> json.put("delta", 1e-6)),
                forgery("price", json -> json.put("deltaCharged", 1e-7)),
                forgery("time", json -> json.put("created", "2020-01-01T00:00:00Z")),
                forgery("parameters", json -> parameters(json).put("minRating", 4)),
                forgery("parameters", json -> parameters(json).put("maxItemsPerUser", 3)),
                forgery("parameters", json -> parameters(json).put("maxHead", 3)),
                forgery("number of people", json -> json.put("people", 1_000_000)),
                forgery("number of people", json -> json.put("peopleSd", .1)),
                forgery("noise", json -> json.put("sigma", .1)));
    }

    private static ObjectNode parameters(ObjectNode manifest) {
        return (ObjectNode) manifest.path("parameters");
    }

    private static Arguments forgery(String found, Consumer<ObjectNode> change) {
        return Arguments.of(found, change);
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void verify_manifestThatWasChanged_endsWith1(String found, Consumer<ObjectNode> change) throws IOException {
        Run run = verify(copy(change).toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).hasLineCount(1).contains("Cannot trust the model", found);
        assertThat(run.out()).doesNotContain("is of release");
    }

    /** The items of another training, with a manifest that has their digest. */
    @Test
    void verify_itemsOfAnotherTraining_endsWith1() throws IOException {
        Path copy = copy(json -> {});
        Files.delete(copy.resolve("items.parquet"));
        Files.copy(Path.of(service.path("other")).resolve("items.parquet"), copy.resolve("items.parquet"));
        ObjectNode manifest = (ObjectNode) Json.parsed(Files.readString(copy.resolve("manifest.json")));
        JsonNode other =
                Json.parsed(Files.readString(Path.of(service.path("other")).resolve("manifest.json")));
        ((ObjectNode) manifest.path("files"))
                .set("items.parquet", other.path("files").path("items.parquet"));
        Files.writeString(copy.resolve("manifest.json"), manifest.toString());

        Run run = verify(copy.toString());

        assertThat(run.exitCode()).isIn(1, 2); // 2 if its head does not even have the size of the spectrum
        assertThat(run.err()).contains("Cannot");
    }

    @Test
    void verify_releaseThatWasDropped_saysThatNumbersWereNotCompared() {
        Service own = Service.in(folder);
        Run.of(own.train("--release", "one")).succeeds();
        Run.of("ledger", "drop", "one", "--population", Service.POPULATION, "--yes", "--ledger", own.ledger())
                .succeeds();

        assertThat(Run.of("ledger", "verify", "--ledger", own.ledger(), "--model", own.path("model"))
                        .succeeds()
                        .out())
                .contains("were dropped, so numbers were not compared");
    }

    /** What no ledger and store that were restored together show. */
    @Test
    void verify_ledgerAndStoreRestoredTogether_isFoundByTheModel() throws IOException {
        Service restored = Service.in(folder);

        Run run = Run.of("ledger", "verify", "--ledger", restored.ledger(), "--model", service.path("model"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("chain head is not in the ledger");
        assertThat(run.out()).contains("is intact");
    }

    @Test
    void verify_modelOfAnotherPopulation_isBadUsage() {
        assertThat(verify(service.path("model"), "--population", "others")
                        .failsWith(2)
                        .err())
                .contains("of population '" + Service.POPULATION + "' and not of 'others'");
    }
}
