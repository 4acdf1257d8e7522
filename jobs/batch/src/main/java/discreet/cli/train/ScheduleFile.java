package discreet.cli.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.InputException;
import discreet.plan.ScheduledRelease;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Makes the schedules that {@code quote} prices, from {@code --releases} or the file of {@code --plan}. */
final class ScheduleFile {
    /** Limit on a schedule. A thousand releases are weekly ones for nineteen years. */
    static final int MAX_RELEASES = 1_000;

    private static final int MAX_BYTES = 1 << 18;
    private static final String DATE = "date";
    private static final String EPSILON = "epsilon";

    private ScheduleFile() {}

    /** Repeats a release of one price. Each day is counted from the first, so that months do not drift. */
    static List<ScheduledRelease> repeated(int releases, Period every, LocalDate from, double epsilon) {
        if (releases < 1 || releases > MAX_RELEASES) {
            throw new InputException("Cannot quote: --releases must be from 1 to " + MAX_RELEASES + ". Provided value: "
                    + releases + ". Give another number.");
        }
        if (every.isNegative() || every.isZero()) {
            throw new InputException(
                    "Cannot quote: --every must be a time that passes, such as P1M, P2W or P1Y. Provided" + " value: "
                            + every + ".");
        }
        List<ScheduledRelease> planned = new ArrayList<>();
        try {
            for (int i = 0; i < releases; i++) {
                planned.add(new ScheduledRelease(from.plus(every.multipliedBy(i)), epsilon));
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new InputException(
                    "Cannot quote: so many releases at such a distance pass the end of the calendar. Plan"
                            + " fewer, or a shorter --every.",
                    e);
        }
        return planned;
    }

    static Period period(String text) {
        try {
            return Period.parse(text);
        } catch (DateTimeException e) {
            throw new InputException(
                    "Cannot quote: --every must be an ISO 8601 period such as P1M (a month), P2W or P1Y."
                            + " Provided value: '" + text + "'.",
                    e);
        }
    }

    static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new InputException(
                    "Cannot quote: --from must be a day such as 2027-01-31. Provided value: '" + text + "'.", e);
        }
    }

    /**
     * Reads a plan from a CSV file whose header has the columns {@code date} and {@code epsilon}. Returns it
     * in order of the dates, which is the order of the charges.
     *
     * @throws InputException if the file is no plan, naming the line
     */
    static List<ScheduledRelease> read(Path file) {
        List<String> lines = text(file).lines().toList();
        if (lines.isEmpty()) {
            throw wrong(file, 1, "there is no header", "Begin the file with date,epsilon");
        }
        List<String> header = fields(lines.get(0));
        int date = header.indexOf(DATE);
        int epsilon = header.indexOf(EPSILON);
        if (date < 0 || epsilon < 0) {
            throw wrong(file, 1, "the header lacks date or epsilon", "Begin the file with date,epsilon");
        }
        List<ScheduledRelease> planned = new ArrayList<>();
        for (int line = 2; line <= lines.size(); line++) {
            List<String> fields = fields(lines.get(line - 1));
            if (fields.equals(List.of(""))) {
                continue;
            }
            if (fields.size() != header.size()) {
                throw wrong(
                        file,
                        line,
                        "it has " + fields.size() + " fields and the header " + header.size(),
                        "Correct it");
            }
            planned.add(parse(file, line, fields.get(date), fields.get(epsilon)));
            if (planned.size() > MAX_RELEASES) {
                throw wrong(file, line, "it is release " + planned.size(), "Plan at most " + MAX_RELEASES);
            }
        }
        if (planned.isEmpty()) {
            throw wrong(file, 2, "no release is planned", "Give each one a line such as 2027-01-31,1");
        }
        planned.sort(Comparator.comparing(ScheduledRelease::date));
        return planned;
    }

    private static ScheduledRelease parse(Path file, int line, String date, String epsilon) {
        try {
            double price = Double.parseDouble(epsilon);
            if (price > 0 && price < Double.POSITIVE_INFINITY) {
                return new ScheduledRelease(LocalDate.parse(date), price);
            }
        } catch (NumberFormatException | DateTimeException e) {
            // falls through to the error below
        }
        throw wrong(file, line, "it needs a day and an epsilon > 0", "Write it as in 2027-01-31,1");
    }

    private static List<String> fields(String line) {
        return Arrays.stream(line.split(",", -1))
                .map(String::strip)
                .map(field -> field.length() >= 2 && field.startsWith("\"") && field.endsWith("\"")
                        ? field.substring(1, field.length() - 1)
                        : field)
                .toList();
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new InputException("Cannot quote: the plan " + file + " is larger than " + (MAX_BYTES >> 10)
                        + " KiB. Name a CSV file with the columns date and epsilon.");
            }
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text; // what spreadsheets put first
        } catch (CharacterCodingException e) {
            throw new InputException("Cannot quote: the plan " + file + " is not text in UTF-8. Save it as such.", e);
        } catch (IOException e) {
            throw new InputException(
                    "Cannot quote: the plan " + file + " is missing or may not be read. Check the path.", e);
        }
    }

    private static InputException wrong(Path file, int line, String why, String what) {
        return new InputException(
                "Cannot quote: line " + line + " of the plan " + file + ": " + why + ". " + what + ".");
    }
}
