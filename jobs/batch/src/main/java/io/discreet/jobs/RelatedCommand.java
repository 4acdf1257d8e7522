package io.discreet.jobs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.freva.asciitable.HorizontalAlign;
import io.discreet.model.Catalogue;
import io.discreet.model.Item;
import io.discreet.model.ModelFiles;
import io.discreet.model.RankingModel;
import io.discreet.model.RatingModel;
import io.discreet.model.Recommendation;
import io.discreet.model.ReleasedModel;
import io.discreet.privacy.InputException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code discreet related}. No Spark. */
@Command(
        name = "related",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Shows the items that the same people like.",
        description = {"", "From the released model alone, so it costs no budget. Scores are between -1 and 1.", ""},
        footer = {"", "Example:", "  discreet related --model model --item 318 --k 5"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RelatedCommand implements Callable<Integer> {
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

    @Option(names = "--json", description = "Prints the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Arguments.positive("show related items", "--k", k);
        ReleasedModel released = ModelFiles.read(model);
        Catalogue catalogue = released.catalogue();
        int index = catalogue.indexOf(item);
        if (index < 0) {
            throw new InputException("Cannot show related items: the model's catalogue has no item '" + item
                    + "'. Give an id from the catalogue that it was trained with.");
        }
        List<Recommendation> related = released instanceof RatingModel rating
                ? rating.scorer().related(index, k)
                : ((RankingModel) released).scorer().related(index, k);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(catalogue, index, related));
        } else if (related.isEmpty()) {
            out.println("Nothing is known about " + catalogue.item(index).label()
                    + ": too few people like it for the noise of this model.");
        } else {
            out.println(table(catalogue, index, related));
        }
        return 0;
    }

    private static String table(Catalogue catalogue, int index, List<Recommendation> related) {
        return "Related to " + catalogue.item(index).label() + ":\n"
                + new Table()
                        .column("rank", HorizontalAlign.RIGHT)
                        .column("item", HorizontalAlign.LEFT)
                        .column("title", HorizontalAlign.LEFT)
                        .column("score", HorizontalAlign.RIGHT)
                        .rows(IntStream.range(0, related.size())
                                .mapToObj(place -> row(
                                        place + 1,
                                        catalogue.item(related.get(place).item()),
                                        related.get(place)))
                                .toList());
    }

    private static List<String> row(int rank, Item item, Recommendation related) {
        String title = item.title() == null ? "" : item.title();
        return List.of(Integer.toString(rank), item.id(), title, Figures.score(related.score()));
    }

    private static String json(Catalogue catalogue, int index, List<Recommendation> related) {
        ObjectNode object = Json.object().put("item", catalogue.id(index));
        putTitle(object, catalogue.item(index));
        ArrayNode list = object.putArray("related");
        for (int place = 0; place < related.size(); place++) {
            Item other = catalogue.item(related.get(place).item());
            ObjectNode entry = list.addObject().put("rank", place + 1).put("item", other.id());
            putTitle(entry, other);
            entry.put("score", related.get(place).score());
        }
        return Json.text(object);
    }

    private static void putTitle(ObjectNode object, Item item) {
        if (item.title() != null) {
            object.put("title", item.title());
        }
    }
}
