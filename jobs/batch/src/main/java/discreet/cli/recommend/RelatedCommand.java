package discreet.cli.recommend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.HorizontalAlign;
import discreet.InputException;
import discreet.catalogue.AvailableItems;
import discreet.catalogue.Catalogue;
import discreet.catalogue.Item;
import discreet.catalogue.ListRules;
import discreet.cli.shared.Arguments;
import discreet.cli.shared.CurrentCatalogue;
import discreet.cli.shared.Figures;
import discreet.cli.shared.Json;
import discreet.cli.shared.Table;
import discreet.model.ModelFiles;
import discreet.model.Recommendation;
import discreet.model.Recommender;
import discreet.model.ReleasedModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs {@code discreet related}, which shows the items that the same people like. No Spark. */
@Command(
        name = "related",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Shows the items that the same people like.",
        description = {
            "",
            "The items come from the released model and the public catalogue alone, so they cost no "
                    + "budget. Scores are between -1 and 1. An item that the model knows too little about is "
                    + "placed by its genres and decade, and marked.",
            ""
        },
        footer = {"", "Example:", "  discreet related --model model --item 318 --k 5"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class RelatedCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            required = true,
            description = "The folder that discreet train wrote.")
    private Path model;

    @Option(names = "--item", paramLabel = "ID", required = true, description = "Id of an item of the catalogue.")
    private String item;

    @Option(
            names = "--k",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many items (default: ${DEFAULT-VALUE}).")
    private int k;

    @Mixin
    private CurrentCatalogue currentCatalogue;

    @Option(
            names = "--item-column",
            paramLabel = "NAME",
            defaultValue = "item",
            description = "Column of item ids in --items (default: ${DEFAULT-VALUE}).")
    private String itemColumn;

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Arguments.positive("show related items", "--k", k);
        ReleasedModel trained = ModelFiles.read(model);
        AvailableItems availableItems = currentCatalogue.availableItems(trained.catalogue(), itemColumn);
        Catalogue catalogue = availableItems.catalogue();
        int index = catalogue.indexOf(item);
        if (index < 0) {
            throw new InputException("Cannot show related items: the catalogue has no item '" + item
                    + "'. Give an id from the catalogue that the model was trained with, or a newer one with --items.");
        }
        ListRules rules = availableItems.rules(k, 0);
        Recommender<?> recommender = trained.over(catalogue).scorer();
        List<Recommendation> related = recommender.related(index, rules);
        IntPredicate isByTags = recommender::hasTagFactors;
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(catalogue, isByTags, index, related));
        } else if (related.isEmpty()) {
            out.println("Nothing is known about " + catalogue.item(index).label()
                    + ": too few people like it for the noise of this model, and no genre or decade helps.");
        } else {
            out.println(table(catalogue, isByTags, index, related));
        }
        return 0;
    }

    private static String table(Catalogue catalogue, IntPredicate isByTags, int index, List<Recommendation> related) {
        return "Related to " + catalogue.item(index).label()
                + (isByTags.test(index) ? ", by its genres and decade:\n" : ":\n")
                + new Table()
                        .column("rank", HorizontalAlign.RIGHT)
                        .column("item", HorizontalAlign.LEFT)
                        .column("title", HorizontalAlign.LEFT)
                        .column("score", HorizontalAlign.RIGHT)
                        .column("known by", HorizontalAlign.LEFT)
                        .rows(IntStream.range(0, related.size())
                                .mapToObj(place -> row(
                                        place + 1,
                                        catalogue.item(related.get(place).item()),
                                        related.get(place),
                                        knownBy(isByTags, related.get(place).item())))
                                .toList());
    }

    /** Says whether a factor was learned from people or predicted from genres and decade. */
    private static String knownBy(IntPredicate isByTags, int item) {
        return isByTags.test(item) ? "tags" : "people";
    }

    private static List<String> row(int rank, Item item, Recommendation related, String knownBy) {
        String title = item.title() == null ? "" : item.title();
        return List.of(Integer.toString(rank), item.id(), title, Figures.score(related.score()), knownBy);
    }

    private static String json(Catalogue catalogue, IntPredicate isByTags, int index, List<Recommendation> related) {
        ObjectNode object = Json.object().put("item", catalogue.id(index));
        putTitle(object, catalogue.item(index));
        if (!related.isEmpty()) {
            object.put("knownBy", knownBy(isByTags, index));
        }
        ArrayNode list = object.putArray("related");
        for (int place = 0; place < related.size(); place++) {
            Item other = catalogue.item(related.get(place).item());
            ObjectNode entry = list.addObject().put("rank", place + 1).put("item", other.id());
            putTitle(entry, other);
            entry.put("score", related.get(place).score())
                    .put("knownBy", knownBy(isByTags, related.get(place).item()));
        }
        return Json.text(object);
    }

    private static void putTitle(ObjectNode object, Item item) {
        if (item.title() != null) {
            object.put("title", item.title());
        }
    }
}
