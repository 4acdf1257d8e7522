package discreet.cli.check;

import discreet.cli.page.Page;
import discreet.cli.shared.Figures;
import discreet.history.RatingsSchema;
import discreet.history.RowRules;
import discreet.spark.check.InputCounts;
import discreet.spark.check.InputCounts.Csv;
import discreet.spark.check.InputCounts.Items;
import discreet.spark.check.InputCounts.Odd;
import discreet.spark.check.InputCounts.Rows;
import discreet.spark.check.InputCounts.Times;
import discreet.spark.check.LookAlikes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Shows exact figures of ratings to their operator, as text and as a page.
 *
 * @param hasCatalogue whether a catalogue says which items count
 */
record CheckReport(RatingsSchema schema, RowRules rules, boolean hasCatalogue, InputCounts counts) {
    static final String MARK = "NOT FOR PUBLICATION: exact figures of people's ratings, for the operator alone.";
    static final String LIMIT = "Use them to see whether the files were read as meant. Do not choose epsilon,"
            + " --min-rating or other parameters by them: what is chosen by looking at ratings is outside"
            + " the guarantee.";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** A figure and what it counts. */
    record Line(String figure, String what) {}

    /** A part of the report. */
    record Section(String heading, List<Line> lines) {}

    String text() {
        StringBuilder text = new StringBuilder(MARK).append(System.lineSeparator());
        for (Section section : sections()) {
            text.append(System.lineSeparator()).append(section.heading()).append(System.lineSeparator());
            for (Line line : section.lines()) {
                text.append(String.format(Locale.ROOT, "%15s  %s%n", line.figure(), line.what()));
            }
        }
        return text.append(System.lineSeparator())
                .append(verdict())
                .append(System.lineSeparator())
                .append(LIMIT)
                .toString();
    }

    String page() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("mark", MARK);
        values.put("limit", LIMIT);
        values.put("verdict", verdict());
        values.put("path", schema.input().path());
        values.put("sections", sections());
        return Page.of("check.html", "Check of ratings (not for publication)", values)
                .html();
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("Files", files()));
        sections.add(new Section("Rows", rows()));
        sections.add(new Section("People", people()));
        sections.add(new Section("Items", items()));
        sections.add(new Section("Ratings", ratings()));
        sections.add(new Section("Times", times()));
        Csv csv = counts.csv();
        if (csv != null) {
            sections.add(new Section("CSV", csv(csv)));
        }
        return sections;
    }

    private List<Line> files() {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(schema.form().split(",")[0], schema.input().path()));
        schema.columns()
                .forEach(column ->
                        lines.add(new Line(column.role(), "column '" + column.name() + "', " + column.type())));
        schema.unused().forEach(name -> lines.add(new Line("not used", "column '" + name + "'")));
        return lines;
    }

    private List<Line> rows() {
        Rows rows = counts.rows();
        List<Line> lines = new ArrayList<>();
        lines.add(line(rows.read(), "rows read"));
        lines.add(line(-rows.withoutUser(), "without a usable user id (missing, or not UTF-8)"));
        lines.add(line(-rows.withoutItem(), "without a usable item id (missing, or not UTF-8)"));
        if (hasCatalogue) {
            lines.add(line(-rows.unlisted(), "of items that are not in the catalogue"));
        }
        lines.add(line(-rows.repeated(), "of a person and an item with a later row"));
        if (schema.hasRatings()) {
            lines.add(line(
                    -rows.low(),
                    "without a usable rating"
                            + (rules.minRating() == Double.NEGATIVE_INFINITY
                                    ? ""
                                    : ", or below " + Figures.number(rules.minRating()))));
        }
        lines.add(line(-rows.beyondCap(), "beyond the " + rules.maxItemsPerUser() + " most recent items of a person"));
        lines.add(line(rows.counting(), "rows that count"));
        return lines;
    }

    private List<Line> people() {
        InputCounts.People people = counts.people();
        return List.of(
                line(people.named(), "people whom a row names"),
                line(people.counting(), "of them with a row that counts"),
                line(people.mostItems(), "most items of one person"),
                line(people.aboveCap(), "people with more than " + rules.maxItemsPerUser()));
    }

    private List<Line> items() {
        Items items = counts.items();
        List<Line> lines = new ArrayList<>();
        if (!hasCatalogue) {
            lines.add(line(items.inCatalogue(), "items in the ratings"));
            return lines;
        }
        lines.add(line(items.inCatalogue(), "items in the catalogue"));
        lines.add(line(
                items.inBoth(),
                "of them in the ratings"
                        + (items.unratedExamples().isEmpty()
                                ? ""
                                : ", not for example " + shown(items.unratedExamples()))));
        String examples = items.unlistedExamples().entrySet().stream()
                .map(example -> quoted(example.getKey()) + " (" + Figures.count(example.getValue()) + " rows)")
                .collect(Collectors.joining(", "));
        lines.add(new Line(
                (items.hasMoreUnlisted() ? "> " : "") + Figures.count(items.unlisted()),
                "ids in the ratings alone" + (examples.isEmpty() ? "" : ": " + examples)));
        for (LookAlikes alike : items.lookAlikes()) {
            String pairs = alike.examples().entrySet().stream()
                    .map(pair -> quoted(pair.getKey()) + " for " + quoted(pair.getValue()))
                    .collect(Collectors.joining(", "));
            lines.add(line(
                    alike.ids(),
                    "of them in the catalogue but for " + alike.difference().words() + ": " + pairs));
        }
        return lines;
    }

    private List<Line> ratings() {
        InputCounts.Ratings ratings = counts.ratings();
        if (!schema.hasRatings()) {
            return List.of(new Line("none", "there is no column of ratings, and every row counts"));
        }
        List<Line> lines = new ArrayList<>();
        if (!Double.isNaN(ratings.lowest())) {
            lines.add(new Line(
                    Figures.number(ratings.lowest()) + " to " + Figures.number(ratings.highest()), "the ratings"));
        }
        ratings.values().forEach((value, rows) -> lines.add(line(rows, "rows of " + Figures.number(value))));
        lines.add(line(ratings.missing(), "rows of people and known items without a usable rating"));
        return lines;
    }

    private List<Line> times() {
        Times times = counts.times();
        if (schema.column("timestamp").isEmpty()) {
            return List.of(new Line("none", "there is no column of times, and all rows are equally old"));
        }
        List<Line> lines = new ArrayList<>();
        Long first = times.first();
        Long last = times.last();
        if (first != null && last != null) {
            lines.add(new Line("from", time(first)));
            lines.add(new Line("to", time(last)));
        }
        lines.add(line(times.missing(), "rows without a usable time, which count as the oldest"));
        return lines;
    }

    private static List<Line> csv(Csv csv) {
        List<Line> lines = new ArrayList<>();
        lines.add(line(csv.noRecords(), "lines that are no record, because a quotation mark is not closed"));
        lines.add(line(csv.notUtf8(), "lines with bytes that are not UTF-8"));
        lines.add(line(csv.tooShort(), "lines that end before the last column that is used"));
        lines.add(odd(csv.notNumbers(), "ratings that are no numbers"));
        lines.add(odd(csv.notTimes(), "times that are not understood"));
        lines.add(odd(csv.quotes(), "ids with a quotation mark in them"));
        return lines;
    }

    private static Line odd(Odd odd, String what) {
        return line(
                odd.count(),
                what
                        + (odd.examples().isEmpty()
                                ? ""
                                : ": " + shown(odd.examples().stream().sorted().toList())));
    }

    /** Returns the first thing to look at. */
    private String verdict() {
        Rows rows = counts.rows();
        if (rows.counting() == 0) {
            return "No row counts. A training would spend a hundredth of its price and stop."
                    + (counts.items().lookAlikes().isEmpty()
                            ? ""
                            : " Ids are spelled in other ways than in the catalogue.");
        }
        double share = 100.0 * rows.counting() / rows.read();
        return String.format(Locale.ROOT, "%.1f %% of the rows count.", share)
                + (counts.items().lookAlikes().isEmpty()
                        ? ""
                        : " Some ids are spelled in other ways than in the catalogue, and these rows are lost.");
    }

    private static Line line(long count, String what) {
        return new Line(String.format(Locale.ROOT, "%,d", count), what);
    }

    private static String shown(List<String> texts) {
        return texts.stream().map(CheckReport::quoted).collect(Collectors.joining(", "));
    }

    /**
     * Quotes a text of the data, without characters that would break the line or move a terminal's cursor.
     */
    private static String quoted(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return "'" + (clean.length() > 60 ? clean.substring(0, 60) + "..." : clean) + "'";
    }

    private static String time(long millis) {
        try {
            return TIME.format(Instant.ofEpochMilli(millis)) + " UTC";
        } catch (DateTimeException e) {
            return Figures.number(millis) + " ms since 1970";
        }
    }
}
