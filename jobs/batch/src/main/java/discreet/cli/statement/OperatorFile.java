package discreet.cli.statement;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.InputException;
import discreet.statement.Statement.Operator;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads what only the operator can say from a file of lines {@code field = text} (Java properties, UTF-8).
 * The fields have the names of the OpenDP Deployments Registry. Two more are our own, {@code contact} and
 * {@code access_control}.
 */
final class OperatorFile {
    static final String PUBLICATION_DATE = "publication_date";

    static final Set<String> FIELDS = new TreeSet<>(Set.of(
            "url_slug",
            "name",
            "data_curator_name",
            "data_curator_type",
            "description",
            "intended_use",
            "data_product_region",
            "data_product_sector",
            PUBLICATION_DATE,
            "data_source_type",
            "data_source_type_details",
            "preprocessing_and_hyperparameter_tuning",
            "justification",
            "utility",
            "additional_information",
            "evidence_sources",
            "registry_authors",
            "contact",
            "access_control"));

    private static final long MAX_BYTES = 1 << 20;

    private OperatorFile() {}

    /**
     * Reads the operator's file.
     *
     * @throws InputException if the file cannot be read or has an unknown field
     */
    static Operator read(Path file) {
        Properties given = new Properties();
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw cannot(file, "it is larger than 1 MiB. Name a file of lines such as data_curator_name = ACME.");
            }
            given.load(new StringReader(Files.readString(file, UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            throw new InputException(
                    "Cannot make a statement: --about " + file
                            + " cannot be read as lines of text, such as data_curator_name = ACME. Check the path"
                            + " and the file.",
                    e);
        }
        Map<String, String> stated = new TreeMap<>();
        for (String field : given.stringPropertyNames()) {
            if (!FIELDS.contains(field)) {
                throw cannot(file, "there is no field '" + field + "'. Fields are " + String.join(", ", FIELDS) + ".");
            }
            String value = given.getProperty(field).strip();
            if (!value.isEmpty()) {
                stated.put(field, value);
            }
        }
        requireDate(file, stated);
        return new Operator(stated);
    }

    private static void requireDate(Path file, Map<String, String> stated) {
        String date = stated.get(PUBLICATION_DATE);
        if (date != null) {
            try {
                LocalDate.parse(date);
            } catch (DateTimeParseException e) {
                throw cannot(file, PUBLICATION_DATE + " is not a date. Write it as in 2026-11-24.");
            }
        }
    }

    private static InputException cannot(Path file, String why) {
        return new InputException("Cannot make a statement: in --about " + file + ", " + why);
    }
}
