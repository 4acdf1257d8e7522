package discreet.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.InputException;
import discreet.RunException;
import discreet.files.Sha256;
import discreet.history.RatingRange;
import discreet.statistics.BiasPrior;
import discreet.statistics.Head;
import discreet.statistics.Spectrum;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes a model as a folder:
 *
 * <pre>
 *   manifest.json      format, version, objective, provenance, parameters, and the SHA-256 of the other
 *                      files; for a rating model also its mean and the prior of its biases
 *   items.parquet      item, title, genres, metadata; statistic, or for a rating model count, bias and
 *                      biasVariance; for the head: position, weight, direction
 *   spectrum.parquet   component, eigenvalue, vector (one entry per head position)
 * </pre>
 *
 * <p>The files hold released values and public parameters only, and any tool for Parquet and JSON can read
 * them. A model is written beside its destination and moved there in one step, so that half a model is
 * never seen.
 *
 * <p>Version 1, which had only rankings and no range of ratings, can still be read.
 */
public final class ModelFiles {
    static final String FORMAT = "discreet-model";
    static final int VERSION = 2;
    private static final String MANIFEST = "manifest.json";
    private static final String ITEMS = "items.parquet";
    private static final String SPECTRUM = "spectrum.parquet";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ModelFiles() {}

    /**
     * Checks that a model can be written to a folder, before any budget is spent.
     *
     * @throws InputException if the folder exists or its parent is not writable
     */
    public static void requireWritable(Path folder) {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new InputException("Cannot write the model to " + folder
                    + ": it exists. Name another folder, or remove that one first.");
        }
        Path around = parent(folder);
        if (!Files.isDirectory(around) || !Files.isWritable(around)) {
            throw new InputException("Cannot write the model to " + folder + ": " + around
                    + " is not a folder that you can write to. Create it, or name another.");
        }
    }

    /**
     * Writes a model.
     *
     * @throws InputException if the folder exists
     * @throws RunException if writing fails. Nothing is left behind then
     */
    public static void write(ReleasedModel model, Path folder) {
        requireWritable(folder);
        try {
            Path work = Files.createTempDirectory(parent(folder), "." + folder.getFileName() + "-", readableByAll());
            try {
                ParquetModel.writeItems(model, work.resolve(ITEMS));
                ParquetModel.writeSpectrum(model, work.resolve(SPECTRUM));
                Files.writeString(work.resolve(MANIFEST), JSON.writeValueAsString(manifest(model, work)) + "\n");
                for (String file : List.of(ITEMS, SPECTRUM, MANIFEST)) {
                    sync(work.resolve(file));
                }
                sync(work);
                Files.move(work, folder, StandardCopyOption.ATOMIC_MOVE);
                sync(parent(folder));
            } finally {
                deleteIfThere(work);
            }
        } catch (FileAlreadyExistsException e) {
            throw new InputException("Cannot write the model to " + folder + ": it exists. Name another folder.", e);
        } catch (IOException e) {
            throw new RunException(
                    "Cannot write the model to " + folder
                            + ": the file system refused. Check space and permissions and run again with the same"
                            + " `releaseId`.",
                    e);
        }
    }

    /**
     * Reads a model.
     *
     * @throws InputException if there is no model, it is damaged, or a newer version of Discreet wrote it
     */
    public static ReleasedModel read(Path folder) {
        JsonNode manifest = readIntact(folder);
        try {
            return objective(manifest).equals(RatingModel.OBJECTIVE)
                    ? rating(manifest, folder)
                    : ranking(manifest, folder);
        } catch (IOException | RuntimeException e) {
            throw new InputException(
                    "Cannot read the model in " + folder
                            + ": its files do not fit together. Restore or train it again.",
                    e);
        }
    }

    /**
     * Reads a model that ranks.
     *
     * @param doing the purpose, for messages, as in "Cannot evaluate"
     * @throws InputException as {@link #read}, and if the model predicts ratings
     */
    public static RankingModel readRanking(Path folder, String doing) {
        return read(folder).match(ranking -> ranking, rating -> {
            throw new InputException("Cannot " + doing + ": the model in " + folder
                    + " predicts ratings, and this needs one that ranks. Name a model of `objective` ranking.");
        });
    }

    /**
     * Reads a model that predicts ratings.
     *
     * @param doing the purpose, for messages, as in "Cannot predict"
     * @throws InputException as {@link #read}, and if the model ranks
     */
    public static RatingModel readRating(Path folder, String doing) {
        return read(folder)
                .match(
                        ranking -> {
                            throw new InputException("Cannot " + doing + ": the model in " + folder
                                    + " ranks and knows nothing of ratings. Name a model of `objective` rating.");
                        },
                        rating -> rating);
    }

    private static RankingModel ranking(JsonNode manifest, Path folder) throws IOException {
        ParquetModel.Items items = ParquetModel.readRanking(folder.resolve(ITEMS));
        return new RankingModel(
                items.catalogue(),
                items.statistic(),
                items.head(),
                spectrum(manifest, folder, items.head()),
                parameters(manifest),
                provenance(manifest));
    }

    private static RatingModel rating(JsonNode manifest, Path folder) throws IOException {
        ParquetModel.Items items = ParquetModel.readRating(folder.resolve(ITEMS));
        return new RatingModel(
                items.catalogue(),
                number(manifest, "mean"),
                items.counts(),
                items.biases(),
                items.biasVariances(),
                prior(manifest),
                items.head(),
                spectrum(manifest, folder, items.head()),
                parameters(manifest),
                provenance(manifest));
    }

    private static Spectrum spectrum(JsonNode manifest, Path folder, Head head) throws IOException {
        return ParquetModel.readSpectrum(folder.resolve(SPECTRUM), head.size(), number(manifest, "bulk"));
    }

    /**
     * Reads a model without its vectors, which is fast and does not load the Parquet library. The digests
     * of the files are checked.
     *
     * @throws InputException as {@link #read}
     */
    public static ModelDescription describe(Path folder) {
        JsonNode manifest = readIntact(folder);
        try {
            return new ModelDescription(
                    objective(manifest),
                    provenance(manifest),
                    parameters(manifest),
                    (int) number(manifest, "items"),
                    (int) number(manifest, "head"),
                    (int) number(manifest, "rank"));
        } catch (RuntimeException e) {
            throw new InputException(
                    "Cannot read the model in " + folder + ": manifest.json is damaged. Restore or train it again.", e);
        }
    }

    private static JsonNode readIntact(Path folder) {
        JsonNode manifest = readManifest(folder);
        for (String file : List.of(ITEMS, SPECTRUM)) {
            requireIntact(
                    folder.resolve(file), manifest.path("files").path(file).asText());
        }
        return manifest;
    }

    private static JsonNode readManifest(Path folder) {
        Path file = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(file)) {
            throw new InputException("Cannot read the model in " + folder
                    + ": there is no manifest.json. Name a folder that a training wrote.");
        }
        JsonNode manifest;
        try {
            manifest = JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new InputException(
                    "Cannot read the model in " + folder + ": manifest.json is damaged. Restore or train it again.", e);
        }
        if (!FORMAT.equals(manifest.path("format").asText())
                || !manifest.path("version").isInt()) {
            throw new InputException("Cannot read the model in " + folder
                    + ": manifest.json is not one of a Discreet model. Name a folder that a training wrote.");
        }
        if (manifest.path("version").asInt() > VERSION) {
            throw new InputException("Cannot read the model in " + folder + ": it has version "
                    + manifest.path("version").asInt() + " and this Discreet knows up to " + VERSION
                    + ". Use a newer Discreet.");
        }
        return manifest;
    }

    private static void requireIntact(Path file, String digest) {
        try {
            if (Files.isRegularFile(file) && sha256(file).equals(digest)) {
                return;
            }
        } catch (IOException e) {
            throw new InputException("Cannot read " + file + ": the file system refused. Check permissions.", e);
        }
        throw new InputException("Cannot read " + file
                + ": it is missing or not what the manifest says (truncated or changed). Restore or train"
                + " the model again.");
    }

    private static ObjectNode manifest(ReleasedModel model, Path work) throws IOException {
        Provenance provenance = model.provenance();
        TrainingParameters parameters = model.parameters();
        ObjectNode manifest = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("objective", model.objective())
                .put("created", provenance.created().toString())
                .put("population", provenance.population())
                .put("release", provenance.release())
                .put("ledgerHead", provenance.ledgerHead())
                .put("epsilon", provenance.epsilon())
                .put("delta", provenance.delta())
                .put("rho", provenance.rho())
                .put("deltaForItems", provenance.deltaForItems())
                .put("deltaCharged", provenance.deltaCharged())
                .put("people", provenance.people())
                .put("peopleSd", provenance.peopleSd())
                .put("sigma", provenance.sigma())
                .put("bulk", model.spectrum().bulk())
                .put("items", model.catalogue().size())
                .put("head", model.head().size())
                .put("rank", model.spectrum().rank());
        ObjectNode settings = manifest.putObject("parameters");
        if (parameters.minRating() == Double.NEGATIVE_INFINITY) {
            settings.putNull("minRating");
        } else {
            settings.put("minRating", parameters.minRating());
        }
        settings.put("maxItemsPerUser", parameters.maxItemsPerUser())
                .put("maxHead", parameters.maxHead())
                .put("content", parameters.content());
        RatingRange range = parameters.ratingRange();
        if (range == null) {
            settings.putNull("ratingRange");
        } else {
            settings.putArray("ratingRange").add(range.low()).add(range.high());
        }
        model.match(ranking -> manifest, rating -> putBiases(manifest, rating));
        ObjectNode files = manifest.putObject("files");
        for (String file : List.of(ITEMS, SPECTRUM)) {
            files.put(file, sha256(work.resolve(file)));
        }
        return manifest;
    }

    private static ObjectNode putBiases(ObjectNode manifest, RatingModel model) {
        manifest.put("mean", model.mean());
        ObjectNode prior = manifest.putObject("prior")
                .put("base", model.prior().base())
                .put("variance", model.prior().variance());
        new TreeMap<>(model.prior().tags()).forEach(prior.putObject("tags")::put);
        return manifest;
    }

    private static double charged(JsonNode manifest, String field) {
        return manifest.has(field) ? number(manifest, field) : 0;
    }

    private static TrainingParameters parameters(JsonNode manifest) {
        JsonNode settings = manifest.required("parameters");
        return new TrainingParameters(
                settings.required("minRating").isNull() ? Double.NEGATIVE_INFINITY : number(settings, "minRating"),
                (int) number(settings, "maxItemsPerUser"),
                (int) number(settings, "maxHead"),
                manifest.required("version").intValue() < 2 ? null : range(settings.required("ratingRange")),
                settings.path("content").asBoolean()); // not in models of the first version
    }

    private static @Nullable RatingRange range(JsonNode range) {
        if (range.isNull()) {
            return null;
        }
        return new RatingRange(number(range.required(0)), number(range.required(1)));
    }

    private static String objective(JsonNode manifest) {
        String objective = text(manifest, "objective");
        if (!objective.equals(RankingModel.OBJECTIVE) && !objective.equals(RatingModel.OBJECTIVE)) {
            throw new IllegalArgumentException("objective must be ranking or rating");
        }
        return objective;
    }

    private static BiasPrior prior(JsonNode manifest) {
        JsonNode prior = manifest.required("prior");
        Map<String, Double> tags = new HashMap<>();
        JsonNode named = prior.required("tags");
        if (!named.isObject()) {
            throw new IllegalArgumentException("tags must be an object");
        }
        for (Map.Entry<String, JsonNode> tag : named.properties()) {
            tags.put(tag.getKey(), number(tag.getValue()));
        }
        return new BiasPrior(number(prior, "base"), number(prior, "variance"), tags);
    }

    private static Provenance provenance(JsonNode manifest) {
        return new Provenance(
                text(manifest, "population"),
                text(manifest, "release"),
                text(manifest, "ledgerHead"),
                Instant.parse(text(manifest, "created")),
                number(manifest, "epsilon"),
                number(manifest, "delta"),
                number(manifest, "rho"),
                number(manifest, "people"),
                number(manifest, "peopleSd"),
                number(manifest, "sigma"),
                // Models from before private partition selection have no such field, and were charged none
                charged(manifest, manifest.has("deltaForItems") ? "deltaForItems" : "deltaCharged"),
                charged(manifest, "deltaCharged"));
    }

    /** Returns a number that must be there. A missing price must not pass for 0. */
    private static double number(JsonNode node, String field) {
        return number(node.required(field));
    }

    private static double number(JsonNode value) {
        if (!value.isNumber()) {
            throw new IllegalArgumentException("a number must be one");
        }
        return value.doubleValue();
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.required(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " must be a text");
        }
        return value.textValue();
    }

    /**
     * Returns permissions for all to read, which temporary folders do not have. Models are made to be
     * passed on.
     */
    private static FileAttribute<?>[] readableByAll() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"))
                }
                : new FileAttribute<?>[0];
    }

    private static Path parent(Path folder) {
        Path around = folder.toAbsolutePath().normalize().getParent();
        return around == null ? folder.toAbsolutePath() : around;
    }

    private static String sha256(Path file) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), Sha256.digest())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void deleteIfThere(Path work) throws IOException {
        if (Files.exists(work)) {
            try (Stream<Path> files = Files.list(work)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(work);
        }
    }
}
