package discreet.spark.lists;

import static java.nio.charset.StandardCharsets.UTF_8;

import discreet.catalogue.Catalogue;
import discreet.history.CsvField;
import discreet.model.Recommendation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A part as lines of CSV without a header. */
final class CsvSink implements ListFormat.Sink {
    static final String HEADER = "user,item,rank,score,source\n";

    private final Writer out;
    private final Catalogue catalogue;

    CsvSink(Path file, Configuration hadoop, Catalogue catalogue) throws IOException {
        this.out = new BufferedWriter(
                new OutputStreamWriter(file.getFileSystem(hadoop).create(file), UTF_8));
        this.catalogue = catalogue;
    }

    @Override
    public void write(UserList list) throws IOException {
        String user = CsvField.of(list.user());
        for (int place = 0; place < list.places().size(); place++) {
            Recommendation recommendation = list.places().get(place);
            out.append(user)
                    .append(',')
                    .append(CsvField.of(catalogue.id(recommendation.item())))
                    .append(',')
                    .append(Integer.toString(place + 1))
                    .append(',')
                    .append(Double.toString(recommendation.score()))
                    .append(',')
                    .append(recommendation.source().label())
                    .append('\n');
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
