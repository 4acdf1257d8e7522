package discreet.cli.recommend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.HorizontalAlign;
import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.cli.shared.Json;
import discreet.cli.shared.Table;
import discreet.model.Explanation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Prints explanations for their user. Titles of the history come with the largest part first, each with its
 * share of the sizes of all parts.
 *
 * @param scoreName name of the scores in print
 * @param history the user's items that count, ascending
 * @param seen all items of the user, ascending
 * @param listSeen whether lists may have them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ExplainReport(
        Catalogue catalogue,
        String scoreName,
        int[] history,
        int[] seen,
        boolean listSeen,
        List<Explanation> explanations) {
    private static final int MAX_SHOWN = 10;

    /** Smaller parts are left out, since scores are compared on this grid. */
    private static final double NEGLIGIBLE = 1e-6;

    private record Part(String what, double value) {}

    String text() {
        if (explanations.isEmpty()) {
            return "There is nothing to recommend: no item is left that is not in the history.";
        }
        return explanations.stream().map(this::text).collect(Collectors.joining("\n\n"));
    }

    private String text(Explanation why) {
        Item item = catalogue.item(why.item());
        String head = item.label() + (item.title() == null ? "" : " (" + item.id() + ")") + seen(why.item());
        if (why.isByPopularityAlone()) {
            return head + ": by popularity alone. "
                    + (history.length == 0 ? "The history is empty." : "The history says nothing about it.");
        }
        return head + ": " + scoreName + " " + score(why.score()) + ", made of\n" + table(why);
    }

    /** Says of an item that the user has seen whether it counts, and whether a list may have it. */
    private String seen(int item) {
        if (!isIn(seen, item)) {
            return "";
        }
        return ", which is in the history"
                + (isIn(history, item) ? "" : " without counting (its rating is too low or missing)")
                + (listSeen ? "" : " and so in no list");
    }

    private String table(Explanation why) {
        List<Part> parts = new ArrayList<>();
        why.history()
                .forEach(part -> parts.add(
                        new Part("you have " + catalogue.item(part.item()).label(), part.value())));
        why.common().forEach(part -> parts.add(new Part(part.name(), part.value())));
        parts.sort(Comparator.comparingDouble(part -> -Math.abs(part.value())));
        double sizes =
                parts.stream().mapToDouble(part -> Math.abs(part.value())).sum();
        List<Part> counted = parts.stream()
                .filter(part -> Math.abs(part.value()) > NEGLIGIBLE)
                .toList();
        List<List<String>> rows = new ArrayList<>();
        counted.stream()
                .limit(MAX_SHOWN)
                .forEach(part -> rows.add(row(part.what(), part.value(), Math.abs(part.value()) / sizes)));
        if (counted.size() > MAX_SHOWN) {
            List<Part> rest = counted.subList(MAX_SHOWN, counted.size());
            rows.add(row(
                    rest.size() + " smaller parts",
                    rest.stream().mapToDouble(Part::value).sum(),
                    rest.stream().mapToDouble(part -> Math.abs(part.value())).sum() / sizes));
        }
        return new Table()
                .column("because", HorizontalAlign.LEFT)
                .column("adds", HorizontalAlign.RIGHT)
                .column("share", HorizontalAlign.RIGHT)
                .rows(rows);
    }

    private static List<String> row(String what, double value, double share) {
        return List.of(what, score(value), String.format(Locale.ROOT, "%.0f %%", 100 * share));
    }

    private static String score(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    private static boolean isIn(int[] items, int item) {
        return Arrays.binarySearch(items, item) >= 0;
    }

    String json() {
        ObjectNode object = Json.object();
        ArrayNode list = object.putArray("explanations");
        for (Explanation why : explanations) {
            ObjectNode node = list.addObject();
            put(node, why.item());
            node.put("score", why.score()).put("source", why.source().label()).put("inHistory", isIn(seen, why.item()));
            ArrayNode parts = node.putArray("history");
            why.history().stream()
                    .sorted(Comparator.comparingDouble(part -> -Math.abs(part.value())))
                    .forEach(part -> {
                        ObjectNode entry = parts.addObject();
                        put(entry, part.item());
                        entry.put("adds", part.value());
                    });
            ObjectNode common = node.putObject("common");
            why.common().forEach(part -> common.put(part.name(), part.value()));
        }
        return Json.text(object);
    }

    private void put(ObjectNode node, int item) {
        node.put("item", catalogue.id(item));
        String title = catalogue.item(item).title();
        if (title != null) {
            node.put("title", title);
        }
    }
}
