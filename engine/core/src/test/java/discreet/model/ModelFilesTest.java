package discreet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.InputException;
import discreet.RatingReference;
import discreet.SyntheticModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path written(ReleasedModel model) {
        Path to = folder.resolve("model");
        ModelFiles.write(model, to);
        return to;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void describe_written_matchesTheModel() {
        RankingModel model = SyntheticModel.of(200, 120, 9, 3.5, 3);

        assertThat(ModelFiles.describe(written(model)))
                .isEqualTo(new ModelDescription(
                        "ranking",
                        model.provenance(),
                        model.parameters(),
                        200,
                        model.head().size(),
                        9));
    }

    @Test
    void describe_vectorsChanged_isRefused() throws IOException {
        Path written = written(SyntheticModel.of(200, 120, 9, 3.5, 3));
        Files.writeString(written.resolve("spectrum.parquet"), "other");

        assertThatThrownBy(() -> ModelFiles.describe(written)).isInstanceOf(InputException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 120, 9, 3.5",
        "200, 120, 9, -Infinity",
        "50, 50, 0, 0",
        "1, 1, 0, 4",
        "0, 0, 0, 4",
        "700, 7, 7, -1"
    })
    void read_written_isTheSameToTheLastBit(int items, int headSize, int rank, double minRating) {
        RankingModel model = SyntheticModel.of(items, headSize, rank, minRating, 3);

        RankingModel read = ModelFiles.readRanking(written(model), "test");

        assertThat(read.catalogue()).isEqualTo(model.catalogue());
        assertThat(read.catalogue().digest()).isEqualTo(model.catalogue().digest());
        assertThat(read.statistic()).containsExactly(model.statistic());
        assertThat(read.head().size()).isEqualTo(model.head().size());
        for (int position = 0; position < model.head().size(); position++) {
            assertThat(read.head().item(position)).isEqualTo(model.head().item(position));
            assertThat(read.head().weight(position)).isEqualTo(model.head().weight(position));
            assertThat(read.head().direction(position)).isEqualTo(model.head().direction(position));
        }
        assertThat(read.spectrum().vectors()).containsExactly(model.spectrum().vectors());
        assertThat(read.spectrum().eigenvalues())
                .containsExactly(model.spectrum().eigenvalues());
        assertThat(read.spectrum().bulk()).isEqualTo(model.spectrum().bulk());
        assertThat(read.parameters()).isEqualTo(model.parameters());
        assertThat(read.provenance()).isEqualTo(model.provenance());
    }

    @Test
    void read_written_scoresTheSameToTheLastBit() {
        RankingModel model = SyntheticModel.of(200, 120, 9, 0, 4);
        RankingScorer read = ModelFiles.readRanking(written(model), "test").scorer();
        for (int[] history : SyntheticModel.histories(200, 30, 5)) {
            assertThat(read.headScores(history)).containsExactly(model.scorer().headScores(history));
            assertThat(read.recommend(history, 200)).isEqualTo(model.scorer().recommend(history, 200));
        }
        for (int item = 0; item < 200; item++) {
            assertThat(read.related(item, 10)).isEqualTo(model.scorer().related(item, 10));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void read_writtenRatingModel_isTheSameToTheLastBit(boolean tags) {
        RatingModel model = new RatingReference().model(tags);

        RatingModel read = ModelFiles.readRating(written(model), "test");

        assertThat(read.catalogue()).isEqualTo(model.catalogue());
        assertThat(read.mean()).isEqualTo(model.mean());
        assertThat(read.counts()).containsExactly(model.counts());
        assertThat(read.biases()).containsExactly(model.biases());
        assertThat(read.biasVariances()).containsExactly(model.biasVariances());
        assertThat(read.prior()).isEqualTo(model.prior());
        assertThat(read.parameters()).isEqualTo(model.parameters());
        assertThat(read.provenance()).isEqualTo(model.provenance());
        int[] all = IntStream.range(-1, model.catalogue().size()).toArray();
        for (RatingReference.User person : new RatingReference().users(tags)) {
            assertThat(read.scorer().predict(person.history(), all))
                    .containsExactly(model.scorer().predict(person.history(), all));
        }
    }

    @Test
    void describe_ratingModel_hasItsObjective() {
        RatingModel model = new RatingReference().model(true);
        ModelDescription description = ModelFiles.describe(written(model));
        assertThat(description.objective()).isEqualTo("rating");
        assertThat(description.parameters().ratingRange()).isEqualTo(RatingReference.RANGE);
        assertThat(description.items()).isEqualTo(model.catalogue().size());
    }

    @Test
    void read_theOtherObjective_isRefusedInOneLine() {
        Path rating = written(new RatingReference().model(true));
        assertThatThrownBy(() -> ModelFiles.readRanking(rating, "forecast"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Cannot forecast: the model in " + rating + " predicts ratings")
                .hasMessageNotContaining("\n");
        Path ranking = folder.resolve("ranking");
        ModelFiles.write(SyntheticModel.of(20, 10, 3, 0, 1), ranking);
        assertThatThrownBy(() -> ModelFiles.readRating(ranking, "predict"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Cannot predict: the model in " + ranking + " ranks")
                .hasMessageNotContaining("\n");
    }

    /** Rewrites the manifest as the first version wrote it. */
    @Test
    void read_versionOne_isARankingWithoutARange() throws Exception {
        RankingModel model = SyntheticModel.of(200, 120, 9, 3.5, 3);
        Path written = written(model);
        edit(written, manifest -> {
            manifest.put("version", 1);
            manifest.withObject("/parameters").remove("ratingRange");
        });
        RankingModel read = ModelFiles.readRanking(written, "test");
        assertThat(read.parameters()).isEqualTo(model.parameters());
        assertThat(read.statistic()).containsExactly(model.statistic());
        assertThat(ModelFiles.describe(written).objective()).isEqualTo("ranking");
    }

    static Stream<Arguments> ratingDamages() {
        return Stream.of(
                damage("no mean", "", without("mean")),
                damage("mean that is no number", "", field("mean", "high")),
                damage("no prior", "", without("prior")),
                damage(
                        "prior without a base",
                        "",
                        model -> edit(
                                model, manifest -> manifest.withObject("/prior").remove("base"))),
                damage(
                        "prior of variance 0",
                        "",
                        model -> edit(
                                model, manifest -> manifest.withObject("/prior").put("variance", 0))),
                damage(
                        "tags that are no object",
                        "",
                        model -> edit(
                                model, manifest -> manifest.withObject("/prior").put("tags", 5))),
                damage(
                        "tag that is no number",
                        "",
                        model -> edit(
                                model,
                                manifest -> manifest.withObject("/prior/tags").put("genre Drama", "much"))),
                damage(
                        "no range",
                        "",
                        model -> edit(
                                model,
                                manifest -> manifest.withObject("/parameters").remove("ratingRange"))),
                damage(
                        "null range",
                        "",
                        model -> edit(
                                model,
                                manifest -> manifest.withObject("/parameters").putNull("ratingRange"))),
                damage(
                        "range of one end",
                        "",
                        model -> edit(
                                model,
                                manifest -> manifest.withObject("/parameters")
                                        .putArray("ratingRange")
                                        .add(1))),
                damage(
                        "range the wrong way round",
                        "",
                        model -> edit(
                                model,
                                manifest -> manifest.withObject("/parameters")
                                        .putArray("ratingRange")
                                        .add(5)
                                        .add(1))),
                damage("another objective", "", field("objective", "clustering")),
                damage("no objective", "", without("objective")),
                damage("taken for a ranking", "", field("objective", "ranking")));
    }

    @ParameterizedTest
    @MethodSource("ratingDamages")
    void read_damagedRatingModel_isRefusedInOneLine(Damage damage, String nothing) throws Exception {
        Path model = written(new RatingReference().model(true));
        damage.on(model);
        assertThatThrownBy(() -> ModelFiles.read(model))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Cannot read the model in ")
                .hasMessageContaining("do not fit together")
                .hasMessageNotContaining("\n");
    }

    @Test
    void write_model_leavesExactlyThreeFiles() throws Exception {
        Path to = written(SyntheticModel.of(20, 10, 3, 0, 1));
        assertThat(names(to)).containsExactly("items.parquet", "manifest.json", "spectrum.parquet");
        assertThat(names(folder)).containsExactly("model");
    }

    /** Fixes the fields of the manifest, so that a new one is added on purpose. */
    @Test
    void manifest_written_hasExactlyTheseFields() throws Exception {
        Path to = written(SyntheticModel.of(20, 10, 3, 0, 1));
        ObjectNode manifest =
                (ObjectNode) JSON.readTree(to.resolve("manifest.json").toFile());
        assertThat(manifest.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "format",
                        "version",
                        "objective",
                        "created",
                        "population",
                        "release",
                        "ledgerHead",
                        "epsilon",
                        "delta",
                        "rho",
                        "deltaForItems",
                        "deltaCharged",
                        "people",
                        "peopleSd",
                        "sigma",
                        "bulk",
                        "items",
                        "head",
                        "rank",
                        "parameters",
                        "files");
        assertThat(manifest.path("parameters").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("minRating", "maxItemsPerUser", "maxHead", "ratingRange", "content");
        assertThat(manifest.path("files").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("items.parquet", "spectrum.parquet");
    }

    static Stream<Arguments> occupied() {
        return Stream.of(
                Arguments.of(Named.<Occupied>of("a file", to -> Files.writeString(to, "mine"))),
                Arguments.of(Named.<Occupied>of("an empty folder", Files::createDirectory)),
                Arguments.of(Named.<Occupied>of(
                        "a folder",
                        to -> Files.writeString(Files.createDirectory(to).resolve("file"), "mine"))),
                Arguments.of(Named.<Occupied>of(
                        "a link to nowhere", to -> Files.createSymbolicLink(to, to.resolveSibling("nowhere")))),
                Arguments.of(
                        Named.<Occupied>of("a model", to -> ModelFiles.write(SyntheticModel.of(5, 5, 1, 0, 2), to))));
    }

    private interface Occupied {
        void with(Path to) throws IOException;
    }

    @ParameterizedTest
    @MethodSource("occupied")
    void write_existingPath_isRefusedAndUntouched(Occupied something) throws Exception {
        Path to = folder.resolve("model");
        something.with(to);
        List<String> before = tree();
        assertThatThrownBy(() -> ModelFiles.write(SyntheticModel.of(20, 10, 3, 0, 1), to))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Cannot write the model to " + to + ": it exists.")
                .hasMessageNotContaining("\n");
        assertThat(tree()).isEqualTo(before);
    }

    private List<String> tree() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file + " " + file.toFile().length())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void write_missingParent_isRefused() throws Exception {
        assertThatThrownBy(() -> ModelFiles.write(SyntheticModel.of(20, 10, 3, 0, 1), folder.resolve("missing/model")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("missing")
                .hasMessageNotContaining("\n");
        assertThat(names(folder)).isEmpty();
    }

    static final class Program {
        public static void main(String[] args) {
            try {
                // 1,500 x 400 random numbers are far more than the largest file that this process may write
                ModelFiles.write(SyntheticModel.of(1500, 1500, 400, 0, 1), Path.of(args[0]));
            } catch (RuntimeException e) {
                System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }

    /** Stands in for a full disk, in a process of its own. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void write_diskThatRefusesHalfWay_leavesNothing() throws Exception {
        Path destination = Files.createDirectory(folder.resolve("destination"));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -f 3000 && exec \"$@\"",
                        "limited",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        destination.resolve("model").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(output)).contains("RunException: Cannot write the model to");
        assertThat(names(destination)).isEmpty();
    }

    private interface Damage {
        void on(Path model) throws Exception;
    }

    private static Arguments damage(String name, String message, Damage damage) {
        return Arguments.of(Named.of(name, damage), message);
    }

    private static Damage manifest(String text) {
        return model -> Files.writeString(model.resolve("manifest.json"), text);
    }

    private static Damage field(String name, Object value) {
        return model -> edit(model, manifest -> manifest.putPOJO(name, value));
    }

    private static Damage without(String name) {
        return model -> edit(model, manifest -> manifest.remove(name));
    }

    private static void edit(Path model, Consumer<ObjectNode> change) throws IOException {
        Path file = model.resolve("manifest.json");
        ObjectNode manifest = (ObjectNode) JSON.readTree(file.toFile());
        change.accept(manifest);
        Files.write(file, JSON.writeValueAsBytes(manifest));
    }

    private static void truncate(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }

    /** Changes a file and its digest in the manifest together. */
    private static void sign(Path model, String name) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(model.resolve(name)));
        edit(
                model,
                manifest ->
                        manifest.withObject("/files").put(name, HexFormat.of().formatHex(digest)));
    }

    private static void copyFromAnother(Path model, String name) throws IOException {
        Path other = model.resolveSibling("other");
        ModelFiles.write(SyntheticModel.of(90, 90, 4, 0, 77), other);
        Files.copy(other.resolve(name), model.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage(
                        "no manifest",
                        "there is no manifest.json",
                        model -> Files.delete(model.resolve("manifest.json"))),
                damage("empty manifest", "manifest.json", manifest("")),
                damage("truncated manifest", "manifest.json", model -> truncate(model.resolve("manifest.json"))),
                damage("binary manifest", "manifest.json", manifest("\u0000\u0001PAR1")),
                damage("list for a manifest", "manifest.json", manifest("[1, 2]")),
                damage("another's manifest", "not one of a Discreet model", manifest("{\"name\": \"x\"}")),
                damage("version that is no number", "not one of a Discreet model", field("version", "one")),
                damage("newer version", "Use a newer Discreet", field("version", 3)),
                damage("far newer version", "Use a newer Discreet", field("version", 1_000_000)),
                damage("no digests", "not what the manifest says", without("files")),
                damage("no bulk", "do not fit together", without("bulk")),
                damage("bulk that is no number", "do not fit together", field("bulk", "wide")),
                damage("no creation time", "do not fit together", without("created")),
                damage("creation time that is none", "do not fit together", field("created", "today")),
                damage("no parameters", "do not fit together", without("parameters")),
                damage("no population", "do not fit together", without("population")),
                damage("no price", "do not fit together", without("epsilon")),
                damage("no items", "items.parquet", model -> Files.delete(model.resolve("items.parquet"))),
                damage("truncated items", "items.parquet", model -> truncate(model.resolve("items.parquet"))),
                damage("truncated spectrum", "spectrum.parquet", model -> truncate(model.resolve("spectrum.parquet"))),
                damage(
                        "empty spectrum",
                        "spectrum.parquet",
                        model -> Files.write(model.resolve("spectrum.parquet"), new byte[0])),
                damage("changed byte", "spectrum.parquet", model -> {
                    byte[] bytes = Files.readAllBytes(model.resolve("spectrum.parquet"));
                    bytes[bytes.length / 3] ^= 1;
                    Files.write(model.resolve("spectrum.parquet"), bytes);
                }),
                damage(
                        "another model's spectrum",
                        "spectrum.parquet",
                        model -> copyFromAnother(model, "spectrum.parquet")),
                damage("truncated items, signed", "do not fit together", model -> {
                    truncate(model.resolve("items.parquet"));
                    sign(model, "items.parquet");
                }),
                damage("no Parquet, signed", "do not fit together", model -> {
                    Files.writeString(model.resolve("items.parquet"), "item,title\n1,x\n");
                    sign(model, "items.parquet");
                }),
                damage("another model's spectrum, signed", "do not fit together", model -> {
                    copyFromAnother(model, "spectrum.parquet");
                    sign(model, "spectrum.parquet");
                }),
                damage("another model's items, signed", "do not fit together", model -> {
                    copyFromAnother(model, "items.parquet");
                    sign(model, "items.parquet");
                }),
                damage("items in place of the spectrum, signed", "do not fit together", model -> {
                    Files.copy(
                            model.resolve("items.parquet"),
                            model.resolve("spectrum.parquet"),
                            StandardCopyOption.REPLACE_EXISTING);
                    sign(model, "spectrum.parquet");
                }));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void read_damaged_saysSoInOneLine(Damage damage, String message) throws Exception {
        Path model = written(SyntheticModel.of(60, 40, 5, 3, 6));
        damage.on(model);
        assertThatThrownBy(() -> ModelFiles.read(model))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Cannot read ")
                .hasMessageContaining(model.toString())
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "."})
    void read_missingModel_saysSo(String name) {
        assertThatThrownBy(() -> ModelFiles.read(folder.resolve(name)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no manifest.json")
                .hasMessageNotContaining("\n");
    }
}
