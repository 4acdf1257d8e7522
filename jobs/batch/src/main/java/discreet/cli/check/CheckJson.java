package discreet.cli.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import discreet.cli.shared.Json;
import discreet.history.RatingsSchema;
import discreet.spark.check.InputCounts;
import discreet.spark.check.InputCounts.Csv;
import discreet.spark.check.InputCounts.Items;
import discreet.spark.check.InputCounts.Rows;
import java.util.Locale;

/** Writes exact figures of ratings as one JSON object, for scripts inside the operator's boundary. */
final class CheckJson {
    private CheckJson() {}

    static String of(RatingsSchema schema, InputCounts counts) {
        Rows rows = counts.rows();
        Items items = counts.items();
        ObjectNode json = Json.object();
        json.put("notForPublication", true).put("path", schema.input().path()).put("form", schema.form());
        ObjectNode columns = json.putObject("columns");
        schema.columns().forEach(column -> columns.put(column.role(), column.name()));
        ObjectNode counted = json.putObject("rows");
        counted.put("read", rows.read())
                .put("withoutUser", rows.withoutUser())
                .put("withoutItem", rows.withoutItem())
                .put("unlisted", rows.unlisted())
                .put("repeated", rows.repeated())
                .put("low", rows.low())
                .put("beyondCap", rows.beyondCap())
                .put("counting", rows.counting());
        json.putObject("people")
                .put("named", counts.people().named())
                .put("counting", counts.people().counting())
                .put("mostItems", counts.people().mostItems())
                .put("aboveCap", counts.people().aboveCap());
        ObjectNode found = json.putObject("items");
        found.put("inCatalogue", items.inCatalogue())
                .put("inBoth", items.inBoth())
                .put("unlisted", items.unlisted())
                .put("moreUnlisted", items.hasMoreUnlisted());
        ObjectNode examples = found.putObject("unlistedExamples");
        items.unlistedExamples().forEach(examples::put);
        items.unratedExamples().forEach(found.putArray("unratedExamples")::add);
        ObjectNode alikes = found.putObject("lookAlikes");
        items.lookAlikes()
                .forEach(alike -> alikes.put(alike.difference().name().toLowerCase(Locale.ROOT), alike.ids()));
        ObjectNode ratings =
                json.putObject("ratings").put("missing", counts.ratings().missing());
        if (!Double.isNaN(counts.ratings().lowest())) {
            ratings.set("lowest", Json.number(counts.ratings().lowest()));
            ratings.set("highest", Json.number(counts.ratings().highest()));
        }
        json.putObject("times")
                .put("first", counts.times().first())
                .put("last", counts.times().last())
                .put("missing", counts.times().missing());
        Csv csv = counts.csv();
        if (csv != null) {
            json.putObject("csv")
                    .put("noRecords", csv.noRecords())
                    .put("notUtf8", csv.notUtf8())
                    .put("tooShort", csv.tooShort())
                    .put("notNumbers", csv.notNumbers().count())
                    .put("notTimes", csv.notTimes().count())
                    .put("quotes", csv.quotes().count());
        }
        return Json.text(json);
    }
}
