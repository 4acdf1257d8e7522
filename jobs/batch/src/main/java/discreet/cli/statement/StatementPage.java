package discreet.cli.statement;

import discreet.cli.page.Page;
import discreet.cli.shared.BudgetShare;
import discreet.cli.shared.Figures;
import discreet.cli.statement.StatementFields.Field;
import discreet.privacy.Attacker;
import discreet.privacy.PrivacyCost;
import discreet.statement.Guarantee;
import discreet.statement.Statement;
import discreet.statement.Statement.Life;
import discreet.statement.Statement.Loss;
import discreet.statement.Statement.Model;
import discreet.statement.Statement.Release;
import discreet.statement.Statement.Vector;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Renders a statement as one HTML page, for a reader who has never heard of epsilon. Figures for experts
 * follow further down.
 */
final class StatementPage {
    private static final String TEMPLATE = "statement.html";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);
    private static final int DOTS = 100;
    private static final int COIN = 50;
    private static final double BAR_WIDTH = 640;

    private final Statement statement;

    private StatementPage(Statement statement) {
        this.statement = statement;
    }

    static Page of(Statement statement) {
        return Page.of(TEMPLATE, "Privacy statement: " + statement.population(), new StatementPage(statement).values());
    }

    private Map<String, Object> values() {
        Loss loss = statement.loss();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("population", statement.population());
        values.put("made", day(statement.made()));
        values.put("software", statement.software());
        values.put("whole", statement.life() != null);
        values.put("released", !statement.releases().isEmpty());
        values.put("oneRelease", statement.releases().size() == 1);
        values.put("releaseCount", statement.releases().size());
        values.put("percent", percent());
        values.put("moreThanCoin", percent() - COIN);
        values.put("wrong", DOTS - percent());
        values.put("dots", dots());
        values.put("sentence", Attacker.sentence(loss.price()));
        values.put("verdict", verdict());
        values.put("epsilon", Figures.atLeast(loss.epsilon()));
        values.put("delta", Figures.atLeast(loss.delta()));
        values.put("rho", Figures.rho(loss.rho()));
        values.put("discovery", StatementFields.discovery(loss));
        values.put("replacedEpsilon", Figures.atLeast(loss.replacedEpsilon()));
        values.put("replacedRho", Figures.rho(loss.replaced().rho().toDouble()));
        values.put("life", statement.life() == null ? false : life(statement.life()));
        values.put("model", statement.model() == null ? false : model(statement.model()));
        values.put("measure", statement.life() == null ? "Rho" : "Of the limit");
        values.put("releases", releases());
        values.put("vectors", vectors());
        values.put("contributions", contributions());
        values.put("guarantee", guarantee());
        values.put("operatorSees", Guarantee.OPERATOR_SEES);
        values.put("notProtected", Guarantee.NOT_PROTECTED);
        values.put("operator", operator());
        StatementFields fields = StatementFields.of(statement);
        values.put("registrySource", StatementFields.REGISTRY);
        values.put("registry", groups(fields.registry()));
        values.put("nistSource", StatementFields.NIST);
        values.put("nist", groups(fields.nist()));
        return values;
    }

    /**
     * Returns the number of highlighted dots, which is the figure of {@link Attacker#sentence} rounded up to
     * a whole number.
     */
    private int percent() {
        return (int) Math.ceil(
                Double.parseDouble(Attacker.timesIn100(statement.loss().price())));
    }

    private String verdict() {
        double accuracy = statement.loss().attackerAccuracy();
        if (accuracy <= .5) {
            return "That is a coin. The releases say nothing about any one person.";
        }
        if (accuracy <= .6) {
            return "That is close to a coin: what was released says very little about any one person.";
        }
        if (accuracy <= .75) {
            return "That is better than a coin, and far from knowing.";
        }
        return accuracy <= .9
                ? "That is weak: such a guess would be right far more often than wrong."
                : "That is hardly any protection: such a guess would nearly always be right.";
    }

    private List<Map<String, Object>> dots() {
        return IntStream.range(0, DOTS)
                .mapToObj(dot -> Map.<String, Object>of(
                        "x", 10 + 20 * (dot % 10),
                        "y", 10 + 20 * (dot / 10),
                        "kind", dot < COIN ? "coin" : dot < percent() ? "more" : "rest"))
                .toList();
    }

    private Map<String, Object> life(Life life) {
        double cap = life.capRho().toDouble();
        BudgetShare share = new BudgetShare(life.cap(), statement.loss().price());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("opened", day(life.openedAt()));
        values.put("closed", life.closed());
        values.put("capEpsilon", Figures.atLeast(life.cap().epsilon()));
        values.put("capDelta", Figures.atLeast(life.cap().delta()));
        values.put("capRho", Figures.rho(cap));
        values.put("capPercent", Attacker.timesIn100(life.cap().largestCost()));
        values.put("leftEpsilon", Figures.atMost(life.epsilonLeft()));
        values.put("spent", share.spent());
        values.put("left", share.left());
        values.put("why", share.why());
        values.put("part", !share.why().isEmpty());
        values.put("gain", moreThanCoin(statement.loss().price()));
        values.put("capGain", moreThanCoin(life.cap().largestCost()));
        values.put("bars", bars(cap));
        values.put("width", decimal(BAR_WIDTH));
        values.put("chainHead", life.chainHead());
        values.put("holds", Boolean.TRUE.equals(life.holdsModel()));
        values.put("forgot", Boolean.FALSE.equals(life.holdsModel()));
        return values;
    }

    /** Returns by how much more often than a coin a guess is right, in times in 100. */
    private static String moreThanCoin(PrivacyCost cost) {
        return new BigDecimal(Attacker.timesIn100(cost))
                .subtract(BigDecimal.valueOf(COIN))
                .toPlainString();
    }

    /** Returns what a release uses up of the limit, or its rho where the limit is not known. */
    private String measured(Release release) {
        Life life = statement.life();
        return life == null
                ? Figures.rho(release.alone().rho())
                : new BudgetShare(life.cap(), release.increase()).spent();
    }

    private static String state(Vector vector) {
        return switch (vector.state()) {
            case "sealed" -> "released";
            case "drawn" -> "drawn, and not released yet";
            case "reserved" -> "not made yet";
            case "given back" -> "never made, and given back";
            default -> vector.state();
        };
    }

    /**
     * Lays out the bar of the budget. Lengths are in rho, which adds up, and each release is as long as its
     * increase of the total.
     */
    private List<Map<String, Object>> bars(double cap) {
        List<Map<String, Object>> bars = new ArrayList<>();
        double x = 0;
        for (Release release : statement.releases()) {
            double width = BAR_WIDTH * release.increase().rho().toDouble() / cap;
            bars.add(Map.of("x", decimal(x), "width", decimal(width), "shade", bars.size() % 2));
            x += width;
        }
        return bars;
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static Map<String, Object> model(Model model) {
        return Map.of(
                "release", model.release(),
                "created", day(model.created()),
                "ledgerHead", model.ledgerHead(),
                "items", Figures.count(model.items()),
                "head", Figures.count(model.head()),
                "rank", Figures.count(model.rank()),
                "people", Figures.count(model.people()),
                "peopleSd", Figures.number(model.peopleSd()),
                "sigma", Figures.atMost(model.sigma()));
    }

    private List<Map<String, Object>> releases() {
        return statement.releases().stream()
                .map(release -> Map.<String, Object>of(
                        "id",
                        release.id(),
                        "day",
                        day(release.at()),
                        "time",
                        release.at().toString(),
                        "objective",
                        release.kind().purpose(),
                        "people",
                        StatementFields.people(statement, release),
                        "epsilon",
                        Figures.atLeast(release.alone().epsilon()),
                        "measured",
                        measured(release),
                        "recharged",
                        release.vectors().stream().anyMatch(vector -> vector.charges() > 1)))
                .toList();
    }

    private List<Map<String, Object>> vectors() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Release release : statement.releases()) {
            for (Vector vector : release.vectors()) {
                rows.add(Map.of(
                        "release",
                        release.id(),
                        "name",
                        vector.name(),
                        "what",
                        StatementFields.vector(vector),
                        "rho",
                        StatementFields.charged(vector),
                        "state",
                        state(vector),
                        "again",
                        vector.charges() > 1 ? "counted " + vector.charges() + " times, after a run was killed" : ""));
            }
        }
        return rows;
    }

    private List<String> contributions() {
        return statement.releases().stream()
                .map(StatementFields::contribution)
                .distinct()
                .toList();
    }

    private static Map<String, Object> guarantee() {
        return Map.of(
                "unit", Guarantee.UNIT,
                "addedOrRemoved", Guarantee.ADDED_OR_REMOVED,
                "replaced", Guarantee.REPLACED,
                "trust", Guarantee.TRUST,
                "mechanism", Guarantee.MECHANISM,
                "sensitivity", Guarantee.SENSITIVITY,
                "composition", Guarantee.COMPOSITION,
                "modelHolds", Guarantee.MODEL_HOLDS,
                "lists", Guarantee.LISTS);
    }

    private List<Map<String, Object>> operator() {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("data_curator_name", "Who published this");
        asked.put("contact", "Whom to ask");
        asked.put("intended_use", "What it is for");
        asked.put("access_control", "How the ratings are kept");
        return asked.entrySet().stream()
                .map(entry -> value(
                        entry.getValue(),
                        statement.operator().value(entry.getKey()) == null
                                ? StatementFields.NOT_STATED
                                : String.valueOf(statement.operator().value(entry.getKey()))))
                .toList();
    }

    private static Map<String, Object> value(String name, String value) {
        return Map.of("name", name, "value", value, "unstated", value.equals(StatementFields.NOT_STATED));
    }

    private static List<Map<String, Object>> groups(List<Field> fields) {
        Map<String, List<Map<String, Object>>> groups = new LinkedHashMap<>();
        for (Field field : fields) {
            groups.computeIfAbsent(field.group(), group -> new ArrayList<>()).add(value(field.name(), field.text()));
        }
        List<Map<String, Object>> list = new ArrayList<>();
        groups.forEach(
                (group, members) -> list.add(Map.of("group", group, "named", !group.isEmpty(), "fields", members)));
        return list;
    }

    private static String day(Instant time) {
        return DAY.format(time.atOffset(ZoneOffset.UTC));
    }
}
