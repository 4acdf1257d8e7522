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
import discreet.model.KnownBy;
import discreet.model.ModelFiles;
import discreet.model.Recommendation;
import discreet.model.Recommender;
import discreet.model.ReleasedModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
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
                    + "budget. Scores are between -1 and 1. The last column says what a place comes from: people; few "
                    + "people, so few that it may be chance; or tags, the genres and decade of an item that "
                    + "the model knows nothing else about.",
            ""
        },
        footer = {"", "Example:", "  discreet related --model model --item 318 --k 5"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class RelatedCommand implements Callable<Integer> {
    private static final String FEW_PEOPLE = "\nRemark: few people are behind this item. Their number does not"
            + " stand out of its noise, so these items may be here by chance.";

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
        IntFunction<KnownBy> knownBy = recommender::knownBy;
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(catalogue, knownBy, index, related));
        } else if (related.isEmpty()) {
            out.println("Nothing is known about " + catalogue.item(index).label()
                    + ": too few people like it for the noise of this model, and no genre or decade helps.");
        } else {
            out.println(table(catalogue, knownBy, index, related));
        }
        return 0;
    }

    private static String table(
            Catalogue catalogue, IntFunction<KnownBy> knownBy, int index, List<Recommendation> related) {
        return "Related to " + catalogue.item(index).label()
                + (knownBy.apply(index) == KnownBy.TAGS ? ", by its tags (genres and decade):\n" : ":\n")
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
                                        knownBy.apply(index)
                                                .with(knownBy.apply(
                                                        related.get(place).item()))))
                                .toList())
                + (knownBy.apply(index) == KnownBy.FEW_PEOPLE ? FEW_PEOPLE : "");
    }

    private static List<String> row(int rank, Item item, Recommendation related, KnownBy knownBy) {
        String title = item.title() == null ? "" : item.title();
        return List.of(Integer.toString(rank), item.id(), title, Figures.score(related.score()), knownBy.label());
    }

    private static String json(
            Catalogue catalogue, IntFunction<KnownBy> knownBy, int index, List<Recommendation> related) {
        ObjectNode object = Json.object().put("item", catalogue.id(index));
        putTitle(object, catalogue.item(index));
        if (!related.isEmpty()) {
            object.put("knownBy", knownBy.apply(index).label());
        }
        ArrayNode list = object.putArray("related");
        for (int place = 0; place < related.size(); place++) {
            Item other = catalogue.item(related.get(place).item());
            ObjectNode entry = list.addObject().put("rank", place + 1).put("item", other.id());
            putTitle(entry, other);
            entry.put("score", related.get(place).score())
                    .put(
                            "knownBy",
                            knownBy.apply(index)
                                    .with(knownBy.apply(related.get(place).item()))
                                    .label());
        }
        return Json.text(object);
    }

    private static void putTitle(ObjectNode object, Item item) {
        if (item.title() != null) {
            object.put("title", item.title());
        }
    }
}
